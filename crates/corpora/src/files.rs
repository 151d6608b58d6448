//! A text with the files of its references.

use std::{
    fs,
    path::{Path, PathBuf},
};

use epitome_text::TaggedText;

use super::{error::CorpusError, record::Record, tagged::Columns};

/// One text and the files of its references.
#[derive(Debug, Clone)]
pub struct Files {
    pub(super) id: String,
    text: PathBuf,
    summaries: Vec<PathBuf>,
    keyphrases: Vec<PathBuf>,
    pub(super) bytes: u64,
}

impl Files {
    /// Where its text stands.
    pub(super) fn place(&self) -> String {
        self.text.display().to_string()
    }
}

impl Files {
    pub(super) fn of(
        root: &Path,
        text: PathBuf,
        summaries: &[PathBuf],
        keyphrases: &[PathBuf],
    ) -> Self {
        let below = text.strip_prefix(root).unwrap_or(&text).with_extension("");
        let named = |folders: &[PathBuf], endings: &[&str]| -> Vec<PathBuf> {
            let path = |folder: &PathBuf| {
                let paths = endings
                    .iter()
                    .map(|ending| folder.join(&below).with_added_extension(ending));
                paths.into_iter().find(|path| path.is_file())
            };
            folders.iter().filter_map(path).collect()
        };
        let bytes = text.metadata().map_or(0, |metadata| metadata.len());
        Self {
            id: below.to_string_lossy().replace('\\', "/"),
            summaries: named(summaries, &["txt"]),
            keyphrases: named(keyphrases, &["key", "txt"]),
            text,
            bytes,
        }
    }

    /// The files, each with what it is to the document.
    pub(super) fn roles(&self) -> impl Iterator<Item = (&'static str, &PathBuf)> {
        let summaries = self.summaries.iter().map(|path| ("summary", path));
        let keyphrases = self.keyphrases.iter().map(|path| ("keyphrases", path));
        std::iter::once(("text", &self.text))
            .chain(summaries)
            .chain(keyphrases)
    }

    pub(super) fn read(self) -> Result<Record, CorpusError> {
        let phrases = |path: &PathBuf| -> Result<Vec<String>, CorpusError> {
            let text = read(path)?;
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            Ok(lines.map(str::to_owned).collect())
        };
        let keyphrases: Result<Vec<_>, _> = self.keyphrases.iter().map(phrases).collect();
        let text = read(&self.text)?;
        let tagged = tagged_text(&self.text, &text)?;
        Ok(Record {
            text: tagged
                .as_ref()
                .map_or(text, |tagged| tagged.text().to_owned()),
            tagged,
            summaries: self
                .summaries
                .iter()
                .map(|path| read(path))
                .collect::<Result<_, _>>()?,
            keyphrases: keyphrases?.concat(),
            place: self.text.display().to_string(),
            id: self.id,
            ..Record::default()
        })
    }
}

fn read(path: &Path) -> Result<String, CorpusError> {
    let bytes = fs::read(path).map_err(|error| CorpusError::unreadable(path, error))?;
    String::from_utf8(bytes).map_err(|error| CorpusError::Record {
        place: path.display().to_string(),
        problem: format!("byte {} is not UTF-8", error.utf8_error().valid_up_to() + 1),
    })
}

/// The words and parts of speech of a file that ends in `.conllu` or `.conll`, which has
/// them in columns; none of a plain text.
///
/// # Errors
/// Returns an error if a line has no word, or no part of speech that is known.
pub fn tagged_text(path: &Path, text: &str) -> Result<Option<TaggedText>, CorpusError> {
    let ending = path
        .extension()
        .and_then(|ending| ending.to_str())
        .unwrap_or_default();
    let Some(columns) = Columns::of_ending(ending) else {
        return Ok(None);
    };
    let refuse = |(line, problem)| CorpusError::Record {
        place: format!("{}:{line}", path.display()),
        problem,
    };
    columns.read(text).map(Some).map_err(refuse)
}
