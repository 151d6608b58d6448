//! Words as YAKE 0.4.8 has them, from its tokeniser's measured behaviour.

/// Appends the tokens of a sentence, in order: words, and runs of signs. What begins
/// with `'` and is longer is left out, as YAKE does (`'s` of *Kim's*).
///
/// A word is letters and digits, with single signs inside that join: `real-time`, `3.5`,
/// `O'Brien`. A full stop stays with its word inside a sentence but not at its end.
/// `n't`, `'s` and their like are words of their own.
pub(super) fn push_words<'a>(sentence: &'a str, out: &mut Vec<&'a str>) {
    let words_end = sentence.trim_end_matches(|c: char| !is_word(c)).len();
    let last_stop = sentence.rfind(['.', '!', '?']).filter(|&at| at >= words_end);
    for chunk in sentence.split_whitespace() {
        if is_address(chunk.trim_matches(|c: char| !c.is_alphanumeric() && c != '/')) {
            push_address(chunk, out);
            continue;
        }
        let start = chunk.as_ptr().addr() - sentence.as_ptr().addr();
        push_chunk(chunk, last_stop.and_then(|at| at.checked_sub(start)), out);
    }
}

/// An address is whole, with the signs at its end but for closing brackets.
fn push_address<'a>(chunk: &'a str, out: &mut Vec<&'a str>) {
    let inner = chunk.trim_start_matches(|c: char| !c.is_alphanumeric());
    let inner = inner.trim_end_matches([')', ']', '>', '.']);
    let start = inner.as_ptr().addr() - chunk.as_ptr().addr();
    push_chunk(&chunk[..start], None, out);
    out.push(inner);
    push_chunk(&chunk[start + inner.len()..], None, out);
}

/// `https://example.org/a`, `jo@example.org`.
fn is_address(chunk: &str) -> bool {
    let is_host = |host: &str| {
        let labels: Vec<&str> = host.split('.').collect();
        labels.len() > 1 && labels.iter().all(|label| !label.is_empty())
    };
    if let Some((_, rest)) = chunk.split_once("://") {
        return is_host(rest.split(['/', '?', '#', ':']).next().unwrap_or(""));
    }
    chunk.split_once('@').is_some_and(|(name, host)| {
        name.len() > 1
            && host.len() > 3
            && is_host(host)
            && name
                .chars()
                .chain(host.chars())
                .all(|c| c.is_alphanumeric() || "._-+".contains(c))
    })
}

/// Tokens of what stands between white space. `last_stop` is where in it the last mark of
/// the sentence is, if it is not before.
fn push_chunk<'a>(chunk: &'a str, last_stop: Option<usize>, out: &mut Vec<&'a str>) {
    let mut at = 0;
    while at < chunk.len() {
        let rest = &chunk[at..];
        let length = match word_length(rest) {
            0 => sign_length(rest),
            length => {
                let is_last = Some(at + length) == last_stop;
                let length =
                    length + tail_length(&rest[..length], &rest[length..], is_last);
                push_word(&rest[..length], out);
                at += length;
                continue;
            }
        };
        let sign = &rest[..length];
        if !(sign.starts_with('\'') && sign.len() > 1) {
            out.push(sign);
        }
        at += length;
    }
}

fn is_word(character: char) -> bool {
    (character.is_alphanumeric() && !is_number_sign(character))
        || character == '²'
        || character == '³'
}

/// Digits that are signs: `½`, `₂`.
fn is_number_sign(character: char) -> bool {
    character.is_numeric() && !character.is_alphabetic() && !character.is_ascii_digit()
}

/// The length of the word at the start of a text; 0 where there is none.
fn word_length(text: &str) -> usize {
    let mut end = 0;
    let mut characters = text.char_indices().peekable();
    if text.starts_with('’') && text['’'.len_utf8()..].starts_with(is_word) {
        characters.next();
    }
    while let Some((at, character)) = characters.next() {
        if is_word(character) {
            end = at + character.len_utf8();
            continue;
        }
        let before = text[..at].chars().next_back();
        let after = characters.peek().map(|&(_, next)| next);
        if !(before.is_some_and(is_word)
            && after.is_some_and(is_word)
            && joins(character, before, after))
        {
            break;
        }
    }
    end
}

/// Whether a sign between two characters of words joins them.
fn joins(sign: char, before: Option<char>, after: Option<char>) -> bool {
    match sign {
        '-' | '.' | ',' | '\'' | '’' | '‐' | '‑' | '\u{ad}' => true,
        ':' => [before, after].iter().all(|c| c.is_some_and(|c| c.is_ascii_digit())),
        _ => false,
    }
}

/// How much of what follows a word belongs to it: a full stop inside a sentence, the
/// apostrophe of a plural.
fn tail_length(word: &str, rest: &str, is_last: bool) -> usize {
    if rest.starts_with('’') {
        return '’'.len_utf8();
    }
    if rest.starts_with('\'') && word.ends_with('s') && (rest.len() == 1) {
        return 1;
    }
    let stops = rest.len() - rest.trim_start_matches('.').len();
    match stops {
        1 if !is_last => 1,
        2 => 1,
        _ => 0,
    }
}

/// The length of the run of signs at the start of a text: `,`, `;` and `:` begin one.
fn sign_length(text: &str) -> usize {
    let mut end = 0;
    for (at, character) in text.char_indices() {
        let begins = matches!(character, ',' | ';' | ':' | '’');
        if at > 0 && (begins || is_word(character)) {
            break;
        }
        end = at + character.len_utf8();
    }
    end
}

/// A word, parted from the `n't`, `'s` … at its end.
fn push_word<'a>(word: &'a str, out: &mut Vec<&'a str>) {
    const ENDS: [&str; 8] = ["n't", "s", "m", "t", "ll", "d", "ve", "re"];
    for apostrophe in ['\'', '’'] {
        let Some(at) = word.rfind(apostrophe).filter(|&at| at > 0) else { continue };
        let end = &word[at + apostrophe.len_utf8()..];
        if !ENDS.contains(&end) {
            continue;
        }
        let before = &word[..at];
        let cut = if end == "t" && before.ends_with('n') { at - 1 } else { at };
        let (word, end) = word.split_at(cut);
        out.extend((!word.is_empty()).then_some(word));
        out.extend((!end.starts_with('\'')).then_some(end));
        return;
    }
    out.push(word);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(sentence: &str) -> Vec<&str> {
        let mut found = Vec::new();
        push_words(sentence, &mut found);
        found
    }

    #[test]
    fn single_signs_inside_join_and_others_part() {
        assert_eq!(
            words("A state-of-the-art tool (and/or v1.2) for 3,000 x_y."),
            [
                "A",
                "state-of-the-art",
                "tool",
                "(",
                "and",
                "/",
                "or",
                "v1.2",
                ")",
                "for",
                "3,000",
                "x",
                "_",
                "y",
                "."
            ]
        );
    }

    #[test]
    fn a_full_stop_stays_with_its_word_inside_a_sentence() {
        assert_eq!(words("see Dr. Kim etc."), ["see", "Dr.", "Kim", "etc", "."]);
        assert_eq!(words("Kim et al. went."), ["Kim", "et", "al.", "went", "."]);
        assert_eq!(words("so ... it"), ["so", "...", "it"]);
    }

    #[test]
    fn contractions_are_parted_and_what_begins_with_an_apostrophe_goes() {
        assert_eq!(words("Kim's dogs' don't"), ["Kim", "dogs'", "do", "n't"]);
        assert_eq!(words("Kim’s"), ["Kim", "’s"]);
    }

    #[test]
    fn addresses_are_whole() {
        assert_eq!(
            words("at https://example.org/a-b, (jo@example.org)."),
            ["at", "https://example.org/a-b,", "(", "jo@example.org", ").",]
        );
    }
}
