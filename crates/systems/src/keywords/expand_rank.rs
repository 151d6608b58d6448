//! `ExpandRank`: SingleRank that also reads the nearest documents.

use crate::rank::{Graph, pagerank};
use epitome_base::intern::Interner;
use epitome_base::spec::{Entry, Kind, Parameter, Params};
use epitome_text::{Document, Needs};

use super::{
    CandidateScorer, KeywordExtractor, Scored,
    candidates::{Candidates, with_candidates},
    word_graph::{DAMPING, WINDOW, edges},
    words::Words,
};

pub(super) const ENTRY: Entry<dyn KeywordExtractor> = Entry {
    name: "expand-rank",
    about: "single-rank whose neighbouring words are counted in the nearest documents too",
    source: "Wan & Xiao (2008), Single document keyphrase extraction using neighborhood knowledge, AAAI",
    parameters: &with_candidates::<3, 7>([
        Parameter {
            name: "neighbours",
            kind: Kind::Integer(0, 100),
            default: "5",
            about: "nearest documents that are read too, of the corpus of the run or of a background",
        },
        DAMPING,
        WINDOW,
    ]),
    build: |params| Box::new(ExpandRank::from(params)),
};

/// `ExpandRank`.
///
/// ```text
/// w(u, v) = Σ_{d ∈ D}  sim(d₀, d) · count_d(u, v)        sim(d₀, d₀) = 1
/// score(c) = Σ_{w ∈ c} pagerank(w)
/// ```
///
/// `D` is the document `d₀` with its `neighbours`, the nearest ones of the corpus by the
/// cosine of tf-idf vectors; `count_d` is how often two nouns or adjectives stand less than
/// `window` tokens apart in `d`. The neighbours are those that
/// [`CorpusStatistics::nearest`](epitome_text::CorpusStatistics::nearest) finds: of a corpus
/// of more documents than are kept, in a sample of it, and the opening of each. The
/// signature says of how many, and whether they are from the corpus of the run
/// (`neighbours:self`) or from a background. A text without a corpus has none, and this is
/// `single-rank`. `O(n · window)` for each document of `D`, and `O(E)` a round.
///
/// Wan & Xiao (2008). Left open: how many neighbours; five, as in Gallina, Boudin & Daille
/// (2020).
struct ExpandRank {
    neighbours: usize,
    damping: f64,
    window: usize,
    candidates: Candidates,
}

impl From<&Params> for ExpandRank {
    fn from(params: &Params) -> Self {
        Self {
            neighbours: params.integer("neighbours") as usize,
            damping: params.number("damping"),
            window: params.integer("window") as usize,
            candidates: Candidates::from(params),
        }
    }
}

impl CandidateScorer for ExpandRank {
    fn candidates(&self, document: &Document) -> Scored {
        Scored::by_words(document, &self.candidates, |words| {
            let mut expanded = Expanded::default();
            let nodes = expanded.add(self, document, words, 1.0);
            let corpus = document.corpus();
            let near = corpus.map(|corpus| corpus.nearest(document, self.neighbours));
            for near in near.into_iter().flatten() {
                let words = self.candidates.words(near.document);
                expanded.add(self, near.document, &words, near.similarity);
            }
            let graph = Graph::from_edges(expanded.nodes.len(), &expanded.edges);
            let ranks = pagerank(&graph, self.damping);
            let mut weights = vec![0.0; words.count()];
            for (word, node) in nodes {
                weights[word] = ranks[node as usize];
            }
            weights
        })
    }

    fn needs(&self) -> Needs {
        Needs { neighbours: true, ..self.candidates.needs() }
    }

    fn signature(&self, document: &Document) -> String {
        let neighbours = match document.corpus() {
            Some(corpus) => {
                let place = if corpus.is_background() { "background" } else { "self" };
                let (kept, all) = (corpus.kept().unwrap_or(0), corpus.documents());
                format!("|neighbours:{place}({kept}/{all})")
            }
            None => "|neighbours:none".to_owned(),
        };
        self.candidates.signature(document) + &neighbours
    }
}

/// A graph of the words of several documents while it is made.
#[derive(Default)]
struct Expanded {
    nodes: Interner,
    edges: Vec<(u32, u32, f64)>,
}

impl Expanded {
    /// Adds the pairs of a document; gives the node of every word that is one.
    fn add(
        &mut self,
        rank: &ExpandRank,
        document: &Document,
        words: &Words<'_>,
        similarity: f64,
    ) -> Vec<(usize, u32)> {
        let eligible = rank.candidates.eligible(document);
        let mut node_of = vec![None; words.count()];
        let mut sequence = Vec::new();
        for token in (0..eligible.len()).filter(|&token| eligible[token]) {
            let node = node_of[words.id(token)]
                .get_or_insert_with(|| self.nodes.intern(words.form(token).as_bytes()).0);
            sequence.push((*node, token));
        }
        let edges = edges(&sequence, rank.window);
        self.edges
            .extend(edges.map(|(one, other, count)| (one, other, similarity * count)));
        let nodes = node_of.into_iter().enumerate();
        nodes.filter_map(|(word, node)| Some((word, node?))).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use epitome_text::{Analyser, CorpusStatistics, LineEnds, Segmenter, Source};

    const TEXT: &str = "Stone arch. Iron rail.";

    fn source(text: &str) -> Source<'_> {
        let (language, segmenter) = ("en".parse().unwrap(), Segmenter::Own);
        Source {
            id: "d",
            title: "",
            text,
            language,
            segmenter,
            line_ends: LineEnds::Auto,
        }
    }

    fn corpus(texts: &[&str]) -> CorpusStatistics {
        let needs = Needs { neighbours: true, ..Needs::default() };
        let mut corpus = CorpusStatistics::new(needs);
        for text in texts {
            let document = Analyser::default().analyse(source(text));
            corpus.add(&document);
            corpus.keep(&document, document.opening(1_000));
        }
        corpus.index_kept();
        corpus
    }

    fn found(
        corpus: Option<CorpusStatistics>,
        neighbours: usize,
    ) -> (Vec<String>, String) {
        let mut analyser = Analyser::new(true, corpus.map(Arc::new));
        let document = analyser.analyse(source(TEXT));
        let candidates = Candidates::runs(2);
        let rank = ExpandRank { neighbours, damping: 0.85, window: 2, candidates };
        let phrases = rank.extract(&document, 9).into_iter().map(|it| it.text).collect();
        (phrases, CandidateScorer::signature(&rank, &document))
    }

    #[test]
    fn a_phrase_leads_whose_words_meet_in_the_neighbours() {
        let texts = [TEXT, "Iron rail, iron bridge.", "Wooden ships. Old whales."];
        assert_eq!(found(Some(corpus(&texts)), 5).0, ["Iron rail", "Stone arch"]);
        assert_eq!(found(Some(corpus(&texts)), 0).0, ["Stone arch", "Iron rail"]);
        assert_eq!(found(None, 5).0, ["Stone arch", "Iron rail"], "as single-rank");
    }

    #[test]
    fn the_signature_says_where_neighbours_are_from() {
        let corpus = corpus(&[TEXT, "Iron rail."]);
        let end = |signature: String| signature.rsplit_once('|').unwrap().1.to_owned();
        assert_eq!(end(found(Some(corpus.clone()), 5).1), "neighbours:self(2/2)");
        let background = corpus.into_background();
        assert_eq!(end(found(Some(background), 5).1), "neighbours:background(2/2)");
        assert_eq!(end(found(None, 5).1), "neighbours:none");
    }
}
