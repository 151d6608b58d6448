//! The encodings by name.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A vocabulary of byte pairs of language models, under the name that its publisher gave
/// it. It is the index of the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Encoding(usize);

/// The names of the encodings that this build has.
#[cfg(feature = "vocabularies")]
const NAMES: &[&str] = &["cl100k_base", "o200k_base"];
#[cfg(not(feature = "vocabularies"))]
const NAMES: &[&str] = &[];

impl Encoding {
    /// The names of all encodings, in alphabetical order; none in a build without
    /// vocabularies.
    pub const NAMES: &[&str] = NAMES;

    /// Returns the name of the encoding, such as `o200k_base`.
    pub fn name(self) -> &'static str {
        NAMES[self.0]
    }

    /// Returns the number of tokens of a text. What looks like a special token, such as
    /// `<|endoftext|>`, is text. Of more than 1,000 characters of white space in a row,
    /// each 1,000 are counted by themselves.
    #[cfg(feature = "vocabularies")]
    pub fn count(self, text: &str) -> usize {
        super::vocabulary::count(self.name(), text)
    }

    /// Returns the number of tokens of a text: 0, since a build without vocabularies has no
    /// encoding that could be asked.
    #[cfg(not(feature = "vocabularies"))]
    pub fn count(self, _: &str) -> usize {
        0
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

impl FromStr for Encoding {
    type Err = UnknownEncoding;

    fn from_str(name: &str) -> Result<Self, UnknownEncoding> {
        let known = NAMES.iter().position(|known| *known == name);
        known.map(Self).ok_or_else(|| UnknownEncoding {
            name: name.to_owned(),
        })
    }
}

impl TryFrom<String> for Encoding {
    type Error = UnknownEncoding;

    fn try_from(name: String) -> Result<Self, UnknownEncoding> {
        name.parse()
    }
}

impl From<Encoding> for String {
    fn from(encoding: Encoding) -> Self {
        encoding.name().to_owned()
    }
}

/// The error that no encoding has a name. The message reads well after "error: ".
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no encoding is called `{name}`{}", hint())]
pub struct UnknownEncoding {
    /// The name as given.
    name: String,
}

/// Returns a hint at the known encodings.
fn hint() -> String {
    match NAMES {
        [] => "\nhint: this build has none; build it with the feature `llm-tokens`"
            .to_owned(),
        names => format!("\nhint: the encodings are {}", names.join(", ")),
    }
}

#[cfg(test)]
#[cfg(feature = "vocabularies")]
mod tests {
    use super::*;

    fn count(encoding: &str, text: &str) -> usize {
        encoding.parse::<Encoding>().unwrap().count(text)
    }

    #[test]
    fn tokens_are_those_of_the_vocabulary() {
        // as the publisher's tokeniser counts them
        assert_eq!(count("cl100k_base", "tiktoken is great!"), 6);
        assert_eq!(count("o200k_base", "tiktoken is great!"), 6);
        assert_eq!(count("o200k_base", ""), 0);
    }

    #[test]
    fn a_sentence_with_a_space_before_it_adds_its_own_tokens() {
        let (one, two) = ("The river rose.", " 308 boats left “at once”.");
        for encoding in Encoding::NAMES {
            let sum = count(encoding, one) + count(encoding, two);
            assert_eq!(count(encoding, &format!("{one}{two}")), sum, "{encoding}");
        }
    }

    #[test]
    fn odd_texts_have_tokens_too() {
        for odd in [" ", "\n", "\u{300}", "的", "<|endoftext|>", "\0"] {
            let long = odd.repeat((1 << 16) / odd.len());
            assert!(count("o200k_base", &long) > 0, "{odd:?}");
        }
        let blank = " ".repeat(3_000_000);
        assert!(count("o200k_base", &blank) >= 3_000);
    }

    #[test]
    fn an_unknown_name_is_told_the_known_ones() {
        assert_eq!(
            "o200k".parse::<Encoding>().unwrap_err().to_string(),
            "no encoding is called `o200k`\nhint: the encodings are cl100k_base, o200k_base"
        );
    }

    #[test]
    fn an_encoding_is_stored_by_its_name() {
        let encoding: Encoding = "o200k_base".parse().unwrap();
        let stored = serde_json::to_string(&encoding).unwrap();
        assert_eq!(stored, r#""o200k_base""#);
        assert_eq!(serde_json::from_str::<Encoding>(&stored).unwrap(), encoding);
    }
}
