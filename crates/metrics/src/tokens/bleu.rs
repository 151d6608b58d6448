//! BLEU's tokeniser 13a, as in sacreBLEU 2.6.0.

use super::characters::is_space;

/// Calls `emit` with every word of a text that is given as segments, each of which ends a
/// line.
pub(super) fn words<'a>(
    segments: impl Iterator<Item = &'a str>,
    mut emit: impl FnMut(&[u8]),
) {
    let text = segments.collect::<Vec<_>>().join("\n");
    let line = text.trim_end_matches(is_space).replace("<skipped>", "");
    let line = line.replace("-\n", "").replace('\n', " ");

    let mut characters: Vec<char> = format!(" {} ", unescaped(&line)).chars().collect();
    characters = marks_apart(&characters);

    // the rules of the script in its order: points are split off unless they are between
    // digits, and dashes after a digit
    characters = pairs_apart(&characters, |a, b| {
        (!a.is_ascii_digit() && is_point(b)).then_some([a, ' ', b, ' '])
    });
    characters = pairs_apart(&characters, |a, b| {
        (is_point(a) && !b.is_ascii_digit()).then_some([' ', a, ' ', b])
    });
    characters = pairs_apart(&characters, |a, b| {
        (a.is_ascii_digit() && b == '-').then_some([a, ' ', b, ' '])
    });

    let spaced: String = characters.into_iter().collect();
    for word in spaced.split(is_space).filter(|word| !word.is_empty()) {
        emit(word.as_bytes());
    }
}

fn unescaped(line: &str) -> String {
    if !line.contains('&') {
        return line.to_owned();
    }
    line.replace("&quot;", "\"")
        .replace("&amp;", "&")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
}

/// Returns the characters with spaces around ASCII marks other than `'`, `,`, `-`, `.`.
fn marks_apart(characters: &[char]) -> Vec<char> {
    let mut apart = Vec::with_capacity(characters.len() * 2);
    for &c in characters {
        match c {
            '{'..='~' | '['..='`' | ' '..='&' | '('..='+' | ':'..='@' | '/' => {
                apart.extend([' ', c, ' ']);
            }
            _ => apart.push(c),
        }
    }
    apart
}

/// Replaces pairs of characters from left to right; the second character of a replaced
/// pair does not begin another one, as with a regular expression.
fn pairs_apart(
    characters: &[char],
    replacement: impl Fn(char, char) -> Option<[char; 4]>,
) -> Vec<char> {
    let mut apart = Vec::with_capacity(characters.len() * 2);
    let mut at = 0;
    while at < characters.len() {
        let pair = characters
            .get(at + 1)
            .and_then(|&b| replacement(characters[at], b));
        if let Some(four) = pair {
            apart.extend(four);
            at += 2;
        } else {
            apart.push(characters[at]);
            at += 1;
        }
    }
    apart
}

fn is_point(c: char) -> bool {
    matches!(c, '.' | ',')
}

#[cfg(test)]
mod tests {
    use super::super::{Tokenisation, Tokeniser};

    #[test]
    fn points_stay_in_numbers_only() {
        let words = |text| Tokeniser::stems(Tokenisation::Bleu, text);
        assert_eq!(
            words("It's 1,000.5, A.B 3-4 x-y"),
            ["It's", "1,000.5", ",", "A", ".", "B", "3", "-", "4", "x-y"]
        );
        assert_eq!(
            words("&quot;a&quot; (b)\nre-\nrun"),
            ["\"", "a", "\"", "(", "b", ")", "rerun"]
        );
    }
}
