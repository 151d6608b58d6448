//! One pass of a system over documents: what is timed.

use std::hint::black_box;

use epitome_plugin::Length;
use epitome_text::Document;

use crate::run::{Role, System};

/// One pass of a system over documents.
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
        Role::Oracle | Role::Human => {} // they work on references
        Role::Plugin(plugin) => {
            let documents: Vec<&Document> = documents.iter().collect();
            black_box(plugin.work(&documents, length));
        }
    }
}
