//! Numbers of the words of a document, where a system chooses which words are equal.

use std::ops::Range;

use epitome_base::intern::Interner;
use epitome_base::porter::Porter;
use epitome_base::spec::{Choice, Parameter, Params};
use epitome_base::unicode::{Casing, fold};
use epitome_text::{Document, readable};

/// Definition of equal words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stemming {
    /// Words with the same Snowball stem are equal; in a language without a stemmer, words that
    /// are equal except for case.
    Snowball,
    /// Words with the same stem of Porter's algorithm in NLTK's version are equal in English; in
    /// other languages as for [`Self::Snowball`].
    Porter,
    /// Words that are equal except for case.
    None,
}

/// The parameter `stemmer`, which chooses the definition of equal words.
pub(super) const STEMMER: Parameter = STEMMERS.parameter();

const STEMMERS: &Choice<Stemming, 3> = &Choice::new(
    "stemmer",
    [
        ("snowball", Stemming::Snowball),
        ("porter", Stemming::Porter),
        ("none", Stemming::None),
    ],
    "which words are equal: those with the same Snowball stem of the language, the same stem of NLTK's Porter stemmer (English only), or the same letters; document frequencies are of Snowball stems, except in profiles of other tools",
);

impl From<&Params> for Stemming {
    fn from(params: &Params) -> Self {
        params.choice(STEMMERS)
    }
}

impl Stemming {
    /// Returns the name of the stemmer that is used for `document`.
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

/// A number for each token of a document, equal for equal words. Numbers are dense: they are
/// indices into a `Vec` of [`Words::count`] entries.
pub(super) struct Words<'d> {
    document: &'d Document,
    /// Numbers by another stemmer than the document's; `None` if they are those of its terms.
    own: Option<Numbered>,
    /// Whether punctuation is a word too.
    punctuation: bool,
}

/// Numbers of words by a stemmer.
struct Numbered {
    /// Number of the word of each token.
    ids: Vec<u32>,
    /// Stems in the order of their numbers.
    forms: Interner,
}

impl<'d> Words<'d> {
    /// Returns the words of `document`, equal as `stemming` defines. `O(1)` for the document's own
    /// stemmer.
    pub(super) fn of(document: &'d Document, stemming: Stemming) -> Self {
        let casing = Casing::of(document.language().code());
        Self::spelt(document, stemming, |word| {
            let mut folded = String::with_capacity(word.len());
            fold(&readable(word), casing, &mut folded);
            folded
        })
    }

    /// Returns the words of `document` for the profile of a tool that does not fold characters:
    /// only case and the form of apostrophes are ignored before stemming.
    pub(super) fn as_written(document: &'d Document, stemming: Stemming) -> Self {
        Self::spelt(document, stemming, |word| {
            word.to_lowercase().replace('’', "'")
        })
    }

    /// Returns the words of `document`; `spelling` is applied to a word before it is stemmed.
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

    /// Returns the same words, and punctuation as words too. This is for the profile of a tool
    /// that looks at parts of speech only: a tagger may tag the `#` of `C #` as a noun.
    pub(super) fn with_punctuation(self) -> Self {
        Self {
            punctuation: true,
            ..self
        }
    }

    /// Returns the number of the word of the token with index `token`.
    pub(super) fn id(&self, token: usize) -> usize {
        match &self.own {
            Some(own) => own.ids[token] as usize,
            None => self.document.tokens()[token].term.index(),
        }
    }

    /// Returns the stem of the token with index `token`.
    pub(super) fn form(&self, token: usize) -> &str {
        match &self.own {
            Some(own) => std::str::from_utf8(own.forms.get(own.ids[token])).unwrap_or(""),
            None => self.document.stem(self.document.tokens()[token].term),
        }
    }

    /// Returns the number of different words.
    pub(super) fn count(&self) -> usize {
        self.own
            .as_ref()
            .map_or(self.document.term_count(), |own| own.forms.len())
    }

    /// Returns the indices of those tokens of a phrase that are words. Hyphens are not.
    pub(super) fn tokens_of(
        &self,
        phrase: &Range<usize>,
    ) -> impl Iterator<Item = usize> + use<'d> {
        let (document, all) = (self.document, self.punctuation);
        phrase
            .clone()
            .filter(move |&token| all || document.tokens()[token].is_word())
    }

    /// Returns the numbers of the words of a phrase.
    pub(super) fn ids_of<'w>(
        &'w self,
        phrase: &Range<usize>,
    ) -> impl Iterator<Item = usize> + use<'w, 'd> {
        self.tokens_of(phrase).map(|token| self.id(token))
    }
}

/// Numbers the words of a document by their stems, in order of first occurrence.
fn numbered(
    document: &Document,
    spelling: impl Fn(&str) -> String,
    stem: impl Fn(&mut Vec<u8>),
) -> Numbered {
    let mut forms = Interner::default();
    let ids = document
        .tokens()
        .iter()
        .map(|token| {
            let mut word = spelling(&document.read(token.span)).into_bytes();
            stem(&mut word);
            forms.intern(&word).0
        })
        .collect();
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
    fn the_stemmer_decides_which_words_are_equal() {
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
