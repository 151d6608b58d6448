//! Where the parts of speech come from.

use crate::{
    spec::{Kind, Parameter, Params},
    text::{Document, Tag},
};

/// A source of parts of speech. A document has what its tagger or its corpus gave; where
/// that is nothing, candidates are found without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::keywords) enum Tagging {
    /// Our own tagger, for English.
    English,
    /// The tags that the corpus brought.
    Pretagged,
    /// None.
    None,
}

/// The parameter that chooses it.
pub(in crate::keywords) const TAGGER: Parameter = Parameter {
    name: "tagger",
    kind: Kind::Choice(&["english", "pretagged", "none"]),
    default: "english",
    about: "parts of speech of our English tagger, those that the corpus brought, or none; where there are none, candidates are runs of content words",
};

impl From<&Params> for Tagging {
    fn from(params: &Params) -> Self {
        match params.text(TAGGER.name) {
            "pretagged" => Self::Pretagged,
            "none" => Self::None,
            _ => Self::English,
        }
    }
}

impl Tagging {
    /// Its name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::English => "english",
            Self::Pretagged => "pretagged",
            Self::None => "none",
        }
    }

    /// The part of speech of each token of a document, if it has any of this source.
    pub(super) fn tags(self, document: &Document) -> Option<&[Tag]> {
        match self {
            Self::English => document.tags(),
            Self::Pretagged => document.given_tags(),
            Self::None => None,
        }
    }
}
