//! A source of parts of speech.

use std::{borrow::Cow, fmt::Debug};

use super::super::{AnalysisNeeds, Document, Tag};

/// A source of parts of speech.
///
/// Total and deterministic: the tags of a document depend on nothing but the document.
pub trait Tagger: Debug + Send + Sync {
    /// What signatures and parameters call it.
    fn name(&self) -> &'static str;

    /// What a document must have before it is asked for its tags.
    fn needs(&self) -> AnalysisNeeds {
        AnalysisNeeds::default()
    }

    /// One tag for each of [`Document::tokens`]; `None` where this source has nothing to
    /// say of the document.
    fn tags<'d>(&self, document: &'d Document) -> Option<Cow<'d, [Tag]>>;
}
