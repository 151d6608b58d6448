//! Query LexRank: central sentences on a question.

use crate::rank::{TermLinks, Vectors, biased_pagerank, distribution, query_counts};
use epitome_base::spec::{Entry, Parameter, ParameterKind, Params};
use epitome_text::Document;

use super::summariser::{SentenceScorer, Summariser};

pub(super) const ENTRY: Entry<dyn Summariser> = Entry {
    name: "query-lex-rank",
    about: "continuous LexRank that restarts at sentences relevant to the query or the title",
    source: "Otterbacher, Erkan & Radev (2005), Using random walks for question-focused sentence retrieval, HLT-EMNLP",
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
            default: "0.05",
            about: "probability that the random walk follows an edge instead of restarting",
        },
    ],
    build: |params| Box::new(QueryLexRank::from(params)),
};

/// LexRank with a bias towards a question (topic-sensitive).
///
/// ```text
/// p(s | q) = (1 − d) rel(s | q) / Σ_z rel(z | q) + d Σᵥ cos(s, v) / Σ_z cos(z, v) p(v | q)
/// rel(s | q) = Σ_{w ∈ q} ln(tf(w, s) + 1) ln(tf(w, q) + 1) ln((N + 1) / (½ + n(w)))
/// ```
///
/// `cos` is that of `lex-rank(form=continuous)`; `d` is `damping`. Takes `O(tokens)` for
/// each round.
///
/// Otterbacher et al. (2005), section 3; their `d` is `1 − d` here, and 0.95 is the one
/// that they find best on questions. Left open there: what happens if no sentence is
/// relevant; here the walk restarts anywhere.
#[derive(Debug, Clone, PartialEq)]
pub struct QueryLexRank {
    /// The query; if empty, the title.
    pub query: String,
    /// Probability that the random walk follows an edge instead of restarting.
    pub damping: f64,
}

default_of_entry!(QueryLexRank);

impl From<&Params> for QueryLexRank {
    fn from(params: &Params) -> Self {
        Self {
            query: params.text("query").to_owned(),
            damping: params.number("damping"),
        }
    }
}

impl SentenceScorer for QueryLexRank {
    fn scores(&self, document: &Document) -> Vec<f64> {
        let counts = Vectors::counts(document);
        let relevance = relevance(&counts, &query_counts(&self.query, document));
        let isf = counts.isf();
        let links = TermLinks::cosine(counts.scaled(&isf), 1.0);
        biased_pagerank(&links, self.damping, &distribution(relevance))
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

/// Returns the relevance of each sentence for the counts of a query.
fn relevance(counts: &Vectors, asked: &[f64]) -> Vec<f64> {
    let sentences = counts.len() as f64 + 1.0;
    let frequencies = counts.frequencies();
    let weights: Vec<f64> = asked
        .iter()
        .zip(&frequencies)
        .map(|(count, &n)| {
            count.ln_1p() * (sentences / (0.5 + f64::from(n))).ln().max(0.0)
        })
        .collect();

    counts
        .rows()
        .map(|row| row.map(|(term, count)| count.ln_1p() * weights[term]).sum())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::testing::lines;

    #[test]
    fn relevance_is_of_the_words_asked_for() {
        let document = lines("whales sing\nships ships\nwhales\n");
        let asked = query_counts("ships", &document);
        let found = relevance(&Vectors::counts(&document), &asked);
        let wanted = 3.0_f64.ln() * 2.0_f64.ln() * (4.0_f64 / 1.5).ln();
        assert_eq!([found[0], found[2]], [0.0, 0.0]);
        assert!((found[1] - wanted).abs() < 1e-12);
    }

    #[test]
    fn what_is_asked_for_leads() {
        let document = lines("whales sing\nwhales swim\nwhales\nships sail\n");
        let system = QueryLexRank {
            query: "ships".to_owned(),
            damping: 0.85,
        };
        let found = system.scores(&document);
        assert!(found[3] > found[0], "{found:?}");
    }
}
