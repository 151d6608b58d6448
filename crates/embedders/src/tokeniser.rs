//! Tokenisers of models, read from a `tokenizer.json`.

use std::{collections::BTreeMap, fs, path::Path};

use kitoken::{Definition, Kitoken, SpecialTokenKind};
use serde_json::Value;

use super::embedder_error::EmbedderError;

/// A tokeniser: byte pairs, word pieces or unigrams.
pub(crate) struct ModelTokeniser {
    kitoken: Kitoken,
    /// The number of the token that stands for unknown ones, if there is such a token.
    unknown: Option<u32>,
    /// One more than the highest number of a token.
    size: usize,
}

impl ModelTokeniser {
    /// Reads a tokeniser.
    ///
    /// # Errors
    /// Returns an error if the file cannot be read, or describes none that is known.
    pub(crate) fn read(path: &Path) -> Result<Self, EmbedderError> {
        let refuse = |problem: String| EmbedderError::file(path, &problem);
        let bytes = fs::read(path).map_err(|error| refuse(error.to_string()))?;
        let definition = definition(&bytes).map_err(refuse)?;

        let usual = definition.model.vocab().iter().map(|token| token.id);
        let special = definition.specials.iter().map(|token| token.id);
        let size = usual.chain(special).max().map_or(0, |id| id as usize + 1);
        let mut specials = definition.specials.iter();
        let unknown = specials.find(|it| it.kind == SpecialTokenKind::Unknown);
        let unknown = unknown.map(|token| token.id);

        let kitoken = Kitoken::from_definition(definition)
            .map_err(|error| refuse(one_line(&error)))?;
        Ok(Self {
            kitoken,
            unknown,
            size,
        })
    }

    /// Returns one more than the highest number of a token.
    pub(crate) fn size(&self) -> usize {
        self.size
    }

    /// Returns the numbers of the tokens of a text, in order. None that only models know is
    /// added, such as the one that begins a sequence.
    pub(crate) fn ids(&self, text: &str) -> Vec<u32> {
        // it fails only for a text of unknown tokens that the tokeniser has no word for
        self.kitoken.encode(text, false).unwrap_or_default()
    }

    /// Returns the numbers of the known tokens of a text, in order.
    pub(crate) fn known_ids(&self, text: &str) -> Vec<u32> {
        let mut ids = self.ids(text);
        ids.retain(|id| Some(*id) != self.unknown);
        ids
    }
}

/// Returns the tokeniser of a file without the lengths to which it cuts or fills texts,
/// which are those of a batch.
fn definition(bytes: &[u8]) -> Result<Definition, String> {
    let mut file: BTreeMap<String, Value> =
        serde_json::from_slice(bytes).map_err(|error| one_line(&error))?;
    for length in ["truncation", "padding"] {
        file.insert(length.to_owned(), Value::Null);
    }
    let bytes = serde_json::to_vec(&file).map_err(|error| one_line(&error))?;
    Definition::from_tokenizers_slice(&bytes).map_err(|error| one_line(&error))
}

fn one_line(error: &impl ToString) -> String {
    error.to_string().replace('\n', " ")
}
