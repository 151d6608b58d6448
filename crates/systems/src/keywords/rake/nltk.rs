//! RAKE as rake-nltk 1.0.6 computes it.

use crate::keywords::{extractor::KeywordExtractor, keyphrase::Keyphrase};
use epitome_base::spec::Params;
use epitome_text::{CorpusView, Document, GivenStopWords, Span};

use super::{
    limit::max_words,
    spelt::{Phrase, scored},
};

/// rake-nltk with `include_repeated_phrases=False`.
///
/// Sentences end after `.`, `!` or `?` before white space, which approximates NLTK's sentence
/// tokeniser. Words are runs of letters, digits and `_`, or runs of other characters. A stop word
/// or a single sign ends a phrase, a run of several signs does not. Equal phrases count once. Of
/// equal scores, the last in alphabetical order is best.
pub(super) struct RakeNltk {
    max_words: usize,
    stop_words: GivenStopWords,
}

impl From<&Params> for RakeNltk {
    fn from(params: &Params) -> Self {
        Self {
            max_words: max_words(params, usize::MAX),
            stop_words: params.into(),
        }
    }
}

impl KeywordExtractor for RakeNltk {
    fn extract(
        &self,
        document: &Document,
        _: &CorpusView,
        limit: usize,
    ) -> Vec<Keyphrase> {
        let list = self.stop_words.of(document);
        let mut all = Vec::new();
        for sentence in sentences(document.full_text()) {
            let phrases = sentence
                .split(|(word, _)| list.contains(word) || is_single_sign(word))
                .filter(|words| (1..=self.max_words).contains(&words.len()))
                .map(Phrase::of);
            all.extend(phrases);
        }

        let mut different: Vec<&Phrase> = all.iter().collect();
        different.sort_by(|a, b| a.words.cmp(&b.words));
        different.dedup_by(|a, b| a.words == b.words);

        let mut found = scored(&different, &all, |_| true);
        found.sort_by(|a, b| {
            b.score
                .total_cmp(&a.score)
                .then_with(|| b.text.cmp(&a.text))
        });
        found.truncate(limit);
        found
    }
}

/// Returns whether a word is one character of ASCII punctuation.
fn is_single_sign(word: &str) -> bool {
    word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_punctuation())
}

/// Returns the words of each sentence in lower case, with their spans.
fn sentences(text: &str) -> Vec<Vec<(String, Span)>> {
    let mut sentences = vec![Vec::new()];
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let run = rest.trim_start_matches(|c: char| class(c) == class(first));
        let (word, after) = rest.split_at(rest.len() - run.len());

        let start = (text.len() - rest.len()) as u32;
        let ends = class(first) == Class::Space
            && text[..start as usize].ends_with(['.', '!', '?']);
        if ends {
            sentences.push(Vec::new());
        } else if class(first) != Class::Space
            && let Some(sentence) = sentences.last_mut()
        {
            let span = Span {
                start,
                end: start + word.len() as u32,
            };
            sentence.push((word.to_lowercase(), span));
        }
        rest = after;
    }
    sentences
}

/// Class of a character; a word is a run of characters of one class.
#[derive(PartialEq, Eq)]
enum Class {
    Space,
    Word,
    Sign,
}

/// Returns the class of a character.
fn class(character: char) -> Class {
    if character.is_whitespace() {
        Class::Space
    } else if character.is_alphanumeric() || character == '_' {
        Class::Word
    } else {
        Class::Sign
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keywords::testing::english;

    #[test]
    fn ties_are_in_reverse_alphabetical_order_and_several_signs_are_a_word() {
        let rake = RakeNltk {
            max_words: 9,
            stop_words: GivenStopWords::default(),
        };
        let found = rake.extract(
            &english("Old arch (new). Dam, weir."),
            &CorpusView::none(),
            9,
        );
        let texts: Vec<_> = found.iter().map(|phrase| phrase.text.as_str()).collect();
        assert_eq!(texts, ["old arch", "new ).", "weir", "dam"]);
    }
}
