//! Words that a hyphen parts at a line end.
//!
//! A soft hyphen goes. Any other goes where the next line starts with a small letter, the
//! text does not have the compound with its hyphen inside a line, and the word without it
//! is known: it stands elsewhere in the text, is a stop word of the language, or, in English,
//! a word that the tagger has facts of. Else the hyphen stays and only the line end goes; so
//! it does behind a stop word that another hyphen stands before, as in `day-to-` and `day`.

use hashbrown::HashSet;

use super::super::{Language, StopWords, tag::is_english_word};

/// The words of a text, looked up at its first hyphen.
pub(super) struct Words<'t> {
    text: &'t str,
    language: Language,
    known: Option<KnownWords>,
}

struct KnownWords {
    /// In small letters; compounds with their hyphens.
    words: HashSet<String, foldhash::fast::FixedState>,
    stop_words: StopWords,
}

impl<'t> Words<'t> {
    pub(super) fn new(text: &'t str, language: Language) -> Self {
        Self {
            text,
            language,
            known: None,
        }
    }

    /// Whether the word that a hyphen at the end of a line parts is one without it.
    pub(super) fn mends(&mut self, before: &str, hyphen: char, after: &str) -> bool {
        if hyphen == '\u{ad}' {
            return true;
        }
        let before = &before[..before.len() - hyphen.len_utf8()];
        let left = &before[before.trim_end_matches(char::is_alphabetic).len()..];
        let left_length = left.len();
        let rest = after.trim_start_matches(char::is_alphabetic);
        let right = &after[..after.len() - rest.len()];
        if !right.starts_with(char::is_lowercase) {
            return false;
        }
        let (left, right) = (left.to_lowercase(), right.to_lowercase());
        let (whole, compound) = (format!("{left}{right}"), format!("{left}-{right}"));
        let is_english = self.language.code() == "en";
        let known = self
            .known
            .get_or_insert_with(|| KnownWords::of(self.text, self.language));
        let is_inside = before[..before.len() - left_length].ends_with(['-', '‐'])
            && known.stop_words.contains(&left);
        !is_inside
            && !known.words.contains(&compound)
            && (known.words.contains(&whole)
                || known.stop_words.contains(&whole)
                || is_english && is_english_word(&whole))
    }
}

impl KnownWords {
    fn of(text: &str, language: Language) -> Self {
        let mut words = HashSet::default();
        let pieces = text.split(|c: char| !c.is_alphabetic() && c != '-');
        for piece in pieces.filter(|it| !it.is_empty() && !it.ends_with('-')) {
            let piece = piece.trim_start_matches('-').to_lowercase();
            words.extend(piece.split('-').map(str::to_owned));
            words.insert(piece);
        }
        Self {
            words,
            stop_words: StopWords::of(language),
        }
    }
}
