//! How metrics see texts: tokens as numbers, in segments.

mod bleu;
mod characters;
mod letters;
mod lines;
mod phrase;
mod rouge_155;
mod rouge_score;
mod tokeniser;
mod unicode;
mod vocabulary;
mod word_lists;

use epitome_base::porter::Porter;

pub use letters::Letters;
pub use rouge_155::{Limit, Rouge155};
pub use tokeniser::Tokeniser;
pub use unicode::{Snowball, Unicode};
pub use word_lists::{Exceptions, StopWords};

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
    /// a word, or between words, is the token [`VARIANT`].
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

/// Stands between two ways to write a phrase.
pub const VARIANT: u32 = u32::MAX;

/// A text as numbers: equal numbers are equal tokens, within one document.
///
/// Numbers are dense, in the order of first appearance from the document's first
/// reference on, so that they can index a `Vec`; characters are their code points.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tokens {
    ids: Vec<u32>,
    ends: Vec<usize>,
    /// Where the text begins, as opposed to its segments: 0 but for [`Limit::Bytes`].
    text: usize,
}

impl Tokens {
    /// All tokens.
    pub fn ids(&self) -> &[u32] {
        &self.ids[self.text..]
    }

    /// The tokens of each segment; a segment may be empty.
    pub fn segments(&self) -> impl ExactSizeIterator<Item = &[u32]> {
        let start = |at: usize| if at == 0 { 0 } else { self.ends[at - 1] };
        (0..self.ends.len()).map(move |at| &self.ids[start(at)..self.ends[at]])
    }

    /// How many tokens all segments have.
    pub fn segments_len(&self) -> usize {
        self.ends.last().copied().unwrap_or(0)
    }

    /// Adds the segments of another text of the same document. Limits are those of each
    /// part.
    pub fn append(&mut self, other: &Self) {
        let start = self.ids.len();
        self.ids.extend_from_slice(&other.ids[..other.segments_len()]);
        self.ends.extend(other.ends.iter().map(|end| start + end));
    }

    /// Forgets all, keeps the memory.
    pub fn clear(&mut self) {
        self.ids.clear();
        self.ends.clear();
        self.text = 0;
    }

    /// None yet, with room for those of an English text of so many bytes.
    fn with_room(bytes: usize) -> Self {
        Self { ids: Vec::with_capacity(bytes / 5), ..Self::default() }
    }

    fn end_segment(&mut self) {
        self.ends.push(self.ids.len());
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
        assert!(Tokenisation::Phrase { stemmer: None, variants: false }.reads("東京"));
    }
}
