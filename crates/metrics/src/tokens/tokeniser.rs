//! The tokeniser: turns texts into numbered tokens.

use epitome_base::porter::Porter;

use super::{
    bleu, characters,
    lines::Lines,
    numbered::{Tokens, VARIANT},
    phrase, rouge_155, rouge_score,
    tokenisation::Tokenisation,
    unicode,
    vocabulary::{Packed, Vocabulary, Word},
};

/// Turns texts into tokens, and remembers the stem of every word that it has seen.
#[derive(Debug)]
pub struct Tokeniser {
    tokenisation: Tokenisation,
    vocabulary: Vocabulary,
    lines: Lines,
    word: Vec<u8>,
    /// Words of a line that are looked up together, so that the memory accesses overlap.
    line: Vec<Packed>,
}

impl Tokeniser {
    /// Returns a tokeniser that has not seen any words.
    pub fn new(tokenisation: Tokenisation) -> Self {
        Self {
            tokenisation,
            vocabulary: Vocabulary::default(),
            lines: Lines::default(),
            word: Vec::new(),
            line: Vec::new(),
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
        self.lines.clear();
    }

    /// Returns the tokens of a text or list that is given as segments. If segments are
    /// lines, line ends inside a segment separate further segments.
    pub fn tokens<'a>(
        &mut self,
        segments: impl IntoIterator<Item = &'a str, IntoIter: Clone>,
    ) -> Tokens {
        let segments = segments.into_iter();
        let bytes: usize = segments.clone().map(str::len).sum();
        let mut tokens = Tokens::with_room(bytes);
        let lines = segments.clone().flat_map(|segment| segment.split('\n'));
        let Self {
            tokenisation,
            vocabulary,
            lines: known,
            word,
            line: packed,
        } = self;

        match tokenisation {
            Tokenisation::RougeScore(stemmer) => {
                for line in lines.map(str::as_bytes) {
                    known.add(line, &mut tokens.ids, |ids| {
                        read_rouge_score(line, *stemmer, vocabulary, word, packed, ids);
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
                    known.add(sentence, &mut tokens.ids, |ids| read(sentence, ids));
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
                    known.add(line.as_bytes(), &mut tokens.ids, |ids| {
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
                    tokens
                        .ids
                        .extend(vocabulary.number(Word::of(word), |_| true));
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
                    tokens
                        .ids
                        .extend(vocabulary.number(Word::of(word.as_bytes()), |_| true));
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

/// Appends the numbers of the words of a line, as rouge-score splits it, to `ids`.
///
/// Short words are collected in `packed` and looked up together; a long word, for which
/// `scratch` is space, ends such a collection to keep the order.
fn read_rouge_score(
    line: &[u8],
    stemmer: Option<Porter>,
    vocabulary: &mut Vocabulary,
    scratch: &mut Vec<u8>,
    packed: &mut Vec<Packed>,
    ids: &mut Vec<u32>,
) {
    let mut number = |word: Word<'_>| {
        ids.extend(vocabulary.number(word, |word| rouge_score::stem(stemmer, word)));
    };

    rouge_score::words(line, scratch, |word| match word {
        Word::Short(word) => packed.push(word),
        Word::Long(_) => {
            packed.drain(..).map(Word::Short).for_each(&mut number);
            number(word);
        }
    });
    packed.drain(..).map(Word::Short).for_each(&mut number);
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
