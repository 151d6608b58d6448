//! A corpus with the most that systems may return for its documents.

use epitome_corpora::Corpus;
use epitome_plugin::Length;

/// A corpus as systems run on it. Made by [`Plan::sources`](crate::run::Plan::sources) or
/// [`Work::on`](crate::run::Work::on).
#[derive(Clone, Copy)]
pub struct RunCorpus<'a> {
    /// The corpus to read.
    pub corpus: &'a dyn Corpus,
    /// The most that a system may return for one of its documents.
    pub length: Length,
}
