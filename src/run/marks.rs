//! How far a run has come: what its files hold for certain.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read, Seek, SeekFrom, Write},
    path::Path,
};

/// The file of the marks.
const FILE: &str = ".progress";

/// How many files a mark is of.
pub(super) const FILES: usize = 6;

/// A line: sixteen hexadecimal digits and a space or line end for each number.
const LINE: usize = (FILES + 1) * 17;

/// After so many documents the files have these lengths.
///
/// A mark is written when all rows of a document are, so whatever lies beyond the last
/// mark is of a document that was cut off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Mark {
    pub(super) documents: u64,
    pub(super) lengths: [u64; FILES],
}

impl Mark {
    fn line(self) -> String {
        let numbers = [self.documents].into_iter().chain(self.lengths);
        let words: Vec<String> = numbers.map(|number| format!("{number:016x}")).collect();
        words.join(" ") + "\n"
    }

    fn parse(line: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(line).ok()?.strip_suffix('\n')?;
        let mut numbers = text.split(' ').map(|word| u64::from_str_radix(word, 16).ok());
        let documents = numbers.next()??;
        let lengths: Option<Vec<u64>> = numbers.collect();
        Some(Self { documents, lengths: lengths?.try_into().ok()? })
    }
}

/// The marks of a run, appended.
#[derive(Debug)]
pub(super) struct Marks(File);

impl Marks {
    /// No marks yet.
    pub(super) fn create(folder: &Path) -> io::Result<Self> {
        File::create(folder.join(FILE)).map(Self)
    }

    /// Removes the marks.
    pub(super) fn forget(folder: &Path) -> io::Result<()> {
        match fs::remove_file(folder.join(FILE)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Goes on after the last mark that `holds`, which is given too; `None` where there is
    /// none.
    pub(super) fn reopen(
        folder: &Path,
        holds: impl Fn(&Mark) -> bool,
    ) -> io::Result<Option<(Self, Mark)>> {
        let path = folder.join(FILE);
        if !path.exists() {
            return Ok(None);
        }
        let mut file = OpenOptions::new().read(true).write(true).open(path)?;
        let Some((place, mark)) = last(&mut file, holds)? else { return Ok(None) };
        file.set_len(place + LINE as u64)?;
        file.seek(SeekFrom::End(0))?;
        Ok(Some((Self(file), mark)))
    }

    /// The last mark of a folder that `holds`.
    pub(super) fn read(
        folder: &Path,
        holds: impl Fn(&Mark) -> bool,
    ) -> io::Result<Option<Mark>> {
        let mut file = match File::open(folder.join(FILE)) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        Ok(last(&mut file, holds)?.map(|(_, mark)| mark))
    }

    pub(super) fn add(&mut self, mark: Mark) -> io::Result<()> {
        self.0.write_all(mark.line().as_bytes())
    }

    /// The file again, for a thread that waits for the disk.
    pub(super) fn file(&self) -> io::Result<File> {
        self.0.try_clone()
    }

    pub(super) fn sync(&self) -> io::Result<()> {
        self.0.sync_data()
    }
}

/// The last whole mark that `holds`, with its place, looking backwards.
fn last(
    file: &mut File,
    holds: impl Fn(&Mark) -> bool,
) -> io::Result<Option<(u64, Mark)>> {
    let lines = file.metadata()?.len() / LINE as u64;
    let mut line = [0; LINE];
    for at in (0..lines).rev() {
        let place = at * LINE as u64;
        file.seek(SeekFrom::Start(place))?;
        file.read_exact(&mut line)?;
        if let Some(mark) = Mark::parse(&line).filter(&holds) {
            return Ok(Some((place, mark)));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(documents: u64) -> Mark {
        Mark { documents, lengths: [documents * 10; FILES] }
    }

    #[test]
    fn the_last_whole_mark_that_holds_counts() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        assert!(Marks::reopen(path, |_| true).unwrap().is_none());
        let mut marks = Marks::create(path).unwrap();
        for documents in 0..4 {
            marks.add(mark(documents)).unwrap();
        }
        marks.0.write_all(b"000000000000000").unwrap(); // cut off
        assert_eq!(Marks::read(path, |_| true).unwrap(), Some(mark(3)));
        let (mut marks, found) =
            Marks::reopen(path, |mark| mark.documents < 3).unwrap().unwrap();
        assert_eq!(found, mark(2));
        marks.add(mark(9)).unwrap();
        assert_eq!(Marks::read(path, |_| true).unwrap(), Some(mark(9)));
        assert_eq!(Marks::read(path, |mark| mark.documents < 9).unwrap(), Some(mark(2)));
    }
}
