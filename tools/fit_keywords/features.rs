//! What a phrase is weighed by.

use epitome::{
    keywords::Keyphrase,
    text::{CorpusView, Document, Token, TokenKind},
};

use crate::exponents::NAMES;

/// The logarithms that the exponents are of, for every phrase of a document.
pub(crate) fn of(
    document: &Document,
    corpus: &CorpusView,
    phrases: &[Keyphrase],
) -> Vec<[f64; NAMES.len()]> {
    let running = running(document);
    let mut places = vec![Vec::new(); document.term_count()];
    for (at, word) in running.iter().enumerate() {
        if let Some(term) = word {
            places[*term].push(at);
        }
    }

    let features = |phrase: &Keyphrase| {
        let first = phrase.occurrences[0];
        let tokens = document.tokens();
        let start = tokens.partition_point(|token| token.span.start < first.start);
        let end = tokens.partition_point(|token| token.span.start < first.end);
        let words: Vec<&Token> = tokens[start..end]
            .iter()
            .filter(|token| token.is_word())
            .collect();
        let sequence: Vec<Option<usize>> =
            words.iter().map(|token| Some(token.term.index())).collect();
        let begins = sequence[0].map_or(&[][..], |term| &places[term]);
        let frequency = begins
            .iter()
            .filter(|&&at| running[at..].starts_with(&sequence));
        let content = words.iter().filter(|token| token.is_content());
        let idf = content.map(|token| corpus.idf(token.term).unwrap_or(5.0));
        let rarity = idf.sum::<f64>() + 0.1;
        let length = words.len() as f64;
        [
            (frequency.count() as f64).ln(),
            rarity.ln(),
            length.ln(),
            f64::from(u8::from(length > 1.0)),
            -(1.0 + start as f64).ln(),
        ]
    };

    phrases.iter().map(features).collect()
}

/// The terms of a document one after the other: hyphens inside words are left out, other
/// punctuation is `None`.
fn running(document: &Document) -> Vec<Option<usize>> {
    let tokens = document.tokens();
    let is_hyphen = |at: usize| {
        let Some([before, hyphen, after]) = at
            .checked_sub(1)
            .and_then(|first| tokens.get(first..at + 2))
        else {
            return false;
        };
        hyphen.kind == TokenKind::Punctuation
            && matches!(hyphen.span.of(document.full_text()), "-" | "‐" | "‑")
            && before.is_word()
            && after.is_word()
            && before.span.end == hyphen.span.start
            && hyphen.span.end == after.span.start
    };
    let words = (0..tokens.len()).filter(|&at| tokens[at].is_word() || !is_hyphen(at));
    words
        .map(|at| tokens[at].is_word().then(|| tokens[at].term.index()))
        .collect()
}
