//! TextRank: sentences that share words with sentences that share words.

mod cleaned;
mod gensim;
mod summa;
mod sumy;

use crate::rank::{Overlap, TermLinks, Vectors, pagerank};
use epitome_base::spec::{Entry, Kind, Parameter, Params, Profile};
use epitome_text::Document;

use super::{SentenceScorer, Summariser};

pub(super) const ENTRY: Entry<dyn Summariser> = Entry {
    name: "text-rank",
    about: "PageRank over the word overlap of sentences",
    source: "Mihalcea & Tarau (2004), TextRank: bringing order into texts, EMNLP; bm25: Barrios, López, Argerich & Wachenchauzer (2016), Variations of the similarity function of TextRank, arXiv 1602.03606",
    parameters: &[
        Parameter {
            name: "damping",
            kind: Kind::Number(0.0, 1.0),
            default: "0.85",
            about: "share of the walk that follows edges",
        },
        Parameter {
            name: "edges",
            kind: Kind::Choice(&["overlap", "bm25", "cosine"]),
            default: "overlap",
            about: "what links two sentences",
        },
        Parameter {
            name: "profile",
            kind: Kind::Profile(&[
                Profile::plain("paper"),
                Profile::with("sumy", &[("stop-words", "list:sumy-0.13.0")]),
                Profile::with("summa", &[("stop-words", "list:summa-1.2.0")]),
                Profile::with("gensim", &[("stop-words", "list:gensim-3.8.3")]),
            ]),
            default: "paper",
            about: "the paper's definition, or what sumy 0.13, summa 1.2 or gensim 3.8 computes",
        },
        Parameter {
            name: "stop-words",
            kind: Kind::When("profile", &["sumy", "summa", "gensim"], &Kind::File(&[])),
            default: "none",
            about: "stop words for the profile of a tool, parted by white space: its own for English; none: those of the language",
        },
    ],
    build: |params| match params.text("profile") {
        "sumy" => Box::new(sumy::TextRank::from(params)),
        "summa" => Box::new(summa::TextRank::from(params)),
        "gensim" => Box::new(gensim::TextRank::from(params)),
        _ => Box::new(TextRank::from(params)),
    },
};

/// TextRank for sentences: the [`pagerank`] of a graph whose edges `edges` names.
///
/// * `overlap`: shared content stems over the logarithms of the lengths, [`Overlap`].
/// * `bm25`: how well a sentence answers another, [`TermLinks::bm25`]; directed.
/// * `cosine`: of tf-isf vectors, [`TermLinks::cosine`].
///
/// No sentence has an edge to itself. No table of edges is made: a round costs `O(Σₜ
/// n(t) · lengths)` for `overlap` and `O(tokens)` for the others.
///
/// Mihalcea & Tarau (2004), section 4; Barrios et al. (2016). Left open: when a walk has
/// converged, here at an L1 change of 1e-10, so that no rank depends on the number of
/// rounds; of BM25's two directions both are kept, each its own edge.
struct TextRank {
    damping: f64,
    edges: Edges,
}

enum Edges {
    Overlap,
    Bm25,
    Cosine,
}

impl From<&Params> for TextRank {
    fn from(params: &Params) -> Self {
        let edges = match params.text("edges") {
            "bm25" => Edges::Bm25,
            "cosine" => Edges::Cosine,
            _ => Edges::Overlap,
        };
        Self { damping: params.number("damping"), edges }
    }
}

impl SentenceScorer for TextRank {
    fn scores(&self, document: &Document) -> Vec<f64> {
        let counts = Vectors::counts(document);
        match self.edges {
            Edges::Overlap => pagerank(&Overlap::new(&counts), self.damping),
            Edges::Bm25 => pagerank(&TermLinks::bm25(&counts), self.damping),
            Edges::Cosine => {
                let isf = counts.isf();
                pagerank(&TermLinks::cosine(counts.scaled(&isf), 0.0), self.damping)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::testing::lines;

    #[test]
    fn the_sentence_that_shares_most_wins() {
        let document =
            lines("whales sing songs\nships fear storms\nwhales sing while ships sail\n");
        for edges in [Edges::Overlap, Edges::Bm25, Edges::Cosine] {
            let scores = TextRank { damping: 0.85, edges }.scores(&document);
            assert!(scores[2] > scores[0] && scores[2] > scores[1], "{scores:?}");
        }
    }
}
