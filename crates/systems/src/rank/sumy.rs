//! The words that sumy 0.13 finds, for the profiles that reproduce its results.

use std::collections::BTreeMap;

use epitome_text::{Document, GivenStopWords, Stemmer};

use super::Vectors;

/// The words of a document as sumy finds them.
///
/// NLTK's `word_tokenize` splits the text; a token of a letter followed by letters, `'`
/// and `-` is a word. Stems are Snowball's; the stop list is given, or that of the
/// language. The rules are not NLTK's: on 65,506 lines of news and papers 28 differ in a
/// word. Departure: `word_tokenize` separates a full stop from its word only at the end
/// of a sentence, whereas NLTK's does so at every sentence end that punkt finds inside.
pub struct SumyWords {
    /// The words of each sentence: a dense id of the stem, and whether it is a stop word.
    pub sentences: Vec<Vec<(u32, bool)>>,
    stems: usize,
}

impl SumyWords {
    /// Returns the words of every sentence of the body.
    pub fn of(document: &Document, stop_words: &GivenStopWords) -> Self {
        let stemmer = Stemmer::of(document.language());
        let list = stop_words.of(document);
        let mut ids = BTreeMap::new();
        let mut word = |form: String| {
            let lower = form.to_lowercase();
            let next = ids.len() as u32;
            let id = stemmer
                .with_stem(&lower, |stem| *ids.entry(stem.to_owned()).or_insert(next));
            (id, list.contains(&lower))
        };
        let sentences = sumy_forms(document)
            .into_iter()
            .map(|forms| forms.into_iter().map(&mut word).collect())
            .collect();
        Self {
            sentences,
            stems: ids.len(),
        }
    }

    /// Returns the stems that are not stop words, sentence by sentence.
    pub fn content(&self) -> Vec<Vec<u32>> {
        self.sentences
            .iter()
            .map(|words| {
                words
                    .iter()
                    .filter(|word| !word.1)
                    .map(|word| word.0)
                    .collect()
            })
            .collect()
    }

    /// Returns the number of different stems.
    pub fn stems(&self) -> usize {
        self.stems
    }

    /// Returns how often each stem that is not a stop word occurs in each sentence.
    pub fn counts(&self) -> Vectors {
        let mut counts = Vectors::empty(self.stems);
        for mut stems in self.content() {
            stems.sort_unstable();
            let runs = stems.chunk_by(|a, b| a == b);
            counts.push_row(runs.map(|run| (run[0], run.len() as f64)));
        }
        counts
    }
}

/// Returns the words of each sentence as they are spelt.
pub fn sumy_forms(document: &Document) -> Vec<Vec<String>> {
    let sentences = 0..document.sentences().len();
    sentences
        .map(|at| sumy_words(document.sentence_text(at)))
        .collect()
}

/// Returns the tokens of `word_tokenize` that sumy accepts as words.
pub fn sumy_words(sentence: &str) -> Vec<String> {
    let mut found = Vec::new();
    for chunk in without_last_stop(sentence).split(is_separator) {
        // a double hyphen and two full stops or more part; quotes around a word are its
        // neighbours
        for piece in chunk.split("--").flat_map(parted_by_ellipses) {
            if !is_lone_ending(piece) {
                contractions(piece.trim_start_matches(['\'', '`']), &mut found);
            }
        }
    }
    found.retain(|word| is_word(word));
    found
}

/// Returns a sentence without the full stop at its end and the brackets and quotes after
/// it.
fn without_last_stop(sentence: &str) -> &str {
    sentence
        .trim_end_matches(|c: char| c.is_whitespace() || "\"')]}>’”".contains(c))
        .strip_suffix('.')
        .unwrap_or(sentence)
        .trim_end()
}

/// Returns whether a piece is an ending that is separate from its word, as in `the town
/// 's`.
fn is_lone_ending(piece: &str) -> bool {
    let ends = ["re", "ve", "ll", "m", "t", "s", "d", "n"];
    let end = piece.strip_prefix('\'').map(str::to_lowercase);
    end.is_some_and(|end| ends.contains(&end.as_str()))
}

/// Returns whether a character is always a token of its own in the tokeniser of the Penn
/// Treebank.
fn is_separator(character: char) -> bool {
    character.is_whitespace() || "\"“”‘’«»()[]{}<>;:@#$%&?!,*".contains(character)
}

/// Returns the parts of a piece before, between and after runs of two full stops or more.
fn parted_by_ellipses(piece: &str) -> impl Iterator<Item = &str> {
    let pieces = piece.split("..").enumerate();
    // a third full stop is left before what follows
    pieces.map(|(at, it)| {
        if at == 0 {
            it
        } else {
            it.trim_start_matches('.')
        }
    })
}

/// Separates `n't` and `'s` from their words, and drops a closing quote.
fn contractions(piece: &str, found: &mut Vec<String>) {
    let lower = piece.to_lowercase();
    let ends = ["n't", "'s", "'m", "'d", "'ll", "'re", "'ve"];
    match ends
        .iter()
        .find(|end| lower.ends_with(*end) && lower.len() > end.len())
    {
        Some(end) if piece.is_char_boundary(piece.len() - end.len()) => {
            let (word, end) = piece.split_at(piece.len() - end.len());
            found.push(word.to_owned());
            found.push(end.to_owned());
        }
        _ if lower == "cannot" => found.extend(["can".to_owned(), "not".to_owned()]),
        _ => found.push(piece.trim_end_matches('\'').to_owned()),
    }
}

fn is_word(token: &str) -> bool {
    token.starts_with(char::is_alphabetic)
        && token
            .chars()
            .all(|c| c.is_alphabetic() || c == '\'' || c == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_the_treebank() {
        let found =
            sumy_words("\"Don't say Mr. Smith's and/or 3.5-year-old can't,\" he said.\"");
        let wanted = ["Do", "n't", "say", "Smith", "ca", "n't", "he", "said"];
        assert_eq!(found, wanted);
    }

    #[test]
    fn an_ellipsis_parts_words() {
        let found = sumy_words("Along the coast... it sank...or not.. They left....");
        let wanted = [
            "Along", "the", "coast", "it", "sank", "or", "not", "They", "left",
        ];
        assert_eq!(found, wanted);
    }
}
