//! Words as sumy 0.13 finds them: for its profiles, so that its results can be checked.

use std::collections::BTreeMap;

use epitome_text::{Document, Stemmer, StopWords};

use super::Vectors;

/// The words of a document in sumy's way.
///
/// NLTK's `word_tokenize` cuts the text; what is a letter followed by letters, `'` and
/// `-` is a word. Stems are Snowball's; the stop list is given, or that of the language.
/// Departure: `word_tokenize` parts a full stop from its word at the end of the sentence
/// only, where NLTK's does so at every sentence end that punkt finds inside.
pub struct SumyWords {
    /// For each sentence its words: a dense id of the stem, and whether it is a stop
    /// word.
    pub sentences: Vec<Vec<(u32, bool)>>,
    stems: usize,
}

impl SumyWords {
    /// Of every sentence of the body; `stop_words` are parted by white space.
    pub fn of(document: &Document, stop_words: &str) -> Self {
        let stemmer = Stemmer::of(document.language());
        let list = StopList::of(document, stop_words);
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
        Self { sentences, stems: ids.len() }
    }

    /// The stems that are no stop words, sentence by sentence.
    pub fn content(&self) -> Vec<Vec<u32>> {
        let content = |words: &Vec<(u32, bool)>| {
            words.iter().filter(|word| !word.1).map(|word| word.0).collect()
        };
        self.sentences.iter().map(content).collect()
    }

    /// How many different stems there are.
    pub fn stems(&self) -> usize {
        self.stems
    }

    /// How often each stem that is no stop word stands in each sentence.
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

/// A stop list: given, or that of the language of a document.
pub struct StopList<'a> {
    given: Vec<&'a str>,
    known: StopWords,
}

impl<'a> StopList<'a> {
    /// `given` is parted by white space; empty: the list of the language.
    pub fn of(document: &Document, given: &'a str) -> Self {
        let mut given: Vec<&str> = given.split_whitespace().collect();
        given.sort_unstable();
        Self { given, known: StopWords::of(document.language()) }
    }

    /// Whether a word is on it, as spelt.
    pub fn contains(&self, word: &str) -> bool {
        match self.given.is_empty() {
            true => self.known.contains(word),
            false => self.given.binary_search(&word).is_ok(),
        }
    }
}

/// The words of each sentence as spelt.
pub fn sumy_forms(document: &Document) -> Vec<Vec<String>> {
    let sentences = 0..document.sentences().len();
    sentences.map(|at| sumy_words(document.sentence_text(at))).collect()
}

/// What of `word_tokenize` is a word to sumy.
pub fn sumy_words(sentence: &str) -> Vec<String> {
    let mut found = Vec::new();
    for chunk in sentence.trim_end().split(is_separator) {
        // a double hyphen parts; quotes around a word are its neighbours
        for piece in chunk.split("--") {
            let piece = piece.trim_start_matches(['\'', '`']);
            contractions(piece, &mut found);
        }
    }
    let last_stop = sentence.trim_end_matches(|c: char| "\"')]}>’” ".contains(c));
    found.retain(|word| !word.is_empty());
    if let (Some(open), Some(last)) = (last_stop.strip_suffix('.'), found.last_mut())
        && open.ends_with(last.trim_end_matches('.'))
    {
        last.truncate(last.trim_end_matches('.').len());
    }
    found.retain(|word| is_word(word));
    found
}

/// What always stands alone in the tokeniser of the Penn Treebank.
fn is_separator(character: char) -> bool {
    character.is_whitespace() || "\"“”‘’«»()[]{}<>;:@#$%&?!,*".contains(character)
}

/// Parts `n't` and `'s` from their words; drops a closing quote.
fn contractions(piece: &str, found: &mut Vec<String>) {
    let lower = piece.to_lowercase();
    let ends = ["n't", "'s", "'m", "'d", "'ll", "'re", "'ve"];
    match ends.iter().find(|end| lower.ends_with(*end) && lower.len() > end.len()) {
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
        && token.chars().all(|c| c.is_alphabetic() || c == '\'' || c == '-')
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
}
