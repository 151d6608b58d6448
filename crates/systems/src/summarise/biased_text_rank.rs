//! Biased TextRank: a random walk that restarts at sentences like the query.

use crate::rank::{
    Overlap, Vectors, biased_pagerank, distribution, length, query_counts,
};
use epitome_base::spec::{Entry, Parameter, ParameterKind, Params};
use epitome_text::Document;

use super::summariser::{SentenceScorer, Summariser};

pub(super) const ENTRY: Entry<dyn Summariser> = Entry {
    name: "biased-text-rank",
    about: "TextRank that restarts at sentences similar to the query or the title",
    source: "Kazemi, Pérez-Rosas & Mihalcea (2020), Biased TextRank: unsupervised graph-based content extraction, COLING",
    parameters: &[
        Parameter {
            name: "query",
            kind: ParameterKind::Text,
            default: "",
            about: "query; empty: that of the document, or its title",
        },
        Parameter {
            name: "damping",
            kind: ParameterKind::Number(0.0, 1.0),
            default: "0.85",
            about: "probability that the random walk follows an edge instead of restarting",
        },
    ],
    build: |params| Box::new(BiasedTextRank::from(params)),
};

/// TextRank with a bias: [`biased_pagerank`] over the [`Overlap`] of sentences.
///
/// The walk restarts at a sentence in proportion to the cosine of its tf-isf vector with
/// that of the query, and at any sentence if none has a cosine above 0. It costs as much
/// as `text-rank`.
///
/// Kazemi et al. (2020). In the form without a model: words replace their sentence
/// embeddings, in edges and bias alike. Left open there: with neither query nor title it
/// is TextRank.
#[derive(Debug, Clone, PartialEq)]
pub struct BiasedTextRank {
    /// The query; if empty, the title.
    pub query: String,
    /// Probability that the random walk follows an edge instead of restarting.
    pub damping: f64,
}

default_of_entry!(BiasedTextRank);

impl From<&Params> for BiasedTextRank {
    fn from(params: &Params) -> Self {
        Self {
            query: params.text("query").to_owned(),
            damping: params.number("damping"),
        }
    }
}

impl SentenceScorer for BiasedTextRank {
    fn scores(&self, document: &Document) -> Vec<f64> {
        let counts = Vectors::counts(document);
        let links = Overlap::new(&counts);
        let isf = counts.isf();

        let asked = query_counts(&self.query, document);
        let target: Vec<f64> = asked.iter().zip(&isf).map(|(n, isf)| n * isf).collect();
        let vectors = counts.scaled(&isf);

        let mut bias = vectors.normalised().dot(&target);
        let norm = length(target);
        for b in &mut bias {
            *b = if norm > 0.0 { *b / norm } else { 0.0 };
        }

        biased_pagerank(&links, self.damping, &distribution(bias))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::{pagerank, testing::lines};

    const TEXT: &str = "whales sing\nwhales swim\nwhales\nships sail\nships\n";

    #[test]
    fn a_question_about_ships_is_answered_with_ships() {
        let system = BiasedTextRank {
            query: "a ship".to_owned(),
            damping: 0.85,
        };
        let found = system.scores(&lines(TEXT));
        assert!(found[4] > found[0] && found[0] == 0.0, "{found:?}");
    }

    #[test]
    fn without_a_question_it_is_text_rank() {
        let document = lines(TEXT);
        let system = BiasedTextRank {
            query: String::new(),
            damping: 0.85,
        };
        let links = Overlap::new(&Vectors::counts(&document));
        assert_eq!(system.scores(&document), pagerank(&links, 0.85));
    }
}
