//! TextRank: sentences that share words with sentences that share words.

use crate::{
    rank::{Graph, pagerank},
    spec::{Entry, Kind, Parameter},
    text::{Document, Term},
};

use super::{SentenceScorer, Summariser};

pub(super) const ENTRY: Entry<dyn Summariser> = Entry {
    name: "text-rank",
    about: "PageRank over the word overlap of sentences",
    source: "Mihalcea & Tarau (2004), TextRank: bringing order into texts, EMNLP",
    parameters: &[Parameter {
        name: "damping",
        kind: Kind::Number(0.0, 1.0),
        default: "0.85",
        about: "share of the walk that follows edges",
    }],
    build: |params| Box::new(TextRank { damping: params.number("damping") }),
};

/// TextRank for sentences.
///
/// ```text
/// w(i, j) = |{t : t ∈ Sᵢ and t ∈ Sⱼ}| / (ln |Sᵢ| + ln |Sⱼ|)        i ≠ j
/// ```
///
/// `t` are content stems, each counted once; `|S|` is the number of content words with
/// repeats; the weight is 0 where both lengths are 1. Scores are [`pagerank`]'s.
/// `O(Σₜ n(t)²)` for the edges by an inverted index, `O(E)` a round.
///
/// Mihalcea & Tarau (2004), section 4. Departures: stops at an L1 change of 1e-10
/// where they stop at 1e-4, so that no rank depends on the number of rounds.
struct TextRank {
    damping: f64,
}

impl SentenceScorer for TextRank {
    fn scores(&self, document: &Document) -> Vec<f64> {
        pagerank(&overlap_graph(document), self.damping)
    }
}

fn overlap_graph(document: &Document) -> Graph {
    let sets = distinct_content(document);
    let postings = postings(&sets, document.term_count());
    let log_lengths: Vec<f64> = document
        .sentences()
        .iter()
        .map(|sentence| (document.content(sentence).count().max(1) as f64).ln())
        .collect();

    let mut graph = Graph::default();
    let mut shared = vec![0_u32; sets.len()];
    let mut touched: Vec<u32> = Vec::new();
    for (i, set) in sets.iter().enumerate() {
        for &term in set {
            for &j in &postings[term as usize] {
                if shared[j as usize] == 0 && j as usize != i {
                    touched.push(j);
                }
                shared[j as usize] += 1;
            }
        }
        shared[i] = 0;
        touched.sort_unstable(); // sums are taken in one order, whatever the words
        graph.push_row(touched.drain(..).filter_map(|j| {
            let overlap = std::mem::take(&mut shared[j as usize]);
            let lengths = log_lengths[i] + log_lengths[j as usize];
            (lengths > 0.0).then(|| (j, f64::from(overlap) / lengths))
        }));
    }
    graph
}

/// The content terms of each sentence, each once, in order of appearance.
fn distinct_content(document: &Document) -> Vec<Vec<u32>> {
    let mut last = vec![usize::MAX; document.term_count()];
    let distinct = |(at, sentence)| {
        let first_here = |index: &usize| std::mem::replace(&mut last[*index], at) != at;
        document
            .content(sentence)
            .map(Term::index)
            .filter(first_here)
            .map(|index| index as u32)
            .collect()
    };
    document.sentences().iter().enumerate().map(distinct).collect()
}

/// For each term the sentences that hold it, in order.
fn postings(sets: &[Vec<u32>], terms: usize) -> Vec<Vec<u32>> {
    let mut postings = vec![Vec::new(); terms];
    for (at, set) in sets.iter().enumerate() {
        for &term in set {
            postings[term as usize].push(at as u32);
        }
    }
    postings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Analyser, Segmenter, Source};

    fn document(text: &str) -> Document {
        let language = "en".parse().unwrap();
        let source =
            Source { id: "d", title: "", text, language, segmenter: Segmenter::Lines };
        Analyser::default().analyse(source)
    }

    #[test]
    fn weights_are_overlap_over_log_lengths() {
        let graph =
            overlap_graph(&document("cats chase mice mice\ncats eat mice\ndogs bark\n"));
        let row: Vec<_> = graph.row(0).collect();
        assert_eq!(row.len(), 1, "no edge to itself or to a sentence without its words");
        assert_eq!(row[0].0, 1);
        let wanted = 2.0 / (4.0_f64.ln() + 3.0_f64.ln());
        assert!((row[0].1 - wanted).abs() < 1e-12);
    }

    #[test]
    fn two_sentences_of_one_word_have_no_edge() {
        let graph = overlap_graph(&document("cats\ncats\n"));
        assert_eq!(graph.row(0).count(), 0);
    }

    #[test]
    fn the_sentence_that_shares_most_wins() {
        let document = document(
            "whales sing songs\nships fear storms\nwhales sing while ships sail\n",
        );
        let scores = TextRank { damping: 0.85 }.scores(&document);
        assert!(scores[2] > scores[0] && scores[0] > scores[1], "{scores:?}");
    }
}
