//! The absence of parts of speech.

use std::borrow::Cow;

use super::Tagger;
use crate::{Document, Tag};

/// The source without parts of speech.
#[derive(Debug)]
pub(super) struct Untagged;

impl Tagger for Untagged {
    fn name(&self) -> &'static str {
        "none"
    }

    fn tags<'d>(&self, _: &'d Document) -> Option<Cow<'d, [Tag]>> {
        None
    }
}
