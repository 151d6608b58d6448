//! Records of CSV and TSV with a header.

use std::{
    io::{self, Read},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use csv::ByteRecord;
use serde_json::{Map, Value};

use super::{
    error::CorpusError,
    import::decode,
    line::LINE_LIMIT,
    mapping::Mapping,
    record::{self, Record},
};

/// A row of a table. Its cells are decoded as files of importers are: as UTF-8, or else as
/// Windows-1252.
#[derive(Debug)]
pub struct Row {
    path: Arc<str>,
    line: u64,
    /// The position of the row, from 1, which is its id if it has no other.
    number: u64,
    cells: ByteRecord,
    names: Arc<[String]>,
    mapping: Arc<Mapping>,
}

impl Row {
    pub(super) fn place(&self) -> String {
        format!("{}:{}", self.path, self.line)
    }

    pub(super) fn bytes(&self) -> u64 {
        self.cells.as_slice().len() as u64
    }

    /// Returns the record of the row. An empty cell is no value.
    pub(super) fn parse(self) -> Result<Record, CorpusError> {
        let cells = self.names.iter().zip(&self.cells);
        let mut fields: Map<String, Value> = cells
            .filter(|(_, cell)| !cell.is_empty())
            .map(|(name, cell)| (name.clone(), decode(cell).text.into()))
            .collect();
        self.mapping.rename(&mut fields);
        // a row without a text is a document without one
        if !fields.contains_key("documents") {
            fields.entry("text").or_insert_with(|| "".into());
        }
        record::from_fields(&self.place(), self.number, fields)
    }
}

/// Returns the names of the columns.
pub(super) fn header(
    origin: &str,
    reader: impl Read,
    delimiter: u8,
) -> Result<Vec<String>, CorpusError> {
    let (reader, _) = Limited::new(reader);
    let mut table = table(reader, delimiter);
    let header = table
        .byte_headers()
        .map_err(|error| refuse(origin, error))?;
    Ok(header.iter().map(|cell| decode(cell).text).collect())
}

/// Returns the rows of a table, which are decoded later.
pub(super) fn records<R: Read + Send>(
    origin: &str,
    reader: R,
    delimiter: u8,
    mapping: Arc<Mapping>,
) -> Result<impl Iterator<Item = Result<Row, CorpusError>> + Send + use<R>, CorpusError> {
    let (reader, since) = Limited::new(reader);
    let mut table = table(reader, delimiter);
    let header = table
        .byte_headers()
        .map_err(|error| refuse(origin, error))?;
    let names: Arc<[String]> = header.iter().map(|cell| decode(cell).text).collect();
    let path: Arc<str> = origin.into();

    let mut number = 0;
    let mut ended = false;
    Ok(std::iter::from_fn(move || {
        if ended {
            return None;
        }
        since.store(0, Ordering::Relaxed);
        let mut cells = ByteRecord::new();
        let read = table.read_byte_record(&mut cells);
        number += 1;
        let line = cells.position().map_or(number + 1, csv::Position::line);
        let row = match read {
            Ok(false) => return None,
            Ok(true) if cells.len() == names.len() => Ok(Row {
                path: path.clone(),
                line,
                number,
                cells,
                names: names.clone(),
                mapping: mapping.clone(),
            }),
            Ok(true) => Err(CorpusError::Record {
                place: format!("{path}:{line}"),
                problem: format!(
                    "the row has {} cells, not {} as the header",
                    cells.len(),
                    names.len()
                ),
            }),
            Err(error) => Err(refuse(&path, error)),
        };
        ended = row.is_err();
        Some(row)
    }))
}

fn table<R: Read>(reader: R, delimiter: u8) -> csv::Reader<R> {
    csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .buffer_capacity(1 << 20)
        .from_reader(reader)
}

fn refuse(origin: &str, error: csv::Error) -> CorpusError {
    let problem = error.to_string();
    match error.into_kind() {
        csv::ErrorKind::Io(error) => CorpusError::unreadable(Path::new(origin), error),
        _ => CorpusError::Record {
            place: origin.to_owned(),
            problem,
        },
    }
}

/// A reader that ends a row that is too long before it fills the memory: a quotation mark
/// that is never closed makes the rest of the file one cell.
struct Limited<R> {
    inner: R,
    /// The number of bytes since the last row ended.
    since: Arc<AtomicU64>,
}

impl<R> Limited<R> {
    fn new(inner: R) -> (Self, Arc<AtomicU64>) {
        let since = Arc::new(AtomicU64::new(0));
        let reader = Self {
            inner,
            since: since.clone(),
        };
        (reader, since)
    }
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        let since = self.since.fetch_add(read as u64, Ordering::Relaxed);
        if since > (LINE_LIMIT as u64) << 20 {
            let problem = format!(
                "a row is longer than {LINE_LIMIT} MiB; is a quotation mark not closed?"
            );
            return Err(io::Error::other(problem));
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::column_names::ColumnNames;

    #[test]
    fn a_row_is_named_by_its_line_and_an_empty_cell_is_no_value() {
        let text = "text,summary,lang\n\"One.\nTwo.\",o,\nThree.,\" \",de\n";
        let names = header("x", text.as_bytes(), b',').unwrap();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let mapping = Mapping::of(&ColumnNames::default(), &names).unwrap();
        let rows = records("x", text.as_bytes(), b',', Arc::new(mapping)).unwrap();
        let rows: Vec<Record> = rows.map(|row| row.unwrap().parse().unwrap()).collect();
        let places: Vec<&str> = rows.iter().map(|row| row.place.as_str()).collect();
        assert_eq!(places, ["x:2", "x:4"]);
        assert_eq!(
            (rows[0].language.as_str(), rows[1].language.as_str()),
            ("", "de")
        );
        assert_eq!((rows[0].summaries.len(), rows[1].summaries.len()), (1, 0));
    }

    #[test]
    fn a_quotation_mark_that_is_not_closed_does_not_fill_the_memory() {
        let endless = io::Cursor::new("text,summary\n\"").chain(io::repeat(b'x'));
        let mapping = Mapping::of(&ColumnNames::default(), &["text", "summary"]).unwrap();
        let mut rows = records("x", endless, b',', Arc::new(mapping)).unwrap();
        let error = rows.next().unwrap().unwrap_err().to_string();
        assert!(error.contains("x: a row is longer than 64 MiB"), "{error}");
        assert!(rows.next().is_none());
    }
}
