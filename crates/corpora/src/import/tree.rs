//! The files of a corpus: a folder, a zip, a tar, or one file, packed or not. Archives
//! are read in place: nothing of them is ever written under a name that they choose.

#[cfg(feature = "archives")]
mod archives;
#[cfg(not(feature = "archives"))]
#[path = "tree/no_archives.rs"]
mod archives;
mod list;
#[cfg(feature = "archives")]
mod zst;

use std::{
    cell::{Cell, RefCell},
    fmt,
    fs::File,
    io::{self, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
};

use archives::Zip;

use super::{
    decode::{Decoded, decode, decode_beginning},
    error::ImportError,
};

/// How much is read of a packed file.
#[derive(Debug, Clone, Copy)]
pub struct ImportLimits {
    /// MiB of one file that is read at once.
    pub file: u64,
    /// MiB of all files of a packed tar, or of one packed file that stands alone.
    pub archive: u64,
}

impl ImportLimits {
    /// 512 MiB a file, 32 GiB an archive.
    pub const STANDARD: Self = Self {
        file: 512,
        archive: 32 << 10,
    };
}

/// The files of a folder or an archive, sorted by path.
pub struct Tree {
    origin: PathBuf,
    files: Vec<Entry>,
    packed: Packed,
    limits: ImportLimits,
    /// Bytes that were unpacked of a zip so far.
    unpacked: Cell<u64>,
    /// Paths that were passed over, with the reason.
    refused: Vec<String>,
}

struct Entry {
    path: String,
    at: At,
}

/// Where a file's bytes are.
enum At {
    /// At its path below the folder.
    Below,
    /// Elsewhere: a file alone, or one whose name is no UTF-8.
    Disk(PathBuf),
    Zip(usize),
    /// Offset and length in the unpacked tar.
    Tar(u64, u64),
}

enum Packed {
    No,
    Zip(RefCell<Zip>),
    /// A plain tar, or the unpacked bytes of one in a nameless temporary file.
    Tar(RefCell<File>),
}

impl fmt::Debug for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Tree({}, {} files)",
            self.origin.display(),
            self.files.len()
        )
    }
}

impl Tree {
    /// Where it is.
    pub fn origin(&self) -> &Path {
        &self.origin
    }

    /// The paths, sorted, with `/` between folders.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|entry| entry.path.as_str())
    }

    /// The paths with that ending, in lower case, sorted.
    pub(super) fn ending<'a>(&'a self, ending: &'a str) -> impl Iterator<Item = &'a str> {
        self.paths().filter(move |path| ends(path, ending))
    }

    /// The paths that begin so, sorted; found without looking at the others.
    pub(super) fn beginning_with<'a>(
        &'a self,
        start: &'a str,
    ) -> impl Iterator<Item = &'a str> {
        let first = self
            .files
            .partition_point(|entry| entry.path.as_str() < start);
        let paths = self.files[first..].iter().map(|entry| entry.path.as_str());
        paths.take_while(move |path| path.starts_with(start))
    }

    /// Whether there is a file of that path.
    pub(super) fn has(&self, path: &str) -> bool {
        self.index(path).is_some()
    }

    fn index(&self, path: &str) -> Option<usize> {
        self.files
            .binary_search_by(|entry| entry.path.as_str().cmp(path))
            .ok()
    }

    /// The paths that were passed over, each with its reason.
    pub fn refused(&self) -> &[String] {
        &self.refused
    }

    /// `origin/path`, for messages.
    pub(super) fn place(&self, path: &str) -> String {
        match &self.packed {
            Packed::No if self.origin.is_file() => self.origin.display().to_string(),
            _ => format!("{}/{path}", self.origin.display()),
        }
    }

    /// Lends a reader of a file of [`paths`](Self::paths) to `read`: for files that are
    /// gone through piece by piece, whatever their size. Where all that was unpacked of an
    /// archive is more than its limit, reading fails.
    ///
    /// # Errors
    /// Returns an error if the file is not there or cannot be opened, or `read` fails.
    pub(super) fn reading<T>(
        &self,
        path: &str,
        read: impl FnOnce(&mut dyn Read) -> Result<T, ImportError>,
    ) -> Result<T, ImportError> {
        let fail = |error| ImportError::Unreadable {
            place: self.place(path),
            error,
        };
        let Some(index) = self.index(path) else {
            return Err(fail(io::ErrorKind::NotFound.into()));
        };
        let entry = &self.files[index];
        match (&entry.at, &self.packed) {
            (At::Below, _) => {
                let path = self.origin.join(&entry.path);
                read(&mut File::open(path).map_err(fail)?)
            }
            (At::Disk(path), _) => read(&mut File::open(path).map_err(fail)?),
            (At::Zip(index), Packed::Zip(archive)) => {
                let mut archive = archive.borrow_mut();
                let file = archive.file(*index).map_err(fail)?;
                let unpacked = &self.unpacked;
                read(&mut Unpacking {
                    file,
                    unpacked,
                    limit: self.limits.archive,
                })
            }
            (At::Tar(offset, length), Packed::Tar(file)) => {
                let mut file = file.borrow_mut();
                file.seek(SeekFrom::Start(*offset)).map_err(fail)?;
                read(&mut Read::by_ref(&mut *file).take(*length))
            }
            (At::Zip(_) | At::Tar(..), _) => Err(fail(io::ErrorKind::NotFound.into())),
        }
    }

    /// A file of [`paths`](Self::paths) on disk: itself, or its unpacked bytes in a nameless
    /// temporary file.
    ///
    /// # Errors
    /// Returns the errors of [`reading`](Self::reading).
    #[cfg(feature = "parquet")]
    pub(super) fn file(&self, path: &str) -> Result<File, ImportError> {
        let fail = |error| ImportError::Unreadable {
            place: self.place(path),
            error,
        };
        match self.index(path).map(|at| &self.files[at]) {
            Some(Entry {
                at: At::Disk(path), ..
            }) => {
                return File::open(path).map_err(fail);
            }
            Some(Entry {
                at: At::Below,
                path,
            }) => {
                return File::open(self.origin.join(path)).map_err(fail);
            }
            _ => {}
        }
        self.reading(path, |reader| {
            let mut file = tempfile::tempfile().map_err(fail)?;
            io::copy(reader, &mut file).map_err(fail)?;
            file.seek(SeekFrom::Start(0)).map_err(fail)?;
            Ok(file)
        })
    }

    /// The bytes of a file of [`paths`](Self::paths).
    ///
    /// # Errors
    /// Returns an error if it cannot be read, or is larger than the limit.
    pub(super) fn bytes(&self, path: &str) -> Result<Vec<u8>, ImportError> {
        let limit = self.limits.file << 20;
        let bytes = self.up_to(path, limit + 1)?;
        if bytes.len() as u64 > limit {
            let limit = self.limits.file;
            return Err(ImportError::TooLarge {
                place: self.place(path),
                limit,
            });
        }
        Ok(bytes)
    }

    /// The bytes of a file up to a number.
    fn up_to(&self, path: &str, limit: u64) -> Result<Vec<u8>, ImportError> {
        let fail = |error| ImportError::Unreadable {
            place: self.place(path),
            error,
        };
        self.reading(path, |reader| {
            let mut bytes = Vec::new();
            reader.take(limit).read_to_end(&mut bytes).map_err(fail)?;
            Ok(bytes)
        })
    }

    /// The text of a file, decoded.
    ///
    /// # Errors
    /// Returns the errors of [`bytes`](Self::bytes).
    pub(super) fn text(&self, path: &str) -> Result<Decoded, ImportError> {
        Ok(decode(&self.bytes(path)?))
    }

    /// The first few bytes of a file.
    ///
    /// # Errors
    /// Returns the errors of [`reading`](Self::reading).
    pub(super) fn beginning_bytes(&self, path: &str) -> Result<Vec<u8>, ImportError> {
        self.up_to(path, 4)
    }

    /// The first bytes of a file, at most so many: enough to tell what it is.
    pub(super) fn beginning(&self, path: &str, limit: usize) -> String {
        let bytes = self.up_to(path, limit as u64).unwrap_or_default();
        decode_beginning(&bytes)
    }
}

/// A packed file, and how much of its archive was unpacked before.
struct Unpacking<'a, R> {
    file: R,
    unpacked: &'a Cell<u64>,
    /// MiB of the whole archive.
    limit: u64,
}

impl<R: Read> Read for Unpacking<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.unpacked.set(self.unpacked.get() + read as u64);
        if self.unpacked.get() > self.limit << 20 {
            let limit = self.limit;
            let problem =
                format!("more than {limit} MiB unpacked; is the archive a bomb?");
            return Err(io::Error::other(problem));
        }
        Ok(read)
    }
}

/// Whether `path` has that ending, in any case.
pub(super) fn ends(path: &str, ending: &str) -> bool {
    let at = path.len().checked_sub(ending.len());
    at.and_then(|at| path.get(at..))
        .is_some_and(|tail| tail.eq_ignore_ascii_case(ending))
}

#[cfg(test)]
mod tests {
    use std::{fs, io::Write as _};

    use super::*;

    fn zipped(entries: &[(&str, &[u8])]) -> tempfile::NamedTempFile {
        let file = tempfile::Builder::new().suffix(".zip").tempfile().unwrap();
        let mut writer = zip::ZipWriter::new(file.reopen().unwrap());
        for (name, bytes) in entries {
            writer
                .start_file(*name, zip::write::SimpleFileOptions::default())
                .unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap();
        file
    }

    fn paths(tree: &Tree) -> Vec<&str> {
        tree.paths().collect()
    }

    #[test]
    fn a_folder_a_zip_and_a_packed_tar_of_the_same_files_are_the_same_tree() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("b")).unwrap();
        fs::write(folder.path().join("b/2.txt"), "two").unwrap();
        fs::write(folder.path().join("a.txt"), "one").unwrap();
        let zip = zipped(&[("b/2.txt", b"two"), ("a.txt", b"one")]);
        let tar = tempfile::Builder::new()
            .suffix(".tar.gz")
            .tempfile()
            .unwrap();
        let packer = flate2::write::GzEncoder::new(
            tar.reopen().unwrap(),
            flate2::Compression::fast(),
        );
        let mut builder = tar::Builder::new(packer);
        builder.append_dir_all("", folder.path()).unwrap();
        builder.into_inner().unwrap().finish().unwrap();
        for path in [folder.path(), zip.path(), tar.path()] {
            let tree = Tree::open(path, ImportLimits::STANDARD).unwrap();
            assert_eq!(paths(&tree), ["a.txt", "b/2.txt"], "{}", path.display());
            assert_eq!(tree.text("b/2.txt").unwrap().text, "two");
        }
    }

    #[test]
    fn names_that_leave_the_archive_are_passed_over_and_said() {
        let zip = zipped(&[
            ("../evil.txt", b"x"),
            ("/etc/evil", b"x"),
            ("good.txt", b"x"),
        ]);
        let tree = Tree::open(zip.path(), ImportLimits::STANDARD).unwrap();
        assert_eq!(paths(&tree), ["good.txt"]);
        assert_eq!(tree.refused().len(), 2);
    }

    #[test]
    fn a_bomb_is_refused_by_its_name() {
        let zip = zipped(&[("bomb.txt", &vec![b'x'; (1 << 20) + 1])]);
        let tree = Tree::open(
            zip.path(),
            ImportLimits {
                file: 1,
                archive: 1,
            },
        )
        .unwrap();
        let error = tree.bytes("bomb.txt").unwrap_err().to_string();
        assert!(
            error.contains("bomb.txt: more than 1 MiB unpacked"),
            "{error}"
        );
    }

    #[test]
    fn a_bomb_of_many_files_is_refused_by_the_name_of_the_one_too_much() {
        let half = vec![b'x'; 600 << 10];
        let zip = zipped(&[("1.txt", &half), ("2.txt", &half)]);
        let tree = Tree::open(
            zip.path(),
            ImportLimits {
                file: 1,
                archive: 1,
            },
        )
        .unwrap();
        assert_eq!(tree.bytes("1.txt").unwrap().len(), half.len());
        let error = tree.bytes("2.txt").unwrap_err().to_string();
        assert!(error.contains("2.txt: more than 1 MiB unpacked"), "{error}");
    }

    #[test]
    fn a_truncated_zip_is_refused_by_its_name() {
        let zip = zipped(&[("a.txt", b"some text that is long enough to be cut")]);
        let bytes = fs::read(zip.path()).unwrap();
        fs::write(zip.path(), &bytes[..bytes.len() / 2]).unwrap();
        let error = Tree::open(zip.path(), ImportLimits::STANDARD)
            .unwrap_err()
            .to_string();
        assert!(error.contains("not a readable zip archive"), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_back_is_passed_over_and_said() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.txt"), "x").unwrap();
        std::os::unix::fs::symlink(folder.path(), folder.path().join("loop")).unwrap();
        let tree = Tree::open(folder.path(), ImportLimits::STANDARD).unwrap();
        assert_eq!(paths(&tree), ["a.txt"]);
        assert_eq!(tree.refused().len(), 1);
    }
}
