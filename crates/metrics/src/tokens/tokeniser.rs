//! Texts to tokens.

use super::{
    bleu, characters,
    lines::Lines,
    numbered::{Tokens, VARIANT},
    phrase, rouge_155, rouge_score,
    tokenisation::Tokenisation,
    unicode,
    vocabulary::{Packed, Vocabulary, Word},
};

/// Makes tokens, and remembers the stem of every word it has seen.
#[derive(Debug)]
pub struct Tokeniser {
    tokenisation: Tokenisation,
    vocabulary: Vocabulary,
    lines: Lines,
    word: Vec<u8>,
    /// Words of a line that are looked up together, so that the memory's answers overlap.
    line: Vec<Packed>,
}

impl Tokeniser {
    /// One that knows no words yet.
    pub fn new(tokenisation: Tokenisation) -> Self {
        Self {
            tokenisation,
            vocabulary: Vocabulary::default(),
            lines: Lines::default(),
            word: Vec::new(),
            line: Vec::new(),
        }
    }

    /// How it tokenises.
    pub fn tokenisation(&self) -> &Tokenisation {
        &self.tokenisation
    }

    /// To be called between documents: numbers start at 0 again, tokens made before are
    /// void.
    pub fn start_document(&mut self) {
        self.vocabulary.start_document();
        self.lines.clear();
    }

    /// The tokens of a text or list given as segments. Where segments are lines, a
    /// segment's line ends separate further segments.
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
                let normalise = |word: &mut Vec<u8>| rouge_score::stem(*stemmer, word);
                let mut read = |line: &[u8], ids: &mut Vec<u32>| {
                    let mut number = |word: Word<'_>| {
                        if let Some(number) = vocabulary.number(word, normalise) {
                            ids.push(number);
                        }
                    };
                    rouge_score::words(line, word, |word| match word {
                        Word::Short(word) => packed.push(word),
                        Word::Long(_) => {
                            packed.drain(..).map(Word::Short).for_each(&mut number);
                            number(word);
                        }
                    });
                    packed.drain(..).map(Word::Short).for_each(&mut number);
                };
                for line in lines.map(str::as_bytes) {
                    known.add(line, &mut tokens.ids, |ids| read(line, ids));
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
                if let Some(text) = limited.text {
                    tokens.text = tokens.ids.len();
                    read(&text, &mut tokens.ids);
                }
            }
            Tokenisation::Unicode(rules) => {
                let mut read = |line: &str, ids: &mut Vec<u32>| {
                    unicode::words(line, |word| {
                        let token = |word: &mut Vec<u8>| rules.token(word);
                        ids.extend(vocabulary.number(Word::of(word), token));
                    });
                };
                for line in lines {
                    known.add(line.as_bytes(), &mut tokens.ids, |ids| read(line, ids));
                    tokens.end_segment();
                }
            }
            Tokenisation::Phrase { stemmer, variants } => {
                for segment in segments {
                    for (at, variant) in phrase::variants(segment, *variants).enumerate()
                    {
                        tokens.ids.extend((at > 0).then_some(VARIANT));
                        phrase::words(variant, |word| {
                            let stem = |word: &mut Vec<u8>| phrase::stem(*stemmer, word);
                            tokens.ids.extend(vocabulary.number(Word::of(word), stem));
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

    /// The stems of `text`, for tests.
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
