//! Keyword extractors, one file each.
//!
//! To add an extractor, write its file on the model of `first_phrases.rs` and add its `ENTRY`
//! to [`EXTRACTORS`]. Help, runs, benches and the laws in `tests/it/registry.rs` follow from
//! the list.

mod candidates;
mod centrality;
mod closeness;
mod compounds;
mod embed_rank;
mod embedded;
mod epitome;
mod extractor;
mod first_phrases;
mod frequencies;
mod hits;
mod key_bert;
mod keyphrase;
mod kp_miner;
mod lexical_specificity;
mod likeness;
mod mmr;
mod multipartite_rank;
mod position_rank;
mod rake;
mod signature_words;
mod single_rank;
mod specificity;
#[cfg(test)]
mod testing;
mod text_rank;
mod tf;
mod tf_idf;
mod tf_idf_rank;
mod topic_rank;
mod topics;
mod word_graph;
mod word_sequence;
mod word_walk;
mod words;
mod yake;

use epitome_base::spec::Entry;

pub use candidates::{Candidate, Candidates, Characters, Form, Participles, Shortest};
pub use centrality::{Centrality, CentralityMeasure};
pub use embed_rank::EmbedRank;
pub use epitome::Epitome;
pub use extractor::{CandidateScorer, KeywordExtractor};
pub use first_phrases::FirstPhrases;
pub use hits::Hits;
pub use key_bert::{KeyBert, KeyBertSelection};
pub use keyphrase::{Aggregation, Keyphrase, ScoredPhrases};
pub use kp_miner::KpMiner;
pub use lexical_specificity::LexicalSpecificity;
pub use multipartite_rank::MultipartiteRank;
pub use position_rank::PositionRank;
pub use rake::Rake;
pub use signature_words::signature_in_words;
pub use single_rank::SingleRank;
pub use text_rank::TextRank;
pub use tf::Tf;
pub use tf_idf::TfIdf;
pub use tf_idf_rank::TfIdfRank;
pub use topic_rank::TopicRank;
pub use words::Stemming;
pub use yake::{Profile048 as Yake048, Yake};

/// All built-in extractors, the baseline first.
pub const EXTRACTORS: &[Entry<dyn KeywordExtractor>] = &[
    first_phrases::ENTRY,
    epitome::ENTRY,
    tf::ENTRY,
    tf_idf::ENTRY,
    kp_miner::ENTRY,
    lexical_specificity::ENTRY,
    yake::ENTRY,
    rake::ENTRY,
    text_rank::ENTRY,
    single_rank::ENTRY,
    position_rank::ENTRY,
    tf_idf_rank::ENTRY,
    topic_rank::ENTRY,
    multipartite_rank::ENTRY,
    hits::ENTRY,
    centrality::ENTRY,
    embed_rank::ENTRY,
    key_bert::ENTRY,
];
