//! Extractive summarisers, one file each.
//!
//! To add one: write its file after the model of `tf_idf.rs` and put its `ENTRY` into
//! [`SUMMARISERS`]; help, runs, benches and the laws in `tests/it/registry.rs` follow.

mod biased_text_rank;
mod centroid;
mod concepts;
mod degree;
mod div_rank;
mod edmundson;
mod epitome;
mod grasshopper;
mod hits;
mod kl_sum;
mod lead;
mod lex_rank;
mod longest;
mod lsa;
mod luhn;
mod mmr;
mod pac_sum;
mod position;
mod query_lex_rank;
mod random;
mod submodular;
mod sum_basic;
mod tail;
mod text_rank;
mod tf_idf;

use crate::rank::{Budget, Selection};
use epitome_base::spec::{Entry, Kind, Parameter, Params, Profile, Profiles, Shared};
use epitome_text::{Document, Needs};

pub use biased_text_rank::BiasedTextRank;
pub use centroid::Centroid;
pub use concepts::Concepts;
pub use degree::{Degree, Edges as DegreeEdges};
pub use div_rank::DivRank;
pub use edmundson::Edmundson;
pub use epitome::Epitome;
pub use grasshopper::Grasshopper;
pub use hits::Hits;
pub use kl_sum::KlSum;
pub use lead::Lead;
pub use lex_rank::{Edges as LexRankEdges, LexRank};
pub use longest::Longest;
pub use lsa::{Lsa, Weights as LsaWeights};
pub use luhn::Luhn;
pub use mmr::Mmr;
pub use pac_sum::PacSum;
pub use query_lex_rank::QueryLexRank;
pub use random::Random;
pub use submodular::Submodular;
pub use sum_basic::SumBasic;
pub use tail::Tail;
pub use text_rank::{Edges as TextRankEdges, TextRank};
pub use tf_idf::TfIdf;

/// What summarisers take beside their own parameters, where it applies.
pub const SHARED: &[Shared<dyn Summariser>] = &[position::SHARED];

/// Picks sentences of a document.
///
/// Total: an empty document has an empty summary. Deterministic: the same document and
/// budget give the same selection. Never over budget.
pub trait Summariser: Send + Sync {
    /// Picks sentences within `budget`.
    fn summarise(&self, document: &Document, budget: Budget) -> Selection;

    /// What it wants to be there before it sees a document.
    fn needs(&self) -> Needs {
        Needs::default()
    }

    /// Itself, when it is nothing but a score for every sentence.
    fn scorer(&self) -> Option<&dyn SentenceScorer> {
        None
    }
}

/// A summariser that is nothing but a score for every sentence: the best that fit are
/// picked, ties going to the earlier. Built through a registry, it takes the parameters
/// of [`SHARED`] and its file knows nothing of them.
pub trait SentenceScorer: Send + Sync {
    /// One score for each sentence of the body, higher is better.
    fn scores(&self, document: &Document) -> Vec<f64>;

    /// As [`Summariser::needs`].
    fn needs(&self) -> Needs {
        Needs::default()
    }
}

impl<T: SentenceScorer> Summariser for T {
    fn summarise(&self, document: &Document, budget: Budget) -> Selection {
        Selection::best_first(self.scores(document), document, budget)
    }

    fn needs(&self) -> Needs {
        SentenceScorer::needs(self)
    }

    fn scorer(&self) -> Option<&dyn SentenceScorer> {
        Some(self)
    }
}

/// What builds a summariser from checked parameters.
type Build = fn(&Params) -> Box<dyn Summariser>;

/// The profiles of a method that sumy has too.
const fn paper_or_sumy(paper: Build, sumy: Build) -> Profiles<Build, 2> {
    let sumys = Profile::with("sumy", &[("stop-words", "list:sumy-0.13.0")]);
    Profiles::new(
        [(Profile::plain("paper"), paper), (sumys, sumy)],
        "the paper's definition, or what sumy 0.13 computes",
    )
}

/// The stop list of the profiles of tools.
const fn stop_words_of(profiles: &'static [&'static str]) -> Parameter {
    Parameter {
        name: "stop-words",
        kind: Kind::When("profile", profiles, &Kind::File(&[])),
        default: "none",
        about: "stop words for the profile of a tool, parted by white space: its own for English; none: those of the language",
    }
}

/// Every summariser built in, baselines first.
pub const SUMMARISERS: &[Entry<dyn Summariser>] = &[
    lead::ENTRY,
    tail::ENTRY,
    random::ENTRY,
    longest::ENTRY,
    luhn::ENTRY,
    edmundson::ENTRY,
    tf_idf::ENTRY,
    centroid::ENTRY,
    degree::ENTRY,
    text_rank::ENTRY,
    biased_text_rank::ENTRY,
    lex_rank::ENTRY,
    query_lex_rank::ENTRY,
    hits::ENTRY,
    pac_sum::ENTRY,
    lsa::ENTRY,
    div_rank::ENTRY,
    grasshopper::ENTRY,
    mmr::ENTRY,
    sum_basic::ENTRY,
    kl_sum::ENTRY,
    submodular::ENTRY,
    concepts::ENTRY,
    epitome::ENTRY,
];
