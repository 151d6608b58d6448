//! Literals: the parts of a text that are of use only if they are kept as they are.

use std::collections::BTreeSet;

/// A kind of literal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LiteralKind {
    /// Digits with `.` and `,` between them: `1,000.5`.
    Number,
    /// A word with a letter and a digit, an underscore, or a capital after a small letter:
    /// `SHA1`, `text_rank`, `getName`.
    Identifier,
    /// A word of parts between slashes that begins with a slash or a dot, has an ending,
    /// or has two slashes: `/etc/hosts`, `src/main.rs:12`, `https://example.org/a`.
    Path,
    /// What stands between quotation marks in one sentence: `“so it is”`.
    Quote,
}

impl LiteralKind {
    /// Returns the different literals of this kind in a text, as they are spelt.
    pub fn of(self, text: &str) -> BTreeSet<&str> {
        match self {
            Self::Number => numbers(text).collect(),
            Self::Identifier => identifiers(text).collect(),
            Self::Path => paths(text).collect(),
            Self::Quote => quotes(text),
        }
    }
}

fn numbers(text: &str) -> impl Iterator<Item = &str> {
    let runs = text.split(|c: char| !c.is_numeric() && !matches!(c, '.' | ','));
    let trimmed = runs.map(|run| run.trim_matches(['.', ',']));
    trimmed.filter(|run| !run.is_empty())
}

fn identifiers(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
    words.filter(|word| {
        let has = |is: fn(char) -> bool| word.contains(is);
        let mut pairs = word.chars().zip(word.chars().skip(1));
        let has_hump = pairs.any(|(a, b)| a.is_lowercase() && b.is_uppercase());
        has(char::is_alphabetic)
            && (has(char::is_numeric) || has_hump || word.contains('_'))
    })
}

fn paths(text: &str) -> impl Iterator<Item = &str> {
    let is_around =
        |c: char| !c.is_alphanumeric() && !matches!(c, '/' | '\\' | '~' | '.');
    let words = text.split_whitespace().map(move |word| {
        let word = word.trim_matches(is_around);
        word.trim_end_matches(['.', '…'])
    });
    words.filter(|word| is_path(word))
}

fn is_path(word: &str) -> bool {
    let slashes = word.matches(['/', '\\']).count();
    let last = word.rsplit(['/', '\\']).next().unwrap_or_default();
    let has_ending = last.split_once('.').is_some_and(|(name, ending)| {
        !name.is_empty() && ending.starts_with(char::is_alphanumeric)
    });
    slashes > 0
        && word.contains(char::is_alphanumeric)
        && (slashes > 1 || has_ending || word.starts_with(['/', '\\', '~', '.']))
}

/// The marks that begin and end a quotation.
const MARKS: [(char, char); 6] = [
    ('"', '"'),
    ('“', '”'),
    ('„', '“'),
    ('«', '»'),
    ('「', '」'),
    ('『', '』'),
];

fn quotes(text: &str) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    let mut rest = text;
    while let Some(start) = rest.find(|c| MARKS.iter().any(|(open, _)| *open == c)) {
        let mark = rest[start..].chars().next().unwrap_or_default();
        let inside = &rest[start + mark.len_utf8()..];
        let ends = MARKS.iter().filter(|(open, _)| *open == mark);
        let end = ends.filter_map(|(_, close)| inside.find(*close)).min();
        rest = match end {
            Some(end) => {
                let quote = inside[..end].trim();
                if !quote.is_empty() {
                    found.insert(quote);
                }
                // the mark at the end is no beginning of another
                let mark = inside[end..].chars().next().map_or(0, char::len_utf8);
                &inside[end + mark..]
            }
            None => inside,
        };
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(kind: LiteralKind, text: &str) -> Vec<&str> {
        kind.of(text).into_iter().collect()
    }

    #[test]
    fn numbers_have_signs_inside_and_not_around() {
        let text = "In 1740, 1,000.5 tons (3.) cost 12 %... and ٣٤ more, v2.";
        assert_eq!(
            of(LiteralKind::Number, text),
            ["1,000.5", "12", "1740", "2", "3", "٣٤"]
        );
    }

    #[test]
    fn identifiers_are_not_plain_words() {
        let text = "The SHA1 of text_rank in getName, not NASA, O'Hara or 1740.";
        assert_eq!(
            of(LiteralKind::Identifier, text),
            ["SHA1", "getName", "text_rank"]
        );
    }

    #[test]
    fn paths_are_more_than_two_words_with_a_slash() {
        let text = r"See (src/main.rs:12), /etc/hosts. and/or ./run https://example.org/a, C:\x\y; 1/2.";
        assert_eq!(
            of(LiteralKind::Path, text),
            [
                "./run",
                "/etc/hosts",
                r"C:\x\y",
                "https://example.org/a",
                "src/main.rs:12"
            ]
        );
    }

    #[test]
    fn quotes_have_an_end() {
        let text = "“So it is”, „und so“, «ainsi», \"plain\" and “never ended";
        assert_eq!(
            of(LiteralKind::Quote, text),
            ["So it is", "ainsi", "plain", "und so"]
        );
        assert_eq!(of(LiteralKind::Quote, "“” \"\""), [""; 0]);
    }
}
