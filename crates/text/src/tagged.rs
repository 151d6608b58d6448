//! Texts whose words and parts of speech are known.

use super::{Span, Tag};

/// A text whose sentences, words and parts of speech were found elsewhere.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TaggedText {
    text: String,
    sentences: Vec<Vec<TaggedWord>>,
}

/// A word or punctuation of a [`TaggedText`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TaggedWord {
    /// The place of the word in the text.
    pub span: Span,
    /// The part of speech.
    pub tag: Tag,
}

/// A word whose place in the text is not known yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LooseWord {
    /// The word as it is in the text.
    pub form: String,
    /// The part of speech.
    pub tag: Tag,
    /// Whether the next word follows without a space.
    pub is_joined: bool,
}

/// The error that a word is not in the text at its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misplaced {
    /// The number of the sentence, from 0.
    pub sentence: usize,
    /// The number of the word within the sentence, from 0.
    pub word: usize,
    /// The byte at which the word was expected.
    pub byte: usize,
}

impl TaggedText {
    /// Returns the text that the words make: with a space after each word that is not
    /// joined to the next, and a blank line after each sentence.
    pub fn joined(sentences: &[Vec<LooseWord>]) -> Self {
        let mut made = Self::default();
        for words in sentences.iter().filter(|words| !words.is_empty()) {
            if !made.text.is_empty() {
                made.text.push_str("\n\n");
            }

            let mut sentence = Vec::with_capacity(words.len());
            for (at, word) in words.iter().enumerate() {
                let start = made.text.len() as u32;
                made.text.push_str(&word.form);
                let span = Span {
                    start,
                    end: made.text.len() as u32,
                };
                sentence.push(TaggedWord {
                    span,
                    tag: word.tag,
                });
                if !word.is_joined && at + 1 < words.len() {
                    made.text.push(' ');
                }
            }
            made.sentences.push(sentence);
        }
        made
    }

    /// Finds the words in `text`, in which they must follow each other with nothing but
    /// white space between them.
    ///
    /// # Errors
    /// Returns an error if a word is not there.
    pub fn within(text: String, sentences: &[Vec<LooseWord>]) -> Result<Self, Misplaced> {
        let mut found = Vec::with_capacity(sentences.len());
        let mut byte = 0;
        for (number, words) in sentences.iter().enumerate() {
            let mut sentence = Vec::with_capacity(words.len());
            for (word, loose) in words.iter().enumerate() {
                let form = loose.form.trim();
                byte += text[byte..].len() - text[byte..].trim_start().len();
                if !text[byte..].starts_with(form) {
                    return Err(Misplaced {
                        sentence: number,
                        word,
                        byte,
                    });
                }

                let (start, end) = (byte as u32, (byte + form.len()) as u32);
                sentence.push(TaggedWord {
                    span: Span { start, end },
                    tag: loose.tag,
                });
                byte += form.len();
            }
            if !sentence.is_empty() {
                found.push(sentence);
            }
        }
        Ok(Self {
            text,
            sentences: found,
        })
    }

    /// Returns the text that spans refer to.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the words of each sentence, of which none is empty.
    pub fn sentences(&self) -> &[Vec<TaggedWord>] {
        &self.sentences
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(forms: &[&str]) -> Vec<LooseWord> {
        let word = |form: &&str| LooseWord {
            form: (*form).to_owned(),
            tag: Tag::Noun,
            is_joined: *form == "cat",
        };
        forms.iter().map(word).collect()
    }

    #[test]
    fn words_make_a_text_with_their_places_in_it() {
        let made =
            TaggedText::joined(&[words(&["a", "cat", "."]), vec![], words(&["b"])]);
        assert_eq!(made.text(), "a cat.\n\nb");
        let places: Vec<&str> = made
            .sentences()
            .iter()
            .flatten()
            .map(|it| it.span.of(made.text()))
            .collect();
        assert_eq!(places, ["a", "cat", ".", "b"]);
    }

    #[test]
    fn words_are_found_in_a_text_or_refused_with_their_place() {
        let sentences = [words(&["a", "cat"]), words(&["b"])];
        let made = TaggedText::within(" a  cat\nb ".to_owned(), &sentences).unwrap();
        assert_eq!(made.sentences()[1][0].span, Span { start: 8, end: 9 });
        let refused = TaggedText::within("a dog b".to_owned(), &sentences);
        assert_eq!(
            refused,
            Err(Misplaced {
                sentence: 0,
                word: 1,
                byte: 2
            })
        );
    }
}
