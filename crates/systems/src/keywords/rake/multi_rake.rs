//! RAKE as multi-rake 0.0.2 computes it.

use crate::keywords::{extractor::KeywordExtractor, keyphrase::Keyphrase};
use epitome_base::spec::Params;
use epitome_text::{Document, GivenStopWords, Span};

use super::{
    limit::max_words,
    spelt::{Phrase, weighed},
};

/// multi-rake: at most three words and at least three characters.
///
/// Words are what white space parts; a stop word, most punctuation, or dashes between
/// white space end a phrase. Words of digits only count nothing. Longer phrases are left
/// out before words are weighed. Ties go to the earlier.
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
    fn extract(&self, document: &Document, limit: usize) -> Vec<Keyphrase> {
        let list = self.stop_words.of(document);
        let is_stop_word = |word: &str| list.contains(word);
        let words = words(document.full_text());
        let phrases = words.split(|word| is_stop_word(&word.0) || word.0.is_empty());
        let fits =
            |words: &&[(String, Span)]| (1..=self.max_words).contains(&words.len());
        let characters = |phrase: &Phrase| phrase.words.join(" ").chars().count();
        let all = phrases.filter(fits).map(Phrase::of);
        let all: Vec<Phrase> = all
            .filter(|phrase| characters(phrase) >= MIN_CHARACTERS)
            .collect();
        let counted: Vec<&Phrase> = all.iter().collect();
        let is_counted = |word: &str| !word.chars().all(char::is_numeric);
        let mut found = weighed(&counted, &all, is_counted);
        found.sort_by(|a, b| b.score.total_cmp(&a.score));
        found.truncate(limit);
        found
    }
}

/// Words in lower case with their places; an empty one where a phrase ends.
fn words(text: &str) -> Vec<(String, Span)> {
    let mut words = Vec::new();
    let mut start = None;
    let push = |words: &mut Vec<_>, from: Option<usize>, to: usize| {
        if let Some(from) = from {
            let span = Span {
                start: from as u32,
                end: to as u32,
            };
            let word = &text[from..to];
            let is_dash = matches!(word, "-" | "–" | "--" | "–-" | "-–" | "––");
            words.push((
                if is_dash {
                    String::new()
                } else {
                    word.to_lowercase()
                },
                span,
            ));
        }
    };
    for (at, character) in text.char_indices() {
        if character.is_whitespace() {
            push(&mut words, start.take(), at);
        } else if ".,;:?!()[]{}“”«»\"&~\\…".contains(character) {
            push(&mut words, start.take(), at);
            words.push((
                String::new(),
                Span {
                    start: at as u32,
                    end: at as u32,
                },
            ));
        } else {
            start = start.or(Some(at));
        }
    }
    push(&mut words, start, text.len());
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keywords::testing::english;

    #[test]
    fn digits_count_nothing_and_dashes_between_spaces_part() {
        let rake = MultiRake {
            max_words: 3,
            stop_words: GivenStopWords::default(),
        };
        let text = "Law 10 years, well-known dog - cat";
        let found = rake.extract(&english(text), 9);
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
