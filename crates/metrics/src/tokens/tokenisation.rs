//! How a text becomes tokens.

use epitome_base::porter::Porter;

use super::{letters::Letters, rouge_155::Rouge155, unicode::Unicode};

/// How a text becomes tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tokenisation {
    /// rouge-score 0.1.2: lower case, everything but `a-z0-9` is a space; with a
    /// stemmer, tokens of more than three letters are stemmed. Segments are lines.
    RougeScore(Option<Porter>),
    /// ROUGE-1.5.5: ASCII words, with limits, stop words and exceptions. Segments are
    /// lines.
    Rouge155(Rouge155),
    /// Words of UAX #29 in one form of their spellings, stemmed by Snowball or not. Segments
    /// are lines.
    Unicode(Unicode),
    /// Keyphrases: lower case, words at white space without the punctuation at their
    /// edges, each stemmed or not. Segments are phrases; with `variants`, a `+` inside
    /// a word, or between words, is the token [`VARIANT`](super::VARIANT).
    Phrase {
        /// What stems the words.
        stemmer: Option<Porter>,
        /// Whether phrases may be written in several ways, with `+` between them.
        variants: bool,
    },
    /// BLEU's 13a, cased. One segment.
    Bleu,
    /// Characters without white space, cased, by line.
    Characters,
    /// chrF++: a segment of all characters without white space, then one of words with
    /// a punctuation mark at an edge split off; cased.
    CharactersAndWords,
}

impl Tokenisation {
    /// Whether it can read `reference`: false when it would drop more than half of its
    /// letters, as rouge-score does with Cyrillic or Chinese. A score would then say
    /// nothing about the system.
    pub fn reads(&self, reference: &str) -> bool {
        if !self.drops_beyond_ascii() {
            return true;
        }
        let letters = Letters::of(reference);
        2 * letters.beyond_ascii <= letters.all
    }

    /// Whether it drops every letter beyond ASCII: `ế` is a space to it, and ends a word.
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
