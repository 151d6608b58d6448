//! The work that is timed: one pass of a system over documents.

use std::hint::black_box;

use epitome_plugin::{AskedDocument, Length};

use crate::run::{Role, Seen, System};

/// Runs a system once on every document and discards what it returns. Does nothing for
/// systems that work on references, which are not timed.
pub(super) fn pass(length: Length, system: &System, documents: &[Seen]) {
    match &system.role {
        Role::Summariser(summariser) => {
            for seen in documents {
                let Seen {
                    document, query, ..
                } = seen;
                black_box(summariser.summarise_for(query, document, length.budget));
            }
        }
        Role::Extractor(extractor) => {
            for Seen {
                document, corpus, ..
            } in documents
            {
                black_box(extractor.extract(document, corpus, length.limit));
            }
        }
        Role::Oracle | Role::Human => {}
        Role::Plugin(plugin) => {
            let questions: Vec<AskedDocument<'_>> =
                documents.iter().map(Seen::question).collect();
            black_box(plugin.work(&questions, length));
        }
    }
}
