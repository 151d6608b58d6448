//! Tags that were there before.

use std::borrow::Cow;

use super::Tagger;
use crate::{Document, Tag};

/// The parts of speech that the corpus brought, in any language.
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
