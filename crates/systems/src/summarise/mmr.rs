//! MMR: sentences that are relevant, and unlike what was picked before.

use crate::rank::{
    Budget, Selection, Summary, Vectors, best_first, length, query_counts,
};
use epitome_base::spec::{Entry, Parameter, ParameterKind, Params};
use epitome_text::Document;

use super::summariser::Summariser;

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
    ],
    build: |params| Box::new(Mmr::from(params)),
};

/// Maximal marginal relevance.
///
/// ```text
/// next pick = argmax λ cos(s, q) − (1 − λ) max_{p ∈ picks} cos(s, p)
/// ```
///
/// The cosines are over tf-isf vectors; `q` is the query, or the sum of all sentences if
/// there is none. Each pick updates the sentences that share a word with it, by an
/// inverted index: `O(N + Σ_{t ∈ pick} n(t))` for each pick.
///
/// Carbonell & Goldstein (1998). Left open there: what a generic summary has for a query;
/// here the document.
#[derive(Debug, Clone, PartialEq)]
pub struct Mmr {
    /// The weight of relevance against novelty, λ.
    pub lambda: f64,
    /// The query; if empty, the whole document.
    pub query: String,
}

default_of_entry!(Mmr);

impl From<&Params> for Mmr {
    fn from(params: &Params) -> Self {
        Self {
            lambda: params.number("lambda"),
            query: params.text("query").to_owned(),
        }
    }
}

impl Summariser for Mmr {
    fn summarise(&self, document: &Document, budget: Budget) -> Selection {
        let counts = Vectors::counts(document);
        let isf = counts.isf();
        let unit = counts.scaled(&isf).normalised();
        let index = unit.transposed();

        let relevance = self.relevance(document, &isf, &unit);
        let mut redundancy = vec![0.0_f64; unit.len()];
        let mut likeness = vec![0.0; unit.len()];
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

            for (term, weight) in unit.row(pick) {
                for (sentence, other) in index.row(term) {
                    likeness[sentence] += weight * other;
                }
            }

            for (sentence, likeness) in likeness.iter_mut().enumerate() {
                redundancy[sentence] = redundancy[sentence].max(std::mem::take(likeness));
            }
        }
        summary.finish()
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
    use crate::rank::testing::lines;

    const TEXT: &str = "whales sing songs\nwhales sing\nships carry salt\n\
                        whales sing songs loudly\nships sail\n";

    fn picks(lambda: f64, query: &str) -> Vec<u32> {
        let mmr = Mmr {
            lambda,
            query: query.to_owned(),
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
}
