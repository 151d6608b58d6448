//! The n-grams of Porter's stems that pke 2.0 counts in a corpus.

use epitome_base::porter::Porter;

use super::{Document, TokenKind, statistics::LONGEST_PHRASE};

/// Passes every n-gram of up to [`LONGEST_PHRASE`] words of one sentence to `take`, as
/// its stems: those of NLTK's Porter stemmer in English, and the document's in other
/// languages. Punctuation ends an n-gram; stop words and numbers do not. `O(n)`.
pub(super) fn each_ngram(document: &Document, mut take: impl FnMut(&[&str])) {
    let stems = stems(document);
    for sentence in document.all_sentences() {
        let tokens = sentence.tokens.start as usize..sentence.tokens.end as usize;
        let mut run: Vec<&str> = Vec::new();
        for at in tokens {
            if document.tokens()[at].kind == TokenKind::Punctuation {
                run.clear();
                continue;
            }
            run.push(&stems[at]);
            let first = run.len().saturating_sub(LONGEST_PHRASE);
            (first..run.len()).for_each(|start| take(&run[start..]));
        }
    }
}

/// Returns the stem of every token.
fn stems(document: &Document) -> Vec<String> {
    let is_english = document.language().code() == "en";
    document
        .tokens()
        .iter()
        .map(|token| {
            if !is_english {
                return document.stem(token.term).to_owned();
            }
            let word = token.span.of(document.full_text()).to_lowercase();
            let mut word = word.replace('’', "'").into_bytes();
            Porter::Nltk.stem(&mut word);
            String::from_utf8_lossy(&word).into_owned()
        })
        .collect()
}
