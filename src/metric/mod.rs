//! Metrics: how much of the references an output holds.
//!
//! A metric has tokenisers and stemmers of its own and inherits none of a system's.
//! A reference is tokenised once; every system's output is then measured against it.
//!
//! To add one: write its file after the model of `rouge_n.rs` and put its entries into
//! [`METRICS`].

mod keyphrase;
mod panel;
mod porter;
mod rouge;
mod rouge_l;
mod rouge_lsum;
mod rouge_n;
mod score;
mod signature;
mod tokens;

use crate::spec::Entry;

pub use panel::{Candidate, Panel, References, Scale};
pub use porter::Porter;
pub use score::{Score, Statistics};
pub use signature::Signature;
pub use tokens::{Tokenisation, Tokeniser, Tokens};

/// What kind of output a system gives and a metric measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Task {
    /// Summaries: a text of sentences.
    Summaries,
    /// Keyphrases: a list, the best first.
    Keyphrases,
}

/// Measures a candidate against references.
///
/// Total: every input has finite statistics, and no score is `NaN`.
pub trait Metric: Send + Sync {
    /// What it measures.
    fn task(&self) -> Task;

    /// How it sees texts. Metrics that agree on it share the tokens.
    fn tokenisation(&self) -> Tokenisation;

    /// Everything that changes its value.
    fn signature(&self) -> Signature;

    /// Prepares the references of one document, of which there is at least one.
    fn against<'a>(&'a self, references: &'a [Tokens]) -> Box<dyn Measure + 'a>;

    /// The score of one document's statistics, or of their sum.
    fn score(&self, statistics: &Statistics) -> Score;
}

/// A metric with the references of one document at hand.
pub trait Measure {
    /// Sufficient statistics of one candidate: additive, so that resampling never
    /// reads a text again.
    fn measure(&mut self, candidate: &Tokens) -> Statistics;
}

/// Every metric built in.
pub const METRICS: &[Entry<dyn Metric>] = &[
    rouge_n::ROUGE_1,
    rouge_n::ROUGE_2,
    rouge_l::ENTRY,
    rouge_lsum::ENTRY,
    keyphrase::F1_AT_5,
    keyphrase::F1_AT_10,
    keyphrase::F1_AT_15,
    keyphrase::MAP,
];
