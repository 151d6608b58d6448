//! TextRank: sentences that share words with sentences that share words.

mod cleaned;
mod gensim;
mod summa;
mod sumy;

use crate::rank::{
    CosineLinks, EMBEDDING, Overlap, TermLinks, Vectors, embedded_sentences, pagerank,
};
use epitome_base::{
    embedding::NamedEmbedder,
    spec::{Choice, Entry, Parameter, ParameterKind, Params, Profile, Profiles},
};
use epitome_text::Document;

use super::{
    profiles::Build,
    profiles::stop_words_of,
    summariser::{SentenceScorer, Summariser},
};

/// A function that reads the weight of edges from checked parameters.
type EdgesOf = fn(&Params) -> TextRankEdges;

const EDGES: &Choice<EdgesOf, 4> = &Choice::new(
    "edges",
    [
        ("overlap", |_| TextRankEdges::Overlap),
        ("bm25", |_| TextRankEdges::Bm25),
        ("cosine", |_| TextRankEdges::Cosine),
        (EMBEDDING[0], |params| {
            TextRankEdges::Embedding(params.embedder())
        }),
    ],
    "weight of the edge between two sentences",
);

const PROFILES: &Profiles<Build, 4> = &Profiles::new(
    [
        (Profile::plain("paper"), |params| {
            Box::new(TextRank::from(params))
        }),
        (
            Profile::with("sumy", &[("stop-words", "list:sumy-0.13.0")]),
            |params| Box::new(sumy::TextRank::from(params)),
        ),
        (
            Profile::with("summa", &[("stop-words", "list:summa-1.2.0")]),
            |params| Box::new(summa::TextRank::from(params)),
        ),
        (
            Profile::with("gensim", &[("stop-words", "list:gensim-3.8.3")]),
            |params| Box::new(gensim::TextRank::from(params)),
        ),
    ],
    "the paper's definition, or what sumy 0.13, summa 1.2 or gensim 3.8 computes",
);

pub(super) const ENTRY: Entry<dyn Summariser> = Entry {
    name: "text-rank",
    about: "PageRank over the word overlap of sentences",
    source: "Mihalcea & Tarau (2004), TextRank: bringing order into texts, EMNLP; bm25: Barrios, López, Argerich & Wachenchauzer (2016), Variations of the similarity function of TextRank, arXiv 1602.03606",
    parameters: &[
        Parameter {
            name: "damping",
            kind: ParameterKind::Number(0.0, 1.0),
            default: "0.85",
            about: "probability that the random walk follows an edge instead of restarting",
        },
        EDGES.parameter(),
        Parameter::embedder_when("edges", EMBEDDING),
        PROFILES.parameter(),
        stop_words_of(&["sumy", "summa", "gensim"]),
    ],
    build: |params| params.profile(PROFILES)(params),
};

/// TextRank for sentences: the [`pagerank`] of a graph whose edges `edges` specifies.
///
/// * `overlap`: shared content stems over the logarithms of the lengths, [`Overlap`].
/// * `bm25`: how well a sentence answers another, [`TermLinks::bm25`]; directed.
/// * `cosine`: of tf-isf vectors, [`TermLinks::cosine`].
/// * `embedding`: the cosine of the vectors of an embedder, if above 0, [`CosineLinks`].
///
/// No sentence has an edge to itself. Other edges are not stored: a round takes `O(Σₜ n(t) ·
/// lengths)` for `overlap`, `O(N²)` for `embedding`, whose edges are stored, and
/// `O(tokens)` for the others.
///
/// Mihalcea & Tarau (2004), section 4; Barrios et al. (2016). The papers do not say when the
/// iteration has converged (here at an L1 change of 1e-10, so that no rank depends on the
/// number of rounds), nor which of BM25's two directions counts (here both, as two edges).
#[derive(Debug, Clone, PartialEq)]
pub struct TextRank {
    /// Probability that the random walk follows an edge instead of restarting.
    pub damping: f64,
    /// The weight of an edge between two sentences.
    pub edges: TextRankEdges,
}

default_of_entry!(TextRank);

/// The weight of an edge between two sentences.
#[derive(Debug, Clone, PartialEq)]
pub enum TextRankEdges {
    /// The number of shared content stems over the sum of the logarithms of the lengths.
    Overlap,
    /// The BM25 score of one sentence for another as a query.
    Bm25,
    /// The cosine of tf-isf vectors.
    Cosine,
    /// The cosine of the vectors of an embedder, if it is above 0.
    Embedding(NamedEmbedder),
}

impl From<&Params> for TextRank {
    fn from(params: &Params) -> Self {
        Self {
            damping: params.number("damping"),
            edges: params.choice(EDGES)(params),
        }
    }
}

impl SentenceScorer for TextRank {
    fn scores(&self, document: &Document) -> Vec<f64> {
        let counts = Vectors::counts(document);
        match &self.edges {
            TextRankEdges::Overlap => pagerank(&Overlap::new(&counts), self.damping),
            TextRankEdges::Bm25 => pagerank(&TermLinks::bm25(&counts), self.damping),
            TextRankEdges::Cosine => {
                let isf = counts.isf();
                pagerank(&TermLinks::cosine(counts.scaled(&isf), 0.0), self.damping)
            }
            TextRankEdges::Embedding(embedder) => {
                let vectors = embedded_sentences(embedder, document);
                pagerank(&CosineLinks::of(&vectors), self.damping)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::testing::{embedder, lines};

    #[test]
    fn the_sentence_that_shares_most_wins() {
        let document =
            lines("whales sing songs\nships fear storms\nwhales sing while ships sail\n");
        for edges in [
            TextRankEdges::Overlap,
            TextRankEdges::Bm25,
            TextRankEdges::Cosine,
        ] {
            let scores = TextRank {
                damping: 0.85,
                edges,
            }
            .scores(&document);
            assert!(scores[2] > scores[0] && scores[2] > scores[1], "{scores:?}");
        }
    }

    #[test]
    fn by_vectors_the_sentence_between_others_wins() {
        let text_rank = TextRank {
            damping: 0.85,
            edges: TextRankEdges::Embedding(embedder()),
        };
        let scores = text_rank.scores(&lines("whales\nwhales and ships\nships\n"));
        assert!(scores[1] > scores[0], "{scores:?}");
        assert!((scores[0] - scores[2]).abs() < 1e-9, "{scores:?}");
    }
}
