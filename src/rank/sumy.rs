//! Words as sumy 0.13 finds them: for its profiles, so that its results can be checked.

use crate::text::{Document, Stemmer, StopWords};

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
        let list = StopWords::of(document.language());
        let mut given: Vec<&str> = stop_words.split_whitespace().collect();
        given.sort_unstable();
        let is_stop_word = |word: &str| match given.is_empty() {
            true => list.contains(word),
            false => given.binary_search(&word).is_ok(),
        };
        let mut ids = std::collections::BTreeMap::new();
        let sentences = (0..document.sentences().len())
            .map(|at| {
                words(document.sentence_text(at))
                    .into_iter()
                    .map(|word| {
                        let next = ids.len() as u32;
                        let id = stemmer.with_stem(&word, |stem| {
                            *ids.entry(stem.to_owned()).or_insert(next)
                        });
                        (id, is_stop_word(&word))
                    })
                    .collect()
            })
            .collect();
        Self { sentences, stems: ids.len() }
    }

    /// How often each stem that is no stop word stands in each sentence.
    pub fn counts(&self) -> Vectors {
        let mut counts = Vectors::empty(self.stems);
        for sentence in &self.sentences {
            let mut stems: Vec<u32> =
                sentence.iter().filter(|word| !word.1).map(|word| word.0).collect();
            stems.sort_unstable();
            let runs = stems.chunk_by(|a, b| a == b);
            counts.push_row(runs.map(|run| (run[0], run.len() as f64)));
        }
        counts
    }
}

/// What of `word_tokenize` is a word to sumy, in lower case.
fn words(sentence: &str) -> Vec<String> {
    let mut found = Vec::new();
    for chunk in sentence.trim_end().split(is_separator) {
        // a double hyphen parts; quotes around a word are its neighbours
        for piece in chunk.split("--") {
            let piece = piece.trim_start_matches(['\'', '`']);
            contractions(piece, &mut found);
        }
    }
    let last_stop = sentence.trim_end_matches(|c: char| "\"')]}>’” ".contains(c));
    if let (Some(open), Some(last)) = (last_stop.strip_suffix('.'), found.last_mut())
        && open.ends_with(last.trim_end_matches('.'))
    {
        last.truncate(last.trim_end_matches('.').len());
    }
    found.retain(|word| is_word(word));
    found.iter().map(|word| word.to_lowercase()).collect()
}

/// What always stands alone in the tokeniser of the Penn Treebank.
fn is_separator(character: char) -> bool {
    character.is_whitespace() || "\"“”‘’«»()[]{}<>;:@#$%&?!,…*|/—–".contains(character)
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
        let found = words("\"Don't say Mr. Smith's 3.5-year-old can't,\" he said.");
        let wanted = ["do", "n't", "say", "smith", "ca", "n't", "he", "said"];
        assert_eq!(found, wanted);
    }
}
