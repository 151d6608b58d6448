//! A table of words with their vectors, such as GloVe's.

use std::collections::BTreeMap;

use super::{Embedder, Embeddings, TokenEmbeddings};

/// A table of words: the vector of a text is the mean of those of its words.
///
/// The tokens of a text are its parts between white space, in lower case, without
/// characters at either end that are no letter or digit. A part that is not in the table
/// is replaced by its runs of letters and digits. Tokens that are not in the table have no
/// vector and do not count.
#[derive(Debug, Clone)]
pub struct WordTable {
    rows: BTreeMap<Box<str>, u32>,
    vectors: Embeddings,
    digest: String,
}

impl WordTable {
    /// Returns the table of these words and vectors, which all have `width` numbers. Of a
    /// word that occurs twice, the first vector counts.
    pub fn new<W: AsRef<str>, V: AsRef<[f32]>>(
        width: usize,
        words: impl IntoIterator<Item = (W, V)>,
    ) -> Self {
        let mut table = Self {
            rows: BTreeMap::new(),
            vectors: Embeddings::of_width(width),
            digest: String::new(),
        };
        let mut hasher = blake3::Hasher::new();

        for (word, vector) in words {
            let (word, vector) = (word.as_ref(), vector.as_ref());
            if table.rows.contains_key(word) {
                continue;
            }
            hasher.update(word.as_bytes()).update(b"\n");
            for value in vector {
                hasher.update(&value.to_le_bytes());
            }
            table.rows.insert(word.into(), table.vectors.len() as u32);
            table.vectors.push(vector);
        }

        hasher.finalize().to_hex()[..16].clone_into(&mut table.digest);
        table
    }

    /// Returns the rows of the words of a text that are in the table, in order.
    fn ids(&self, text: &str) -> Vec<u32> {
        let mut ids = Vec::new();
        for part in text.split_whitespace() {
            let part = part.to_lowercase();
            let word = part.trim_matches(|it: char| !it.is_alphanumeric());
            if let Some(&row) = self.rows.get(word) {
                ids.push(row);
                continue;
            }
            let runs = word.split(|it: char| !it.is_alphanumeric());
            ids.extend(runs.filter_map(|run| self.rows.get(run).copied()));
        }
        ids
    }
}

impl Embedder for WordTable {
    fn signature(&self) -> String {
        let (words, width) = (self.vectors.len(), self.vectors.width());
        format!(
            "words:{words},width:{width},blake3:{},pool:mean",
            self.digest
        )
    }

    fn texts(&self, texts: &[&str]) -> Embeddings {
        let mut embedded = Embeddings::of_width(self.vectors.width());
        for text in texts {
            embedded.push(&self.vectors.mean(&self.ids(text)));
        }
        embedded
    }

    fn tokens(&self, text: &str) -> TokenEmbeddings {
        let ids = self.ids(text);
        let vectors = self.vectors.select(&ids);
        TokenEmbeddings { ids, vectors }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> WordTable {
        WordTable::new(
            2,
            [
                ("whale", [4.0, 0.0]),
                ("sea", [0.0, 2.0]),
                ("deep-sea", [1.0, 1.0]),
            ],
        )
    }

    #[test]
    fn a_text_is_the_mean_of_its_known_words() {
        let found = table().texts(&["The whale: (whale) SEA!", "ships", ""]);
        assert_eq!(found.row(0), [8.0 / 3.0, 2.0 / 3.0]);
        assert_eq!(
            (found.row(1), found.row(2)),
            (&[0.0, 0.0][..], &[0.0, 0.0][..])
        );
    }

    #[test]
    fn a_word_with_a_hyphen_is_looked_up_whole_and_then_in_parts() {
        assert_eq!(table().tokens("deep-sea whale-sea").ids, [2, 0, 1]);
    }

    #[test]
    fn the_signature_changes_with_the_vectors() {
        let other = WordTable::new(2, [("whale", [4.0, 0.5])]);
        let same = WordTable::new(2, [("whale", [4.0, 0.5]), ("whale", [1.0, 1.0])]);
        assert_eq!(other.signature(), same.signature());
        assert_ne!(other.signature(), table().signature());
        assert!(table().signature().starts_with("words:3,width:2,blake3:"));
    }
}
