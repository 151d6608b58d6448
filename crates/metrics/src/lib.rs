//! Metrics: how much of the references an output holds.
//!
//! [`score()`] is the short way for one output; metrics are values such as [`Rouge::n(2)`](Rouge::n)
//! and [`Bleu::of_corpus()`](Bleu::of_corpus), or named as in `rouge-2(stemmer=true)`.
//!
//! A metric has tokenisers and stemmers of its own and inherits none of a system's.
//! A reference is tokenised once; every system's output is then measured against it.
//!
//! To add one: write its file after the model of `rouge/n.rs` and put its entries into
//! [`METRICS`].

pub mod aggregate;
mod bleu;
mod character_ngrams;
mod chrf;
mod divergence;
mod fragments;
mod keyphrase;
mod leak;
mod metric;
mod metric_input;
mod metric_set;
mod novelty;
mod one;
mod overlap;
pub mod position;
mod redundancy;
mod registry;
mod rouge;
mod scale;
mod score;
mod signature;
mod smart;
mod statistics;
mod task;
pub mod tokens;
mod value;
mod words;

pub use aggregate::Average;
pub use bleu::Bleu;
pub use chrf::Chrf;
pub use keyphrase::{
    Cut, Denominator, Duplicates, EmptyGold, GoldSet, KeyphraseF1, KeyphraseList,
    KeyphraseNdcg, KeyphrasePartial, Keyphrases, Protocol, RankedList,
};
pub use metric::{BoundMetric, Metric};
pub use metric_input::{MetricInput, MetricNeeds, Output};
pub use metric_set::{
    MetricSet, MetricSource, Prepared, TokenisedCandidate, TokenisedReferences,
};
pub use one::{NoScore, Segments, score};
pub use registry::{METRICS, USUAL};
pub use rouge::{Rouge, Rouge155Scores, SeveralReferences};
pub use scale::{Better, Scale, Unit, within};
pub use score::Score;
pub use signature::{Difference, Incomparable, Signature, SignatureError};
pub use smart::Smart;
pub use statistics::{Matches, Statistics};
pub use task::Task;
pub use tokens::{Letters, Tokenisation, Tokeniser, Tokens};
