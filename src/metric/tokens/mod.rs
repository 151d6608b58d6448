//! How metrics see texts: tokens as numbers, in segments.

use crate::intern::Interner;

use super::porter::Porter;

/// How a text becomes tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tokenisation {
    /// rouge-score 0.1.2: lower case, everything but `a-z0-9` is a space; with a
    /// stemmer, tokens of more than three letters are stemmed.
    RougeScore(Option<Porter>),
    /// Keyphrases: lower case, words at white space without the punctuation at their
    /// edges, each stemmed.
    Phrase(Porter),
}

impl Tokenisation {
    /// Whether it can read `reference`: false when it would drop more than half of its
    /// letters, as rouge-score does with Cyrillic or Chinese. A score would then say
    /// nothing about the system.
    pub fn reads(self, reference: &str) -> bool {
        match self {
            Self::RougeScore(_) => {
                let letters = |text: &str, ascii: bool| {
                    let counted = |c: &char| c.is_alphabetic() && c.is_ascii() == ascii;
                    text.chars().filter(counted).count()
                };
                reference.is_ascii()
                    || letters(reference, false) <= letters(reference, true)
            }
            Self::Phrase(_) => true,
        }
    }
}

/// A text as numbers: equal numbers are equal tokens, as long as the [`Tokeniser`]
/// that made them is not [refreshed](Tokeniser::refresh).
///
/// Segments are the lines of a text, or the phrases of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tokens {
    ids: Vec<u32>,
    ends: Vec<usize>,
}

impl Tokens {
    /// All tokens.
    pub fn ids(&self) -> &[u32] {
        &self.ids
    }

    /// The tokens of each segment; a segment may be empty.
    pub fn segments(&self) -> impl ExactSizeIterator<Item = &[u32]> {
        let start = |at: usize| if at == 0 { 0 } else { self.ends[at - 1] };
        (0..self.ends.len()).map(move |at| &self.ids[start(at)..self.ends[at]])
    }
}

/// Makes tokens, and remembers the stem of every word it has seen.
#[derive(Debug)]
pub struct Tokeniser {
    tokenisation: Tokenisation,
    words: Interner,
    /// Word → stem, both as numbers.
    stem_of: Vec<u32>,
    stems: Interner,
    word: Vec<u8>,
    stem: Vec<u8>,
}

/// Above this many words a tokeniser starts afresh at the next document.
const WORDS_LIMIT: usize = 1 << 20;

impl Tokeniser {
    /// One that knows no words yet.
    pub fn new(tokenisation: Tokenisation) -> Self {
        Self {
            tokenisation,
            words: Interner::default(),
            stem_of: Vec::new(),
            stems: Interner::default(),
            word: Vec::new(),
            stem: Vec::new(),
        }
    }

    /// How it tokenises.
    pub fn tokenisation(&self) -> Tokenisation {
        self.tokenisation
    }

    /// To be called between documents: forgets all words when there are very many, so
    /// that memory does not grow with the corpus. Tokens made before are then void.
    pub fn refresh(&mut self) {
        if self.words.len() > WORDS_LIMIT {
            *self = Self::new(self.tokenisation);
        }
    }

    /// The tokens of a text or list given as segments. A segment's line ends separate
    /// further segments.
    pub fn tokens<'a>(&mut self, segments: impl IntoIterator<Item = &'a str>) -> Tokens {
        let mut tokens = Tokens::default();
        for segment in segments {
            match self.tokenisation {
                Tokenisation::RougeScore(_) => {
                    for line in segment.split('\n') {
                        self.rouge_score(line, &mut tokens.ids);
                        tokens.ends.push(tokens.ids.len());
                    }
                }
                Tokenisation::Phrase(_) => {
                    self.phrase(segment, &mut tokens.ids);
                    tokens.ends.push(tokens.ids.len());
                }
            }
        }
        tokens
    }

    fn rouge_score(&mut self, line: &str, ids: &mut Vec<u32>) {
        for character in line.chars() {
            match character {
                'a'..='z' | '0'..='9' => self.word.push(character as u8),
                'A'..='Z' => self.word.push(character.to_ascii_lowercase() as u8),
                '\u{212A}' => self.word.push(b'k'), // Kelvin: its lower case is a plain k
                '\u{130}' => {
                    self.word.push(b'i'); // İ: its lower case is i and a combining dot
                    self.end_word(ids);
                }
                _ => self.end_word(ids),
            }
        }
        self.end_word(ids);
    }

    fn end_word(&mut self, ids: &mut Vec<u32>) {
        if !self.word.is_empty() {
            let word = std::mem::take(&mut self.word);
            ids.push(self.id_of(&word));
            self.word = word;
            self.word.clear();
        }
    }

    fn phrase(&mut self, phrase: &str, ids: &mut Vec<u32>) {
        for word in phrase.split_whitespace() {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            if !bare.is_empty() {
                let lower = bare.to_lowercase();
                ids.push(self.id_of(lower.as_bytes()));
            }
        }
    }

    /// The number of the word's stem.
    fn id_of(&mut self, word: &[u8]) -> u32 {
        let (id, new) = self.words.intern(word);
        if new {
            self.stem.clear();
            self.stem.extend_from_slice(word);
            match self.tokenisation {
                Tokenisation::RougeScore(Some(porter)) if word.len() > 3 => {
                    porter.stem(&mut self.stem);
                }
                Tokenisation::RougeScore(_) => {}
                Tokenisation::Phrase(porter) => porter.stem(&mut self.stem),
            }
            self.stem_of.push(self.stems.intern(&self.stem).0);
        }
        self.stem_of[id as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(tokenisation: Tokenisation, text: &str) -> Vec<String> {
        let mut tokeniser = Tokeniser::new(tokenisation);
        let tokens = tokeniser.tokens([text]);
        let word =
            |&id: &u32| String::from_utf8(tokeniser.stems.get(id).to_vec()).unwrap();
        tokens.ids().iter().map(word).collect()
    }

    #[test]
    fn rouge_score_keeps_ascii_letters_and_digits() {
        let plain = Tokenisation::RougeScore(None);
        assert_eq!(words(plain, "Café-au-lait, 3.5%!"), ["caf", "au", "lait", "3", "5"]);
        assert_eq!(
            words(plain, "300 \u{212A}elvin, \u{130}stanbul"),
            ["300", "kelvin", "i", "stanbul"]
        );
        assert_eq!(words(plain, "Москва 東京"), [""; 0]);
    }

    #[test]
    fn its_stemmer_leaves_words_of_three_letters() {
        let stemmed = Tokenisation::RougeScore(Some(Porter::Nltk));
        assert_eq!(words(stemmed, "was using ties"), ["was", "use", "tie"]);
    }

    #[test]
    fn phrases_keep_inner_punctuation() {
        let phrase = Tokenisation::Phrase(Porter::Original);
        assert_eq!(
            words(phrase, "“Real-Time” systems, (C++)"),
            ["real-tim", "system", "c"]
        );
    }

    #[test]
    fn segments_are_lines_or_phrases() {
        let mut tokeniser = Tokeniser::new(Tokenisation::RougeScore(None));
        let tokens = tokeniser.tokens(["a b\n\nc", "d"]);
        let lengths: Vec<_> = tokens.segments().map(<[u32]>::len).collect();
        assert_eq!(lengths, [2, 0, 1, 1]);
    }

    #[test]
    fn a_script_it_cannot_read_is_known() {
        let rouge = Tokenisation::RougeScore(None);
        assert!(rouge.reads("déjà vu") && rouge.reads("") && rouge.reads("… !"));
        assert!(!rouge.reads("Москва приняла 2 IBM") && !rouge.reads("東京"));
        assert!(Tokenisation::Phrase(Porter::Original).reads("東京"));
    }
}
