//! Extractive summarisers. Each is a file of this module.
//!
//! To add one, write its file after the model of `tf_idf.rs` and add its `ENTRY` to
//! [`SUMMARISERS`]: help, runs, benches and the laws in `tests/it/registry.rs` follow.

mod biased_text_rank;
mod bm25;
mod centroid;
mod comparison;
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
mod profiles;
mod query_lex_rank;
mod random;
mod submodular;
mod sum_basic;
mod summariser;
mod tail;
mod text_rank;
mod tf_idf;

use epitome_base::spec::{Entry, Shared};

pub use biased_text_rank::BiasedTextRank;
pub use bm25::Bm25;
pub use centroid::Centroid;
pub use concepts::Concepts;
pub use degree::{Degree, DegreeEdges};
pub use div_rank::DivRank;
pub use edmundson::Edmundson;
pub use epitome::Epitome;
pub use grasshopper::Grasshopper;
pub use hits::Hits;
pub use kl_sum::KlSum;
pub use lead::Lead;
pub use lex_rank::{LexRank, LexRankEdges};
pub use longest::Longest;
pub use lsa::{Lsa, Weights as LsaWeights};
pub use luhn::Luhn;
pub use mmr::Mmr;
pub use pac_sum::PacSum;
pub use query_lex_rank::QueryLexRank;
pub use random::Random;
pub use submodular::Submodular;
pub use sum_basic::SumBasic;
pub use summariser::{SentenceScorer, Summariser, TooLong};
pub use tail::Tail;
pub use text_rank::{TextRank, TextRankEdges};
pub use tf_idf::TfIdf;

/// The parameters that summarisers have in addition to their own, if they apply.
pub const SHARED: &[Shared<dyn Summariser>] = &[position::SHARED];

/// All built-in summarisers, baselines first.
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
    bm25::ENTRY,
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
