//! Reads archives with the crates of the feature `archives`.

use std::{
    fs::File,
    io::{self, BufReader, Read},
    path::Path,
};

use flate2::read::DeflateDecoder;
use rawzip::{
    CompressionMethod, FileReader, RECOMMENDED_BUFFER_SIZE, ZipArchive,
    ZipArchiveEntryWayfinder, ZipFileHeaderRecord,
};

use super::code_page::code_page_437;
use crate::import::error::ImportError;

/// A zip archive that is read in place.
pub(super) struct Zip {
    archive: ZipArchive<FileReader>,
    entries: Vec<ZipEntry>,
}

/// An entry of the directory of a zip archive.
struct ZipEntry {
    name: String,
    place: ZipArchiveEntryWayfinder,
    method: CompressionMethod,
    is_encrypted: bool,
}

impl Zip {
    pub(super) fn open(path: &Path) -> Result<Self, ImportError> {
        let file =
            File::open(path).map_err(|error| ImportError::unreadable(path, error))?;
        Self::of_file(file).map_err(|error| broken(path, "zip", &error))
    }

    fn of_file(file: File) -> Result<Self, rawzip::Error> {
        let mut buffer = vec![0; RECOMMENDED_BUFFER_SIZE];
        let archive = ZipArchive::from_file(file, &mut buffer)?;
        let mut entries = Vec::new();

        let mut directory = archive.entries(&mut buffer);
        while let Some(entry) = directory.next_entry()? {
            entries.push(ZipEntry::of(&entry));
        }

        Ok(Self { archive, entries })
    }

    /// Returns the name of each entry.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.name.as_str())
    }

    /// Returns a reader of the unpacked bytes of an entry. It fails at the end if their
    /// number or their checksum differs from that in the archive.
    pub(super) fn file(&self, index: usize) -> io::Result<Box<dyn Read + '_>> {
        let entry = &self.entries[index];
        if entry.is_encrypted {
            return Err(io::Error::other("the entry is encrypted"));
        }

        let packed = self
            .archive
            .get_entry(entry.place)
            .map_err(io::Error::other)?;
        match entry.method {
            CompressionMethod::STORE => {
                Ok(Box::new(packed.verifying_reader(packed.reader())))
            }
            CompressionMethod::DEFLATE => {
                let unpacked = DeflateDecoder::new(packed.reader());
                Ok(Box::new(packed.verifying_reader(unpacked)))
            }
            method => Err(io::Error::other(format!(
                "the entry is packed by {method}; stored entries and deflate are read"
            ))),
        }
    }
}

impl ZipEntry {
    fn of(record: &ZipFileHeaderRecord<'_>) -> Self {
        let path = record.file_path();
        Self {
            name: name(path.as_ref()),
            place: record.wayfinder(),
            method: record.compression_method(),
            is_encrypted: record.flags().is_encrypted(),
        }
    }
}

/// Returns the name of an entry. Programs write UTF-8, with or without saying so; what is
/// not UTF-8 is in code page 437, as the format prescribes (APPNOTE 6.3, appendix D).
fn name(bytes: &[u8]) -> String {
    let utf8 = std::str::from_utf8(bytes).map(str::to_owned);
    utf8.unwrap_or_else(|_| bytes.iter().map(|&byte| code_page_437(byte)).collect())
}

/// Returns name, offset and length of each file in a tar.
pub(super) fn files_of_tar(
    path: &Path,
    file: &File,
) -> Result<Vec<(String, u64, u64)>, ImportError> {
    let refuse = |error: io::Error| broken(path, "tar", &error);
    let mut found = Vec::new();
    let mut archive = tar::Archive::new(BufReader::new(file));
    for entry in archive.entries().map_err(refuse)? {
        let entry = entry.map_err(refuse)?;
        if entry.header().entry_type().is_file() {
            let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
            found.push((name, entry.raw_file_position(), entry.size()));
        }
    }
    Ok(found)
}

fn broken(path: &Path, kind: &'static str, problem: &dyn ToString) -> ImportError {
    ImportError::Archive {
        path: path.to_owned(),
        kind,
        problem: problem.to_string(),
    }
}
