//! The work that is timed: one pass of a system over documents.

use std::hint::black_box;

use epitome_plugin::Length;
use epitome_text::Document;

use crate::run::{Role, System};

/// Runs a system once on every document and discards what it returns. Does nothing for
/// systems that work on references, which are not timed.
pub(super) fn pass(length: Length, system: &System, documents: &[Document]) {
    match &system.role {
        Role::Summariser(summariser) => {
            for document in documents {
                black_box(summariser.summarise(document, length.budget));
            }
        }
        Role::Extractor(extractor) => {
            for document in documents {
                black_box(extractor.extract(document, length.limit));
            }
        }
        Role::Oracle | Role::Human => {}
        Role::Plugin(plugin) => {
            let documents: Vec<&Document> = documents.iter().collect();
            black_box(plugin.work(&documents, length));
        }
    }
}
