//! A corpus that is a file of records, or such a file on standard input.

use std::{
    collections::BTreeSet,
    io::Read as _,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use serde_json::Value;

use super::{
    address::{Address, Place},
    binary::Binary,
    bytes::Bytes,
    column_names::ColumnNames,
    converted::{Converted, on_standard_input},
    corpus::{Corpus, Unparsed},
    error::CorpusError,
    file_format::{FileFormat, LOOKED_AT},
    json_field, json_lines, json_list,
    mapping::{HINT, Mapping, missing},
    packing::Packing,
    pairs, record,
    source::Source,
    table,
};

/// A corpus that is a file of records: JSON Lines, other JSON, a table, or pairs of
/// lines, packed or not. Records are read one at a time and parsed later.
pub(super) struct DataFile {
    name: String,
    bytes: Bytes,
    format: FileFormat,
    named: ColumnNames,
    /// Which column has which role; `None` if every record is in our own format.
    mapping: Option<Arc<Mapping>>,
    /// How the file was converted, in words, if it was.
    conversion: Option<String>,
    /// What divides keyphrases that are one text in JSON, if there are such.
    division: Option<char>,
}

/// The number of records whose fields decide which field has which role.
const RECORDS: usize = 100;

impl DataFile {
    /// Returns a corpus of JSON Lines in our own format.
    pub(super) fn own(name: String, path: &Path) -> Self {
        Self {
            name,
            bytes: Bytes::File(path.to_owned()),
            format: FileFormat::JsonLines,
            named: ColumnNames::default(),
            mapping: None,
            conversion: None,
            division: None,
        }
    }

    /// Opens a corpus whose format and columns are found by looking at it.
    ///
    /// # Errors
    /// Returns an error if it cannot be read, is of a kind that is no corpus, or has no
    /// column of texts or none that is named.
    pub(super) fn open(
        name: String,
        bytes: Bytes,
        named: &ColumnNames,
    ) -> Result<Self, CorpusError> {
        let path = match &bytes {
            Bytes::File(path) | Bytes::Converted(path, _) => path.clone(),
            Bytes::Input(_) => PathBuf::from("-"),
        };
        let origin = bytes.origin();
        let mut beginning = Vec::new();
        bytes
            .unpacked()?
            .take(LOOKED_AT)
            .read_to_end(&mut beginning)
            .map_err(|error| CorpusError::unreadable(Path::new(&origin), error))?;

        let short = path.file_name().unwrap_or_default().to_string_lossy();
        let binary = Binary::of(Packing::stripped(&short), &beginning);
        if let Some(binary) = binary.filter(|binary| binary.is_imported()) {
            return match &bytes {
                Bytes::Input(_) => Err(on_standard_input(&binary.what())),
                _ => Self::converted(name, path, binary, named),
            };
        }

        let format = FileFormat::of(&path, &beginning, named)?;
        let mut corpus = Self {
            name,
            bytes,
            format,
            named: named.clone(),
            mapping: None,
            conversion: None,
            division: None,
        };
        corpus.mapping = corpus.mapped()?.map(Arc::new);
        corpus.division = corpus.divided()?;
        Ok(corpus)
    }

    /// Opens a file that an importer converts.
    fn converted(
        name: String,
        path: PathBuf,
        binary: Binary,
        named: &ColumnNames,
    ) -> Result<Self, CorpusError> {
        let Converted {
            lines,
            format,
            warned,
        } = Converted::of(&path, named)?;
        let warnings = match warned {
            0 => String::new(),
            count => format!(
                "; {count} warnings, which `epitome corpus add NAME {}` shows",
                path.display()
            ),
        };
        Ok(Self {
            name,
            bytes: Bytes::Converted(path, Arc::new(Mutex::new(lines))),
            format: FileFormat::JsonLines,
            named: named.clone(),
            mapping: None,
            conversion: Some(format!(
                "{} in the format `{format}`{warnings}",
                binary.what()
            )),
            division: None,
        })
    }

    /// Returns what divides keyphrases that are one text in one of the first records of
    /// JSON.
    fn divided(&self) -> Result<Option<char>, CorpusError> {
        if !matches!(self.format, FileFormat::JsonLines | FileFormat::Json(_)) {
            return Ok(None);
        }
        let name = match &self.mapping {
            Some(mapping) => mapping.column("keyphrases"),
            None => Some("keyphrases"),
        };
        let Some(name) = name else { return Ok(None) };
        for source in self.records()?.take(RECORDS) {
            let line = source.ok().and_then(Source::into_line);
            let Some(found) = line.and_then(|line| record::fields(&line).ok()) else {
                break; // a broken record is reported when it is parsed
            };
            let text = found.into_iter().find(|(field, _)| field == name);
            if let Some((_, Value::String(text))) = text {
                let mark = json_field::division(&text);
                if text.contains(mark) {
                    return Ok(Some(mark));
                }
            }
        }
        Ok(None)
    }

    fn refuse(&self, problem: String) -> CorpusError {
        CorpusError::Record {
            place: self.bytes.origin(),
            problem,
        }
    }

    fn mapped(&self) -> Result<Option<Mapping>, CorpusError> {
        match &self.format {
            FileFormat::Pairs(_) if !self.named.is_empty() => {
                Err(no_columns(&self.bytes.origin()))
            }
            FileFormat::Pairs(_) => Ok(None),
            FileFormat::Table(delimiter) => self.of_header(*delimiter).map(Some),
            FileFormat::JsonLines | FileFormat::Json(_) => self.of_fields(),
        }
    }

    fn of_header(&self, delimiter: u8) -> Result<Mapping, CorpusError> {
        let reader = self.bytes.unpacked()?;
        let header = table::header(&self.bytes.origin(), reader, delimiter)?;
        let header: Vec<&str> = header.iter().map(String::as_str).collect();
        let mapping = Mapping::of(&self.named, &header).map_err(|it| self.refuse(it))?;
        // a table without a header is an empty one
        if !mapping.has("text") && !header.is_empty() {
            let columns = header.join(", ");
            return Err(self.refuse(format!(
                "no column has the text; the columns are {columns}\n{HINT}"
            )));
        }
        let is_double = |name: &&str| header.iter().filter(|it| it == &name).count() > 1;
        if let Some(column) = mapping.columns().find(is_double) {
            return Err(self.refuse(format!("two columns are called `{column}`")));
        }
        Ok(mapping)
    }

    /// Returns the mapping that the fields of the first records decide. A field that is
    /// named is looked for in all of them. Fields of records that were written by
    /// [`Record::to_json`](record::Record::to_json) are those of our own format, whatever
    /// their metadata are called. Stops at a broken record, which is reported when it is
    /// parsed.
    fn of_fields(&self) -> Result<Option<Mapping>, CorpusError> {
        let mut fields = BTreeSet::new();
        let mut is_written_by_us = false;
        for (at, source) in self.records()?.enumerate() {
            let known: Vec<&str> = fields.iter().map(String::as_str).collect();
            if at >= RECORDS && missing(&self.named, &known).next().is_none() {
                break;
            }
            let line = source.ok().and_then(Source::into_line);
            let Some(found) = line.and_then(|line| record::fields(&line).ok()) else {
                break;
            };
            is_written_by_us |= record::is_written(&found);
            let filled = found.into_iter().filter(|(_, value)| !is_empty(value));
            fields.extend(filled.map(|(name, _)| name));
        }
        let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
        if fields.is_empty() || is_written_by_us && self.named.is_empty() {
            return Ok(None);
        }
        let mapping = Mapping::of(&self.named, &fields).map_err(|it| self.refuse(it))?;
        Ok(Some(mapping).filter(|mapping| !mapping.is_own() || !mapping.has("text")))
    }
}

/// Returns the error that a corpus without columns has none to name.
pub(super) fn no_columns(origin: &str) -> CorpusError {
    CorpusError::Record {
        place: origin.to_owned(),
        problem:
            "`--columns` names columns of a table or fields of JSON, and it has none"
                .to_owned(),
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(values) => values.iter().all(is_empty),
        _ => false,
    }
}

impl Corpus for DataFile {
    fn name(&self) -> &str {
        &self.name
    }

    fn origin(&self) -> String {
        self.bytes.origin()
    }

    fn address(&self) -> Address {
        let place = match &self.bytes {
            Bytes::File(_) | Bytes::Converted(..) => Place::Path(self.origin()),
            Bytes::Input(_) => Place::StandardInput,
        };
        Address {
            columns: self.named.clone(),
            ..Address::of(&self.name, place)
        }
    }

    /// Returns the digest of the file as it is, and of the columns if they are not those
    /// of our own format.
    fn digest(&self) -> Result<blake3::Hash, CorpusError> {
        let digest = digest(&self.bytes)?;
        let more = match (&self.format, &self.mapping) {
            _ if self.conversion.is_some() => {
                let pairs = self.named.pairs().iter();
                let columns = pairs.map(|(role, column)| format!("{role}={column}"));
                let columns: Vec<String> = columns.collect();
                format!("converted {}", columns.join(","))
            }
            (FileFormat::Pairs(references), _) => {
                let references = self::digest(&Bytes::File(references.clone()))?;
                references.to_hex().to_string()
            }
            (format, Some(mapping)) => {
                format!("{} {}", format.described(), mapping.described())
            }
            (_, None) => return Ok(digest),
        };
        let mut hasher = blake3::Hasher::new();
        hasher.update(digest.as_bytes());
        hasher.update(more.as_bytes());
        Ok(hasher.finalize())
    }

    fn bytes(&self) -> u64 {
        self.bytes.length()
    }

    fn reading(&self) -> Option<String> {
        let origin = self.origin();
        if let Some(conversion) = &self.conversion {
            return Some(format!("{origin} is read as {conversion}"));
        }
        let format = self.format.described();
        let division = self.division.map(|mark| {
            format!("; keyphrases that are one text are divided at `{mark}`")
        });
        let division = division.unwrap_or_default();
        let is_input = matches!(self.bytes, Bytes::Input(_));
        let columns = match (&self.format, &self.mapping) {
            (FileFormat::Pairs(references), _) => {
                let texts = self.bytes.name();
                let references = references.file_name().unwrap_or_default();
                let references = references.to_string_lossy();
                format!(", text from {texts}, summaries from {references}")
            }
            (_, Some(mapping)) => {
                format!(", {}; `--columns` decides otherwise", mapping.described())
            }
            (FileFormat::JsonLines, None) if !is_input && division.is_empty() => {
                return None;
            }
            (_, None) => String::new(),
        };
        Some(format!("{origin} is read as {format}{columns}{division}"))
    }

    fn records(&self) -> Result<Unparsed<'_>, CorpusError> {
        let reader = self.bytes.unpacked()?;
        let (origin, mapping) = (self.origin(), self.mapping.clone());
        match &self.format {
            FileFormat::JsonLines => Ok(json_lines::records(origin, reader, mapping)),
            FileFormat::Json(arrangement) => {
                Ok(json_list::records(origin, reader, *arrangement, mapping))
            }
            FileFormat::Table(delimiter) => {
                let mapping = mapping.unwrap_or_default();
                let rows = table::records(&origin, reader, *delimiter, mapping)?;
                Ok(Box::new(rows.map(|row| Ok(Source::Row(Box::new(row?))))))
            }
            FileFormat::Pairs(references) => {
                let references = Bytes::File(references.clone());
                let second = (references.origin(), references.unpacked()?);
                let pairs = pairs::records((origin, reader), second);
                Ok(Box::new(
                    pairs.map(|pair| Ok(Source::Pair(Box::new(pair?)))),
                ))
            }
        }
    }
}

fn digest(bytes: &Bytes) -> Result<blake3::Hash, CorpusError> {
    let mut hasher = blake3::Hasher::new();
    hasher
        .update_reader(bytes.raw()?)
        .map_err(|error| CorpusError::unreadable(Path::new(&bytes.origin()), error))?;
    Ok(hasher.finalize())
}
