//! A system that is not ours.

use std::sync::Arc;

use epitome_text::Document;

use super::{
    answer::Answered,
    question::{Length, PluginTask},
};

/// A system that is not ours.
pub trait Plugin: Send + Sync {
    /// Its canonical name: `mine(lambda=0.5)`.
    fn name(&self) -> &str;

    /// What it is asked for.
    fn task(&self) -> PluginTask;

    /// Where its answers come from, for the manifest.
    fn origin(&self) -> PluginOrigin;

    /// One answer or failure for each document, in their order.
    fn work(&self, documents: &[&Document], length: Length) -> Vec<Answered>;

    /// Notes what became of the next document in an earlier part of the same run, before
    /// the first is asked for: then all goes on as if there had been one part.
    fn remember(&self, _: Outcome) {}
}

impl<P: Plugin + ?Sized> Plugin for Arc<P> {
    fn name(&self) -> &str {
        (**self).name()
    }

    fn task(&self) -> PluginTask {
        (**self).task()
    }

    fn origin(&self) -> PluginOrigin {
        (**self).origin()
    }

    fn work(&self, documents: &[&Document], length: Length) -> Vec<Answered> {
        (**self).work(documents, length)
    }

    fn remember(&self, outcome: Outcome) {
        (**self).remember(outcome);
    }
}

/// What became of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// There was an answer.
    Answered,
    /// There was none.
    Failed,
    /// It was not asked for.
    Skipped,
}

/// Where the answers of a plugin come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PluginOrigin {
    /// The version that it says it has, or the digest of a file of outputs.
    pub version: String,
    /// The command that is run, or the file.
    pub command: String,
    /// BLAKE3 of the files that run; empty where none are known.
    pub program: String,
}
