//! Words that are hyphenated at a line end.
//!
//! A soft hyphen is removed. Any other hyphen is removed if the next line begins with a
//! lower-case letter, the text does not contain the compound with its hyphen inside a line, and
//! the word without it is known: it occurs elsewhere in the text, is a stop word of the language,
//! or, in English, is in the lexicon of the tagger. Otherwise the hyphen is kept and only the line
//! end is removed. It is also kept after a stop word that follows another hyphen, as in `day-to-`
//! and `day`.

use hashbrown::HashSet;

use super::super::{Language, StopWords, tag::is_english_word};

/// Looks up words of a text. The words are collected at the first hyphen at a line end, since most
/// texts have none.
pub(super) struct Words<'t> {
    text: &'t str,
    language: Language,
    known: Option<KnownWords>,
}

/// The words of a text and the stop words of its language.
struct KnownWords {
    /// Words in lower case, compounds with their hyphens.
    words: HashSet<String, foldhash::fast::FixedState>,
    stop_words: StopWords,
}

impl<'t> Words<'t> {
    /// Returns the words of a text, not yet collected.
    pub(super) fn new(text: &'t str, language: Language) -> Self {
        Self {
            text,
            language,
            known: None,
        }
    }

    /// Returns whether the word that is hyphenated between the lines `before` and `after` is known
    /// without its hyphen.
    pub(super) fn is_known_without(
        &mut self,
        before: &str,
        hyphen: char,
        after: &str,
    ) -> bool {
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

        // `day-to-` and `day`: a part of a longer compound
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
    /// Collects the words of a text, except parts of words that end in a hyphen.
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
