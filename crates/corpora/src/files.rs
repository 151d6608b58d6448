//! A document that is a text file with separate files of references, and how such files
//! are found.

use std::path::{Path, PathBuf};

use epitome_base::whole_file;
use epitome_text::TaggedText;

use super::{
    error::CorpusError, json_field::not_blank, record::Record, tagged::Columns,
    utf16::without_mark,
};

/// A text file with the files of its references. Made by a folder of texts.
#[derive(Debug, Clone)]
pub struct Files {
    pub(super) id: String,
    text: PathBuf,
    summaries: Vec<PathBuf>,
    keyphrases: Vec<PathBuf>,
    pub(super) bytes: u64,
}

impl Files {
    /// Returns the path of the text, as a place for messages.
    pub(super) fn place(&self) -> String {
        self.text.display().to_string()
    }
}

impl Files {
    /// Returns the files of the text at `text` below `root`: references have the same path below
    /// the folders of references, with another ending.
    pub(super) fn of(
        root: &Path,
        text: PathBuf,
        summaries: &[PathBuf],
        keyphrases: &[PathBuf],
    ) -> Self {
        let below = text.strip_prefix(root).unwrap_or(&text).with_extension("");
        let named = |folders: &[PathBuf], endings: &[&str]| -> Vec<PathBuf> {
            let files = folders.iter().filter_map(|folder| {
                endings
                    .iter()
                    .map(|ending| folder.join(&below).with_added_extension(ending))
                    .find(|path| path.is_file())
            });
            files.collect()
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

    /// Returns the files, each with its role for the document.
    pub(super) fn roles(&self) -> impl Iterator<Item = (&'static str, &PathBuf)> {
        let summaries = self.summaries.iter().map(|path| ("summary", path));
        let keyphrases = self.keyphrases.iter().map(|path| ("keyphrases", path));
        std::iter::once(("text", &self.text))
            .chain(summaries)
            .chain(keyphrases)
    }

    pub(super) fn read(self) -> Result<Record, CorpusError> {
        let keyphrases: Result<Vec<_>, CorpusError> = self
            .keyphrases
            .iter()
            .map(|path| {
                let text = read(path)?;
                let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
                Ok(lines.map(str::to_owned).collect::<Vec<_>>())
            })
            .collect();
        let text = read(&self.text)?;
        let tagged = tagged_text(&self.text, &text)?;

        Ok(Record {
            text: tagged
                .as_ref()
                .map_or(text, |tagged| tagged.text().to_owned()),
            tagged,
            summaries: not_blank(
                self.summaries
                    .iter()
                    .map(|path| read(path))
                    .collect::<Result<_, _>>()?,
            ),
            keyphrases: keyphrases?.concat(),
            place: self.text.display().to_string(),
            id: self.id,
            ..Record::default()
        })
    }
}

fn read(path: &Path) -> Result<String, CorpusError> {
    let bytes =
        whole_file::read(path).map_err(|error| CorpusError::unreadable(path, error))?;
    let text = String::from_utf8(bytes).map(without_mark);
    text.map_err(|error| CorpusError::Record {
        place: path.display().to_string(),
        problem: format!("byte {} is not UTF-8", error.utf8_error().valid_up_to() + 1),
    })
}

/// Returns the words and parts of speech of a file that ends in `.conllu` or `.conll`,
/// which contains them in columns; `None` for a plain text.
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
    match columns.read(text) {
        Ok(tagged) => Ok(Some(tagged)),
        Err((line, problem)) => Err(CorpusError::Record {
            place: format!("{}:{line}", path.display()),
            problem,
        }),
    }
}
