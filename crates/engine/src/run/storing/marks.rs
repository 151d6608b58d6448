//! The marks of a run: how many documents have complete rows, with the lengths and a
//! digest of the row files at that moment. A resumed run goes on after the last mark that
//! its files match.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufReader, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use super::row_files::{FILES, NAMES};

/// The name of the file of marks.
const FILE: &str = ".progress";

/// The length in bytes of a line of the file: sixteen hexadecimal digits and a space for
/// each number, then a digest of 32 digits and a line end.
const LINE: usize = (FILES + 1) * 17 + 33;

/// The state of the row files after a number of documents: their lengths and a digest.
///
/// A mark is written when all rows of a document are, so that whatever is beyond the last
/// mark belongs to a document that was cut off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::run) struct Mark {
    pub(in crate::run) documents: u64,
    pub(in crate::run) lengths: [u64; FILES],
    /// The digest of everything in the files up to these lengths: [`Digests::combined`].
    pub(in crate::run) digest: u128,
}

impl Mark {
    fn line(self) -> String {
        let numbers = [self.documents].into_iter().chain(self.lengths);
        let words: Vec<String> = numbers.map(|number| format!("{number:016x}")).collect();
        format!("{} {:032x}\n", words.join(" "), self.digest)
    }

    fn parse(line: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(line).ok()?.strip_suffix('\n')?;
        let (numbers, digest) = text.rsplit_once(' ')?;
        let digest = u128::from_str_radix(digest, 16).ok()?;

        let mut numbers = numbers
            .split(' ')
            .map(|word| u64::from_str_radix(word, 16).ok());

        let documents = numbers.next()??;
        let lengths: Option<Vec<u64>> = numbers.collect();
        Some(Self {
            documents,
            lengths: lengths?.try_into().ok()?,
            digest,
        })
    }
}

/// The BLAKE3 hashers of the row files, which are updated as the files grow.
#[derive(Debug, Clone, Default)]
pub(in crate::run) struct Digests([blake3::Hasher; FILES]);

impl Digests {
    /// Reads the row files in `folder` up to these lengths.
    pub(in crate::run) fn of(folder: &Path, lengths: &[u64; FILES]) -> io::Result<Self> {
        let mut digests = Self::default();
        for ((hasher, name), length) in digests.0.iter_mut().zip(NAMES).zip(lengths) {
            hasher.update_reader(File::open(folder.join(name))?.take(*length))?;
        }
        Ok(digests)
    }

    /// Adds `rows`, which were written to the file of index `file`.
    pub(super) fn add(&mut self, file: usize, rows: &[u8]) {
        self.0[file].update(rows);
    }

    /// Returns the hasher of each file.
    pub(super) fn files(&self) -> &[blake3::Hasher; FILES] {
        &self.0
    }

    /// Returns the first 128 bits of the BLAKE3 digest of the digests of all files.
    pub(in crate::run) fn combined(&self) -> u128 {
        let mut all = blake3::Hasher::new();
        for hasher in &self.0 {
            all.update(hasher.finalize().as_bytes());
        }
        let mut first = [0; 16];
        first.copy_from_slice(&all.finalize().as_bytes()[..16]);
        u128::from_be_bytes(first)
    }
}

/// The open file of the marks of a run, to which marks are appended.
#[derive(Debug)]
pub(in crate::run) struct Marks(File);

impl Marks {
    /// Creates an empty file of marks in `folder`.
    pub(super) fn create(folder: &Path) -> io::Result<Self> {
        File::create(folder.join(FILE)).map(Self)
    }

    /// Removes the marks of `folder`, if there are any.
    pub(super) fn forget(folder: &Path) -> io::Result<()> {
        match fs::remove_file(folder.join(FILE)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Opens the marks of `folder` and cuts them off after the last mark whose rows are
    /// all there and unchanged. Returns `None` if there is no such mark.
    pub(super) fn reopen(folder: &Path) -> io::Result<Option<(Self, Mark, Digests)>> {
        let path = Self::path(folder);
        if !path.exists() {
            return Ok(None);
        }

        let mut file = OpenOptions::new().read(true).write(true).open(path)?;
        let Some((place, mark, digests)) = last_sound(&mut file, folder)? else {
            return Ok(None);
        };

        file.set_len(place + LINE as u64)?;
        file.seek(SeekFrom::End(0))?;
        Ok(Some((Self(file), mark, digests)))
    }

    /// Returns the last complete mark of a folder, whether or not its rows match it.
    pub(in crate::run) fn last(folder: &Path) -> io::Result<Option<Mark>> {
        match File::open(Self::path(folder)) {
            Ok(mut file) => Ok(last(&mut file, |_| true)?.map(|(_, mark)| mark)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Returns marks that divide the documents before `end` into at most `parts` parts of
    /// about the same number of documents. The parts are in order, and none is empty.
    pub(super) fn spread(folder: &Path, end: &Mark, parts: u64) -> io::Result<Vec<Mark>> {
        let mut spread: Vec<Mark> = Vec::new();
        if end.documents == 0 {
            return Ok(spread);
        }

        let mut file = File::open(Self::path(folder))?;
        let lines = file.metadata()?.len() / LINE as u64;
        let mut line = [0; LINE];
        for part in 1..parts {
            file.seek(SeekFrom::Start(lines * part / parts * LINE as u64))?;
            file.read_exact(&mut line)?;
            let before = spread.last().copied().unwrap_or_default();
            // only the last mark was checked against the rows: one that cannot be is left out
            let is_between = |mark: &Mark| {
                let lengths = mark.lengths.iter().zip(&before.lengths).zip(&end.lengths);
                (before.documents + 1..end.documents).contains(&mark.documents)
                    && lengths
                        .into_iter()
                        .all(|((own, from), to)| from <= own && own <= to)
                    && holds(folder, mark)
            };
            spread.extend(Mark::parse(&line).filter(is_between));
        }
        Ok(spread)
    }

    /// Returns the path of the file of marks in `folder`.
    pub(in crate::run) fn path(folder: &Path) -> PathBuf {
        folder.join(FILE)
    }

    pub(super) fn add(&mut self, mark: Mark) -> io::Result<()> {
        self.0.write_all(mark.line().as_bytes())
    }

    /// Returns a second handle of the file, for a thread that waits for the disk.
    pub(super) fn file(&self) -> io::Result<File> {
        self.0.try_clone()
    }

    pub(super) fn sync(&self) -> io::Result<()> {
        self.0.sync_data()
    }
}

/// Returns whether the row files in `folder` are at least as long as the mark requires
/// and each has a line end there. Does not read the rows.
pub(in crate::run) fn holds(folder: &Path, mark: &Mark) -> bool {
    let ends_a_line = |name: &str, length: u64| -> io::Result<bool> {
        let mut file = File::open(folder.join(name))?;
        if length == 0 {
            return Ok(true);
        }

        let mut last = [0];
        file.seek(SeekFrom::Start(length - 1))?;
        Ok(file.read(&mut last)? == 1 && last == *b"\n")
    };

    NAMES
        .into_iter()
        .zip(mark.lengths)
        .all(|(name, length)| ends_a_line(name, length).unwrap_or(false))
}

/// Returns the last complete mark that satisfies `holds`, with its byte offset. Reads the
/// file backwards.
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

/// Returns the last mark whose rows are all there and unchanged, with its byte offset.
/// The last mark that the files are long enough for is tried first, so that intact files
/// are read once; if it does not match, [`before_the_change`] goes through the marks from
/// the first.
fn last_sound(
    file: &mut File,
    folder: &Path,
) -> io::Result<Option<(u64, Mark, Digests)>> {
    let Some((place, mark)) = last(file, |mark| holds(folder, mark))? else {
        return Ok(None);
    };
    let digests = Digests::of(folder, &mark.lengths)?;
    match digests.combined() == mark.digest {
        true => Ok(Some((place, mark, digests))),
        false => before_the_change(file, folder),
    }
}

/// Returns the last mark before the first that does not match the files, with its byte
/// offset. Reads marks and files once, from the beginning.
fn before_the_change(
    file: &mut File,
    folder: &Path,
) -> io::Result<Option<(u64, Mark, Digests)>> {
    file.seek(SeekFrom::Start(0))?;
    let mut marks = BufReader::new(file);
    let mut files = Vec::with_capacity(FILES);
    for name in NAMES {
        files.push(BufReader::new(File::open(folder.join(name))?));
    }

    let mut sound: Option<(u64, Mark, Digests)> = None;
    let (mut digests, mut lengths) = (Digests::default(), [0; FILES]);
    let mut line = [0; LINE];
    let mut place = 0;
    while marks.read_exact(&mut line).is_ok() {
        let Some(mark) = Mark::parse(&line) else {
            break;
        };

        let grows = mark
            .lengths
            .iter()
            .zip(lengths)
            .all(|(now, before)| *now >= before);
        if !grows {
            break;
        }

        for (at, reader) in files.iter_mut().enumerate() {
            let more = mark.lengths[at] - lengths[at];
            digests.0[at].update_reader(reader.take(more))?;
        }

        if digests.combined() != mark.digest {
            break;
        }

        lengths = mark.lengths;
        sound = Some((place, mark, digests.clone()));
        place += LINE as u64;
    }
    Ok(sound)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder whose files grow by a line a document, with a mark after each.
    fn grown(folder: &Path, documents: u64) -> Marks {
        let mut marks = Marks::create(folder).unwrap();
        let mut digests = Digests::default();
        let mut mark = Mark::default();
        for document in 0..documents {
            for (at, name) in NAMES.iter().enumerate() {
                let row = format!("{document} {at}\n");
                digests.add(at, row.as_bytes());
                mark.lengths[at] += row.len() as u64;
                let mut options = OpenOptions::new();
                let mut file = options
                    .append(true)
                    .create(true)
                    .open(folder.join(name))
                    .unwrap();
                file.write_all(row.as_bytes()).unwrap();
            }
            mark = Mark {
                documents: document + 1,
                digest: digests.combined(),
                ..mark
            };
            marks.add(mark).unwrap();
        }
        marks
    }

    fn reopened(folder: &Path) -> Option<u64> {
        Marks::reopen(folder)
            .unwrap()
            .map(|(_, mark, _)| mark.documents)
    }

    #[test]
    fn the_last_whole_mark_of_rows_that_are_there_counts() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        assert_eq!(reopened(path), None);
        let mut marks = grown(path, 4);
        marks.0.write_all(b"000000000000000").unwrap(); // cut off
        assert_eq!(reopened(path), Some(4));
        let scores = OpenOptions::new()
            .write(true)
            .open(path.join(NAMES[1]))
            .unwrap();
        scores.set_len(14).unwrap();
        assert_eq!(reopened(path), Some(3));
        assert_eq!(Marks::last(path).unwrap().unwrap().documents, 3);
    }

    #[test]
    fn spread_marks_divide_the_documents_into_parts_of_which_none_is_empty() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        grown(path, 9);
        let end = Marks::last(path).unwrap().unwrap();
        let spread = |end: &Mark, parts: u64| -> Vec<u64> {
            let marks = Marks::spread(path, end, parts).unwrap();
            marks.iter().map(|mark| mark.documents).collect()
        };
        assert!(spread(&end, 1).is_empty());
        assert_eq!(spread(&end, 3), [4, 7]);
        assert_eq!(spread(&end, 50), [1, 2, 3, 4, 5, 6, 7, 8]);
        assert!(spread(&Mark::default(), 3).is_empty());

        // the mark of six documents, with a length that no file has
        let marks = path.join(FILE);
        let mut text = fs::read(&marks).unwrap();
        text[5 * LINE + 17..][..16].copy_from_slice(b"ffffffffffffffff");
        fs::write(&marks, text).unwrap();
        assert_eq!(spread(&end, 50), [1, 2, 3, 4, 5, 7, 8]);
    }

    #[test]
    fn rows_that_were_changed_count_no_more_nor_do_those_behind_them() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        grown(path, 9);
        let file = path.join(NAMES[2]);
        fs::write(
            &file,
            fs::read_to_string(&file).unwrap().replace("5 2", "6 2"),
        )
        .unwrap();
        assert_eq!(reopened(path), Some(5));
    }

    #[test]
    fn a_mark_of_zeros_hides_no_rows() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        let mut marks = grown(path, 3);
        marks.add(Mark::default()).unwrap();
        assert_eq!(reopened(path), Some(3));
    }
}
