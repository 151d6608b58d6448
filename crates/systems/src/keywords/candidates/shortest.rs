//! The minimum lengths of candidates and their words.

use epitome_base::spec::{Parameter, ParameterKind, Params};

/// The parameters that [`Shortest`] is read from.
pub(super) const PARAMETERS: [Parameter; 2] = [
    Parameter {
        name: "min-characters",
        kind: ParameterKind::Either(
            &ParameterKind::Integer(1, 1000),
            &ParameterKind::Choice(&["usual"]),
        ),
        default: "usual",
        about: "shortest phrase, in characters without spaces; usual: two, but neither one ASCII character nor two small ASCII letters",
    },
    Parameter {
        name: "min-word-characters",
        kind: ParameterKind::Integer(1, 100),
        default: "1",
        about: "shortest word of a phrase, in characters; phrases with a shorter one are no candidates",
    },
];

/// The minimum lengths of a candidate and of its words.
///
/// Lengths are characters of the first occurrence in lower case, without the spaces between
/// words. They correspond to `minimum_length` and `minimum_word_size` of pke's
/// `candidate_filtering`, which are 3 and 2 there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shortest {
    /// The minimum number of characters of a phrase, all words together. `None` is the default
    /// rule: three bytes of UTF-8, or two of which one is not a lower-case ASCII letter. `ox` is
    /// too short, `EU` and `橋` are not.
    pub phrase: Option<usize>,
    /// The minimum number of characters of each word.
    pub word: usize,
}

impl Default for Shortest {
    /// Returns the default rule for phrases, with words of any length.
    fn default() -> Self {
        Self {
            phrase: None,
            word: 1,
        }
    }
}

impl From<&Params> for Shortest {
    fn from(params: &Params) -> Self {
        let phrase = params.integer_if_any("min-characters");
        Self {
            phrase: phrase.map(|characters| characters as usize),
            word: params.integer("min-word-characters") as usize,
        }
    }
}

impl Shortest {
    /// Returns whether an occurrence counts. Only the default rule tests each occurrence.
    pub(super) fn has_occurrence(self, text: &str) -> bool {
        self.phrase.is_some()
            || text.len() >= 3
            || (text.len() == 2 && !text.bytes().all(|byte| byte.is_ascii_lowercase()))
    }

    /// Returns whether a candidate whose first occurrence has these words is long enough.
    pub(super) fn has<'t>(self, words: impl Iterator<Item = &'t str>) -> bool {
        let mut phrase = 0;
        for word in words {
            let characters = word.chars().flat_map(char::to_lowercase).count();
            if characters < self.word {
                return false;
            }
            phrase += characters;
        }
        self.phrase.is_none_or(|least| phrase >= least)
    }

    /// What a signature says of it: nothing of what is usual.
    pub(super) fn signature(self) -> String {
        let phrase = self.phrase.map(|least| format!("|min-characters:{least}"));
        let word = (self.word > 1).then(|| format!("|min-word-characters:{}", self.word));
        phrase.unwrap_or_default() + &word.unwrap_or_default()
    }
}
