//! The characters that the words of a candidate may have.

use epitome_base::spec::Choice;

/// Which characters the words of a candidate may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Characters {
    /// Any characters.
    #[default]
    Any,
    /// Letters, digits and the hyphen `-`, and not hyphens alone. This is `only_alphanum` of pke's
    /// `candidate_filtering`, with which Gallina, Boudin & Daille (2020) measured. A candidate
    /// goes by its first occurrence: `H&M shares`, `Gov. Parnell` and `Hubble's law` are none.
    Alphanumeric,
}

/// The parameter that selects the characters.
pub(super) const CHARACTERS: &Choice<Characters, 2> = &Choice::new(
    "characters",
    [
        ("any", Characters::Any),
        ("alphanumeric", Characters::Alphanumeric),
    ],
    "characters of phrases; alphanumeric: letters, digits and `-`, and phrases with others are no candidates",
);

impl Characters {
    /// Returns whether a candidate whose first occurrence has these words may be one.
    pub(super) fn allow<'t>(self, mut words: impl Iterator<Item = &'t str>) -> bool {
        match self {
            Self::Any => true,
            Self::Alphanumeric => words.all(is_alphanumeric),
        }
    }

    /// Returns the same for the text of a first occurrence, which is made only if it matters.
    pub(super) fn allow_text(self, text: impl FnOnce() -> String) -> bool {
        self == Self::Any || self.allow(text().split_whitespace())
    }

    /// What a signature says of it: nothing of what is usual.
    pub(super) fn signature(self) -> &'static str {
        match self {
            Self::Any => "",
            Self::Alphanumeric => "|characters:alphanumeric",
        }
    }
}

/// Returns whether a word has letters or digits, and besides them only hyphens.
pub(super) fn is_alphanumeric(word: &str) -> bool {
    let mut rest = word
        .chars()
        .filter(|&character| character != '-')
        .peekable();
    rest.peek().is_some() && rest.all(char::is_alphanumeric)
}
