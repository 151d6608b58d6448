//! What a user writes to name an embedder: `wl=static:models/wordllama`.

use std::{
    fmt,
    path::{Path, PathBuf},
    str::FromStr,
};

use super::embedder_error::EmbedderError;

/// An embedder that was asked for: its name in specs, and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declaration {
    /// The name, such as `wl` in `key-bert(embedder=wl)`.
    pub name: String,
    /// Where the vectors come from.
    pub source: EmbedderSource,
}

/// Where the vectors of an embedder come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EmbedderSource {
    /// `static:PATH`, a table of vectors: a text file with a word and its numbers on each
    /// line, as GloVe has it, or a folder with a `.safetensors` file and the
    /// `tokenizer.json` that its rows are numbered by, as WordLlama and Model2Vec have it.
    Static(PathBuf),
    /// `onnx:FOLDER`, a model: a `model.onnx` that returns a vector for each token, and its
    /// `tokenizer.json`.
    Onnx(PathBuf),
    /// `plugin:PATH`, a program: its `plugin.toml`, or the folder of it.
    Plugin(PathBuf),
}

impl Declaration {
    /// Returns the same embedder with a relative path taken from a folder.
    #[must_use]
    pub fn in_folder(self, folder: &Path) -> Self {
        let source = match self.source {
            EmbedderSource::Static(path) => EmbedderSource::Static(folder.join(path)),
            EmbedderSource::Onnx(path) => EmbedderSource::Onnx(folder.join(path)),
            EmbedderSource::Plugin(path) => EmbedderSource::Plugin(folder.join(path)),
        };
        Self { source, ..self }
    }
}

impl fmt::Display for EmbedderSource {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Static(path) => write!(out, "static:{}", path.display()),
            Self::Onnx(path) => write!(out, "onnx:{}", path.display()),
            Self::Plugin(path) => write!(out, "plugin:{}", path.display()),
        }
    }
}

impl FromStr for Declaration {
    type Err = EmbedderError;

    fn from_str(text: &str) -> Result<Self, EmbedderError> {
        let refuse = |problem: &str| EmbedderError::Declaration {
            text: text.to_owned(),
            problem: problem.to_owned(),
        };

        let (name, source) = text
            .split_once('=')
            .ok_or_else(|| refuse("it has no `=` after its name"))?;
        let is_plain = |it: char| it.is_alphanumeric() || matches!(it, '-' | '_' | '.');
        if name.is_empty() || !name.chars().all(is_plain) {
            return Err(refuse("a name is of letters, digits, `-`, `_` and `.`"));
        }
        if name == "none" {
            return Err(refuse("`none` is the name of no embedder"));
        }

        let (kind, place) = source
            .split_once(':')
            .ok_or_else(|| refuse("it has no kind, such as `static:`"))?;
        if place.is_empty() {
            return Err(refuse("nothing follows its kind"));
        }
        let source = match kind {
            "static" => EmbedderSource::Static(place.into()),
            "onnx" => EmbedderSource::Onnx(place.into()),
            "plugin" => EmbedderSource::Plugin(place.into()),
            _ => {
                return Err(refuse(&format!(
                    "`{kind}` is no kind of embedder; kinds are `static`, `onnx` and `plugin`"
                )));
            }
        };
        Ok(Self {
            name: name.to_owned(),
            source,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_and_a_place_are_an_embedder() {
        let found: Declaration = "wl=static:models/word llama=1".parse().unwrap();
        assert_eq!(found.name, "wl");
        let place = EmbedderSource::Static("models/word llama=1".into());
        assert_eq!(found.source, place);
    }

    #[test]
    fn what_is_missing_is_said() {
        let refusal = |text: &str| {
            let error = text.parse::<Declaration>().unwrap_err().to_string();
            error.lines().next().unwrap().to_owned()
        };
        insta::assert_snapshot!(refusal("models/wl"), @"`models/wl` is no embedder: it has no `=` after its name");
        insta::assert_snapshot!(refusal("wl=models"), @"`wl=models` is no embedder: it has no kind, such as `static:`");
        insta::assert_snapshot!(refusal("wl=static:"), @"`wl=static:` is no embedder: nothing follows its kind");
        insta::assert_snapshot!(refusal("wl=magic:x"), @"`wl=magic:x` is no embedder: `magic` is no kind of embedder; kinds are `static`, `onnx` and `plugin`");
        insta::assert_snapshot!(refusal("a b=static:x"), @"`a b=static:x` is no embedder: a name is of letters, digits, `-`, `_` and `.`");
        insta::assert_snapshot!(refusal("none=static:x"), @"`none=static:x` is no embedder: `none` is the name of no embedder");
    }
}
