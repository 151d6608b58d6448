//! The list of all metrics, and of those that a run measures by default.

use epitome_base::spec::Entry;

#[cfg(feature = "vocabularies")]
use super::llm_tokens;
use super::{
    answer_f1, answer_recall, bert_score, bleu, chrf, divergence, evidence_f1,
    evidence_recall, fragments, keyphrase, leak, literal_retention, metric::Metric,
    novelty, overlap, position, redundancy, rouge, smart, words,
};

/// The names of the metrics that a run of documents with reference summaries measures if
/// none are given.
pub const USUAL_OF_SUMMARIES: [&str; 4] = ["rouge-1", "rouge-2", "rouge-l", "rouge-lsum"];

/// The names of the metrics that a run of documents with answers or evidence measures if
/// none are given.
pub const USUAL_OF_QUERIES: [&str; 2] = ["answer-recall", "evidence-recall"];

/// The names of the metrics that a run of documents with gold keyphrases measures if none
/// are given.
pub const USUAL_OF_KEYPHRASES: [&str; 4] = [
    "keyphrase-f1@5",
    "keyphrase-f1@10",
    "keyphrase-f1@15",
    "keyphrase-map",
];

/// The entries of all metrics that are built in.
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
    bert_score::ENTRY,
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
    answer_recall::ENTRY,
    answer_f1::ENTRY,
    evidence_recall::ENTRY,
    evidence_f1::ENTRY,
    literal_retention::ENTRY,
    words::ENTRY,
    #[cfg(feature = "vocabularies")]
    llm_tokens::TOKENS,
    #[cfg(feature = "vocabularies")]
    llm_tokens::COMPRESSION,
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
    keyphrase::SEMANTIC,
];
