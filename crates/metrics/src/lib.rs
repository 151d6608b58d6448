//! Metrics for summaries and keyphrases: how well an output matches its references.
//!
//! [`score()`] scores one output in one call. Metrics are values, such as
//! [`Rouge::n(2)`](Rouge::n) and [`Bleu::of_corpus()`](Bleu::of_corpus), or are built
//! from a name such as `rouge-2(stemmer=true)`.
//!
//! For many outputs of a document a [`MetricSet`] tokenises the references once
//! ([`TokenisedReferences`]), prepares every metric for them ([`Prepared`]) and measures
//! each output ([`Statistics`]). [`Metric::score`] makes a [`Score`] of the statistics of
//! one document or of the sum over many. A metric has its own tokeniser and stemmer and
//! never uses those of a system.
//!
//! To add a metric, write a file modelled on `rouge/n.rs` and add its entries to
//! [`METRICS`].

pub mod aggregate;
mod answer_f1;
mod answer_recall;
mod bert_score;
mod best_match;
mod bleu;
mod character_ngrams;
mod chrf;
mod divergence;
mod division;
mod evidence_f1;
mod evidence_recall;
mod external;
mod external_metric;
mod fragments;
mod keyphrase;
mod leak;
mod literal_retention;
mod literals;
#[cfg(feature = "vocabularies")]
mod llm_tokens;
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
pub use answer_f1::AnswerF1;
pub use answer_recall::AnswerRecall;
pub use bert_score::BertScore;
pub use bleu::Bleu;
pub use chrf::Chrf;
pub use divergence::Divergence;
pub use division::{Divided, Division, sentences};
pub use evidence_f1::EvidenceF1;
pub use evidence_recall::EvidenceRecall;
pub use external::{
    ExternalCandidate, ExternalFailure, ExternalMeasure, ExternalMetric, ExternalOrigin,
    ExternalOutcome, ExternalQuestion, ExternalScore,
};
pub use external_metric::{External, ExternalDescription};
pub use fragments::Fragments;
pub use keyphrase::{
    Cut, Denominator, Duplicates, EmptyGold, GoldSet, KeyphraseF1, KeyphraseList,
    KeyphraseNdcg, KeyphrasePartial, KeyphraseSemantic, Keyphrases, Protocol, RankedList,
};
pub use leak::Leak;
pub use literal_retention::LiteralRetention;
pub use literals::LiteralKind;
#[cfg(feature = "vocabularies")]
pub use llm_tokens::LlmTokens;
pub use metric::{BoundMetric, Metric};
pub use metric_input::{MetricInput, MetricNeeds, Output};
pub use metric_set::{
    MetricSet, MetricSource, Prepared, TokenisedCandidate, TokenisedReferences,
};
pub use novelty::{NovelNgrams, RepeatedNgrams};
pub use one::{NoScore, Segments, score};
pub use overlap::Overlap;
pub use redundancy::Redundancy;
pub use registry::{METRICS, USUAL_OF_KEYPHRASES, USUAL_OF_QUERIES, USUAL_OF_SUMMARIES};
pub use rouge::{Rouge, Rouge155Scores, SeveralReferences};
pub use scale::{Better, Scale, Unit, within};
pub use score::Score;
pub use signature::{Difference, Incomparable, Signature, SignatureError};
pub use smart::Smart;
pub use statistics::{Matches, Statistics};
pub use task::Task;
pub use tokens::{Letters, Tokenisation, Tokeniser, Tokens};
pub use words::Words;
