//! The words of ROUGE-1.5.5, and how it limits the length of a text.

use std::{borrow::Cow, sync::Arc};

use epitome_base::porter::Porter;

use super::{
    rouge_score::LOWER,
    word_lists::{Exceptions, StopWords},
};

/// How ROUGE-1.5.5 reads texts: its options `-m`, `-s`, `-l` and `-b`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rouge155 {
    /// Whether words of more than three letters are stemmed.
    pub stemmer: bool,
    /// Irregular forms that are looked up before stemming; used only with the stemmer.
    pub exceptions: Option<Arc<Exceptions>>,
    /// Words that are dropped; they are compared before stemming.
    pub stop_words: Option<Arc<StopWords>>,
    /// How much is read of each candidate *and reference* (the script's README mentions
    /// only the candidate).
    pub limit: Option<Limit>,
}

/// How much of a text is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// This number of words between white space.
    Words(usize),
    /// This number of bytes, not counting line ends; a character may be cut.
    Bytes(usize),
}

/// What remains of a text after a limit.
pub(super) struct Limited<'a> {
    pub(super) sentences: Vec<Cow<'a, [u8]>>,
    /// The whole text, if it is not equal to its sentences one after the other.
    pub(super) text: Option<Vec<u8>>,
}

impl Rouge155 {
    /// Replaces a word by its stem; returns false if the word is dropped.
    pub(super) fn stem(&self, word: &mut Vec<u8>) -> bool {
        if self
            .stop_words
            .as_ref()
            .is_some_and(|list| list.contains(word))
        {
            return false;
        }
        if self.stemmer && word.len() > 3 {
            match self.exceptions.as_ref().and_then(|list| list.lemma(word)) {
                Some(lemma) => lemma.clone_into(word),
                None => Porter::Rouge155.stem(word),
            }
        }
        true
    }

    /// Returns what remains of a text, given as lines, after the limit.
    pub(super) fn limited<'a>(
        &self,
        lines: impl Iterator<Item = &'a [u8]> + Clone,
    ) -> Limited<'a> {
        let lines = lines.filter(|line| !line.is_empty());
        match self.limit {
            None => Limited {
                sentences: lines.map(Cow::Borrowed).collect(),
                text: None,
            },
            Some(Limit::Words(limit)) => Limited {
                sentences: first_words(lines, limit),
                text: None,
            },
            Some(Limit::Bytes(limit)) => Limited {
                sentences: cut_sentences(lines.clone(), limit),
                text: Some(first_bytes(lines, limit)),
            },
        }
    }
}

/// Returns whole sentences while they have fewer than `limit` words, then the first words
/// of the next one.
fn first_words<'a>(
    lines: impl Iterator<Item = &'a [u8]>,
    limit: usize,
) -> Vec<Cow<'a, [u8]>> {
    let mut sentences = Vec::new();
    let mut read = 0;
    for line in lines {
        let words = split(line);
        if read + words.len() >= limit {
            sentences.push(Cow::Owned(words[..limit - read].join(&b' ')));
            break;
        }
        read += words.len();
        sentences.push(Cow::Borrowed(line));
    }
    sentences
}

/// Splits a line as Perl's `split(/\s+/)` does. Quirk: white space at the start makes an
/// empty first word, which counts against the limit; at the end it makes none.
fn split(line: &[u8]) -> Vec<&[u8]> {
    let mut words: Vec<&[u8]> = line
        .split(|byte| matches!(byte, b' ' | b'\t'..=b'\r'))
        .collect();
    let first = words.first().is_some_and(|word| word.is_empty());
    words.retain(|word| !word.is_empty());
    if first && !words.is_empty() {
        words.insert(0, &[]);
    }
    words
}

/// Returns the first bytes of the sentences, joined by spaces that are not counted.
fn first_bytes<'a>(lines: impl Iterator<Item = &'a [u8]>, limit: usize) -> Vec<u8> {
    let mut text = Vec::new();
    let mut read = 0;
    for line in lines {
        let part = &line[..line.len().min(limit - read)];
        text.extend_from_slice(part);
        text.push(b' ');
        read += part.len();
        if read >= limit {
            break;
        }
    }
    text
}

/// Returns the sentences that the script's reader for L and W returns. Quirk: it never
/// counts the bytes that it has read. So every sentence shorter than the limit is whole,
/// and the first longer one is cut and is the last.
fn cut_sentences<'a>(
    lines: impl Iterator<Item = &'a [u8]>,
    limit: usize,
) -> Vec<Cow<'a, [u8]>> {
    let mut sentences = Vec::new();
    for line in lines {
        sentences.push(Cow::Borrowed(&line[..line.len().min(limit)]));
        if line.len() >= limit {
            break;
        }
    }
    sentences
}

/// Calls `emit` with every word of a line: runs of ASCII letters and digits in lower
/// case. `word` is scratch space.
///
/// The script sets `-` off as a token and then drops it, since it does not begin with a
/// letter or digit; a byte of any other character separates words (`café` → `caf`).
pub(super) fn words(line: &[u8], word: &mut Vec<u8>, mut emit: impl FnMut(&[u8])) {
    for run in line.split(|&byte| LOWER[byte as usize] == 0) {
        if !run.is_empty() {
            word.clear();
            word.extend(run.iter().map(|&byte| LOWER[byte as usize]));
            emit(word);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Tokenisation, Tokeniser, Tokens};
    use super::*;

    fn tokens(limit: Limit, text: &str) -> Tokens {
        let rules = Rouge155 {
            limit: Some(limit),
            ..Rouge155::default()
        };
        Tokeniser::new(Tokenisation::Rouge155(rules)).tokens([text])
    }

    #[test]
    fn two_characters_that_python_lowers_to_ascii_are_separators() {
        let words =
            |text| Tokeniser::stems(Tokenisation::Rouge155(Rouge155::default()), text);
        assert_eq!(words("300 \u{212A}elvin"), ["300", "elvin"]);
        assert_eq!(
            words("state-of-the-Art_x"),
            ["state", "of", "the", "art", "x"]
        );
    }

    #[test]
    fn a_limit_of_words_counts_white_space_at_the_start_of_a_sentence() {
        assert_eq!(tokens(Limit::Words(3), "a b\nc d").ids().len(), 3);
        assert_eq!(tokens(Limit::Words(3), " a b\nc d").ids().len(), 2);
        assert_eq!(tokens(Limit::Words(3), "a b \n \nc d").ids().len(), 3);
    }

    #[test]
    fn a_limit_of_bytes_holds_for_the_text_and_for_each_sentence() {
        let cut = tokens(Limit::Bytes(5), "aa bb\ncc dd");
        assert_eq!(
            (cut.ids().len(), cut.segments_len()),
            (2, 2),
            "5 bytes are enough"
        );
        let cut = tokens(Limit::Bytes(5), "aa b\ncc d\nee ff gg");
        assert_eq!((cut.ids().len(), cut.segments_len()), (3, 6));
    }

    #[test]
    fn a_limit_of_bytes_may_cut_a_character() {
        assert_eq!(tokens(Limit::Bytes(4), "caf\u{e9}").ids().len(), 1);
    }
}
