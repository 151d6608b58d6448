//! Why judgements cannot be used.

use epitome_corpora::CorpusError;

/// Why judgements cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum JudgementError {
    /// A corpus or a record cannot be read.
    #[error(transparent)]
    Corpus(#[from] CorpusError),
    /// The judgements are not a file of lines.
    #[error("{origin}: judgements are a JSON Lines file")]
    NotLines {
        /// The corpus of judgements.
        origin: String,
    },
    /// The file contains no judgements.
    #[error("nothing to do: {origin} holds no judgements")]
    Empty {
        /// The file of judgements.
        origin: String,
    },
    /// No field contains ratings.
    #[error("{origin}: no field but ids is a number, so there is nothing to agree with")]
    NoAspects {
        /// The file of judgements.
        origin: String,
    },
    /// A named aspect is in no judgement.
    #[error("{origin}: no judgement has a number `{name}`\nhint: there are {}", quoted(.known))]
    UnknownAspect {
        /// The file of judgements.
        origin: String,
        /// The name of the aspect.
        name: String,
        /// The aspects of the file.
        known: Vec<String>,
    },
    /// A metric measures keyphrases, but judgements are of summaries.
    #[error("`{name}` measures keyphrases, and judgements are of summaries")]
    NotOfSummaries {
        /// The canonical name of the metric.
        name: String,
    },
}

fn quoted(names: &[String]) -> String {
    names
        .iter()
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ")
}
