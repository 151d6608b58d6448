//! Decides which format a corpus that is a file has: by the first bytes of the file and,
//! for tables and pairs, by the ending of its name.

use std::path::{Path, PathBuf};

use super::{
    binary::Binary,
    column_names::{ColumnNames, is_of_text},
    error::CorpusError,
    json_list::{Arrangement, WRAPPER},
    packing::Packing,
    pairs,
};

/// The number of bytes from which a format is known.
pub(super) const LOOKED_AT: u64 = 64 << 10;

/// The format of a corpus that is a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum FileFormat {
    JsonLines,
    Json(Arrangement),
    /// A table with this sign between cells.
    Table(u8),
    /// Texts, with the path of their references.
    Pairs(PathBuf),
}

impl FileFormat {
    /// Returns the format of the file at `path` (`-` is standard input), which begins
    /// with these bytes after it is unpacked.
    ///
    /// # Errors
    /// Returns an error if the file is of a kind that is no corpus.
    pub(super) fn of(
        path: &Path,
        beginning: &[u8],
        named: &ColumnNames,
    ) -> Result<Self, CorpusError> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let name = Packing::stripped(&name);
        if let Some(binary) = Binary::of(name, beginning) {
            return Err(no_corpus(path, binary));
        }
        if let Some(references) = pairs::beside(path) {
            return match references.is_file() {
                true => Ok(Self::Pairs(references)),
                false => Err(alone(path, &references)),
            };
        }

        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        match ending.to_ascii_lowercase().as_str() {
            "csv" => return Ok(Self::Table(sign_between_cells(beginning))),
            "tsv" | "tab" => return Ok(Self::Table(b'\t')),
            // published corpora call files of JSON Lines `.txt`
            "txt" if begins_with_record(beginning) => {}
            "txt" | "md" | "markdown" | "html" | "htm" | "srt" | "vtt" => {
                return Err(single_text(path));
            }
            _ => {}
        }
        if let Some(arrangement) = Arrangement::of(beginning) {
            return Ok(Self::Json(arrangement));
        }
        let table = delimiter(beginning, named).map(Self::Table);
        Ok(table.unwrap_or(Self::JsonLines))
    }

    /// Returns the format in words.
    pub(super) fn described(&self) -> String {
        match self {
            Self::JsonLines => "JSON Lines".to_owned(),
            Self::Json(Arrangement::List) => "a list of JSON".to_owned(),
            Self::Json(Arrangement::Wrapped(_)) => {
                format!("the list `{WRAPPER}` of JSON")
            }
            Self::Json(Arrangement::Objects) => "JSON objects".to_owned(),
            Self::Table(b'\t') => "TSV".to_owned(),
            Self::Table(_) => "CSV".to_owned(),
            Self::Pairs(_) => "lines".to_owned(),
        }
    }
}

/// Returns whether a file begins with an object of JSON that names a text.
pub(super) fn begins_with_record(beginning: &[u8]) -> bool {
    let beginning = String::from_utf8_lossy(beginning);
    let beginning = beginning.trim_start_matches('\u{feff}').trim_start();
    let mut quoted = beginning.split('"').skip(1).step_by(2);
    beginning.starts_with('{') && quoted.any(is_of_text)
}

/// Returns the sign between the cells of a file whose name ends in `.csv`: a semicolon, as
/// spreadsheets of some countries write it, if the header has more of them than commas.
pub(crate) fn sign_between_cells(beginning: &[u8]) -> u8 {
    let header = beginning
        .split(|&byte| byte == b'\n')
        .next()
        .unwrap_or_default();
    let cells = |sign: u8| header.split(|&byte| byte == sign).count();
    match cells(b';') > cells(b',') {
        true => b';',
        false => b',',
    }
}

/// Returns the sign between the cells of a header that names a text.
fn delimiter(beginning: &[u8], named: &ColumnNames) -> Option<u8> {
    let line = beginning.split(|&byte| byte == b'\n').next()?;
    let line = String::from_utf8_lossy(line);
    let line = line.trim_start_matches('\u{feff}').trim_end();
    let is_text = |cell: &str| {
        let cell = cell.trim_matches('"');
        let mut pairs = named.pairs().iter();
        is_of_text(cell) || pairs.any(|(role, column)| role == "text" && column == cell)
    };
    ['\t', ',']
        .into_iter()
        .find(|&sign| line.contains(sign) && line.split(sign).any(is_text))
        .map(|sign| sign as u8)
}

fn refuse(path: &Path, problem: String) -> CorpusError {
    CorpusError::Record {
        place: path.display().to_string(),
        problem,
    }
}

fn no_corpus(path: &Path, binary: Binary) -> CorpusError {
    let (what, shown) = (binary.what(), path.display());
    refuse(
        path,
        match binary {
            Binary::Parquet => format!(
                "it is {what}, and this epitome was built without the feature `parquet`\nhint: `cargo install --path . --locked --features parquet` builds it in; `duckdb -c \"COPY (FROM '{shown}') TO 'corpus.jsonl' (FORMAT json)\"` converts the file"
            ),
            Binary::Archive(_) => format!(
                "it is {what}, and epitome was built without the feature `archives`"
            ),
            _ => format!("it is {what}, not a corpus"),
        },
    )
}

fn alone(texts: &Path, references: &Path) -> CorpusError {
    let references = references.display();
    refuse(
        texts,
        format!("there is no {references} beside it, whose lines are the references"),
    )
}

fn single_text(path: &Path) -> CorpusError {
    let shown = path.display();
    refuse(
        path,
        format!(
            "a single text is no corpus; a folder of texts is\nhint: `epitome summarise {shown}` and `epitome keywords {shown}` read it"
        ),
    )
}
