//! What a system is asked: its task, and the most that it may return.

use epitome_systems::rank::Budget;
use epitome_text::Document;

/// A task of plugins that are systems.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PluginTask {
    /// Selecting sentences of a document.
    Summarise,
    /// Finding keyphrases of a document.
    Keywords,
}

/// A document that a plugin is asked about, with what stands beside it.
#[derive(Debug, Clone, Copy)]
pub struct AskedDocument<'a> {
    /// The document, as systems see it.
    pub document: &'a Document,
    /// The query that the output is to answer; empty if there is none.
    pub query: &'a str,
}

impl<'a> From<&'a Document> for AskedDocument<'a> {
    /// Returns the question about a document without a query.
    fn from(document: &'a Document) -> Self {
        Self {
            document,
            query: "",
        }
    }
}

/// The maximum length of an output.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Length {
    /// The budget of a summary.
    pub budget: Budget,
    /// The number of phrases in a list of keyphrases.
    pub limit: usize,
}

/// The number of documents that are sent together. With more of them, Python and Node do
/// not become faster.
pub const BATCH: usize = 8;
