//! Counts the stems, phrases and n-grams of a document.

use super::{
    super::{Document, Term, TokenKind, ngrams::each_ngram},
    CorpusStatistics, LONGEST_PHRASE, Phrases, hash, ngram_hash,
};

impl CorpusStatistics {
    /// Adds the counts of one document.
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
}

impl Phrases {
    fn add(&mut self, document: &Document) {
        let mut hashes = match self.runs {
            true => phrase_hashes(document),
            false => Vec::new(),
        };
        if self.ngrams {
            each_ngram(document, |stems| hashes.push(ngram_hash(stems)));
        }

        hashes.sort_unstable();
        hashes.dedup();
        for hash in hashes {
            self.count(hash, 1);
        }
    }
}

/// Returns the hash of every phrase of content words and numbers. Hyphens between words
/// and stops inside names do not end a phrase, and a word that hyphens join to others
/// counts as a content word, such as the `of` of `state-of-the-art`.
fn phrase_hashes(document: &Document) -> Vec<u64> {
    let tokens = document.tokens();
    let is_hyphen = |at: usize| {
        tokens.get(at).is_some_and(|token| {
            token.kind == TokenKind::Punctuation
                && matches!(token.span.of(document.full_text()), "-" | "‐" | "‑")
        })
    };

    let mut hashes = Vec::new();
    let mut run: Vec<&str> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let is_joined = || is_hyphen(at + 1) || at > 0 && is_hyphen(at - 1);
        if token.is_content()
            || token.kind == TokenKind::Number
            || token.is_word() && is_joined()
        {
            run.push(document.stem(token.term));
            let first = run.len().saturating_sub(LONGEST_PHRASE);
            let starts = first..run.len() - 1;
            hashes.extend(starts.map(|start| hash(&run[start..])));
        } else if !is_hyphen(at) && !document.is_name_stop(at) {
            run.clear();
        }
    }
    hashes
}
