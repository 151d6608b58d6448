//! Tags English words with their parts of speech.

pub mod features;
pub mod greedy;
pub mod lexicon;
pub mod model;
mod reader;
mod upos;
pub mod word;

use std::sync::OnceLock;

use epitome_english_tagger::WEIGHTS;
use features::WINDOW;
use greedy::greedy;
use lexicon::Lexicon;
use model::TaggerModel;
use reader::Reader;
pub use upos::Tag;
use word::Word;

/// Returns whether the tagger's lexicon contains a word in small letters.
pub(super) fn is_english_word(word: &str) -> bool {
    Trained::english()
        .lexicon
        .knows(word::form(word, &mut String::new()))
}

/// Tags each word of an English sentence with its part of speech.
///
/// ```text
/// tag(i) = argmax_t  Σ_{f ∈ features(i, tag(i−1), tag(i−2))}  w(f, t)
/// ```
///
/// Words are tagged from left to right with the weights of averaged perceptrons; a
/// frequent word that had only one tag in training has that tag without a sum. The
/// features are a word's form, affixes and shape, those of two words on either side, and
/// classes of words learnt from raw text: by the words between which they occur, and by
/// the tags that a first tagger gave them. `O(words)`; nothing is allocated for a word or
/// sentence once the buffers have grown. Each thread needs one of its own; a sentence
/// does not influence the next.
///
/// Collins (2002), *Discriminative training methods for hidden Markov models*, EMNLP.
/// Departures: there is no search, so that the history is the tags that were chosen
/// before; training has a margin; features are known by their 32-bit hash. The weights
/// are trained on UD English-EWT (dev) and English-PUD and are under CC BY-SA 4.0.
#[derive(Debug)]
pub struct EnglishTagger {
    language: &'static Trained,
    words: Vec<Word>,
    folded: String,
}

/// The result of training: a lexicon and weights.
#[derive(Debug)]
struct Trained {
    lexicon: Lexicon,
    model: TaggerModel,
}

impl Trained {
    fn english() -> &'static Self {
        static TRAINED: OnceLock<Trained> = OnceLock::new();
        TRAINED
            .get_or_init(|| Self::read(WEIGHTS).expect("the embedded weights are whole"))
    }

    fn read(file: &[u8]) -> Option<Self> {
        let mut reader = Reader::after_header(file)?;
        let lexicon = Lexicon::read(&mut reader)?;
        let model = TaggerModel::read(&mut reader)?;
        Some(Self { lexicon, model })
    }
}

impl Default for EnglishTagger {
    fn default() -> Self {
        Self::new()
    }
}

impl EnglishTagger {
    /// Returns a tagger with empty buffers. The weights are unpacked once for all
    /// taggers, which takes some milliseconds.
    pub fn new() -> Self {
        Self {
            language: Trained::english(),
            words: Vec::new(),
            folded: String::new(),
        }
    }

    /// Appends one tag for each of `words`, which are one sentence, to `tags`.
    ///
    /// Words and punctuation may be divided like the tokens of a [`Document`] (*don't*
    /// and *Kim's* are whole and have the tags of *do* and *Kim*) or like those of
    /// treebanks.
    ///
    /// [`Document`]: super::Document
    pub fn tag(
        &mut self,
        words: impl IntoIterator<Item = impl AsRef<str>>,
        tags: &mut Vec<Tag>,
    ) {
        let Trained { lexicon, model } = self.language;
        self.words.clear();
        // the first and the last words have edges for neighbours
        self.words.extend([Word::EDGE; WINDOW / 2]);
        let words = words.into_iter();
        self.words
            .extend(words.map(|word| Word::of(word.as_ref(), lexicon, &mut self.folded)));
        self.words.extend([Word::EDGE; WINDOW / 2]);
        greedy(&self.words, model, tags);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tags<'a>(words: impl IntoIterator<Item = &'a str>) -> Vec<Tag> {
        let mut tags = Vec::new();
        EnglishTagger::new().tag(words, &mut tags);
        tags
    }

    fn tagged(sentence: &str) -> String {
        let words = sentence.split(' ');
        let tags = tags(words.clone());
        let pairs = words
            .zip(tags)
            .map(|(word, tag)| format!("{word}/{}", tag.name()));
        pairs.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_word_has_the_tag_of_its_place() {
        assert_eq!(
            tagged("The old bridge was closed in March ."),
            "The/DET old/ADJ bridge/NOUN was/AUX closed/VERB in/ADP March/PROPN ./PUNCT"
        );
        assert_eq!(
            tagged("They plan to book a flight ."),
            "They/PRON plan/VERB to/PART book/VERB a/DET flight/NOUN ./PUNCT"
        );
        assert_eq!(
            tagged("I read the plan in a book ."),
            "I/PRON read/VERB the/DET plan/NOUN in/ADP a/DET book/NOUN ./PUNCT"
        );
    }

    #[test]
    fn a_contraction_has_the_tag_of_its_first_word() {
        assert_eq!(
            tagged("Kim's sister doesn't know the company’s name"),
            "Kim's/PROPN sister/NOUN doesn't/AUX know/VERB the/DET company’s/NOUN name/NOUN"
        );
    }

    #[test]
    fn contractions_cut_apart_are_words_of_their_own() {
        assert_eq!(
            tagged("Kim 's sister does n't know"),
            "Kim/PROPN 's/PART sister/NOUN does/AUX n't/PART know/VERB"
        );
    }

    #[test]
    fn words_never_seen_have_the_tag_of_their_form_and_place() {
        assert_eq!(
            tagged("the zorbly glimmification of frindles"),
            "the/DET zorbly/ADJ glimmification/NOUN of/ADP frindles/NOUN"
        );
    }

    #[test]
    fn tags_are_appended() {
        let mut tagger = EnglishTagger::new();
        let mut tags = Vec::new();
        tagger.tag(["the"], &mut tags);
        tagger.tag([""; 0], &mut tags);
        tagger.tag(["of"], &mut tags);
        assert_eq!(tags, [Tag::Det, Tag::Adp]);
    }

    #[test]
    fn a_broken_file_is_refused() {
        for end in [0, 10, 1_000, WEIGHTS.len() / 2, WEIGHTS.len() - 1] {
            assert!(Trained::read(&WEIGHTS[..end]).is_none(), "{end} bytes");
        }
    }

    proptest! {
        #[test]
        fn any_words_have_one_tag_each(words in prop::collection::vec(any::<String>(), 0..9)) {
            let words = || words.iter().map(String::as_str);
            let found = tags(words());
            prop_assert_eq!(found.len(), words().count());
            prop_assert_eq!(found, tags(words()), "the same again");
        }

        #[test]
        fn a_sentence_leaves_no_trace(
            first in prop::collection::vec("[a-zA-Z0-9'-]{1,8}", 0..9),
            second in prop::collection::vec("[a-zA-Z0-9'-]{1,8}", 0..9),
        ) {
            let second = || second.iter().map(String::as_str);
            let mut tagger = EnglishTagger::new();
            let mut found = Vec::new();
            tagger.tag(first.iter().map(String::as_str), &mut found);
            found.clear();
            tagger.tag(second(), &mut found);
            prop_assert_eq!(found, tags(second()));
        }
    }
}
