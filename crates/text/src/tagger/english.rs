//! The tagger of this crate as a source of parts of speech.

use std::borrow::Cow;

use super::Tagger;
use crate::{AnalysisNeeds, Document, Tag};

/// The source that uses [`EnglishTagger`](crate::EnglishTagger), for documents in
/// English. An [`Analyser`](crate::Analyser) tags a document once for all systems that
/// need it.
#[derive(Debug)]
pub(super) struct English;

impl Tagger for English {
    fn name(&self) -> &'static str {
        "english"
    }

    fn needs(&self) -> AnalysisNeeds {
        AnalysisNeeds { tags: true }
    }

    fn tags<'d>(&self, document: &'d Document) -> Option<Cow<'d, [Tag]>> {
        document.tags().map(Cow::Borrowed)
    }
}
