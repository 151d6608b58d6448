//! Lines of a file, read one at a time.

use std::{
    io::{self, BufRead, Read},
    path::Path,
    sync::Arc,
};

use epitome_base::whole_file;

use super::error::CorpusError;

/// The length in MiB of the longest line that is read. A longer one is refused before it
/// fills the memory.
pub const LINE_LIMIT: usize = whole_file::LIMIT as usize;

/// A line of a file. Made by [`lines`].
#[derive(Debug, Clone)]
pub struct FileLine {
    /// The path of the file, as the user wrote it.
    pub path: Arc<str>,
    /// The line number, from 1.
    pub number: u64,
    /// The bytes of the line, without the line end.
    pub bytes: Vec<u8>,
}

impl FileLine {
    /// Returns the place of the line: `file:line`.
    pub fn place(&self) -> String {
        format!("{}:{}", self.path, self.number)
    }
}

/// Returns the lines of `reader` that are not blank, without line ends and byte order
/// mark. Ends after the first error. `path` is the name of the file in places and errors.
pub fn lines<R: BufRead>(
    path: String,
    reader: R,
) -> impl Iterator<Item = Result<FileLine, CorpusError>> {
    every_line(path, reader).filter(|line| {
        let is_blank = |line: &FileLine| line.bytes.trim_ascii().is_empty();
        !line.as_ref().is_ok_and(is_blank)
    })
}

/// Returns the lines of `reader` as [`lines`] does, with those that are blank.
pub(super) fn every_line<R: BufRead>(
    path: String,
    mut reader: R,
) -> impl Iterator<Item = Result<FileLine, CorpusError>> {
    let path: Arc<str> = path.into();
    let mut number = 0;
    let mut ended = false;
    std::iter::from_fn(move || {
        if ended {
            return None;
        }

        number += 1;
        let mut bytes = Vec::new();
        match read_line(&mut reader, &mut bytes) {
            Ok(Outcome::Line) => {}
            Ok(Outcome::End) => return None,
            Ok(Outcome::TooLong) => {
                ended = true;
                let path = path.to_string();
                return Some(Err(CorpusError::LongLine {
                    path,
                    line: number,
                    limit: LINE_LIMIT,
                }));
            }
            Err(error) => {
                ended = true;
                return Some(Err(CorpusError::unreadable(Path::new(&*path), error)));
            }
        }

        if number == 1 && bytes.starts_with(b"\xEF\xBB\xBF") {
            bytes.drain(..3);
        }
        Some(Ok(FileLine {
            path: path.clone(),
            number,
            bytes,
        }))
    })
}

/// How the reading of a line ended.
enum Outcome {
    Line,
    End,
    TooLong,
}

/// Reads a line without its line end, or one byte more than the longest line.
fn read_line(reader: &mut impl BufRead, bytes: &mut Vec<u8>) -> io::Result<Outcome> {
    let limit = LINE_LIMIT << 20;
    let read = reader.take(limit as u64 + 1).read_until(b'\n', bytes)?;
    if bytes.last() == Some(&b'\n') {
        bytes.pop();
        if bytes.last() == Some(&b'\r') {
            bytes.pop();
        }
    }
    Ok(match read {
        0 => Outcome::End,
        _ if bytes.len() > limit => Outcome::TooLong,
        _ => Outcome::Line,
    })
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    fn read(text: &[u8]) -> Vec<(u64, Vec<u8>)> {
        lines("x".to_owned(), text)
            .map(|line| line.unwrap())
            .map(|line| (line.number, line.bytes))
            .collect()
    }

    #[test]
    fn blank_lines_are_passed_over_but_counted() {
        assert_eq!(
            read(b"\xEF\xBB\xBFa\r\n\n  \nb"),
            [(1, b"a".to_vec()), (4, b"b".to_vec())]
        );
        assert_eq!(read(b""), []);
    }

    #[test]
    fn an_endless_line_is_refused_at_the_limit_and_ends_the_reading() {
        let endless = BufReader::new(io::repeat(b'x'));
        let mut lines = lines("x".to_owned(), endless);
        let error = lines.next().unwrap().unwrap_err();
        assert_eq!(error.to_string(), "x:1: the line is longer than 64 MiB");
        assert!(lines.next().is_none());
    }
}
