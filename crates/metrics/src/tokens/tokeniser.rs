//! The tokeniser: turns texts into numbered tokens.

use epitome_base::porter::Porter;

use super::{
    bleu, characters,
    lines::Lines,
    numbered::{Tokens, VARIANT},
    phrase, rouge_155, rouge_score,
    tokenisation::Tokenisation,
    unicode,
    vocabulary::Vocabulary,
    word::Word,
};

/// Turns texts into tokens, and remembers the stem of every word that it has seen.
#[derive(Debug)]
pub struct Tokeniser {
    tokenisation: Tokenisation,
    vocabulary: Vocabulary,
    /// The lines of the current document; `None` if lines are not expected to come again.
    lines: Option<Lines>,
    word: Vec<u8>,
}

impl Tokeniser {
    /// Returns a tokeniser that has not seen any words.
    pub fn new(tokenisation: Tokenisation) -> Self {
        Self {
            tokenisation,
            vocabulary: Vocabulary::default(),
            lines: Some(Lines::default()),
            word: Vec::new(),
        }
    }

    /// Returns a tokeniser that does not remember the lines of a document, which costs
    /// more than it saves if a document has one candidate. The tokens are the same.
    #[must_use]
    pub fn without_lines(self) -> Self {
        Self {
            lines: None,
            ..self
        }
    }

    /// Returns the tokenisation that the tokeniser applies.
    pub fn tokenisation(&self) -> &Tokenisation {
        &self.tokenisation
    }

    /// Starts a new document: numbers start at 0 again, and tokens made before are
    /// invalid.
    pub fn start_document(&mut self) {
        self.vocabulary.start_document();
        if let Some(lines) = &mut self.lines {
            lines.clear();
        }
    }

    /// Returns the tokens of a text or list that is given as segments. If segments are
    /// lines, line ends inside a segment separate further segments.
    pub fn tokens<'a>(&mut self, segments: impl IntoIterator<Item = &'a str>) -> Tokens {
        // the rest is compiled once, and not for every kind of iterator
        let segments: Vec<&str> = segments.into_iter().collect();
        self.tokens_of(&segments)
    }

    /// Returns the tokens of a text or list that is given as segments.
    fn tokens_of(&mut self, segments: &[&str]) -> Tokens {
        let segments = segments.iter().copied();
        let bytes: usize = segments.clone().map(str::len).sum();
        let mut tokens = Tokens::with_room(bytes);
        let lines = segments.clone().flat_map(|segment| segment.split('\n'));
        let Self {
            tokenisation,
            vocabulary,
            lines: known,
            word,
        } = self;

        match tokenisation {
            Tokenisation::RougeScore(stemmer) => {
                for line in lines.map(str::as_bytes) {
                    add(known, line, &mut tokens.ids, |ids| {
                        read_rouge_score(line, *stemmer, vocabulary, word, ids);
                    });
                    tokens.end_segment();
                }
            }
            Tokenisation::Rouge155(rules) => {
                let mut read = |line: &[u8], ids: &mut Vec<u32>| {
                    rouge_155::words(line, word, |word| {
                        ids.extend(
                            vocabulary.number(Word::of(word), |word| rules.stem(word)),
                        );
                    });
                };

                let limited = rules.limited(lines.map(str::as_bytes));
                for sentence in &limited.sentences {
                    add(known, sentence, &mut tokens.ids, |ids| read(sentence, ids));
                    tokens.end_segment();
                }

                // a text that is cut in bytes differs from its sentences: it comes after them
                if let Some(text) = limited.text {
                    tokens.text = tokens.ids.len();
                    read(&text, &mut tokens.ids);
                }
            }
            Tokenisation::Unicode(rules) => {
                for line in lines {
                    add(known, line.as_bytes(), &mut tokens.ids, |ids| {
                        unicode::words(line, |word| {
                            ids.extend(
                                vocabulary
                                    .number(Word::of(word), |word| rules.token(word)),
                            );
                        });
                    });
                    tokens.end_segment();
                }
            }
            Tokenisation::Phrase { stemmer, variants } => {
                for segment in segments {
                    for (at, variant) in phrase::variants(segment, *variants).enumerate()
                    {
                        tokens.ids.extend((at > 0).then_some(VARIANT));
                        phrase::words(variant, |word| {
                            tokens.ids.extend(
                                vocabulary.number(Word::of(word), |word| {
                                    phrase::stem(*stemmer, word)
                                }),
                            );
                        });
                    }
                    tokens.end_segment();
                }
            }
            Tokenisation::Bleu => {
                bleu::words(segments, |word| {
                    tokens.ids.push(vocabulary.number_as_is(Word::of(word)));
                });
                tokens.end_segment();
            }
            Tokenisation::Characters => {
                for line in lines {
                    tokens.ids.extend(characters::characters(line));
                    tokens.end_segment();
                }
            }
            Tokenisation::CharactersAndWords => {
                tokens
                    .ids
                    .extend(segments.clone().flat_map(characters::characters));
                tokens.end_segment();
                for word in segments.flat_map(characters::words) {
                    let word = Word::of(word.as_bytes());
                    tokens.ids.push(vocabulary.number_as_is(word));
                }
                tokens.end_segment();
            }
        }

        tokens
    }

    /// Returns the stems of `text`, for tests.
    #[cfg(test)]
    pub(super) fn stems(tokenisation: Tokenisation, text: &str) -> Vec<String> {
        let mut tokeniser = Self::new(tokenisation);
        let tokens = tokeniser.tokens([text]);
        tokens
            .ids()
            .iter()
            .map(|&id| tokeniser.vocabulary.stem(id))
            .collect()
    }
}

/// Appends the tokens of a line to `ids`; `read` is called to append them unless the line
/// is known.
fn add(
    known: &mut Option<Lines>,
    line: &[u8],
    ids: &mut Vec<u32>,
    read: impl FnOnce(&mut Vec<u32>),
) {
    match known {
        Some(lines) => lines.add(line, ids, read),
        None => read(ids),
    }
}

/// Appends the numbers of the words of a line, as rouge-score splits it, to `ids`.
/// `scratch` is space for a long word.
fn read_rouge_score(
    line: &[u8],
    stemmer: Option<Porter>,
    vocabulary: &mut Vocabulary,
    scratch: &mut Vec<u8>,
    ids: &mut Vec<u32>,
) {
    match stemmer {
        None => rouge_score::words(line, scratch, |word| {
            ids.push(vocabulary.number_as_is(word));
        }),
        Some(porter) => rouge_score::words(line, scratch, |word| {
            ids.extend(vocabulary.number(word, |word| rouge_score::stem(porter, word)));
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_are_lines_or_phrases() {
        let mut tokeniser = Tokeniser::new(Tokenisation::RougeScore(None));
        let tokens = tokeniser.tokens(["a b\n\nc", "d"]);
        let lengths: Vec<_> = tokens.segments().map(<[u32]>::len).collect();
        assert_eq!(lengths, [2, 0, 1, 1]);
    }

    #[test]
    fn numbers_start_afresh_with_every_document() {
        let mut tokeniser = Tokeniser::new(Tokenisation::RougeScore(None));
        assert_eq!(tokeniser.tokens(["the cat the"]).ids(), [0, 1, 0]);
        assert_eq!(tokeniser.tokens(["cat dog"]).ids(), [1, 2]);
        tokeniser.start_document();
        assert_eq!(tokeniser.tokens(["dog the"]).ids(), [0, 1]);
    }
}
