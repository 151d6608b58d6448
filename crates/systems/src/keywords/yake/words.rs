//! Words of YAKE 0.4.8, by the rules of its tokeniser segtok 1.5.11.

use std::borrow::Cow;

use super::entities::Unescaped;

/// A token: a word or a run of signs.
#[derive(Debug, Clone)]
pub(super) struct Spelt<'a> {
    /// The token with decoded entities.
    pub(super) text: Cow<'a, str>,
    /// The slice of the original text, with entities as written.
    pub(super) place: &'a str,
}

/// Appends the tokens of a sentence in order: words, and runs of signs. A token of several
/// characters that begins with `'` is left out, as in YAKE (the `'s` of *Kim's*).
///
/// A word consists of letters and digits, and of single signs between them that join: `real-time`,
/// `3.5`, `O'Brien`. A full stop is part of the word before it inside a sentence, but not at its
/// end. `n't`, `'s` and the like are separate words. Addresses are one token. HTML entities outside
/// of addresses are decoded.
pub(super) fn push_words<'a>(sentence: &'a str, out: &mut Vec<Spelt<'a>>) {
    let mut start = 0;
    let mut at = 0;
    while at < sentence.len() {
        let length = match is_border(&sentence[..at]) {
            true => address_length(&sentence[at..]),
            false => 0,
        };
        if length > 0 {
            push_read(&sentence[start..at], out);
            out.push(as_written(&sentence[at..at + length]));
            at += length;
            start = at;
        } else {
            at += sentence[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    push_read(&sentence[start..], out);
}

/// Returns a token without entities.
fn as_written(token: &str) -> Spelt<'_> {
    Spelt {
        text: Cow::Borrowed(token),
        place: token,
    }
}

/// Appends the tokens of the text between addresses, with decoded entities.
fn push_read<'a>(written: &'a str, out: &mut Vec<Spelt<'a>>) {
    if !written.contains('&') {
        let mut tokens = Vec::new();
        push_text(written, &mut tokens);
        out.extend(tokens.into_iter().map(as_written));
        return;
    }

    let read = Unescaped::of(written);
    let mut tokens = Vec::new();
    push_text(&read.text, &mut tokens);
    out.extend(tokens.into_iter().map(|token| Spelt {
        text: Cow::Owned(token.to_owned()),
        place: read.place(token, written),
    }));
}

/// Returns whether an address may begin after a text.
fn is_border(before: &str) -> bool {
    before.is_empty()
        || before.ends_with(char::is_whitespace)
        || before.ends_with(['<', '"', '\'', '(', '[', '{'])
}

/// Returns the length of the address at the start of a text; 0 if there is none.
fn address_length(text: &str) -> usize {
    let length = match link_length(text) {
        0 => mail_length(text),
        length => length,
    };
    let rest = &text[length..];
    let ends = rest.is_empty()
        || rest.starts_with(char::is_whitespace)
        || rest.starts_with(['>', '"', '\'', ')', ']', '}']);
    if ends { length } else { 0 }
}

/// Returns the length of the link at the start of a text, such as `https://example.org/a`; 0 if
/// there is none.
fn link_length(text: &str) -> usize {
    let scheme = text.trim_start_matches(|c: char| matches!(c, 'A'..='z'));
    let Some(rest) = scheme
        .strip_prefix("://")
        .filter(|_| scheme.len() < text.len())
    else {
        return 0;
    };
    let host = host_length(rest);
    if host == 0 {
        return 0;
    }

    // port, path, query and fragment
    let closing = |c: char| c.is_whitespace() || "'\">)]}".contains(c);
    let mut rest = &rest[host..];
    if let Some(port) = rest.strip_prefix(':') {
        let after = port.trim_start_matches(|c: char| c.is_ascii_digit());
        rest = if after.len() < port.len() {
            after
        } else {
            rest
        };
    }
    if rest.starts_with('/') {
        rest = rest.trim_start_matches(|c: char| !(closing(c) || c == '?' || c == '#'));
    }
    if let Some(query) = rest.strip_prefix('?') {
        let after = query.trim_start_matches(|c: char| !(closing(c) || c == '#'));
        rest = if after.len() < query.len() {
            after
        } else {
            rest
        };
    }
    if let Some(part) = rest.strip_prefix('#') {
        let after = part.trim_start_matches(|c: char| !closing(c));
        rest = if after.len() < part.len() {
            after
        } else {
            rest
        };
    }
    text.len() - rest.len()
}

/// Returns the length of the mail address at the start of a text, such as `jo@example.org`; 0 if
/// there is none.
fn mail_length(text: &str) -> usize {
    let rest = text.trim_start_matches(|c: char| {
        c.is_alphanumeric() || "_.#$%&'*+/=!?^`{|}~-".contains(c)
    });
    match rest
        .strip_prefix('@')
        .filter(|_| rest.len() < text.len())
        .map(host_length)
    {
        Some(host) if host > 0 => text.len() - rest.len() + 1 + host,
        _ => 0,
    }
}

/// Returns the length of the host at the start of a text: at least two labels, separated by full
/// stops. Returns 0 if there is none.
fn host_length(text: &str) -> usize {
    let is_label = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    let (mut end, mut labels) = (0, 0);
    loop {
        let label = text[end..].len() - text[end..].trim_start_matches(is_label).len();
        if label == 0 {
            // a full stop after the last label is not part of the host
            return if labels > 1 { end - 1 } else { 0 };
        }
        end += label;
        labels += 1;
        if !text[end..].starts_with('.') {
            return if labels > 1 { end } else { 0 };
        }
        end += 1;
    }
}

/// Appends the tokens of the text between addresses, whose entities are decoded.
fn push_text<'a>(text: &'a str, out: &mut Vec<&'a str>) {
    let mut tokens = Vec::new();
    for chunk in text.split_whitespace() {
        push_chunk(chunk, &mut tokens);
    }
    split_last_mark(&mut tokens);

    for token in tokens {
        let body = token.trim_end_matches([',', ';', ':']);
        if body.is_empty() || body.len() == token.len() {
            push_word(token, out);
        } else {
            push_word(body, out);
            out.push(&token[body.len()..]);
        }
    }
}

/// Appends the tokens of a text without white space: words, and the signs between them.
fn push_chunk<'a>(chunk: &'a str, out: &mut Vec<&'a str>) {
    let (mut start, mut at) = (0, 0);
    while at < chunk.len() {
        let length = word_length(&chunk[at..]);
        if length > 0 {
            out.extend((start < at).then(|| &chunk[start..at]));
            out.push(&chunk[at..at + length]);
            at += length;
            start = at;
        } else {
            at += chunk[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    out.extend((start < at).then(|| &chunk[start..at]));
}

/// Makes the mark that ends a sentence a token of its own. It is looked for in the last of the
/// last three tokens that is a word or has a mark.
fn split_last_mark(tokens: &mut Vec<&str>) {
    let from = tokens.len().saturating_sub(3);
    let Some(at) = tokens[from..].iter().rposition(|token| {
        (word_length(token) > 0 && !token.starts_with(is_apostrophe))
            || token.contains(is_mark)
    }) else {
        return;
    };

    let token = tokens[from + at];
    let cut = if token == "..." || token.chars().nth(1).is_none() {
        return;
    } else if token.ends_with(is_mark) {
        token.char_indices().next_back().map_or(0, |(cut, _)| cut)
    } else if token.starts_with(is_mark) {
        token.chars().next().map_or(0, char::len_utf8)
    } else {
        return;
    };

    let (first, second) = token.split_at(cut);
    tokens.splice(from + at..=from + at, [first, second]);
}

/// Returns whether a character can end a sentence.
fn is_mark(character: char) -> bool {
    ".!?‼‽⁇⁈⁉。﹒﹗！．？｡".contains(character)
}

/// Returns whether a character is an apostrophe other than `'`.
fn is_apostrophe(character: char) -> bool {
    matches!(character, '´' | 'ʹ' | 'ʼ' | '’' | '′')
}

/// Returns whether a character is a hyphen.
pub(super) fn is_hyphen(character: char) -> bool {
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

/// Returns whether a character is part of words.
fn is_word(character: char) -> bool {
    (character.is_alphanumeric() && !is_number_sign(character))
        || character == '²'
        || character == '³'
}

/// Returns whether a character is a number sign, which is not part of words: `½`, `₂`.
fn is_number_sign(character: char) -> bool {
    character.is_numeric() && !character.is_alphabetic() && !character.is_ascii_digit()
}

/// Returns the length of the word at the start of a text; 0 if there is none.
fn word_length(text: &str) -> usize {
    let mut end = 0;
    loop {
        match unit_length(&text[end..]) {
            0 => return end,
            unit => end += unit,
        }
    }
}

/// Returns the length of the first unit of the word at the start of a text: a letter or digit
/// with the joining sign after it, or an apostrophe. Returns 0 if there is none.
fn unit_length(text: &str) -> usize {
    let mut characters = text.chars();
    let Some(first) = characters.next() else {
        return 0;
    };
    let rest = characters.as_str();
    let second = rest.chars().next();

    if is_apostrophe(first) {
        return if second.is_some_and(is_apostrophe) {
            0
        } else {
            first.len_utf8()
        };
    }
    if !is_word(first) {
        return 0;
    }

    // a sign joins depending on what follows it
    let sign = second.map_or(0, char::len_utf8);
    let after = &rest[sign..];
    let word_follows = after.starts_with(is_word);
    let joins = match second {
        Some('.') => !after.starts_with(".."),
        Some(':') => {
            first.is_ascii_digit() && after.starts_with(|c: char| c.is_ascii_digit())
        }
        Some('\'') => word_follows || (first == 's' && after.is_empty()),
        Some(',') => word_follows,
        Some(second) if is_hyphen(second) => word_follows,
        Some(second) if is_apostrophe(second) => {
            let hyphen = after.chars().next().filter(|&next| is_hyphen(next));
            let Some(hyphen) = hyphen else {
                return first.len_utf8();
            };
            let joins = after[hyphen.len_utf8()..].starts_with(is_word);
            let joined = sign + hyphen.len_utf8();
            return first.len_utf8() + if joins { joined } else { 0 };
        }
        _ => false,
    };
    first.len_utf8() + if joins { sign } else { 0 }
}

/// Appends a token, of which an ending such as `n't` or `'s` is a token of its own. A part of
/// several characters that begins with `'` is left out.
fn push_word<'a>(token: &'a str, out: &mut Vec<&'a str>) {
    const ENDS: [&str; 7] = ["s", "m", "t", "ll", "d", "ve", "re"];
    let mut push = |part: &'a str| {
        let is_left_out = part.is_empty() || (part.starts_with('\'') && part.len() > 1);
        out.extend((!is_left_out).then_some(part));
    };

    let apostrophe = token.rfind(|c: char| c == '\'' || is_apostrophe(c));
    let at = apostrophe.filter(|&at| {
        let end = token[at..].trim_start_matches(|c: char| c == '\'' || is_apostrophe(c));
        ENDS.contains(&end) && is_plain(&token[..at])
    });
    let Some(at) = at else { return push(token) };
    let is_negation = token.ends_with('t') && token[..at].ends_with('n');
    let (word, end) = token.split_at(if is_negation { at - 1 } else { at });
    push(word);
    push(end);
}

/// Returns whether a word consists of letters and digits, with single hyphens inside.
fn is_plain(word: &str) -> bool {
    word.split(is_hyphen)
        .all(|part| !part.is_empty() && part.chars().all(is_word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(sentence: &str) -> Vec<String> {
        let mut found = Vec::new();
        push_words(sentence, &mut found);
        found
            .into_iter()
            .map(|word| word.text.into_owned())
            .collect()
    }

    #[test]
    fn entities_are_read_outside_addresses() {
        assert_eq!(
            words("R&amp;D &amp; Kim&#39;s http://a.example/?b&amp;c"),
            ["R", "&", "D", "&", "Kim", "http://a.example/?b&amp;c"]
        );
        let mut found = Vec::new();
        push_words("caf&eacute;s", &mut found);
        assert_eq!((&*found[0].text, found[0].place), ("cafés", "caf&eacute;s"));
    }

    #[test]
    fn single_signs_inside_a_word_join_and_others_separate() {
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
    fn a_full_stop_is_part_of_its_word_inside_a_sentence() {
        assert_eq!(words("see Dr. Kim etc."), ["see", "Dr.", "Kim", "etc", "."]);
        assert_eq!(words("Kim et al. went."), ["Kim", "et", "al.", "went", "."]);
        assert_eq!(words("so ... it"), ["so", "...", "it"]);
    }

    #[test]
    fn contractions_are_split_and_parts_that_begin_with_an_apostrophe_left_out() {
        assert_eq!(words("Kim's dogs' don't"), ["Kim", "dogs'", "do", "n't"]);
        assert_eq!(words("Kim’s"), ["Kim", "’s"]);
    }

    #[test]
    fn addresses_are_one_token() {
        assert_eq!(
            words("at https://example.org/a-b, (jo@example.org)."),
            [
                "at",
                "https://example.org/a-b,",
                "(",
                "jo@example.org",
                ")",
                "."
            ]
        );
    }
}
