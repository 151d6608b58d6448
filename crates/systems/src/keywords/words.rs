//! The words of a document under the stemmer that a system asks for.

use std::ops::Range;

use epitome_base::intern::Interner;
use epitome_base::porter::Porter;
use epitome_base::spec::{Choice, Parameter, Params};
use epitome_base::unicode::{Casing, fold};
use epitome_text::{Document, Token, readable};

/// Which words are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stemming {
    /// Those with one Snowball stem; in a language without a stemmer, equal words.
    Snowball,
    /// Those with one stem of Porter's original algorithm as NLTK has it, in English;
    /// elsewhere as [`Self::Snowball`].
    Porter,
    /// Equal words, whatever their case.
    None,
}

/// The parameter that chooses it.
pub(super) const STEMMER: Parameter = STEMMERS.parameter();

const STEMMERS: &Choice<Stemming, 3> = &Choice::new(
    "stemmer",
    [
        ("snowball", Stemming::Snowball),
        ("porter", Stemming::Porter),
        ("none", Stemming::None),
    ],
    "which words are one: by the language's Snowball stem, by NLTK's Porter (English only), or none but equal ones; document frequencies are of Snowball stems, but in profiles of other tools",
);

impl From<&Params> for Stemming {
    fn from(params: &Params) -> Self {
        params.choice(STEMMERS)
    }
}

impl Stemming {
    /// The name of what it does to the words of `document`.
    pub(super) fn name(self, document: &Document) -> String {
        match self {
            Self::None => "none".to_owned(),
            Self::Porter if is_english(document) => Porter::Nltk.name().to_owned(),
            Self::Porter | Self::Snowball => document.language().entry().stemmer_name(),
        }
    }
}

fn is_english(document: &Document) -> bool {
    document.language().code() == "en"
}

/// A number for each token of a document: two tokens have the same if they are the same
/// word. Dense: an index into a `Vec` of [`Words::count`] entries.
pub(super) struct Words<'d> {
    document: &'d Document,
    /// Of a stemmer that is not the document's own.
    own: Option<Numbered>,
    /// Whether punctuation is a word too.
    punctuation: bool,
}

struct Numbered {
    ids: Vec<u32>,
    forms: Interner,
}

impl<'d> Words<'d> {
    /// Those of `document` under `stemming`. `O(1)` for the document's own stemmer.
    pub(super) fn of(document: &'d Document, stemming: Stemming) -> Self {
        let casing = Casing::of(document.language().code());
        Self::spelt(document, stemming, |word| {
            let mut folded = String::with_capacity(word.len());
            fold(&readable(word), casing, &mut folded);
            folded
        })
    }

    /// The same for a tool that takes words as they are written: in lower case, with
    /// straight apostrophes.
    pub(super) fn as_written(document: &'d Document, stemming: Stemming) -> Self {
        Self::spelt(document, stemming, |word| {
            word.to_lowercase().replace('’', "'")
        })
    }

    fn spelt(
        document: &'d Document,
        stemming: Stemming,
        spelling: impl Fn(&str) -> String,
    ) -> Self {
        let own = match stemming {
            Stemming::None => Some(numbered(document, spelling, |_| {})),
            Stemming::Porter if is_english(document) => {
                Some(numbered(document, spelling, |word| Porter::Nltk.stem(word)))
            }
            Stemming::Porter | Stemming::Snowball => None,
        };
        Self {
            document,
            own,
            punctuation: false,
        }
    }

    /// The same with every token a word, as for a tool that goes by parts of speech alone:
    /// a tagger may say that the `#` of `C #` is a noun.
    pub(super) fn with_punctuation(self) -> Self {
        Self {
            punctuation: true,
            ..self
        }
    }

    /// The number of the token at `token`.
    pub(super) fn id(&self, token: usize) -> usize {
        match &self.own {
            Some(own) => own.ids[token] as usize,
            None => self.document.tokens()[token].term.index(),
        }
    }

    /// The stem of the token at `token`.
    pub(super) fn form(&self, token: usize) -> &str {
        match &self.own {
            Some(own) => std::str::from_utf8(own.forms.get(own.ids[token])).unwrap_or(""),
            None => self.document.stem(self.document.tokens()[token].term),
        }
    }

    /// How many different ones there are.
    pub(super) fn count(&self) -> usize {
        self.own
            .as_ref()
            .map_or(self.document.term_count(), |own| own.forms.len())
    }

    /// The tokens of a phrase that are words; hyphens are none.
    pub(super) fn tokens_of(
        &self,
        phrase: &Range<usize>,
    ) -> impl Iterator<Item = usize> + use<'d> {
        let (document, all) = (self.document, self.punctuation);
        phrase
            .clone()
            .filter(move |&token| all || document.tokens()[token].is_word())
    }

    /// The numbers of the words of a phrase.
    pub(super) fn ids_of<'w>(
        &'w self,
        phrase: &Range<usize>,
    ) -> impl Iterator<Item = usize> + use<'w, 'd> {
        self.tokens_of(phrase).map(|token| self.id(token))
    }
}

fn numbered(
    document: &Document,
    spelling: impl Fn(&str) -> String,
    stem: impl Fn(&mut Vec<u8>),
) -> Numbered {
    let mut forms = Interner::default();
    let number = |token: &Token| {
        let mut word = spelling(&document.read(token.span)).into_bytes();
        stem(&mut word);
        forms.intern(&word).0
    };
    let ids = document.tokens().iter().map(number).collect();
    Numbered { ids, forms }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keywords::testing::english;

    fn ids(stemming: Stemming, text: &str) -> Vec<usize> {
        let document = english(text);
        let words = Words::of(&document, stemming);
        (0..document.tokens().len())
            .map(|token| words.id(token))
            .collect()
    }

    #[test]
    fn a_stemmer_says_which_words_are_one() {
        let text = "Bridge bridges generously generous";
        assert_eq!(ids(Stemming::None, text), [0, 1, 2, 3]);
        assert_eq!(ids(Stemming::Porter, text), [0, 0, 1, 1]);
        assert_eq!(ids(Stemming::Snowball, text), [0, 0, 1, 1]);
    }

    #[test]
    fn a_phrase_is_its_words_without_hyphens() {
        let document = english("real-time code");
        let words = Words::of(&document, Stemming::Snowball);
        assert_eq!(words.ids_of(&(0..4)).count(), 3);
        assert_eq!(words.with_punctuation().ids_of(&(0..4)).count(), 4);
    }
}
