//! The tokenisations that metrics can choose.

use epitome_base::porter::Porter;

use super::{letters::Letters, rouge_155::Rouge155, unicode::Unicode};

/// How a text becomes tokens. Every metric has one; [`Tokeniser`](super::Tokeniser)
/// applies it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tokenisation {
    /// The words of rouge-score 0.1.2: lower case, and everything but `a-z0-9` is a
    /// space. With a stemmer, tokens of more than three letters are stemmed. Segments are
    /// lines.
    RougeScore(Option<Porter>),
    /// The words of ROUGE-1.5.5: ASCII words with limits, stop words and exceptions.
    /// Segments are lines.
    Rouge155(Rouge155),
    /// The words of UAX #29 in a normalised spelling, stemmed by Snowball or not.
    /// Segments are lines.
    Unicode(Unicode),
    /// The words of keyphrases: lower case, separated by white space, without the
    /// punctuation at their edges, each stemmed or not. Segments are phrases. With
    /// `variants`, a `+` inside a word or between words is the token
    /// [`VARIANT`](super::VARIANT).
    Phrase {
        /// The stemmer of the words, if any.
        stemmer: Option<Porter>,
        /// Whether phrases may have several spellings, with `+` between them.
        variants: bool,
    },
    /// The tokens of BLEU's 13a; case matters. The text is one segment.
    Bleu,
    /// Characters without white space, by line; case matters.
    Characters,
    /// The units of chrF++: a segment of all characters without white space, then one of
    /// words with a punctuation mark at an edge split off; case matters.
    CharactersAndWords,
}

impl Tokenisation {
    /// Returns whether the tokeniser can read `reference`. Returns false if it would drop
    /// more than half of the letters, as rouge-score does with Cyrillic or Chinese: a score
    /// would be meaningless.
    pub fn reads(&self, reference: &str) -> bool {
        if !self.drops_beyond_ascii() || reference.is_ascii() {
            return true;
        }
        let letters = Letters::of(reference);
        2 * letters.beyond_ascii <= letters.all
    }

    /// Returns whether the tokeniser drops every letter outside ASCII: it treats `ế` as a
    /// space, which ends a word.
    pub fn drops_beyond_ascii(&self) -> bool {
        matches!(self, Self::RougeScore(_) | Self::Rouge155(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_it_cannot_read_is_known() {
        let rouge = Tokenisation::RougeScore(None);
        assert!(rouge.reads("déjà vu") && rouge.reads("") && rouge.reads("… !"));
        assert!(!rouge.reads("Москва приняла 2 IBM") && !rouge.reads("東京"));
        assert!(
            Tokenisation::Phrase {
                stemmer: None,
                variants: false
            }
            .reads("東京")
        );
    }
}
