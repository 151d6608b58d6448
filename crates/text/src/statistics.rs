//! How many documents of a corpus hold each stem and each phrase, and how often.

use std::hash::{BuildHasher, Hasher};

use foldhash::quality::FixedState;
use hashbrown::HashTable;

use epitome_base::intern::Interner;

use super::{Document, Needs, Neighbour, Term, TokenKind, neighbours::Kept};

/// Frequencies in a corpus, in counts, so that parts merge exactly.
#[derive(Debug, Default, Clone)]
pub struct CorpusStatistics {
    documents: u64,
    words: u64,
    stems: Interner,
    frequencies: Vec<u64>,
    occurrences: Vec<u64>,
    phrases: Option<Phrases>,
    kept: Option<Kept>,
    is_background: bool,
}

/// The longest phrase that is counted, in words.
pub const LONGEST_PHRASE: usize = 5;

impl CorpusStatistics {
    /// Nothing counted yet; phrases are counted, and documents kept, if `needs` wants them.
    pub fn new(needs: Needs) -> Self {
        Self {
            phrases: needs.phrases.then(Phrases::default),
            kept: needs.neighbours.then(Kept::default),
            ..Self::default()
        }
    }

    /// The same as those of another corpus than the one that documents are from.
    #[must_use]
    pub fn into_background(self) -> Self {
        Self { is_background: true, ..self }
    }

    /// Whether they are of another corpus than the one that documents are from.
    pub fn is_background(&self) -> bool {
        self.is_background
    }

    /// Counts one document.
    pub fn add(&mut self, document: &Document) {
        let mut counts = vec![0_u64; document.term_count()];
        let tokens = document.tokens();
        for token in tokens.iter().filter(|token| token.is_content()) {
            counts[token.term.index()] += 1;
        }
        for (term, &count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            let stem = document.stem(Term(term as u32)).as_bytes();
            self.count(stem, 1, count);
        }
        self.documents += 1;
        self.words += counts.iter().sum::<u64>();
        if let Some(phrases) = &mut self.phrases {
            phrases.add(document);
        }
    }

    /// Adds the counts of another part of the corpus.
    pub fn merge(&mut self, other: &Self) {
        for (id, &frequency) in other.frequencies.iter().enumerate() {
            let stem = other.stems.get(id as u32);
            self.count(stem, frequency, other.occurrences[id]);
        }
        self.documents += other.documents;
        self.words += other.words;
        if let (Some(phrases), Some(other)) = (&mut self.phrases, &other.phrases) {
            phrases.merge(other);
        }
        if let (Some(kept), Some(other)) = (&mut self.kept, &other.kept) {
            kept.merge(other);
        }
    }

    /// Whether `document` is one to [`keep`](Self::keep).
    pub fn wants_to_keep(&self, document: &Document) -> bool {
        self.kept.as_ref().is_some_and(|kept| kept.wants(document))
    }

    /// Keeps the opening of `document`, which may have more to it than was counted, such
    /// as parts of speech.
    pub fn keep(&mut self, document: &Document, opening: Document) {
        if let Some(kept) = &mut self.kept {
            kept.keep(document, opening);
        }
    }

    /// Makes the vectors of the documents kept, when all has been counted.
    pub fn index_kept(&mut self) {
        let Some(mut kept) = self.kept.take() else { return };
        kept.index(self, self.stems.len(), |stem| self.stems.find(stem.as_bytes()));
        self.kept = Some(kept);
    }

    /// How many documents are kept, where a system wanted it.
    pub fn kept(&self) -> Option<usize> {
        self.kept.as_ref().map(Kept::len)
    }

    /// The `most` documents kept that are nearest to `document` by the cosine of tf-idf
    /// vectors of content words, the nearest first; texts that equal its own are none.
    pub fn nearest(&self, document: &Document, most: usize) -> Vec<Neighbour<'_>> {
        let id = |stem: &str| self.stems.find(stem.as_bytes());
        let kept = self.kept.as_ref();
        kept.map_or_else(Vec::new, |kept| kept.nearest(document, self, id, most))
    }

    /// Every stem with the documents that hold it and its occurrences, by its bytes.
    ///
    /// # Panics
    /// Never: stems are texts.
    pub fn stems(&self) -> Vec<(&str, u64, u64)> {
        let stem = |id: usize| {
            let text = std::str::from_utf8(self.stems.get(id as u32));
            let text = text.expect("stems are texts");
            (text, self.frequencies[id], self.occurrences[id])
        };
        let mut stems: Vec<_> = (0..self.stems.len()).map(stem).collect();
        stems.sort_unstable();
        stems
    }

    /// The hash of every phrase with the documents that hold it, by the hash; `None` where
    /// phrases are not counted.
    pub fn phrases(&self) -> Option<Vec<(u64, u32)>> {
        let mut phrases: Vec<_> = self.phrases.as_ref()?.0.iter().copied().collect();
        phrases.sort_unstable();
        Some(phrases)
    }

    /// Adds so many documents and words, of which nothing else is known.
    pub fn add_totals(&mut self, documents: u64, words: u64) {
        self.documents += documents;
        self.words += words;
    }

    /// Adds the counts of a stem.
    pub fn add_stem(&mut self, stem: &str, documents: u64, occurrences: u64) {
        self.count(stem.as_bytes(), documents, occurrences);
    }

    /// Adds the documents that hold a phrase, where phrases are counted.
    pub fn add_phrase(&mut self, hash: u64, documents: u32) {
        if let Some(phrases) = &mut self.phrases {
            phrases.count(hash, documents);
        }
    }

    fn count(&mut self, stem: &[u8], documents: u64, occurrences: u64) {
        let (id, new) = self.stems.intern(stem);
        if new {
            self.frequencies.push(0);
            self.occurrences.push(0);
        }
        self.frequencies[id as usize] += documents;
        self.occurrences[id as usize] += occurrences;
    }

    /// How many documents were counted.
    pub fn documents(&self) -> u64 {
        self.documents
    }

    /// How many content words were counted, repeats included.
    pub fn words(&self) -> u64 {
        self.words
    }

    /// How often a stem occurs in the corpus.
    pub fn occurrences(&self, stem: &str) -> u64 {
        self.stems.find(stem.as_bytes()).map_or(0, |id| self.occurrences[id as usize])
    }

    /// `log₂((1 + N) / (1 + df))`: 0 for a stem of every document.
    pub fn idf(&self, stem: &[u8]) -> f64 {
        self.idf_of(self.frequency(stem))
    }

    /// As [`Self::idf`], of a phrase given by its stems: `df` counts the documents with
    /// these content words one after the other. A phrase that is not counted, since it is
    /// longer than [`LONGEST_PHRASE`] or has other words in it, is as rare as the rarest
    /// of its words.
    pub fn phrase_idf<'a>(&self, stems: impl Iterator<Item = &'a str> + Clone) -> f64 {
        let length = stems.clone().count();
        let rarest =
            stems.clone().map(|stem| self.frequency(stem.as_bytes())).min().unwrap_or(0);
        let known = match &self.phrases {
            Some(phrases) if length > 1 => phrases.frequency(hash(stems)),
            _ => None,
        };
        self.idf_of(known.unwrap_or(rarest))
    }

    fn frequency(&self, stem: &[u8]) -> u64 {
        self.stems.find(stem).map_or(0, |id| self.frequencies[id as usize])
    }

    fn idf_of(&self, frequency: u64) -> f64 {
        ((1 + self.documents) as f64 / (1 + frequency) as f64).log2()
    }
}

/// Documents with each phrase of two to [`LONGEST_PHRASE`] content words, by the 64-bit
/// hash of its stems: 16 bytes a phrase. Of ten million two share one with a chance of 3
/// in a million.
#[derive(Debug, Default, Clone)]
struct Phrases(HashTable<(u64, u32)>);

impl Phrases {
    fn add(&mut self, document: &Document) {
        let mut hashes = phrase_hashes(document);
        hashes.sort_unstable();
        hashes.dedup();
        for hash in hashes {
            self.count(hash, 1);
        }
    }

    fn merge(&mut self, other: &Self) {
        for &(hash, frequency) in &other.0 {
            self.count(hash, frequency); // sums: the order does not matter
        }
    }

    fn count(&mut self, hash: u64, by: u32) {
        let entry = self.0.entry(hash, |known| known.0 == hash, |known| known.0);
        entry.or_insert((hash, 0)).get_mut().1 += by;
    }

    fn frequency(&self, hash: u64) -> Option<u64> {
        self.0.find(hash, |known| known.0 == hash).map(|known| u64::from(known.1))
    }
}

/// The hash of every phrase of content words; hyphens between words are passed over.
fn phrase_hashes(document: &Document) -> Vec<u64> {
    let tokens = document.tokens();
    let is_hyphen = |at: usize| {
        tokens[at].kind == TokenKind::Punctuation
            && matches!(tokens[at].span.of(document.full_text()), "-" | "‐" | "‑")
    };
    let mut hashes = Vec::new();
    let mut run: Vec<&str> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if token.is_content() {
            run.push(document.stem(token.term));
            let first = run.len().saturating_sub(LONGEST_PHRASE);
            let starts = first..run.len() - 1;
            hashes.extend(starts.map(|start| hash(run[start..].iter().copied())));
        } else if !is_hyphen(at) {
            run.clear();
        }
    }
    hashes
}

fn hash<'a>(stems: impl Iterator<Item = &'a str>) -> u64 {
    let mut state = FixedState::with_seed(0).build_hasher();
    for stem in stems {
        state.write(stem.as_bytes());
        state.write_u8(0xff); // no byte of UTF-8
    }
    state.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Analyser, LineEnds, Segmenter, Source};

    fn statistics(texts: &[&str]) -> CorpusStatistics {
        let mut counted =
            CorpusStatistics::new(Needs { phrases: true, ..Needs::default() });
        for text in texts {
            let language = "en".parse().unwrap();
            let segmenter = Segmenter::Own;
            let source = Source {
                id: "d",
                title: "",
                text,
                language,
                segmenter,
                line_ends: LineEnds::Auto,
            };
            counted.add(&Analyser::default().analyse(source));
        }
        counted
    }

    #[test]
    fn a_phrase_is_as_frequent_as_the_documents_that_have_it_whole() {
        let counted =
            statistics(&["Stone bridges. Stone bridges.", "Stone, bridge.", "Iron."]);
        let idf = |stems: &[&str]| counted.phrase_idf(stems.iter().copied());
        assert_eq!(idf(&["stone", "bridg"]), 1.0, "log₂(4/2)");
        assert_eq!(idf(&["stone"]), (4.0_f64 / 3.0).log2());
        assert_eq!(idf(&["bridg", "stone"]), idf(&["stone"]), "as its rarest word");
        assert_eq!(counted.occurrences("stone"), 3);
        assert_eq!(counted.words(), 7);
    }

    #[test]
    fn parts_merge_into_the_whole() {
        let texts = ["Old stone bridges.", "Stone bridges fall.", "A stone."];
        let mut merged = statistics(&texts[..1]);
        merged.merge(&statistics(&texts[1..]));
        let whole = statistics(&texts);
        for stems in [&["stone", "bridg"][..], &["stone"], &["fall"]] {
            let idf =
                |counted: &CorpusStatistics| counted.phrase_idf(stems.iter().copied());
            assert_eq!(idf(&merged), idf(&whole));
        }
    }
}
