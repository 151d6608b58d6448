//! One pass of a system over documents: what is timed.

use std::hint::black_box;

use epitome_text::Document;

use crate::run::{Role, System, Work};

/// One pass of a system over documents.
pub(super) fn pass(work: &Work, system: &System, documents: &[Document]) {
    match &system.role {
        Role::Summariser(summariser) => {
            for document in documents {
                black_box(summariser.summarise(document, work.budget));
            }
        }
        Role::Extractor(extractor) => {
            for document in documents {
                black_box(extractor.extract(document, work.limit));
            }
        }
        Role::Oracle | Role::Human => {} // they work on references
        Role::Plugin(plugin) => {
            let documents: Vec<&Document> = documents.iter().collect();
            black_box(plugin.work(&documents, work.length()));
        }
    }
}
