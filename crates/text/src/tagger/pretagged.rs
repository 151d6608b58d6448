//! Parts of speech that the corpus provides.

use std::borrow::Cow;

use super::Tagger;
use crate::{Document, Tag};

/// The source that uses the parts of speech of the corpus, in any language.
#[derive(Debug)]
pub(super) struct Pretagged;

impl Tagger for Pretagged {
    fn name(&self) -> &'static str {
        "pretagged"
    }

    fn tags<'d>(&self, document: &'d Document) -> Option<Cow<'d, [Tag]>> {
        document.given_tags().map(Cow::Borrowed)
    }
}
