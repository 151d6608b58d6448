//! Sentences of YAKE 0.4.8, by the rules of its segmenter segtok 1.5.11.
//!
//! A paragraph is split after marks such as `.`, `?`, `!` before white space, and at blank
//! lines. A split is undone after abbreviations, numbers and initials, before words that
//! continue a sentence, and inside brackets if one side is short.

/// Returns the sentences of a text in order, without white space at their ends. None is empty.
pub(super) fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut last = 0..0;
    for piece in pieces(text) {
        if !last.is_empty() && joins(&text[last.clone()], &text[piece.clone()]) {
            last.end = piece.end;
        } else {
            found.push(text[last].trim());
            last = piece;
        }
    }
    found.push(text[last].trim());
    found.retain(|sentence| !sentence.is_empty());
    found
}

/// The text between two splits.
struct Span<'a> {
    /// The text before the mark.
    body: &'a str,
    /// The mark at the end, with the white space after it.
    mark: &'a str,
}

/// Splits a text; splits after abbreviations and the like are undone. Each piece begins where the
/// one before ends.
fn pieces(text: &str) -> Vec<std::ops::Range<usize>> {
    let spans = spans(text);
    let mut pieces = Vec::new();

    let (mut start, mut at) = (0, 0);
    for (place, span) in spans.iter().enumerate() {
        at += span.body.len() + span.mark.len();
        let next = spans.get(place + 1).map_or("", |next| next.body);
        let goes_on = span.mark.starts_with('.') && goes_on_after_stop(span.body, next);
        if !span.mark.is_empty() && !ends_in_space(span.body) && !goes_on {
            pieces.push(start..at);
            start = at;
        }
    }
    if start < text.len() {
        pieces.push(start..text.len());
    }
    pieces
}

/// Returns whether a text ends in white space.
fn ends_in_space(text: &str) -> bool {
    text.ends_with(char::is_whitespace)
}

/// Splits a text after every mark before white space, and at blank lines. The last span may have
/// no mark.
fn spans(text: &str) -> Vec<Span<'_>> {
    let mut spans = Vec::new();
    let (mut start, mut at) = (0, 0);
    while let Some(found) = text[at..].find(|c: char| is_mark(c) || c == '\n') {
        at += found;
        let length = mark_length(&text[at..]);
        if length == 0 {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        }

        spans.push(Span {
            body: &text[start..at],
            mark: &text[at..at + length],
        });
        at += length;
        start = at;
    }

    spans.push(Span {
        body: &text[start..],
        mark: "",
    });
    spans
}

/// Returns whether a character can end a sentence.
fn is_mark(character: char) -> bool {
    matches!(
        character,
        '.' | '!'
            | '?'
            | '‼'
            | '‽'
            | '⁇'
            | '⁈'
            | '⁉'
            | '。'
            | '﹒'
            | '﹗'
            | '！'
            | '．'
            | '？'
            | '｡'
    )
}

/// Returns the length of the end of a sentence at the start of a text: a mark, at most one quote,
/// closing brackets and white space; or at least two line ends. Returns 0 if there is none.
fn mark_length(text: &str) -> usize {
    let Some(rest) = text.strip_prefix(is_mark) else {
        let lines = text.len() - text.trim_start_matches('\n').len();
        return if lines > 1 { lines } else { 0 };
    };
    let rest = rest.strip_prefix(['"', '\'', '’', '”']).unwrap_or(rest);
    let rest = rest.trim_start_matches([')', ']']);
    let after = rest.trim_start();
    if after.len() < rest.len() {
        text.len() - after.len()
    } else {
        0
    }
}

/// Returns whether the full stop between `body` and `next` does not end a sentence.
fn goes_on_after_stop(body: &str, next: &str) -> bool {
    is_abbreviation(body)
        || is_item(body)
        || are_initials(body)
        || is_lone_word(next)
        || (ends_in_day(body) && is_month(next))
        || (is_name(body) && is_capitalised_word(next))
}

/// Returns whether two successive pieces are one sentence.
fn joins(last: &str, next: &str) -> bool {
    (goes_on_in_lower_case(last) && next.starts_with(is_lower))
        || is_in_brackets(last, next, ['(', ')'])
        || is_in_brackets(last, next, ['[', ']'])
        || is_continuation(next)
}

/// Returns whether a character is a lower-case letter.
fn is_lower(character: char) -> bool {
    character.is_lowercase()
}

/// Returns whether a character is matched by `\w` of Python's regular expressions.
fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// Returns whether a character is a hyphen.
fn is_hyphen(character: char) -> bool {
    matches!(
        character,
        '-' | '\u{ad}'
            | '\u{58a}'
            | '\u{5be}'
            | '\u{f0c}'
            | '\u{1400}'
            | '\u{1806}'
            | '\u{2010}'..='\u{2012}' | '\u{2e17}' | '\u{30a0}'
    )
}

/// Returns the word at the end of a text; empty if there is none.
fn last_word(text: &str) -> &str {
    let before = text.trim_end_matches(is_word);
    &text[before.len()..]
}

/// Returns the word at the start of a text; empty if there is none.
fn first_word(text: &str) -> &str {
    &text[..text.len() - text.trim_start_matches(is_word).len()]
}

/// Returns whether a text ends in an abbreviation, after which a full stop ends no sentence.
fn is_abbreviation(body: &str) -> bool {
    const WORDS: [&str; 70] = [
        "approx", "Approx", "Capt", "cf", "Cf", "Col", "Dr", "fe", "Fe", "fig", "Fig",
        "figs", "Figs", "Gen", "eg", "Eg", "ie", "Ie", "iv", "Iv", "Mag", "med", "Med",
        "Mr", "Mrs", "Mt", "nat", "Nat", "No", "nr", "Nr", "phil", "Phil", "prof",
        "Prof", "rer", "Rer", "sci", "Sci", "Sgt", "Sr", "Sra", "Srta", "St", "univ",
        "Univ", "vol", "Vol", "vs", "Vs", "Jän", "Jan", "Ene", "Feb", "Mär", "Mar",
        "Apr", "Abr", "May", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Okt", "Nov",
        "Dic", "Dez", "Dec",
    ];
    const DOTTED: [&str; 15] = [
        "f.e", "F.e", "e.g", "E.g", "i.e", "I.e", "i.v", "I.v", "p.e", "P.e", "z.B",
        "Z.b", "E.U", "U.K", "U.S",
    ];

    WORDS.contains(&last_word(body))
        || DOTTED.iter().any(|dotted| {
            body.strip_suffix(dotted)
                .is_some_and(|rest| !rest.ends_with(is_word))
        })
}

/// Returns whether a text is one character or a number, as before an item of a list.
fn is_item(body: &str) -> bool {
    let is_single = body.chars().nth(1).is_none();
    (is_single && !body.is_empty() && !ends_in_space(body))
        || (!body.is_empty() && body.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Returns whether a text is one word in lower case, as in a list.
fn is_lone_word(body: &str) -> bool {
    body.starts_with(is_lower)
        && body
            .chars()
            .all(|c| is_lower(c) || c.is_ascii_digit() || is_hyphen(c))
}

/// Returns whether a text ends in a number of one or two digits below 40, as a day of a date.
fn ends_in_day(body: &str) -> bool {
    let word = last_word(body).as_bytes();
    match word {
        [ones] => ones.is_ascii_digit(),
        [tens, ones] => matches!(tens, b'0'..=b'3') && ones.is_ascii_digit(),
        _ => false,
    }
}

/// Returns whether a text begins with the name or number of a month.
fn is_month(text: &str) -> bool {
    const STARTS: [&str; 20] = [
        "Jan", "Jän", "Ene", "Feb", "Mar", "Mär", "Apr", "Abr", "May", "Jun", "Jul",
        "Aug", "Sep", "Oct", "Okt", "Nov", "Dec", "Dez", "Dic", "Diz",
    ];
    let is_number = |text: &str| text.starts_with(|c: char| matches!(c, '1'..='9'));
    STARTS.iter().any(|start| text.starts_with(start))
        || is_number(text)
        || text.strip_prefix('0').is_some_and(is_number)
}

/// Returns whether a text ends in initials (`J`, `J.K` or `J.-P`) after an opening bracket, a
/// title, or in a list of authors.
fn are_initials(body: &str) -> bool {
    let Some(one) = without_initial(body) else {
        return false;
    };
    if comes_before_initials(one) {
        return true;
    }
    let one = one.strip_suffix(is_hyphen).unwrap_or(one);
    let two = one.strip_suffix('.').and_then(without_initial);
    two.is_some_and(comes_before_initials)
}

/// Returns a text without the capital at its end; `None` if it does not end in one.
fn without_initial(text: &str) -> Option<&str> {
    text.strip_suffix(char::is_uppercase)
}

/// Returns whether initials are likely to follow a text.
fn comes_before_initials(text: &str) -> bool {
    const TITLES: [&str; 22] = [
        "By",
        "by",
        "Captain",
        "captain",
        "Commander",
        "commander",
        "Doctor",
        "doctor",
        "Doktor",
        "doktor",
        "General",
        "general",
        "Mister",
        "mister",
        "Miss",
        "miss",
        "Magister",
        "magister",
        "Professor",
        "professor",
        "Señor",
        "señor",
    ];
    const LADIES: [&str; 8] = [
        "Señora",
        "señora",
        "Señorita",
        "señorita",
        "Señorit",
        "señorit",
        "Magiss",
        "magiss",
    ];

    if text.ends_with(['(', '[']) {
        return true;
    }
    let Some(text) = text.strip_suffix(char::is_whitespace) else {
        return false;
    };
    let word = last_word(text);
    if TITLES.contains(&word) || LADIES.contains(&word) {
        return true;
    }

    // a list of authors: after a comma, or `and`
    let is_initial = |before: &str| {
        let word = last_word(before);
        word.chars().nth(1).is_none() && word.starts_with(char::is_uppercase)
    };
    if let Some(before) = text.strip_suffix(',') {
        return !is_initial(before);
    }

    let Some(before) = text.strip_suffix("and") else {
        return false;
    };
    let Some(before) = before.strip_suffix(char::is_whitespace) else {
        return false;
    };
    match before.strip_suffix(',') {
        Some(listed) => !is_initial(listed) || !listed.ends_with(is_word),
        None => !is_initial(before),
    }
}

/// Returns whether a text ends in a capitalised word and an initial: `Karl J`.
fn is_name(body: &str) -> bool {
    let Some(before) = without_initial(body) else {
        return false;
    };
    let word = before.trim_end_matches(|c: char| !is_word(c));
    word.len() < before.len() && is_capitalised(last_word(word))
}

/// Returns whether a text begins with a capitalised word.
fn is_capitalised_word(text: &str) -> bool {
    is_capitalised(first_word(text))
}

/// Returns whether a word is a capital followed by lower-case letters only.
fn is_capitalised(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase)
        && word.chars().nth(1).is_some()
        && letters.all(is_lower)
}

/// Returns whether a lower-case letter after a piece continues its sentence: the piece has a
/// closing quote or bracket after the mark, or a word of at most two letters before it.
fn goes_on_in_lower_case(last: &str) -> bool {
    let text = last.trim_end();
    if text.len() == last.len() {
        return false;
    }

    let inner = text.trim_end_matches([')', ']']);
    if inner.len() < text.len() && inner.ends_with(is_mark) {
        return true;
    }
    if inner
        .strip_suffix('"')
        .is_some_and(|inner| inner.ends_with(is_mark))
    {
        return true;
    }

    let Some(body) = text.strip_suffix('.') else {
        return false;
    };
    let word = last_word(body);
    let mut letters = word.chars();
    let is_short = match (letters.next(), letters.next(), letters.next()) {
        (Some(one), None, _) => one.is_alphabetic(),
        (Some(one), Some(two), None) => one.is_alphabetic() && is_lower(two),
        _ => false,
    };
    word == "spp" || is_short
}

/// Returns whether a text begins with a word that does not begin sentences.
fn is_continuation(text: &str) -> bool {
    const WORDS: [&str; 18] = [
        "and", "are", "between", "by", "from", "has", "into", "is", "of", "or", "than",
        "that", "through", "via", "was", "were", "whether", "with",
    ];
    WORDS.contains(&first_word(text))
}

/// Returns whether two pieces are parts of one bracket, or of one reference in it, and one of
/// both is short.
fn is_in_brackets(last: &str, next: &str, brackets: [char; 2]) -> bool {
    const SHORT: usize = 55;
    let is_short = |text: &str| text.chars().take(SHORT).count() < SHORT;
    (is_short(last) || is_short(next))
        && is_open(last, brackets)
        && (is_closed(next, brackets)
            || last.ends_with(" et al. ")
            || (ends_in_abbreviated_name(last) && starts_with_part_of_reference(next)))
}

/// Returns whether a text has, from its first opening bracket on, more opening than closing
/// brackets.
fn is_open(text: &str, [open, close]: [char; 2]) -> bool {
    let Some(first) = text.find(open) else {
        return false;
    };
    text[first..].matches(open).count() > text[first..].matches(close).count()
}

/// Returns whether a text has, up to its last closing bracket, more closing than opening
/// brackets.
fn is_closed(text: &str, [open, close]: [char; 2]) -> bool {
    let Some(last) = text.rfind(close) else {
        return false;
    };
    let text = &text[..=last];
    text.matches(close).count() > text.matches(open).count()
}

/// Returns whether a text ends in an abbreviated name: `Phys. `.
fn ends_in_abbreviated_name(last: &str) -> bool {
    let text = last.trim_end();
    let Some(body) = text.strip_suffix('.').filter(|_| text.len() < last.len()) else {
        return false;
    };
    let name = body.trim_end_matches(char::is_alphabetic);
    let word = &body[name.len()..];
    word.starts_with(char::is_uppercase) && !name.ends_with(is_word)
}

/// Returns whether a text begins with a part of a reference: `Rev. `, `12, ` or
/// `(1999) Phys: `.
fn starts_with_part_of_reference(text: &str) -> bool {
    let is_ended = |rest: &str| {
        rest.strip_prefix(['.', ',', ':'])
            .is_some_and(|rest| rest.starts_with(char::is_whitespace))
    };
    let after_year = text.strip_prefix('(').and_then(|rest| {
        let (year, rest) = rest.split_once(')')?;
        let rest = rest.strip_prefix(char::is_whitespace)?;
        let is_year = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
        is_year.then_some(rest)
    });

    let name = after_year.unwrap_or(text);
    let after_name = name.trim_start_matches(char::is_alphabetic);
    let after_digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    (name.starts_with(char::is_uppercase) && is_ended(after_name))
        || (after_digits.len() < text.len() && is_ended(after_digits))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(text: &str) -> usize {
        sentences(text).len()
    }

    #[test]
    fn marks_before_white_space_end_sentences() {
        assert_eq!(
            sentences("It works. Does it? (Yes.) \"Nay.\" So"),
            ["It works.", "Does it?", "(Yes.)", "\"Nay.\"", "So"]
        );
        assert_eq!(sentences("a title\n\nThe text"), ["a title", "The text"]);
    }

    #[test]
    fn some_full_stops_end_none() {
        for text in [
            "See Dr. Smith in Fig. 3 at once",
            "Kim J. Smith and, J. Jones",
            "This is so, e.g. The case",
            "It was No. 5. 7 of them",
            "On 5. March it rained",
            "1. First",
            "We saw it. by chance",
            "The plan (it failed. Twice) was old",
            "It was shown [Phys. Rev. 12, 5]",
        ] {
            assert_eq!(count(text), 1, "{text}");
        }
        assert_eq!(count("See the map. Smith drew it"), 2);
        assert_eq!(count("It took 1,000. 7 of them"), 2);
    }

    #[test]
    fn a_mark_apart_from_its_sentence_ends_none_but_two_do() {
        assert_eq!(count("one .\n\nTwo"), 1);
        assert_eq!(count("one . . Two"), 2);
        assert_eq!(count(""), 0);
    }
}
