//! Files of embedders: tables of words, and tables of tokens with their tokeniser.

use std::fs;

use epitome::{
    embedder::{Declaration, EmbedderSource, open},
    embedding::Embedder,
    plugin::PluginOptions,
};

use crate::{choose, file, says_something, scratch};

/// A table of two tokens, as `safetensors` writes it.
pub const TABLE: &[u8] = b"\x40\0\0\0\0\0\0\0{\"e\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[0,16]}}        \0\0\x80?\0\0\0\0\0\0\0\0\0\0\x80?";

/// The tokeniser of that table.
pub const TOKENISER: &[u8] = br###"{"version":"1.0","added_tokens":[],"normalizer":{"type":"Lowercase"},"pre_tokenizer":{"type":"Whitespace"},"post_processor":null,"decoder":null,"model":{"type":"WordPiece","unk_token":"a","continuing_subword_prefix":"##","max_input_chars_per_word":100,"vocab":{"a":0,"b":1}}}"###;

/// Reads a table of words, a table of tokens, or a tokeniser; the first byte chooses.
pub fn embedders(data: &[u8]) {
    let kinds: [fn(&[u8]); 3] = [
        |content| embed(EmbedderSource::Static(file("words.txt", content))),
        |content| in_folder(content, TOKENISER),
        |content| in_folder(TABLE, content),
    ];
    if let Some((kind, content)) = choose(&kinds, data) {
        kind(content);
    }
}

fn in_folder(table: &[u8], tokeniser: &[u8]) {
    let folder = scratch().join("table");
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("model.safetensors"), table).expect("a temporary file");
    fs::write(folder.join("tokenizer.json"), tokeniser).expect("a temporary file");
    embed(EmbedderSource::Static(folder));
}

/// Opens an embedder, and checks vectors of texts.
fn embed(source: EmbedderSource) {
    let declaration = Declaration {
        name: "x".to_owned(),
        source,
    };
    match open(&declaration, &PluginOptions::default()) {
        Ok(named) => check(named.embedder.as_ref()),
        Err(error) => says_something(&error),
    }
}

fn check(embedder: &dyn Embedder) {
    let texts = ["a b", "", "\u{1F6B2} the river"];
    let _ = embedder.signature();
    assert_eq!(embedder.texts(&texts).len(), texts.len());
    for text in texts {
        let tokens = embedder.tokens(text);
        assert_eq!(tokens.ids.len(), tokens.vectors.len(), "{text:?}");
    }
}
