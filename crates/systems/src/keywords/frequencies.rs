//! Counts of words, and inverse document frequencies of words and phrases.

use epitome_text::{CorpusView, Document};

use super::{
    candidates::{Candidate, Candidates},
    words::Words,
};

/// Returns the part of a system's signature that names the corpus of document frequencies:
/// `|df:self`, `|df:background` or `|df:none`.
pub(super) fn source(corpus: &CorpusView) -> &'static str {
    match corpus.statistics() {
        Some(counted) if counted.is_background() => "|df:background",
        Some(_) => "|df:self",
        None => "|df:none",
    }
}

/// Returns the number of occurrences of each word in a document. `ids` maps a token to the
/// number of its word, below `of`. Tokens that are no content words are not counted.
pub(super) fn counts(
    document: &Document,
    ids: impl Fn(usize) -> usize,
    of: usize,
) -> Vec<f64> {
    let mut counts = vec![0.0; of];
    for (at, token) in document.tokens().iter().enumerate() {
        if token.is_content() {
            counts[ids(at)] += 1.0;
        }
    }
    counts
}

/// Returns the inverse document frequency of the token with index `token`; 1 if there is no
/// corpus.
pub(super) fn idf(document: &Document, corpus: &CorpusView, token: usize) -> f64 {
    corpus.idf(document.tokens()[token].term).unwrap_or(1.0)
}

/// Returns the inverse document frequency of a candidate as a whole; 1 if there is no corpus. In
/// pke's profile it is that of the n-gram of Porter stems.
pub(super) fn phrase_idf(
    document: &Document,
    corpus: &CorpusView,
    candidates: &Candidates,
    words: &Words<'_>,
    candidate: &Candidate,
) -> f64 {
    let Some(corpus) = corpus.statistics() else {
        return 1.0;
    };

    let tokens = words.tokens_of(&candidate.first);
    if candidates.are_pkes() {
        return corpus
            .ngram_idf(&tokens.map(|token| words.form(token)).collect::<Vec<_>>());
    }
    let stem = |token: usize| document.stem(document.tokens()[token].term);
    corpus.phrase_idf(&tokens.map(stem).collect::<Vec<_>>())
}
