//! Candidates as vectors, and their likeness to the document.

use epitome_base::embedding::{Embeddings, NamedEmbedder};
use epitome_text::Document;

use super::{
    candidates::{Candidate, Candidates},
    keyphrase::Keyphrase,
};

/// The candidates of a document with their vectors.
pub(super) struct EmbeddedCandidates {
    candidates: Vec<Candidate>,
    pub(super) vectors: Embeddings,
    /// The cosine of each candidate to the document.
    pub(super) relevance: Vec<f64>,
}

impl EmbeddedCandidates {
    /// Embeds the candidates of a document, and a text that stands for the document.
    pub(super) fn new(
        embedder: &NamedEmbedder,
        finder: &Candidates,
        document: &Document,
        text: &str,
    ) -> Self {
        let candidates = finder.find(document);
        let phrases: Vec<String> =
            candidates.iter().map(|it| it.text(document)).collect();
        let phrases: Vec<&str> = phrases.iter().map(String::as_str).collect();

        let vectors = embedder.embedder.texts(&phrases);
        let relevance = vectors.cosines_to(&embedder.embedder.texts(&[text]));
        Self {
            candidates,
            vectors,
            relevance,
        }
    }

    /// Returns the number of candidates.
    pub(super) fn len(&self) -> usize {
        self.candidates.len()
    }

    /// Returns picked candidates, given with their values in the order in which they were
    /// picked. A score is the value, or the score before it if that is lower, since the
    /// first keyphrase is the best.
    pub(super) fn keyphrases(
        &self,
        document: &Document,
        picks: &[(usize, f64)],
    ) -> Vec<Keyphrase> {
        let mut lowest = f64::INFINITY;
        let keyphrase = |&(at, value): &(usize, f64)| {
            lowest = value.min(lowest);
            Keyphrase {
                text: self.candidates[at].text(document),
                score: lowest,
                occurrences: self.candidates[at].spans(document),
            }
        };
        picks.iter().map(keyphrase).collect()
    }
}

/// Adds a part about the embedder to the signature of an extractor.
pub(super) fn signature(
    candidates: &Candidates,
    document: &Document,
    embedder: &NamedEmbedder,
) -> String {
    format!(
        "{}|embedder:{}",
        candidates.signature(document),
        embedder.name
    )
}
