//! The trait of sources of parts of speech.

use std::{borrow::Cow, fmt::Debug};

use super::super::{AnalysisNeeds, Document, Tag};

/// A source of parts of speech.
///
/// It must be total and deterministic: the tags of a document depend on nothing but the
/// document.
pub trait Tagger: Debug + Send + Sync {
    /// Returns the name of the source in signatures and parameters.
    fn name(&self) -> &'static str;

    /// Returns what the analysis of a document must contain before it is tagged.
    fn needs(&self) -> AnalysisNeeds {
        AnalysisNeeds::default()
    }

    /// Returns one tag for each of [`Document::tokens`]; `None` if the source has no tags
    /// for the document.
    fn tags<'d>(&self, document: &'d Document) -> Option<Cow<'d, [Tag]>>;
}
