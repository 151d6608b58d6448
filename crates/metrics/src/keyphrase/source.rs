//! Looking up phrases in the source of a document.

use crate::Tokens;

/// The number of tokens by which the places of a source are sorted. A longer phrase is
/// compared with each place that begins like it.
const REACH: usize = 16;

/// The source of a document, in which a phrase is found without reading all of it.
#[derive(Default)]
pub(super) struct Source<'a> {
    /// Each sentence from each of its tokens on, sorted by the first [`REACH`] tokens.
    places: Vec<&'a [u32]>,
}

impl<'a> Source<'a> {
    /// Sorts the places of a source; none if there is no source.
    pub(super) fn of(source: Option<&'a Tokens>) -> Self {
        let sentences = source.into_iter().flat_map(Tokens::segments);
        let mut places: Vec<&[u32]> = sentences
            .flat_map(|sentence| (0..sentence.len()).map(|at| &sentence[at..]))
            .collect();
        places.sort_unstable_by(|a, b| head(a, REACH).cmp(head(b, REACH)));
        Self { places }
    }

    /// Returns whether the tokens of a phrase, which has at least one, occur in a row in a
    /// sentence.
    pub(super) fn has(&self, phrase: &[u32]) -> bool {
        let beginning = head(phrase, REACH);
        let first = self
            .places
            .partition_point(|place| head(place, beginning.len()) < beginning);
        let mut like_it = self.places[first..]
            .iter()
            .take_while(|place| place.starts_with(beginning));
        like_it.any(|place| place.starts_with(phrase))
    }
}

/// Returns the first tokens, at most `count`.
fn head(tokens: &[u32], count: usize) -> &[u32] {
    &tokens[..tokens.len().min(count)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Tokenisation, Tokeniser, tokens::Unicode};

    #[test]
    fn a_phrase_is_found_where_its_tokens_are_in_a_row() {
        let mut tokeniser = Tokeniser::new(Tokenisation::Unicode(Unicode::default()));
        let long = "a b ".repeat(40) + "c";
        let sentences = ["the cat sat", "sat the dog", &long];
        let source = tokeniser.tokens(sentences);
        let found = Source::of(Some(&source));
        let far = "a b ".repeat(12) + "c";
        let texts = [
            "the cat sat",
            "cat",
            "the dog",
            "a",
            &far,
            "b a",
            "cat the",
            "sat sat",
            "dog the",
            "c a",
            "x",
        ];
        for text in texts {
            let phrase = tokeniser.tokens([text]);
            let phrase = phrase.segments().next().unwrap();
            let scanned = source
                .segments()
                .any(|sentence| sentence.windows(phrase.len()).any(|it| it == phrase));
            assert_eq!(found.has(phrase), scanned, "{text}");
        }
        assert!(!Source::of(None).has(&[1]));
    }
}
