//! RAKE as multi-rake 0.0.2 computes it.

use crate::keywords::{extractor::KeywordExtractor, keyphrase::Keyphrase};
use epitome_base::spec::Params;
use epitome_text::{CorpusView, Document, GivenStopWords, Span};

use super::{
    limit::max_words,
    spelt::{Phrase, scored},
};

/// multi-rake: phrases of at most three words and at least three characters.
///
/// Words are separated by white space. A stop word, most punctuation, or a dash between white
/// space ends a phrase. Words of digits have weight 0. Phrases that are too long are left out
/// before words are weighted. Of equal scores, the first to occur is better.
pub(super) struct MultiRake {
    max_words: usize,
    stop_words: GivenStopWords,
}

const MAX_WORDS: usize = 3;
const MIN_CHARACTERS: usize = 3;

impl From<&Params> for MultiRake {
    fn from(params: &Params) -> Self {
        Self {
            max_words: max_words(params, MAX_WORDS),
            stop_words: params.into(),
        }
    }
}

impl KeywordExtractor for MultiRake {
    fn extract(
        &self,
        document: &Document,
        _: &CorpusView,
        limit: usize,
    ) -> Vec<Keyphrase> {
        let list = self.stop_words.of(document);
        let words = words(document.full_text());
        let phrases: Vec<Phrase> = words
            .split(|word| list.contains(&word.0) || word.0.is_empty())
            .filter(|words| (1..=self.max_words).contains(&words.len()))
            .map(Phrase::of)
            .filter(|phrase| phrase.words.join(" ").chars().count() >= MIN_CHARACTERS)
            .collect();

        let counted: Vec<&Phrase> = phrases.iter().collect();
        let mut found = scored(&counted, &phrases, |word| {
            !word.chars().all(char::is_numeric)
        });
        found.sort_by(|a, b| b.score.total_cmp(&a.score));
        found.truncate(limit);
        found
    }
}

/// Returns the words of a text in lower case with their spans, and an empty word at each end of a
/// phrase.
fn words(text: &str) -> Vec<(String, Span)> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, character) in text.char_indices() {
        if character.is_whitespace() {
            words.extend(start.take().map(|start| word(text, start, at)));
        } else if ".,;:?!()[]{}“”«»\"&~\\…".contains(character) {
            words.extend(start.take().map(|start| word(text, start, at)));
            words.push(word(text, at, at));
        } else {
            start = start.or(Some(at));
        }
    }
    words.extend(start.map(|start| word(text, start, text.len())));
    words
}

/// Returns the word between two offsets in lower case, with its span; an empty word if it is a
/// dash.
fn word(text: &str, start: usize, end: usize) -> (String, Span) {
    let span = Span {
        start: start as u32,
        end: end as u32,
    };
    let word = &text[start..end];
    let is_dash = matches!(word, "-" | "–" | "--" | "–-" | "-–" | "––");
    let lower = if is_dash {
        String::new()
    } else {
        word.to_lowercase()
    };
    (lower, span)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keywords::testing::english;

    #[test]
    fn digits_have_no_weight_and_dashes_between_spaces_end_a_phrase() {
        let rake = MultiRake {
            max_words: 3,
            stop_words: GivenStopWords::default(),
        };
        let text = "Law 10 years, well-known dog - cat";
        let found = rake.extract(&english(text), &CorpusView::none(), 9);
        let found: Vec<_> = found
            .iter()
            .map(|it| (it.text.as_str(), it.score))
            .collect();
        assert_eq!(
            found,
            [("law 10 years", 4.0), ("well-known dog", 4.0), ("cat", 1.0)]
        );
    }
}
