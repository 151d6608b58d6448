//! Documents of a corpus that are near a document.

use std::{
    collections::BTreeMap,
    hash::{BuildHasher, Hasher},
    sync::Arc,
};

use foldhash::quality::FixedState;

use super::{CorpusStatistics, Document, Term};

/// How many documents of a corpus are kept at most.
pub const MOST_KEPT: usize = 2_000;

/// How much of each is kept: its sentences that end within so many bytes.
pub const OPENING: usize = 10_000;

/// Documents that are kept while a corpus is counted.
///
/// All of a corpus of at most [`MOST_KEPT`] different texts; of a larger one those whose
/// texts have the smallest 64-bit hashes, a sample that does not depend on the order in
/// which documents come or on how parts of the corpus are merged. Of each the first
/// [`OPENING`] bytes: some 80 MB at most, mostly far less.
#[derive(Debug, Clone, Default)]
pub(super) struct Kept {
    by_hash: BTreeMap<u64, Arc<Document>>,
    index: Index,
}

/// For each stem of the corpus the documents that have it, with unit vectors of tf-idf.
#[derive(Debug, Clone, Default)]
struct Index {
    documents: Vec<(u64, Arc<Document>)>,
    postings: Vec<Vec<(u32, f64)>>,
}

/// A document that is near another.
#[derive(Debug, Clone, Copy)]
pub struct Neighbour<'a> {
    /// Its opening.
    pub document: &'a Document,
    /// The cosine of both, above 0.
    pub similarity: f64,
}

impl Kept {
    /// Whether a document would be kept, from what has been met so far.
    pub(super) fn wants(&self, document: &Document) -> bool {
        let hash = hash(document);
        let last = self.by_hash.last_key_value();
        let has_room =
            self.by_hash.len() < MOST_KEPT || last.is_some_and(|(&last, _)| hash < last);
        has_room
            && document.body_start() as usize <= OPENING
            && !self.by_hash.contains_key(&hash)
    }

    /// Keeps the opening of `document`.
    pub(super) fn keep(&mut self, document: &Document, opening: Document) {
        self.by_hash.insert(hash(document), Arc::new(opening));
        self.drop_last();
    }

    /// Adds what another part of the corpus has kept.
    pub(super) fn merge(&mut self, other: &Self) {
        let others = other.by_hash.iter().map(|(&hash, it)| (hash, it.clone()));
        self.by_hash.extend(others);
        self.drop_last();
    }

    fn drop_last(&mut self) {
        while self.by_hash.len() > MOST_KEPT {
            self.by_hash.pop_last();
        }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.by_hash.len()
    }

    /// Makes the vectors; `id` numbers the stems of `corpus`, of which there are `stems`.
    pub(super) fn index(
        &mut self,
        corpus: &CorpusStatistics,
        stems: usize,
        id: impl Fn(&str) -> Option<u32>,
    ) {
        let mut index =
            Index { documents: Vec::new(), postings: vec![Vec::new(); stems] };
        for (&hash, document) in &self.by_hash {
            let number = index.documents.len() as u32;
            for (term, weight) in unit_vector(document, corpus) {
                if let Some(id) = id(document.stem(term)) {
                    index.postings[id as usize].push((number, weight));
                }
            }
            index.documents.push((hash, document.clone()));
        }
        self.index = index;
    }

    /// The `most` documents nearest to `document`, the nearest first and equals by their
    /// hashes; not itself, nor others of the same text. `O(postings of its stems)`.
    pub(super) fn nearest(
        &self,
        document: &Document,
        corpus: &CorpusStatistics,
        id: impl Fn(&str) -> Option<u32>,
        most: usize,
    ) -> Vec<Neighbour<'_>> {
        let own = hash(document);
        let mut cosines = vec![0.0; self.index.documents.len()];
        for (term, weight) in unit_vector(document, corpus) {
            let Some(id) = id(document.stem(term)) else { continue };
            for &(other, others) in
                self.index.postings.get(id as usize).into_iter().flatten()
            {
                cosines[other as usize] += weight * others;
            }
        }
        let others = self.index.documents.iter().zip(cosines);
        let others = others.filter(|((hash, _), cosine)| *hash != own && *cosine > 0.0);
        let mut near: Vec<Neighbour<'_>> = others
            .map(|((_, document), similarity)| Neighbour { document, similarity })
            .collect();
        near.sort_by(|a, b| b.similarity.total_cmp(&a.similarity)); // stable: by hash
        near.truncate(most);
        near
    }
}

/// `tf · idf` of the content words of a document, of length 1; empty where all are 0.
fn unit_vector(document: &Document, corpus: &CorpusStatistics) -> Vec<(Term, f64)> {
    let mut counts = vec![0.0_f64; document.term_count()];
    for token in document.tokens().iter().filter(|token| token.is_content()) {
        counts[token.term.index()] += 1.0;
    }
    let terms = counts.iter().enumerate().filter(|(_, count)| **count > 0.0);
    let weighted = terms.map(|(at, count)| {
        let term = Term(at as u32);
        (term, count * corpus.idf(document.stem(term).as_bytes()))
    });
    let mut vector: Vec<(Term, f64)> = weighted.filter(|it| it.1 > 0.0).collect();
    let length = vector.iter().map(|it| it.1 * it.1).sum::<f64>().sqrt();
    for (_, weight) in &mut vector {
        *weight /= length;
    }
    vector
}

fn hash(document: &Document) -> u64 {
    let mut state = FixedState::with_seed(0).build_hasher();
    state.write(document.full_text().as_bytes());
    state.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Analyser, LineEnds, Needs, Segmenter, Source};

    fn document(text: &str) -> Document {
        let (language, segmenter) = ("en".parse().unwrap(), Segmenter::Own);
        let source = Source {
            id: "d",
            title: "",
            text,
            language,
            segmenter,
            line_ends: LineEnds::Auto,
        };
        Analyser::default().analyse(source)
    }

    fn counted<'a>(texts: impl IntoIterator<Item = &'a str>) -> CorpusStatistics {
        let needs = Needs { neighbours: true, ..Needs::default() };
        let mut corpus = CorpusStatistics::new(needs);
        for text in texts {
            let document = document(text);
            corpus.add(&document);
            if corpus.wants_to_keep(&document) {
                corpus.keep(&document, document.opening(OPENING));
            }
        }
        corpus
    }

    fn near(corpus: &CorpusStatistics, text: &str, most: usize) -> Vec<String> {
        let document = document(text);
        let near = corpus.nearest(&document, most);
        near.iter().map(|it| it.document.full_text().to_owned()).collect()
    }

    #[test]
    fn the_nearest_shares_the_rarest_words_and_is_not_itself() {
        let texts = ["Old mill.", "Old bridge.", "Old stone bridge.", "Old ship."];
        let mut corpus = counted(texts);
        corpus.index_kept();
        assert_eq!(near(&corpus, "Old stone bridge.", 9), ["Old bridge."]);
        let same = document("Stone bridge, bridge.");
        let found = corpus.nearest(&same, 1)[0];
        // idf: stone log₂(5/2), bridge log₂(5/3); old is everywhere and counts nothing
        let (stone, bridge) = (2.5_f64.log2(), (5.0_f64 / 3.0).log2());
        let cosine = (stone * stone + 2.0 * bridge * bridge)
            / (stone.hypot(bridge) * stone.hypot(2.0 * bridge));
        assert!((found.similarity - cosine).abs() < 1e-12, "{found:?}");
    }

    #[test]
    fn what_is_kept_does_not_depend_on_order_or_parts() {
        let texts: Vec<String> = (0..MOST_KEPT + 300)
            .map(|at| format!("Word{} of text {at}.", at % 7))
            .collect();
        let whole = counted(texts.iter().map(String::as_str));
        let backwards = counted(texts.iter().rev().map(String::as_str));
        let mut merged = counted(texts[..900].iter().map(String::as_str));
        merged.merge(&counted(texts[900..].iter().map(String::as_str)));
        for mut corpus in [whole.clone(), backwards, merged] {
            assert_eq!(corpus.kept(), Some(MOST_KEPT));
            let mut whole = whole.clone();
            whole.index_kept();
            corpus.index_kept();
            let text = "Word3 and word5 again.";
            assert_eq!(near(&corpus, text, 50), near(&whole, text, 50));
        }
    }

    #[test]
    fn of_a_long_text_the_opening_is_kept() {
        let text = "The old bridge fell. ".repeat(2_000);
        let opening = document(&text).opening(OPENING);
        assert!(opening.full_text().len() <= OPENING);
        assert_eq!(opening.sentences().len(), (OPENING - 20) / 21 + 1);
        assert_eq!(opening.tokens().len(), 5 * opening.sentences().len());
    }
}
