//! Systems that are not ours, in any language: a child process that speaks JSON Lines
//! (`docs/protocol.md`), or a file of outputs made elsewhere.
//!
//! A child gets documents and never a reference. Whatever it does (hang, crash, talk
//! nonsense) costs it the document that made it do so, and nobody else anything.

mod answer;
pub mod check;
mod child;
mod command;
mod declaration;
mod failure;
mod group;
mod hosted;
mod limits;
mod manifest;
mod memory;
mod message;
mod outputs;
mod program;
mod record;
pub mod scaffold;
mod session;
mod tail;
mod working;

use crate::{rank::Budget, text::Document};

pub use answer::{Answer, Answered, Clocks};
pub use declaration::{Declaration, Options, PluginError};
pub use failure::{Failure, Fault};
pub use hosted::Hosted;
pub use limits::{Limits, Stop};
pub use outputs::Outputs;

/// What a plugin can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Task {
    /// Sentences of a document.
    Summarise,
    /// Phrases of a document.
    Keywords,
}

/// How much is asked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Length {
    /// Of a summary.
    pub budget: Budget,
    /// Of a list of keyphrases.
    pub limit: usize,
}

/// Documents that are sent together: where the gain of sending more ends for Python and
/// Node.
pub const BATCH: usize = 8;

/// A system that is not ours.
pub trait Plugin: Send + Sync {
    /// Its canonical name: `mine(lambda=0.5)`.
    fn name(&self) -> &str;

    /// What it is asked for.
    fn task(&self) -> Task;

    /// Where its answers come from, for the manifest.
    fn origin(&self) -> Origin;

    /// One answer or failure for each document, in their order.
    fn work(&self, documents: &[&Document], length: Length) -> Vec<Answered>;

    /// Notes what became of the next document in an earlier part of the same run, before
    /// the first is asked for: then all goes on as if there had been one part.
    fn remember(&self, _: Outcome) {}
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
pub struct Origin {
    /// The version that it says it has, or the digest of a file of outputs.
    pub version: String,
    /// The command that is run, or the file.
    pub command: String,
    /// BLAKE3 of the files that run; empty where none are known.
    pub program: String,
}
