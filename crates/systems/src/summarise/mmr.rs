//! MMR: sentences that are relevant, and unlike what was picked before.

use crate::rank::{
    Budget, EMBEDDING, Selection, Space, SpaceOf, Summary, Vectors, best_first,
    embedded_sentences, length, query_counts, space_choice,
};
use epitome_base::{
    embedding::NamedEmbedder,
    spec::{Choice, Entry, Parameter, ParameterKind, Params},
};
use epitome_text::Document;

use super::summariser::Summariser;

const SIMILARITY: &Choice<SpaceOf, 2> = &space_choice(
    "similarity",
    "cosine of tf-isf vectors, or of the vectors of an embedder",
);

pub(super) const ENTRY: Entry<dyn Summariser> = Entry {
    name: "mmr",
    about: "maximal marginal relevance: similar to the document, dissimilar to the selected sentences",
    source: "Carbonell & Goldstein (1998), The use of MMR, diversity-based reranking for reordering documents and producing summaries, SIGIR",
    parameters: &[
        Parameter {
            name: "lambda",
            kind: ParameterKind::Number(0.0, 1.0),
            default: "0.7",
            about: "weight of relevance against novelty",
        },
        Parameter {
            name: "query",
            kind: ParameterKind::Text,
            default: "",
            about: "query; empty: that of the document, or the whole document",
        },
        SIMILARITY.parameter(),
        Parameter::embedder_when("similarity", EMBEDDING),
    ],
    build: |params| Box::new(Mmr::from(params)),
};

/// Maximal marginal relevance.
///
/// ```text
/// next pick = argmax λ cos(s, q) − (1 − λ) max_{p ∈ picks} cos(s, p)
/// ```
///
/// The cosines are over tf-isf vectors, or over those of an embedder; `q` is the query, or
/// the sum of all sentences if there is none. Each pick updates the sentences that share a
/// word with it, by an inverted index: `O(N + Σ_{t ∈ pick} n(t))` for each pick, and with an
/// embedder `O(N · width)`.
///
/// Carbonell & Goldstein (1998). Left open there: what a generic summary has for a query;
/// here the document.
#[derive(Debug, Clone, PartialEq)]
pub struct Mmr {
    /// The weight of relevance against novelty, λ.
    pub lambda: f64,
    /// The query; if empty, the whole document.
    pub query: String,
    /// The space of the cosines.
    pub similarity: Space,
}

default_of_entry!(Mmr);

impl From<&Params> for Mmr {
    fn from(params: &Params) -> Self {
        Self {
            lambda: params.number("lambda"),
            query: params.text("query").to_owned(),
            similarity: params.choice(SIMILARITY)(params),
        }
    }
}

impl Summariser for Mmr {
    fn summarise(&self, document: &Document, budget: Budget) -> Selection {
        match &self.similarity {
            Space::Terms => self.by_terms(document, budget),
            Space::Embedding(embedder) => self.by_vectors(embedder, document, budget),
        }
    }

    fn with_query(&self, query: &str) -> Option<Box<dyn Summariser>> {
        self.query.is_empty().then(|| {
            let query = query.to_owned();
            Box::new(Self {
                query,
                ..self.clone()
            }) as Box<dyn Summariser>
        })
    }
}

impl Mmr {
    fn by_terms(&self, document: &Document, budget: Budget) -> Selection {
        let counts = Vectors::counts(document);
        let isf = counts.isf();
        let unit = counts.scaled(&isf).normalised();
        let index = unit.transposed();

        let relevance = self.relevance(document, &isf, &unit);
        self.select(document, budget, &relevance, |pick| {
            let mut likeness = vec![0.0; unit.len()];
            for (term, weight) in unit.row(pick) {
                for (sentence, other) in index.row(term) {
                    likeness[sentence] += weight * other;
                }
            }
            likeness
        })
    }

    fn by_vectors(
        &self,
        embedder: &NamedEmbedder,
        document: &Document,
        budget: Budget,
    ) -> Selection {
        let vectors = embedded_sentences(embedder, document);
        let target = match self.query.is_empty() {
            true => vectors.centre(),
            false => embedder.embedder.texts(&[&self.query]),
        };
        let relevance = vectors.cosines_to(&target);
        self.select(document, budget, &relevance, |pick| {
            vectors.cosines_to(&vectors.select(&[pick as u32]))
        })
    }

    /// Picks sentences of this relevance. `likeness` returns the cosines of all sentences
    /// to a pick.
    fn select(
        &self,
        document: &Document,
        budget: Budget,
        relevance: &[f64],
        likeness: impl Fn(usize) -> Vec<f64>,
    ) -> Selection {
        let mut redundancy = vec![0.0_f64; relevance.len()];
        let mut summary = Summary::new(document, budget);
        while !summary.is_full() {
            let values: Vec<f64> = relevance
                .iter()
                .zip(&redundancy)
                .map(|(relevance, redundancy)| {
                    self.lambda * relevance - (1.0 - self.lambda) * redundancy
                })
                .collect();
            let Some(pick) = first_that_fits(&values, &mut summary) else {
                break;
            };
            for (redundancy, likeness) in redundancy.iter_mut().zip(likeness(pick)) {
                *redundancy = redundancy.max(likeness);
            }
        }
        summary.finish()
    }

    /// Returns the cosine of each sentence with the query or the document.
    fn relevance(&self, document: &Document, isf: &[f64], unit: &Vectors) -> Vec<f64> {
        let mut target = if self.query.is_empty() {
            Vectors::tf_isf(document).sum(&vec![1.0; unit.len()])
        } else {
            let asked = query_counts(&self.query, document);
            asked
                .iter()
                .zip(isf)
                .map(|(count, isf)| count * isf)
                .collect()
        };
        let norm = length(target.iter().copied());
        if norm > 0.0 {
            for weight in &mut target {
                *weight /= norm;
            }
        }
        unit.dot(&target)
    }
}

/// Takes the best sentence that can be taken. Returns its index, or `None` if there is
/// none.
fn first_that_fits(values: &[f64], summary: &mut Summary<'_>) -> Option<usize> {
    let order = best_first(values);
    order
        .into_iter()
        .find(|&at| summary.take(at))
        .map(|at| at as usize)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::testing::{embedder, lines};

    const TEXT: &str = "whales sing songs\nwhales sing\nships carry salt\n\
                        whales sing songs loudly\nships sail\n";

    fn picks(lambda: f64, query: &str) -> Vec<u32> {
        let mmr = Mmr {
            lambda,
            query: query.to_owned(),
            similarity: Space::Terms,
        };
        mmr.summarise(&lines(TEXT), Budget::Sentences(2)).picks
    }

    #[test]
    fn without_novelty_relevance_alone_ranks() {
        assert_eq!(picks(1.0, "ships salt"), [2, 4]);
    }

    #[test]
    fn what_is_like_a_pick_waits() {
        let found = picks(0.5, "");
        assert_eq!(
            found.iter().filter(|&&pick| pick == 2 || pick == 4).count(),
            1
        );
    }

    #[test]
    fn vectors_of_an_embedder_say_what_is_alike() {
        let text = "whales\nwhales sea\nships\nships whales\n";
        let picks = |query: &str| {
            let mmr = Mmr {
                lambda: 0.5,
                query: query.to_owned(),
                similarity: Space::Embedding(embedder()),
            };
            mmr.summarise(&lines(text), Budget::Sentences(2)).picks
        };
        // the centre is between both; then neither of the like ones gains, and the first is best
        assert_eq!(picks("")[0], 3);
        assert_eq!(picks("ships")[0], 2);
    }
}
