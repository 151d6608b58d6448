//! The trait that all plugins implement.

use std::sync::Arc;

use epitome_base::isolated::Isolated;

use super::{
    answer::Answered,
    question::{AskedDocument, Length, PluginTask},
};

/// A plugin: a system that is not part of this program.
/// [`Declaration::open`](crate::Declaration::open) makes them.
pub trait Plugin: Send + Sync {
    /// Returns the canonical name, such as `mine(lambda=0.5)`.
    fn name(&self) -> &str;

    /// Returns the task of the plugin.
    fn task(&self) -> PluginTask;

    /// Returns the origin of the answers, which the manifest of a run records.
    fn origin(&self) -> PluginOrigin;

    /// Returns an answer or a failure for each document, in their order.
    fn work(&self, documents: &[AskedDocument<'_>], length: Length) -> Vec<Answered>;

    /// Records the outcome of the next document in an earlier part of the same run. It
    /// must be called before the first question; the run then continues as if it had not
    /// been interrupted.
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

    fn work(&self, documents: &[AskedDocument<'_>], length: Length) -> Vec<Answered> {
        (**self).work(documents, length)
    }

    fn remember(&self, outcome: Outcome) {
        (**self).remember(outcome);
    }
}

/// The outcome of asking for a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The plugin answered.
    Answered,
    /// The plugin failed.
    Failed,
    /// The document was not sent to the plugin.
    Skipped,
}

/// The origin of the answers of a plugin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PluginOrigin {
    /// The version that the plugin reports, or the digest of a file of outputs.
    pub version: String,
    /// The command that is run, or the path of the file.
    pub command: String,
    /// The BLAKE3 digest of the files that run; empty if none are known.
    pub program: String,
    /// What it is kept from; `None` for what is no process of its own.
    pub isolation: Option<Isolated>,
    /// The number of outputs of a file; `None` for a program.
    pub outputs: Option<usize>,
}
