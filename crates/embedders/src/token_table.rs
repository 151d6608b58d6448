//! Tables of the tokens of a model, such as WordLlama's and Model2Vec's.

use std::{fs, path::Path};

use epitome_base::embedding::{Embedder, Embeddings, TokenEmbeddings};

use super::{embedder_error::EmbedderError, safetensors, tokeniser::ModelTokeniser};

/// A table with a row for each token of a tokeniser: the vector of a text is the mean of
/// those of its tokens. Unknown tokens do not count.
pub(crate) struct TokenTable {
    tokeniser: ModelTokeniser,
    vectors: Embeddings,
    digest: String,
}

/// The name of the file with the tokeniser.
const TOKENISER: &str = "tokenizer.json";

impl TokenTable {
    /// Reads a folder with one `.safetensors` file and a `tokenizer.json`.
    ///
    /// # Errors
    /// Returns an error if a file is missing or refused, or the table has not a row for
    /// each token.
    pub(crate) fn read(folder: &Path) -> Result<Self, EmbedderError> {
        let path = only_table(folder)?;
        let table = safetensors::read(&path)?;
        let tokeniser = ModelTokeniser::read(&folder.join(TOKENISER))?;

        let rows = table.values.len() / table.width;
        if rows != tokeniser.size() {
            let tokens = tokeniser.size();
            let problem =
                format!("{rows} vectors for the {tokens} tokens of its {TOKENISER}");
            return Err(EmbedderError::file(&path, &problem));
        }

        let mut vectors = Embeddings::of_width(table.width);
        table
            .values
            .chunks_exact(table.width)
            .for_each(|row| vectors.push(row));
        let digest = digest(&[&path, &folder.join(TOKENISER)])?;
        Ok(Self {
            tokeniser,
            vectors,
            digest,
        })
    }
}

/// Returns the path of the only `.safetensors` file in a folder.
fn only_table(folder: &Path) -> Result<std::path::PathBuf, EmbedderError> {
    let entries = fs::read_dir(folder).map_err(|it| EmbedderError::file(folder, &it))?;
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let mut tables: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|it| it == "safetensors"))
        .collect();
    tables.sort();

    match tables.len() {
        1 => Ok(tables.remove(0)),
        count => {
            let problem = format!("{count} `.safetensors` files, and one is the table");
            Err(EmbedderError::file(folder, &problem))
        }
    }
}

/// Returns a digest of files, one after the other.
fn digest(paths: &[&Path]) -> Result<String, EmbedderError> {
    let mut hasher = blake3::Hasher::new();
    for path in paths {
        let bytes = fs::read(path).map_err(|error| EmbedderError::file(path, &error))?;
        hasher.update(&bytes);
    }
    Ok(hasher.finalize().to_hex()[..16].to_owned())
}

impl Embedder for TokenTable {
    fn signature(&self) -> String {
        let (tokens, width) = (self.vectors.len(), self.vectors.width());
        format!(
            "tokens:{tokens},width:{width},blake3:{},pool:mean",
            self.digest
        )
    }

    fn texts(&self, texts: &[&str]) -> Embeddings {
        let mut embedded = Embeddings::of_width(self.vectors.width());
        for text in texts {
            embedded.push(&self.vectors.mean(&self.tokeniser.known_ids(text)));
        }
        embedded
    }

    fn tokens(&self, text: &str) -> TokenEmbeddings {
        let ids = self.tokeniser.known_ids(text);
        let vectors = self.vectors.select(&ids);
        TokenEmbeddings { ids, vectors }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::safetensors::tests::file;

    const WORDS: &str = r###"{"version":"1.0","truncation":null,"padding":null,
        "added_tokens":[{"id":0,"content":"[UNK]","single_word":false,"lstrip":false,
            "rstrip":false,"normalized":false,"special":true}],
        "normalizer":{"type":"BertNormalizer","clean_text":true,"handle_chinese_chars":true,
            "strip_accents":null,"lowercase":true},
        "pre_tokenizer":{"type":"BertPreTokenizer"},"post_processor":null,
        "decoder":{"type":"WordPiece","prefix":"##","cleanup":true},
        "model":{"type":"WordPiece","unk_token":"[UNK]","continuing_subword_prefix":"##",
            "max_input_chars_per_word":100,
            "vocab":{"[UNK]":0,"whale":1,"##s":2,"sea":3}}}"###;

    fn header(rows: usize) -> String {
        let bytes = rows * 8;
        format!(
            r#"{{"embeddings":{{"dtype":"F32","shape":[{rows},2],"data_offsets":[0,{bytes}]}}}}"#
        )
    }

    fn table(rows: usize, tokeniser: &str) -> Result<TokenTable, String> {
        let numbers: Vec<f32> = (0..rows * 2).map(|at| at as f32).collect();
        read(&file(&header(rows), &numbers), tokeniser)
    }

    fn read(vectors: &[u8], tokeniser: &str) -> Result<TokenTable, String> {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("model.safetensors"), vectors).unwrap();
        fs::write(folder.path().join(TOKENISER), tokeniser).unwrap();
        TokenTable::read(folder.path()).map_err(|error| {
            let place = folder.path().display().to_string();
            error.to_string().replace(&place, "wl")
        })
    }

    #[test]
    fn a_text_is_the_mean_of_its_known_tokens() {
        let table = table(4, WORDS).unwrap();
        assert_eq!(table.tokens("Whales, SEA!").ids, [1, 2, 3]);
        let found = table.texts(&["whales", "ships", ""]);
        assert_eq!(found.row(0), [3.0, 4.0], "the rows 2 3 and 4 5");
        assert_eq!(
            (found.row(1), found.row(2)),
            (&[0.0, 0.0][..], &[0.0, 0.0][..])
        );
        assert!(table.signature().starts_with("tokens:4,width:2,blake3:"));
    }

    #[test]
    fn a_table_needs_its_tokeniser() {
        let refusal = |rows, tokeniser: &str| table(rows, tokeniser).err().unwrap();
        insta::assert_snapshot!(refusal(3, WORDS), @"wl/model.safetensors: 3 vectors for the 4 tokens of its tokenizer.json");
        for broken in ["{}", "", &WORDS[..200], "[1]"] {
            let refusal = refusal(4, broken);
            assert!(refusal.starts_with("wl/tokenizer.json: "), "{refusal}");
            assert!(!refusal.contains('\n'), "{refusal}");
        }
        let of = |header: &str, numbers: &[f32]| {
            let refusal = read(&file(header, numbers), WORDS);
            refusal.err().unwrap()
        };
        let numbers = [0.5; 8];
        insta::assert_snapshot!(of(&header(4), &numbers[..7]), @"wl/model.safetensors: the file is cut: `embeddings` ends at byte 32 of 28");
        insta::assert_snapshot!(of(&header(4).replace("[4,2]", "[4,3]"), &numbers), @"wl/model.safetensors: `embeddings` has 32 bytes, not those of 4 vectors of 3 numbers");
        insta::assert_snapshot!(of(&header(0).replace("[0,2]", "[4,0]"), &[]), @"wl/model.safetensors: `embeddings` has 0 bytes, not those of 4 vectors of 0 numbers");
        let nan = [0.5, 0.5, 0.5, f32::NAN, 0.5, 0.5, 0.5, 0.5];
        insta::assert_snapshot!(of(&header(4), &nan), @"wl/model.safetensors: row 1 of `embeddings` contains NaN");
        let folder = tempfile::tempdir().unwrap();
        let refusal = TokenTable::read(folder.path()).err().unwrap().to_string();
        assert!(refusal.ends_with(": 0 `.safetensors` files, and one is the table"));
    }
}
