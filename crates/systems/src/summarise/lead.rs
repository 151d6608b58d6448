//! Lead: the first sentences.

use crate::rank::{Budget, Selection};
use epitome_base::spec::Entry;
use epitome_text::Document;

use super::summariser::Summariser;

pub(super) const ENTRY: Entry<dyn Summariser> = Entry {
    name: "lead",
    about: "the first sentences, in order: a strong baseline on news",
    source: "Brandow, Mitze & Rau (1995), Automatic condensation of electronic publications by sentence selection, IP&M 31(5)",
    parameters: &[],
    build: |_| Box::new(Lead),
};

/// Picks the first sentences of the document, each if it still fits. `O(k)`.
///
/// Brandow, Mitze & Rau (1995). Left to the budget: under one of words or bytes theirs
/// stops at the limit; here a sentence that does not fit is left out, as in every system
/// of this crate, so that one long sentence does not cost the baseline its summary. In a
/// cluster of documents the first sentence of each comes first, then the second ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Lead;

impl Summariser for Lead {
    fn summarise(&self, document: &Document, budget: Budget) -> Selection {
        let mut order: Vec<u32> = (0..document.sentences().len() as u32).collect();
        if document.is_cluster() {
            order.sort_by_key(|&at| document.place_in_document(at as usize));
        }
        Selection::in_order(order, document, budget)
    }
}
