//! Tail: the last sentences.

use crate::rank::{Budget, Selection};
use epitome_base::spec::Entry;
use epitome_text::Document;

use super::summariser::Summariser;

pub(super) const ENTRY: Entry<dyn Summariser> = Entry {
    name: "tail",
    about: "the last sentences: shows the effect of position on a corpus",
    source: "a baseline of no author, the mirror of lead",
    parameters: &[],
    build: |_| Box::new(Tail),
};

/// Picks the last sentences of the document, from the end, each if it still fits. `O(k)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tail;

impl Summariser for Tail {
    fn summarise(&self, document: &Document, budget: Budget) -> Selection {
        let sentences = document.sentences().len() as u32;
        Selection::in_order((0..sentences).rev(), document, budget)
    }
}
