//! Where document frequencies come from, and what is made of them.

use epitome_text::Document;

use super::{
    candidates::{Candidate, Candidates},
    words::Words,
};

/// `|df:self`, `|df:background` or `|df:none`: goes into a system's signature.
pub(super) fn source(document: &Document) -> &'static str {
    match document.corpus() {
        Some(corpus) if corpus.is_background() => "|df:background",
        Some(_) => "|df:self",
        None => "|df:none",
    }
}

/// How often each word stands in a document, by token; only content words count.
pub(super) fn counts(
    document: &Document,
    ids: impl Fn(usize) -> usize,
    of: usize,
) -> Vec<f64> {
    let mut counts = vec![0.0; of];
    let tokens = document.tokens().iter().enumerate();
    for (token, _) in tokens.filter(|(_, token)| token.is_content()) {
        counts[ids(token)] += 1.0;
    }
    counts
}

/// The inverse document frequency of the token at `token`; 1 where there is no corpus.
pub(super) fn idf(document: &Document, token: usize) -> f64 {
    let term = document.tokens()[token].term;
    document.idf().map_or(1.0, |idf| idf[term.index()])
}

/// The inverse document frequency of a candidate as a whole; 1 where there is no corpus. In
/// pke's profile documents are counted that have it as an n-gram of Porter's stems.
pub(super) fn phrase_idf(
    document: &Document,
    candidates: &Candidates,
    words: &Words<'_>,
    candidate: &Candidate,
) -> f64 {
    let Some(corpus) = document.corpus() else {
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
