//! Sentences as YAKE 0.4.8 has them: the rules of its segmenter, segtok 1.5.11.
//!
//! A paragraph is cut after marks like `.`, `?`, `!` that white space follows, and at blank
//! lines. A cut is taken back after abbreviations, numbers and initials, before words that
//! go on with a sentence, and inside brackets where one side is short.

/// The sentences of a text, in order, without white space at their ends; none is empty.
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

/// What stands between two cuts: text, and the mark at its end with the space after it.
struct Span<'a> {
    body: &'a str,
    mark: &'a str,
}

/// The text in pieces, a cut after an abbreviation and its like taken back. Each begins
/// where the one before ends.
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

fn ends_in_space(text: &str) -> bool {
    text.ends_with(char::is_whitespace)
}

/// Cuts a text after every mark that white space follows, and at blank lines. The last span
/// may have no mark.
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

/// The length of what ends a sentence at the start of a text: a mark, at most one quote,
/// closing brackets and white space; or two line ends and more. 0 for nothing.
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

/// Whether the full stop after `body` ends no sentence before `next`.
fn goes_on_after_stop(body: &str, next: &str) -> bool {
    is_abbreviation(body)
        || is_item(body)
        || are_initials(body)
        || is_lone_word(next)
        || (ends_in_day(body) && is_month(next))
        || (is_name(body) && is_capitalised_word(next))
}

/// Whether a piece goes on with the next.
fn joins(last: &str, next: &str) -> bool {
    (goes_on_in_lower_case(last) && next.starts_with(is_lower))
        || is_in_brackets(last, next, ['(', ')'])
        || is_in_brackets(last, next, ['[', ']'])
        || is_continuation(next)
}

fn is_lower(character: char) -> bool {
    character.is_lowercase()
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

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

fn last_word(text: &str) -> &str {
    let before = text.trim_end_matches(is_word);
    &text[before.len()..]
}

fn first_word(text: &str) -> &str {
    &text[..text.len() - text.trim_start_matches(is_word).len()]
}

/// Words after which a full stop ends no sentence.
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
    let is_dotted = |dotted: &&str| {
        body.strip_suffix(*dotted)
            .is_some_and(|rest| !rest.ends_with(is_word))
    };
    WORDS.contains(&last_word(body)) || DOTTED.iter().any(is_dotted)
}

/// One character or a number alone, as before the items of a list.
fn is_item(body: &str) -> bool {
    let is_single = body.chars().nth(1).is_none();
    (is_single && !body.is_empty() && !ends_in_space(body))
        || (!body.is_empty() && body.bytes().all(|byte| byte.is_ascii_digit()))
}

/// A piece that is one small word, as in a list.
fn is_lone_word(body: &str) -> bool {
    body.starts_with(is_lower)
        && body
            .chars()
            .all(|c| is_lower(c) || c.is_ascii_digit() || is_hyphen(c))
}

/// A number of one or two digits at the end, below 40.
fn ends_in_day(body: &str) -> bool {
    let word = last_word(body).as_bytes();
    match word {
        [ones] => ones.is_ascii_digit(),
        [tens, ones] => matches!(tens, b'0'..=b'3') && ones.is_ascii_digit(),
        _ => false,
    }
}

/// A month by its name or number at the start.
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

/// `J`, `J.K` or `J.-P` at the end, after an opening bracket, a title, or in a list of
/// authors.
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

/// A text without the capital at its end.
fn without_initial(text: &str) -> Option<&str> {
    text.strip_suffix(char::is_uppercase)
}

/// Whether what follows a text is likely to be initials.
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

/// `Karl J` at the end: a capitalised word and an initial.
fn is_name(body: &str) -> bool {
    let Some(before) = without_initial(body) else {
        return false;
    };
    let word = before.trim_end_matches(|c: char| !is_word(c));
    word.len() < before.len() && is_capitalised(last_word(word))
}

fn is_capitalised_word(text: &str) -> bool {
    is_capitalised(first_word(text))
}

/// A capital and small letters.
fn is_capitalised(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase)
        && word.chars().nth(1).is_some()
        && letters.all(is_lower)
}

/// Whether a piece ends so that a small letter goes on with it: a closing quote or bracket
/// after the mark, or at most two letters before it.
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

/// Whether a text begins with a word that never begins a sentence.
fn is_continuation(text: &str) -> bool {
    const WORDS: [&str; 18] = [
        "and", "are", "between", "by", "from", "has", "into", "is", "of", "or", "than",
        "that", "through", "via", "was", "were", "whether", "with",
    ];
    WORDS.contains(&first_word(text))
}

/// Whether a bracket is open that the next piece closes, or a reference goes on in it, one
/// of the two being short.
fn is_in_brackets(last: &str, next: &str, brackets: [char; 2]) -> bool {
    const SHORT: usize = 55;
    let is_short = |text: &str| text.chars().take(SHORT).count() < SHORT;
    (is_short(last) || is_short(next))
        && is_open(last, brackets)
        && (is_closed(next, brackets)
            || last.ends_with(" et al. ")
            || (ends_in_abbreviated_name(last) && starts_with_part_of_reference(next)))
}

/// Whether, from its first opening bracket on, a text opens more than it closes.
fn is_open(text: &str, [open, close]: [char; 2]) -> bool {
    let Some(first) = text.find(open) else {
        return false;
    };
    text[first..].matches(open).count() > text[first..].matches(close).count()
}

/// Whether, up to its last closing bracket, a text closes more than it opens.
fn is_closed(text: &str, [open, close]: [char; 2]) -> bool {
    let Some(last) = text.rfind(close) else {
        return false;
    };
    let text = &text[..=last];
    text.matches(close).count() > text.matches(open).count()
}

/// `Phys. ` at the end.
fn ends_in_abbreviated_name(last: &str) -> bool {
    let text = last.trim_end();
    let Some(body) = text.strip_suffix('.').filter(|_| text.len() < last.len()) else {
        return false;
    };
    let name = body.trim_end_matches(char::is_alphabetic);
    let word = &body[name.len()..];
    word.starts_with(char::is_uppercase) && !name.ends_with(is_word)
}

/// `Rev. `, `12, ` or `(1999) Phys: ` at the start.
fn starts_with_part_of_reference(text: &str) -> bool {
    let is_ended = |rest: &str| {
        rest.strip_prefix(['.', ',', ':'])
            .is_some_and(|rest| rest.starts_with(char::is_whitespace))
    };
    let is_year =
        |year: &str| year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
    let after_year = text.strip_prefix('(').and_then(|rest| {
        let (year, rest) = rest.split_once(')')?;
        let rest = rest.strip_prefix(char::is_whitespace)?;
        is_year(year).then_some(rest)
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
