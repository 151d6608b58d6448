//! The files of a corpus to import: a folder, a zip, a tar, or a single file, packed or
//! not. Archives are read in place: nothing of them is ever written to disk under a name
//! that they choose.

#[cfg(feature = "archives")]
mod archives;
#[cfg(not(feature = "archives"))]
#[path = "tree/no_archives.rs"]
mod archives;
#[cfg(feature = "archives")]
mod code_page;
mod list;

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

/// The limits on how much of a packed file is read.
#[derive(Debug, Clone, Copy)]
pub struct ImportLimits {
    /// The greatest size, in MiB, of one file that is read at once.
    pub file: u64,
    /// The greatest size, in MiB, of all files of a packed tar together, or of a single
    /// packed file.
    pub archive: u64,
}

impl ImportLimits {
    /// The usual limits: 512 MiB for a file and 32 GiB for an archive.
    pub const STANDARD: Self = Self {
        file: 512,
        archive: 32 << 10,
    };
}

/// The files of a folder or an archive, sorted by path. Made by [`Tree::open`].
pub struct Tree {
    origin: PathBuf,
    files: Vec<Entry>,
    packed: Packed,
    limits: ImportLimits,
    /// The number of bytes that were unpacked from a zip so far.
    unpacked: Cell<u64>,
    /// The paths that were left out, with the reason.
    refused: Vec<String>,
}

struct Entry {
    path: String,
    at: At,
}

/// The place of a file's bytes.
enum At {
    /// On disk, at its path below the folder.
    Below,
    /// On disk elsewhere: a single file, or one whose name is not UTF-8.
    Disk(PathBuf),
    Zip(usize),
    /// The offset and length in the unpacked tar.
    Tar(u64, u64),
}

enum Packed {
    No,
    Zip(Zip),
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
    /// Returns the path of the folder or archive.
    pub fn origin(&self) -> &Path {
        &self.origin
    }

    /// Returns the paths of all files, sorted, with `/` between folders.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|entry| entry.path.as_str())
    }

    /// Returns the paths with this ending, sorted. The ending may be in any case.
    pub(super) fn ending<'a>(&'a self, ending: &'a str) -> impl Iterator<Item = &'a str> {
        self.paths().filter(move |path| ends(path, ending))
    }

    /// Returns the paths that begin with `start`, sorted. They are found by binary
    /// search.
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

    /// Returns whether there is a file of this path.
    pub(super) fn has(&self, path: &str) -> bool {
        self.index(path).is_some()
    }

    fn index(&self, path: &str) -> Option<usize> {
        self.files
            .binary_search_by(|entry| entry.path.as_str().cmp(path))
            .ok()
    }

    /// Returns the paths that were left out, each with its reason.
    pub fn refused(&self) -> &[String] {
        &self.refused
    }

    /// Returns `origin/path`, for messages.
    pub(super) fn place(&self, path: &str) -> String {
        match &self.packed {
            Packed::No if self.origin.is_file() => self.origin.display().to_string(),
            _ => format!("{}/{path}", self.origin.display()),
        }
    }

    /// Passes a reader of a file of [`paths`](Self::paths) to `read`, for files that are
    /// read piece by piece, whatever their size. Reading fails if more is unpacked from
    /// an archive than its limit.
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

    /// Returns a file of [`paths`](Self::paths) on disk: itself, or its unpacked bytes in
    /// a nameless temporary file.
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

        // Parquet is read from its end, so that a packed file is unpacked first
        self.reading(path, |reader| {
            let mut file = tempfile::tempfile().map_err(fail)?;
            io::copy(reader, &mut file).map_err(fail)?;
            file.seek(SeekFrom::Start(0)).map_err(fail)?;
            Ok(file)
        })
    }

    /// Returns the bytes of a file of [`paths`](Self::paths).
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

    /// Returns the first `limit` bytes of a file, or all of them if there are fewer.
    fn up_to(&self, path: &str, limit: u64) -> Result<Vec<u8>, ImportError> {
        self.reading(path, |reader| {
            let mut bytes = Vec::new();
            match reader.take(limit).read_to_end(&mut bytes) {
                Ok(_) => Ok(bytes),
                Err(error) => Err(ImportError::Unreadable {
                    place: self.place(path),
                    error,
                }),
            }
        })
    }

    /// Returns the decoded text of a file.
    ///
    /// # Errors
    /// Returns the errors of [`bytes`](Self::bytes).
    pub(super) fn text(&self, path: &str) -> Result<Decoded, ImportError> {
        Ok(decode(&self.bytes(path)?))
    }

    /// Returns the first four bytes of a file, which contain its byte order mark.
    ///
    /// # Errors
    /// Returns the errors of [`reading`](Self::reading).
    pub(super) fn beginning_bytes(&self, path: &str) -> Result<Vec<u8>, ImportError> {
        self.up_to(path, 4)
    }

    /// Returns the decoded first bytes of a file, at most `limit`, which is enough to
    /// recognise it. Returns an empty text if it cannot be read.
    pub(super) fn beginning(&self, path: &str, limit: usize) -> String {
        let bytes = self.up_to(path, limit as u64).unwrap_or_default();
        decode_beginning(&bytes)
    }
}

/// A reader of a packed file that counts what has been unpacked from its archive.
struct Unpacking<'a, R> {
    file: R,
    unpacked: &'a Cell<u64>,
    /// The limit for the whole archive in MiB.
    limit: u64,
}

impl<R: Read> Read for Unpacking<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.unpacked.set(self.unpacked.get() + read as u64);
        if self.unpacked.get() > self.limit << 20 {
            let limit = self.limit;
            let problem = format!(
                "more than {limit} MiB unpacked, which is the limit for archives"
            );
            return Err(io::Error::other(problem));
        }
        Ok(read)
    }
}

/// Returns whether `path` has this ending, in any case.
pub(super) fn ends(path: &str, ending: &str) -> bool {
    let at = path.len().checked_sub(ending.len());
    at.and_then(|at| path.get(at..))
        .is_some_and(|tail| tail.eq_ignore_ascii_case(ending))
}

#[cfg(test)]
mod tests;
