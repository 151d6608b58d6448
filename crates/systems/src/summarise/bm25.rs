//! BM25: sentences that answer a query, by the words that they share with it.

use crate::rank::{Vectors, query_counts};
use epitome_base::spec::{Entry, Parameter, ParameterKind, Params};
use epitome_text::Document;

use super::summariser::{SentenceScorer, Summariser};

pub(super) const ENTRY: Entry<dyn Summariser> = Entry {
    name: "bm25",
    about: "Okapi BM25 of a sentence for the query or the title",
    source: "Robertson & Zaragoza (2009), The probabilistic relevance framework: BM25 and beyond, Foundations and Trends in Information Retrieval 3(4); idf as in Lucene",
    parameters: &[
        Parameter {
            name: "query",
            kind: ParameterKind::Text,
            default: "",
            about: "query; empty: that of the document, or its title",
        },
        Parameter {
            name: "k1",
            kind: ParameterKind::Number(0.0, 100.0),
            default: "1.2",
            about: "how much repetitions of a word in a sentence add; 0: nothing",
        },
        Parameter {
            name: "b",
            kind: ParameterKind::Number(0.0, 1.0),
            default: "0.75",
            about: "how much the length of a sentence counts; 0: not at all",
        },
    ],
    build: |params| Box::new(Bm25::from(params)),
};

/// Okapi BM25 with sentences as documents.
///
/// ```text
/// score(s) = Σ_{t ∈ q} tf(t, q) · idf(t) · tf(t, s) (k₁ + 1) / (tf(t, s) + k₁ (1 − b + b |s| / avg))
/// idf(t)   = ln (1 + (N − n(t) + ½) / (n(t) + ½))
/// ```
///
/// `t` are content stems, `|s|` their number in a sentence and `avg` its mean over the `N`
/// sentences, of which `n(t)` contain `t`. A sentence that shares no word with the query
/// has 0, and is picked in the order of the document. `O(tokens)`.
///
/// Robertson & Zaragoza (2009), sections 3.4 and 3.5; k₁ = 1.2 and b = 0.75 are in the
/// ranges that they find reasonable. The idf is that of the variant that Kamphuis, de Vries,
/// Boytsov & Lin (2020), *Which BM25 do you mean?*, ECIR, call Lucene (accurate): never
/// negative, so that no word of the query counts against a sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Bm25 {
    /// The query; if empty, the title.
    pub query: String,
    /// How much repetitions of a word in a sentence add, k₁.
    pub k1: f64,
    /// How much the length of a sentence counts, b.
    pub b: f64,
}

default_of_entry!(Bm25);

impl From<&Params> for Bm25 {
    fn from(params: &Params) -> Self {
        Self {
            query: params.text("query").to_owned(),
            k1: params.number("k1"),
            b: params.number("b"),
        }
    }
}

impl SentenceScorer for Bm25 {
    fn scores(&self, document: &Document) -> Vec<f64> {
        let counts = Vectors::counts(document);
        let weights = weights(&counts, &query_counts(&self.query, document));
        let lengths: Vec<f64> = counts
            .rows()
            .map(|row| row.map(|(_, count)| count).sum())
            .collect();
        let average = lengths.iter().sum::<f64>() / lengths.len().max(1) as f64;

        counts
            .rows()
            .zip(&lengths)
            .map(|(row, length)| {
                let flat = self.k1 * (1.0 - self.b + self.b * length / average);
                row.filter(|&(term, _)| weights[term] > 0.0)
                    .map(|(term, n)| weights[term] * n * (self.k1 + 1.0) / (n + flat))
                    .sum()
            })
            .collect()
    }

    fn with_query(&self, query: &str) -> Option<Box<dyn Summariser>> {
        self.query.is_empty().then(|| {
            let query = query.to_owned();
            Box::new(Self { query, ..*self }) as Box<dyn Summariser>
        })
    }
}

/// Returns the idf of each term times its number in the query.
fn weights(counts: &Vectors, asked: &[f64]) -> Vec<f64> {
    let sentences = counts.len() as f64;
    let frequencies = counts.frequencies();
    let idf = |n: f64| ((sentences - n + 0.5) / (n + 0.5)).ln_1p();
    asked
        .iter()
        .zip(&frequencies)
        .map(|(count, &n)| count * idf(f64::from(n)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::{Budget, testing::lines};

    const TEXT: &str = "whales sing\nships carry salt\nships sail\nwhales swim\n";

    fn scores(query: &str) -> Vec<f64> {
        let query = query.to_owned();
        let system = Bm25 {
            query,
            ..Bm25::default()
        };
        system.scores(&lines(TEXT))
    }

    #[test]
    fn a_sentence_of_average_length_has_the_idf_of_the_word_that_it_shares() {
        let text = "whales sing\nships sail\n";
        let system = Bm25 {
            query: "ships".to_owned(),
            ..Bm25::default()
        };
        let found = system.scores(&lines(text));
        // n = 1 of 2 sentences: ln (1 + 1.5 / 1.5), times 1 · 2.2 / (1 + 1.2)
        assert_eq!(found[0], 0.0);
        assert!((found[1] - 2.0_f64.ln()).abs() < 1e-12, "{found:?}");
    }

    #[test]
    fn a_short_sentence_and_a_rare_word_count_more() {
        let found = scores("ships");
        assert!(found[2] > found[1] && found[1] > 0.0, "{found:?}");
        let found = scores("salt or whales");
        assert!(found[1] > found[0], "{found:?}");
    }

    #[test]
    fn the_query_of_the_document_counts_unless_the_system_has_one() {
        let picks = |own: &str| {
            let query = own.to_owned();
            let system = Bm25 {
                query,
                ..Bm25::default()
            };
            let document = lines(TEXT);
            system
                .summarise_for("salt", &document, Budget::Sentences(1))
                .picks
        };
        assert_eq!(picks(""), [1]);
        assert_eq!(picks("swim"), [3]);
    }
}
