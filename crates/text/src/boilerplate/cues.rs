//! Cues: words and phrases that are frequent in boilerplate. Lists of them are files, one for each
//! language.

use std::{ops::Range, sync::LazyLock};

use epitome_base::intern::Interner;

use super::super::{Language, Stemmer};

/// Kind of a cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cue {
    Membership,
    Support,
    Share,
    Legal,
    Credit,
    Navigation,
    Thanks,
    You,
    We,
    I,
    /// A verb that counts only at the beginning of a sentence.
    Imperative,
}

/// All kinds of cues with their names in the lists, in the order of their numbers (`as usize`).
pub(super) const KINDS: [(&str, Cue); 11] = [
    ("membership", Cue::Membership),
    ("support", Cue::Support),
    ("share", Cue::Share),
    ("legal", Cue::Legal),
    ("credit", Cue::Credit),
    ("navigation", Cue::Navigation),
    ("thanks", Cue::Thanks),
    ("you", Cue::You),
    ("we", Cue::We),
    ("i", Cue::I),
    ("imperative", Cue::Imperative),
];

/// Number of a word that cues consist of, or [`NONE`].
pub(crate) type CueWord = u16;

/// Number of all words that are not part of a cue.
pub(crate) const NONE: CueWord = CueWord::MAX;

/// The cues of a language, by stems.
pub(crate) struct Cues {
    /// Stems in the order of their numbers.
    stems: Interner,
    /// Cues of each word.
    words: Vec<Word>,
    /// Cues of several words, sorted.
    phrases: Vec<Phrase>,
}

/// The cues that end in a word.
#[derive(Clone)]
struct Word {
    /// Bit set of the kinds of which the word alone is a cue.
    alone: u16,
    /// Range of [`Cues::phrases`] that end in the word.
    phrases: Range<u16>,
}

/// A cue of two or three words.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Phrase {
    last: CueWord,
    second_last: CueWord,
    /// [`NONE`] in a cue of two words.
    third_last: CueWord,
    kind: u8,
}

static ENGLISH: LazyLock<Cues> =
    LazyLock::new(|| Cues::read(include_str!("cues/en.txt"), "en"));

impl Cues {
    /// Returns the cues of a language; `None` if there is no list for it.
    pub(crate) fn of(language: Language) -> Option<&'static Self> {
        (language.code() == "en").then(|| &*ENGLISH)
    }

    /// Returns the number of a stem; [`NONE`] if it is not part of a cue.
    pub(crate) fn word(&self, stem: &[u8]) -> CueWord {
        self.stems.find(stem).map_or(NONE, |id| id as CueWord)
    }

    /// Reads a list, which has a line `kind: cue, cue` for each kind.
    fn read(list: &str, code: &str) -> Self {
        let language: Language = code.parse().expect("the list's language is known");
        let stemmer = Stemmer::of(language);
        let mut cues = Self {
            stems: Interner::default(),
            words: Vec::new(),
            phrases: Vec::new(),
        };

        let lines = list.lines().filter(|line| !line.starts_with('#'));
        for (name, phrases) in lines.filter_map(|line| line.split_once(':')) {
            let kind = KINDS.iter().position(|(known, _)| *known == name);
            let kind = kind.expect("a list names no other kinds: a test reads it") as u8;
            for phrase in phrases.split(',') {
                let words = phrase.split_whitespace();
                let ids: Vec<CueWord> =
                    words.map(|word| cues.intern(&stemmer, word)).collect();
                cues.add(&ids, kind);
            }
        }

        cues.phrases.sort_unstable();
        cues.phrases.dedup();
        for (id, word) in cues.words.iter_mut().enumerate() {
            let below =
                |id: usize| cues.phrases.partition_point(|it| usize::from(it.last) < id);
            word.phrases = below(id) as u16..below(id + 1) as u16;
        }
        cues
    }

    /// Returns the number of the stem of a word, a new one if it has none.
    fn intern(&mut self, stemmer: &Stemmer, word: &str) -> CueWord {
        let stems = &mut self.stems;
        let (id, new) = stemmer.with_stem(word, |stem| stems.intern(stem.as_bytes()));
        if new {
            self.words.push(Word {
                alone: 0,
                phrases: 0..0,
            });
        }
        id as CueWord
    }

    /// Adds a cue of one to three words.
    fn add(&mut self, ids: &[CueWord], kind: u8) {
        let (last, second_last, third_last) = match *ids {
            [word] => {
                self.words[usize::from(word)].alone |= 1 << kind;
                return;
            }
            [second_last, last] => (last, second_last, NONE),
            [third_last, second_last, last] => (last, second_last, third_last),
            _ => panic!("a cue has one to three words: a test reads the list"),
        };
        self.phrases.push(Phrase {
            last,
            second_last,
            third_last,
            kind,
        });
    }
}

/// Finds cues in a sequence of words.
pub(super) struct Reader {
    cues: &'static Cues,
    last: CueWord,
    second_last: CueWord,
    /// Whether the next word is the first of a sentence.
    at_start: bool,
}

impl Reader {
    /// Returns a reader at the beginning of a sentence.
    pub(super) fn new(cues: &'static Cues) -> Self {
        Self {
            cues,
            last: NONE,
            second_last: NONE,
            at_start: true,
        }
    }

    /// Begins a sentence.
    pub(super) fn begin(&mut self) {
        *self = Self::new(self.cues);
    }

    /// Reads the next word and calls `found` with the kind of each cue that ends in it.
    pub(super) fn take(&mut self, word: CueWord, mut found: impl FnMut(usize)) {
        let at_start = std::mem::replace(&mut self.at_start, false);
        if let Some(known) = self.cues.words.get(usize::from(word)) {
            let mut alone = known.alone;
            if !at_start {
                alone &= !(1 << Cue::Imperative as u8);
            }
            while alone != 0 {
                found(alone.trailing_zeros() as usize);
                alone &= alone - 1;
            }

            let phrases =
                usize::from(known.phrases.start)..usize::from(known.phrases.end);
            for phrase in &self.cues.phrases[phrases] {
                let fits = phrase.second_last == self.last
                    && (phrase.third_last == NONE
                        || phrase.third_last == self.second_last);
                if fits {
                    found(usize::from(phrase.kind));
                }
            }
        }
        self.second_last = std::mem::replace(&mut self.last, word);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Analyser, LineEnds, Segmenter, Source};

    fn cues(text: &str) -> Vec<Cue> {
        let language: Language = "en".parse().unwrap();
        let source = Source {
            id: "",
            title: "",
            text,
            language,
            segmenter: Segmenter::Lines,
            line_ends: LineEnds::Auto,
        };
        let document = Analyser::default().analyse(source);
        let mut reader = Reader::new(Cues::of(language).unwrap());
        let mut found = Vec::new();
        for token in document.tokens().iter().filter(|token| token.is_word()) {
            let word = document.cue_words[token.term.index()];
            reader.take(word, |kind| found.push(KINDS[kind].1));
        }
        found
    }

    #[test]
    fn kinds_are_in_the_order_of_their_numbers() {
        for (at, (_, cue)) in KINDS.iter().enumerate() {
            assert_eq!(*cue as usize, at);
        }
    }

    #[test]
    fn inflections_and_phrases_are_cues() {
        assert_eq!(cues("Newsletters"), [Cue::Membership]);
        assert_eq!(cues("he signed up"), [Cue::Membership]);
        assert_eq!(cues("a sign of rain"), []);
    }

    #[test]
    fn an_imperative_is_the_first_word_of_a_sentence() {
        assert_eq!(cues("Visit the bridge"), [Cue::Imperative]);
        assert_eq!(cues("The visit ended"), []);
    }
}
