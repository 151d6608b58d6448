//! Reads the files of rows of a run row by row, without an allocation for each row.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Take},
    ops::Range,
    path::Path,
};

use csv::StringRecord;
use serde::Deserialize;

/// Why the rows of a file cannot be read: the name of the file, and the problem.
pub(super) struct Problem {
    pub(super) file: &'static str,
    pub(super) problem: String,
}

impl Problem {
    /// Returns the problem of the file called `file`.
    pub(super) fn new(file: &'static str, problem: impl Into<String>) -> Self {
        let problem = problem.into();
        Self { file, problem }
    }
}

/// The rows of a range of a CSV file, which begins and ends between two rows.
pub(super) struct CsvRows {
    file: &'static str,
    reader: csv::Reader<Take<File>>,
    headers: StringRecord,
    row: StringRecord,
    /// Whether `row` is the next row, which has been read and not been passed.
    is_read: bool,
}

impl CsvRows {
    /// Opens the bytes `range` of the file called `file` in `folder`. The names of the
    /// columns are in its first line, which is no row.
    ///
    /// # Errors
    /// Returns an error if the file cannot be read.
    pub(super) fn open(
        folder: &Path,
        file: &'static str,
        range: &Range<u64>,
    ) -> Result<Self, csv::Error> {
        let mut reader = csv::Reader::from_reader(part(folder, file, &(0..range.end))?);
        let headers = reader.headers()?.clone();
        if range.start > 0 {
            reader = csv::ReaderBuilder::new()
                .has_headers(false)
                .from_reader(part(folder, file, range)?);
        }
        Ok(Self {
            file,
            reader,
            headers,
            row: StringRecord::new(),
            is_read: false,
        })
    }

    /// Reads the next row if it has not been read. Returns whether there is one.
    fn fill(&mut self) -> Result<bool, Problem> {
        if !self.is_read {
            let found = self.reader.read_record(&mut self.row);
            self.is_read =
                found.map_err(|error| Problem::new(self.file, error.to_string()))?;
        }
        Ok(self.is_read)
    }

    /// Returns the next row; `None` at the end.
    pub(super) fn next<'a, T: Deserialize<'a>>(
        &'a mut self,
    ) -> Result<Option<T>, Problem> {
        self.next_if(|_| true)
    }

    /// Returns the next row; an error at the end.
    pub(super) fn due<'a, T: Deserialize<'a>>(&'a mut self) -> Result<T, Problem> {
        let file = self.file;
        self.next()?
            .ok_or_else(|| Problem::new(file, "rows are missing"))
    }

    /// Returns the next row if it `is_due`. Otherwise it stays the next row.
    pub(super) fn next_if<'a, T: Deserialize<'a>>(
        &'a mut self,
        is_due: impl Fn(&T) -> bool,
    ) -> Result<Option<T>, Problem> {
        if !self.fill()? {
            return Ok(None);
        }
        let row = self.row.deserialize(Some(&self.headers));
        let row: T = row.map_err(|error| Problem::new(self.file, error.to_string()))?;
        if !is_due(&row) {
            return Ok(None);
        }
        self.is_read = false;
        Ok(Some(row))
    }
}

/// The lines of a range of a file, which begins and ends between two lines.
pub(super) struct Lines {
    reader: BufReader<Take<File>>,
    line: String,
    /// Whether `line` is the next line, which has been read and not been passed.
    is_read: bool,
}

impl Lines {
    /// Opens the bytes `range` of the file called `file` in `folder`.
    ///
    /// # Errors
    /// Returns an error if the file cannot be opened.
    pub(super) fn open(
        folder: &Path,
        file: &'static str,
        range: &Range<u64>,
    ) -> io::Result<Self> {
        Ok(Self {
            reader: BufReader::new(part(folder, file, range)?),
            line: String::new(),
            is_read: false,
        })
    }

    /// Returns the next line with its end, which stays the next line until
    /// [`Self::pass`]; `None` at the end.
    pub(super) fn peek(&mut self) -> io::Result<Option<&str>> {
        if !self.is_read {
            self.line.clear();
            self.is_read = self.reader.read_line(&mut self.line)? > 0;
        }
        Ok(self.is_read.then_some(self.line.as_str()))
    }

    /// Goes on to the line after the one that [`Self::peek`] returns.
    pub(super) fn pass(&mut self) {
        self.is_read = false;
    }
}

/// Opens a range of a file.
fn part(folder: &Path, file: &str, range: &Range<u64>) -> io::Result<Take<File>> {
    let mut file = File::open(folder.join(file))?;
    file.seek(SeekFrom::Start(range.start))?;
    Ok(file.take(range.end - range.start))
}
