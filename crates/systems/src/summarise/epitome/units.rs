//! The units of a sentence: words and pairs of words that a summary can cover.

use crate::rank::Vectors;
use epitome_text::{Document, Token, TokenKind};

/// Returns the units of each sentence, each once, with the weight of their kind. Units
/// are content words and stop words; pairs of content words with nothing but other words
/// between them; and pairs of neighbours of which exactly one is a content word. A unit
/// has the weight 1 if all of it is content, else `function`; units of weight 0 are left
/// out. `O(tokens · log tokens)`.
pub(super) fn of(document: &Document, function: f64) -> Vectors {
    let terms = document.term_count() as u32;
    let mut pairs: Vec<(Pair, u32)> = Vec::new();
    let mut units: Vec<Vec<(u32, f64)>> = Vec::new();
    for (at, sentence) in (0..).zip(document.sentences()) {
        let tokens = document.tokens_of(sentence);
        push_pairs(tokens, |pair| pairs.push((pair, at)));
        let mut words = Vec::new();
        for token in tokens {
            match token.kind {
                TokenKind::Word => words.push((token.term.index() as u32, 1.0)),
                TokenKind::StopWord => words.push((token.term.index() as u32, function)),
                TokenKind::Number | TokenKind::Punctuation => {}
            }
        }
        words.sort_unstable_by_key(|&(term, _)| term);
        words.dedup_by_key(|&mut (term, _)| term);
        units.push(words);
    }

    // terms are numbered already; pairs have the numbers after them
    pairs.sort_unstable();
    pairs.dedup();
    let mut next = terms;
    for same in pairs.chunk_by(|(a, _), (b, _)| a == b) {
        for &(pair, sentence) in same {
            let weight = if pair.neighbours { function } else { 1.0 };
            units[sentence as usize].push((next, weight));
        }
        next += 1;
    }

    let mut vectors = Vectors::empty(next as usize);
    for row in units {
        vectors.push_row(row.into_iter().filter(|&(_, weight)| weight > 0.0));
    }
    vectors
}

/// A pair of words: two content words without the other words between them, or two
/// neighbours of which exactly one is a content word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Pair {
    neighbours: bool,
    first: u32,
    second: u32,
}

/// Calls `push` with every pair of the words of a sentence.
fn push_pairs(tokens: &[Token], mut push: impl FnMut(Pair)) {
    let (mut before, mut content): (Option<&Token>, Option<&Token>) = (None, None);
    for token in tokens.iter().filter(|token| token.is_word()) {
        let mut pair = |neighbours, first: &Token| {
            let (first, second) = (first.term.index() as u32, token.term.index() as u32);
            push(Pair {
                neighbours,
                first,
                second,
            });
        };

        if let Some(before) = before.filter(|it| it.is_content() != token.is_content()) {
            pair(true, before);
        }
        if let Some(content) = content.filter(|_| token.is_content()) {
            pair(false, content);
        }

        before = Some(token);
        if token.is_content() {
            content = Some(token);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::testing::lines;

    fn weights(text: &str, function: f64) -> Vec<Vec<f64>> {
        let units = of(&lines(text), function);
        units
            .rows()
            .map(|row| row.map(|(_, weight)| weight).collect())
            .collect()
    }

    #[test]
    fn words_and_pairs_count_once_a_sentence() {
        // whales, sing; the pairs sing–whales, whales–sing
        assert_eq!(weights("whales sing whales sing\n", 0.5), [[1.0; 4]]);
        assert_eq!(weights("3.5 2024 …\n", 0.5), [[0.0; 0]]);
    }

    #[test]
    fn a_stop_word_parts_no_pair_and_makes_two_of_its_own() {
        // songs, of, whales; songs–whales; songs–of, of–whales
        let units = of(&lines("songs of whales\nsongs, whales\n"), 0.5);
        assert_eq!(units.row(0).map(|(_, weight)| weight).sum::<f64>(), 4.5);
        let shared = units
            .frequencies()
            .into_iter()
            .filter(|&count| count == 2)
            .count();
        assert_eq!(shared, 3);
        assert_eq!(weights("songs of whales\n", 0.0), [[1.0; 3]]);
    }
}
