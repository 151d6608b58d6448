//! TextRank for keyphrases: words that stand beside words that stand beside words.

use crate::{
    rank::{Graph, pagerank},
    spec::{Entry, Kind, Parameter, Params},
    text::{Document, Needs},
};

use super::{
    CandidateScorer, KeywordExtractor, Scored,
    candidates::{Candidates, PARAMETERS},
};

pub(super) const ENTRY: Entry<dyn KeywordExtractor> = Entry {
    name: "text-rank",
    about: "PageRank over neighbouring words, summed over a phrase",
    source: "Mihalcea & Tarau (2004), TextRank: bringing order into texts, EMNLP",
    parameters: &[
        Parameter {
            name: "damping",
            kind: Kind::Number(0.0, 1.0),
            default: "0.85",
            about: "share of the walk that follows edges",
        },
        Parameter {
            name: "window",
            kind: Kind::Integer(2, 1000),
            default: "2",
            about: "words that share a window of so many tokens are linked",
        },
        PARAMETERS[0],
        PARAMETERS[1],
    ],
    build: |params| Box::new(TextRank::from(params)),
};

/// TextRank for keyphrases.
///
/// Nodes are content stems; two are linked, without weight, when they stand less than
/// `window` tokens apart somewhere (stop words and punctuation count as tokens,
/// sentence borders do not matter). A phrase's score is the sum of its words'
/// [`pagerank`]. `O(n · window)` and `O(E)` a round.
///
/// Mihalcea & Tarau (2004), section 3. Departures: they keep the best third of the
/// words and join those that stand side by side, with nouns and adjectives as nodes;
/// here candidates are runs of content words and no tagger decides what a node is.
struct TextRank {
    damping: f64,
    window: usize,
    candidates: Candidates,
}

impl From<&Params> for TextRank {
    fn from(params: &Params) -> Self {
        Self {
            damping: params.number("damping"),
            window: params.integer("window") as usize,
            candidates: Candidates::from(params),
        }
    }
}

impl CandidateScorer for TextRank {
    fn candidates(&self, document: &Document) -> Scored {
        let ranks = pagerank(&neighbours(document, self.window), self.damping);
        Scored::by(self.candidates.of(document), |candidate| {
            candidate.terms(document).map(|term| ranks[term.index()]).sum()
        })
    }

    fn needs(&self) -> Needs {
        self.candidates.needs()
    }
}

/// Edges of weight 1 between content stems that share a window. Terms that are no
/// content words are nodes without edges; they take rank but none of the walk.
fn neighbours(document: &Document, window: usize) -> Graph {
    let tokens = document.tokens();
    let mut edges: Vec<(u32, u32)> = Vec::new();
    for (at, token) in tokens.iter().enumerate().filter(|(_, token)| token.is_content()) {
        for other in tokens[at + 1..].iter().take(window - 1).filter(|t| t.is_content()) {
            let (a, b) = (token.term.index() as u32, other.term.index() as u32);
            if a != b {
                edges.push((a.min(b), a.max(b)));
            }
        }
    }
    edges.sort_unstable();
    edges.dedup();
    let weighted: Vec<_> = edges.into_iter().map(|(a, b)| (a, b, 1.0)).collect();
    Graph::from_edges(document.term_count(), &weighted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Analyser, Segmenter, Source};

    fn document(text: &str) -> Document {
        let language = "en".parse().unwrap();
        let source =
            Source { id: "d", title: "", text, language, segmenter: Segmenter::Own };
        Analyser::default().analyse(source)
    }

    #[test]
    fn window_two_links_adjacent_tokens_only_and_once() {
        let document = document("stone bridge of stone bridge");
        let graph = neighbours(&document, 2);
        let edges: usize = (0..graph.len()).map(|node| graph.row(node).count()).sum();
        assert_eq!(edges, 2, "one edge, in both rows");
    }

    #[test]
    fn a_wider_window_reaches_over_stop_words() {
        let document = document("bridge of stone");
        assert_eq!(neighbours(&document, 2).row(0).count(), 0);
        assert_eq!(neighbours(&document, 3).row(0).count(), 1);
    }

    #[test]
    fn the_best_connected_word_leads() {
        let document = document("Stone bridge. Stone arch. Stone wall. Iron rail.");
        let extractor =
            TextRank { damping: 0.85, window: 2, candidates: Candidates::runs(1) };
        assert!(extractor.extract(&document, 5).is_empty(), "all runs have two words");
        let extractor = TextRank { candidates: Candidates::runs(2), ..extractor };
        let found: Vec<_> =
            extractor.extract(&document, 9).into_iter().map(|k| k.text).collect();
        assert_eq!(found.last().map(String::as_str), Some("Iron rail"));
    }
}
