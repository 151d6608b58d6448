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
mod novelty;
mod one;
mod overlap;
mod panel;
pub mod position;
mod redundancy;
mod rouge;
mod scale;
mod score;
mod signature;
mod smart;
mod statistics;
mod subject;
pub mod tokens;
mod value;
mod words;

use serde::{Deserialize, Serialize};

use epitome_base::spec::Entry;

pub use aggregate::Average;
pub use bleu::Bleu;
pub use chrf::Chrf;
pub use keyphrase::{
    Cut, Denominator, Duplicates, EmptyGold, GoldSet, KeyphraseF1, KeyphraseList,
    KeyphraseNdcg, KeyphrasePartial, Keyphrases, Protocol, RankedList,
};
pub use one::{NoScore, Segments, score};
pub use panel::{Candidate, Panel, Prepared, References, Source};
pub use rouge::{Rouge, Rouge155Scores, SeveralReferences};
pub use scale::{Better, Scale, Unit, within};
pub use score::Score;
pub use signature::{Difference, Incomparable, Signature, SignatureError};
pub use smart::Smart;
pub use statistics::{Matches, Statistics};
pub use subject::{Needs, Output, Subject};
pub use tokens::{Letters, Tokenisation, Tokeniser, Tokens};

/// What kind of output a system gives and a metric measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
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

    /// What it must be given beyond references and a text: by default nothing.
    fn needs(&self) -> Needs {
        Needs::default()
    }

    /// Everything that changes its value.
    fn signature(&self) -> Signature;

    /// The names of its [statistics](Statistics::values), in their order: kebab-case, each
    /// once.
    fn statistics(&self) -> &'static [&'static str];

    /// Prepares the references, and what else is known, of one document.
    fn against<'a>(&'a self, subject: Subject<'a>) -> Box<dyn Measure + 'a>;

    /// Its values: bounds, direction, unit, and so what a failed output is worth. By
    /// default shares from 0 to 1 of which more is better.
    fn scale(&self) -> Scale {
        Scale::SHARE
    }

    /// How scores of documents are averaged: by default each document counts the same.
    fn average(&self) -> Average {
        Average::Macro
    }

    /// The score of one document's statistics, or of their sum.
    fn score(&self, statistics: &Statistics) -> Score;

    /// The score of an output that failed: never better than that of an answer. `None`
    /// where it is left out of the mean.
    fn failed(&self) -> Option<Score> {
        let value = self.scale().worst()?;
        Some(Score { value, ..self.score(&Statistics::default()) })
    }
}

/// A metric with the references of one document at hand.
pub trait Measure {
    /// Sufficient statistics of one candidate: additive, so that resampling never
    /// reads a text again.
    fn measure(&mut self, candidate: Output<'_>) -> Statistics;
}

impl<F: FnMut(Output<'_>) -> Statistics> Measure for F {
    fn measure(&mut self, candidate: Output<'_>) -> Statistics {
        self(candidate)
    }
}

/// What a run measures when nobody says.
pub const USUAL: [&str; 8] = [
    "rouge-1",
    "rouge-2",
    "rouge-l",
    "rouge-lsum",
    "keyphrase-f1@5",
    "keyphrase-f1@10",
    "keyphrase-f1@15",
    "keyphrase-map",
];

/// Every metric built in.
pub const METRICS: &[Entry<dyn Metric>] = &[
    rouge::ROUGE_N[0],
    rouge::ROUGE_N[1],
    rouge::ROUGE_N[2],
    rouge::ROUGE_N[3],
    rouge::ROUGE_N[4],
    rouge::ROUGE_N[5],
    rouge::ROUGE_N[6],
    rouge::ROUGE_N[7],
    rouge::ROUGE_N[8],
    rouge::ROUGE_L,
    rouge::ROUGE_LSUM,
    rouge::ROUGE_W,
    rouge::ROUGE_S,
    rouge::ROUGE_SU,
    chrf::CHRF,
    chrf::CHRF_PLUS_PLUS,
    bleu::ENTRY,
    smart::SMART_1,
    smart::SMART_2,
    smart::SMART_L,
    divergence::ENTRY,
    fragments::COVERAGE,
    fragments::DENSITY,
    fragments::COMPRESSION,
    novelty::NOVEL,
    novelty::REPEATED,
    redundancy::ENTRY,
    position::POSITION,
    position::POSITION_DISTANCE,
    overlap::ORACLE,
    overlap::LEAD,
    leak::LEAK,
    leak::LEAK_AT_3,
    leak::LEAK_AT_5,
    words::ENTRY,
    keyphrase::F1,
    keyphrase::F1_AT_5,
    keyphrase::F1_AT_10,
    keyphrase::F1_AT_15,
    keyphrase::F1_AT_M,
    keyphrase::F1_AT_O,
    keyphrase::MAP,
    keyphrase::MRR,
    keyphrase::NDCG,
    keyphrase::NDCG_AT_10,
    keyphrase::R_PRECISION,
    keyphrase::PARTIAL,
];
