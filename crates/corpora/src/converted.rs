//! Files that runs read through an importer: Parquet and archives. They are converted to
//! JSON Lines in a nameless temporary file.

use std::{
    collections::BTreeSet,
    fs::File,
    io::{self, BufWriter, Write as _},
    path::Path,
};

use super::{
    column_names::ColumnNames,
    error::CorpusError,
    import::{ImportError, ImportFormat, ImportLimits, ImportOptions, Item, Tree},
};

/// The records of a file as JSON Lines, and how they were found.
pub(super) struct Converted {
    pub(super) lines: File,
    /// The name of the format.
    pub(super) format: &'static str,
    /// The number of warnings of the importer.
    pub(super) warned: u64,
}

impl Converted {
    /// Converts the file at `path` with the importer that fits.
    ///
    /// # Errors
    /// Returns an error if no importer fits, the file is broken, or it holds several
    /// splits of a corpus.
    pub(super) fn of(path: &Path, columns: &ColumnNames) -> Result<Self, CorpusError> {
        let imported = |error| CorpusError::of_import(&error);
        let written = |error| CorpusError::unreadable(path, error);
        let tree = Tree::open(path, ImportLimits::STANDARD).map_err(imported)?;
        let format = ImportFormat::of(&tree).ok_or_else(|| {
            imported(ImportError::NoFormat {
                path: path.to_owned(),
            })
        })?;
        let options = ImportOptions {
            columns: columns.clone(),
            ..ImportOptions::default()
        };

        let lines = tempfile::tempfile().map_err(written)?;
        let mut output = BufWriter::new(&lines);
        let mut splits = BTreeSet::new();
        let findings = format.import(&tree, &options, &mut |split, item| {
            if let Item::Document(record) = item {
                splits.insert(split.to_owned());
                let line = record.to_json();
                let written = output.write_all(line.as_bytes());
                let written = written.and_then(|()| output.write_all(b"\n"));
                written.map_err(|error| CorpusError::unreadable(path, error))?;
            }
            Ok(())
        });
        let findings = findings.map_err(imported)?;
        output.flush().map_err(written)?;
        drop(output);

        if splits.len() > 1 {
            return Err(several_splits(path, &splits));
        }
        Ok(Self {
            lines,
            format: format.name,
            warned: findings.warned,
        })
    }
}

fn several_splits(path: &Path, splits: &BTreeSet<String>) -> CorpusError {
    let (place, names) = (path.display(), splits.iter().map(String::as_str));
    let names: Vec<&str> = names.collect();
    CorpusError::Record {
        place: place.to_string(),
        problem: format!(
            "it holds the splits {}, and a corpus is one\nhint: `epitome corpus add NAME {place}` imports it; then `NAME:{}` is one",
            names.join(", "),
            names[0]
        ),
    }
}

/// Returns the error that a packed corpus on standard input cannot be read.
pub(super) fn on_standard_input(what: &str) -> CorpusError {
    let problem =
        format!("it is {what}, which is read from a file, not from standard input");
    CorpusError::unreadable(Path::new("standard input"), io::Error::other(problem))
}
