//! The bytes of a corpus that is a file, or standard input.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use super::{
    error::CorpusError,
    packing::Packing,
    utf16::{ByteOrder, Decoding},
};

/// The size of the buffers in which files are read.
const BUFFER: usize = 1 << 20;

/// Where the bytes of a corpus are.
#[derive(Debug, Clone)]
pub(super) enum Bytes {
    File(PathBuf),
    /// What was on standard input, in a nameless temporary file: a corpus is read several
    /// times.
    Input(Arc<Mutex<File>>),
    /// A file, and its records as JSON Lines in a nameless temporary file.
    Converted(PathBuf, Arc<Mutex<File>>),
}

impl Bytes {
    /// Reads standard input to its end.
    pub(super) fn of_standard_input() -> io::Result<Self> {
        let mut file = tempfile::tempfile()?;
        io::copy(&mut io::stdin().lock(), &mut file)?;
        Ok(Self::Input(Arc::new(Mutex::new(file))))
    }

    /// Returns the place in words, for messages.
    pub(super) fn origin(&self) -> String {
        match self {
            Self::File(path) | Self::Converted(path, _) => path.display().to_string(),
            Self::Input(_) => "standard input".to_owned(),
        }
    }

    /// Returns the name of the file; an empty text for standard input.
    pub(super) fn name(&self) -> String {
        let name = match self {
            Self::File(path) | Self::Converted(path, _) => path.file_name(),
            Self::Input(_) => None,
        };
        name.unwrap_or_default().to_string_lossy().into_owned()
    }

    pub(super) fn length(&self) -> u64 {
        let metadata = match self {
            Self::File(path) => path.metadata(),
            Self::Input(file) | Self::Converted(_, file) => locked(file).metadata(),
        };
        metadata.map_or(0, |metadata| metadata.len())
    }

    /// Returns a reader of the bytes as they are.
    pub(super) fn raw(&self) -> Result<Box<dyn Read + Send>, CorpusError> {
        Ok(match self {
            Self::File(path) | Self::Converted(path, _) => Box::new(
                File::open(path).map_err(|error| CorpusError::unreadable(path, error))?,
            ),
            Self::Input(file) => Box::new(Reading {
                file: file.clone(),
                at: 0,
            }),
        })
    }

    /// Returns a reader of the unpacked bytes; of UTF-16 they are those of UTF-8.
    pub(super) fn unpacked(&self) -> Result<Box<dyn BufRead + Send>, CorpusError> {
        let refuse = |error| CorpusError::unreadable(Path::new(&self.origin()), error);
        if let Self::Converted(_, file) = self {
            let lines = Reading {
                file: file.clone(),
                at: 0,
            };
            return Ok(Box::new(BufReader::with_capacity(BUFFER, lines)));
        }
        let mut raw = BufReader::with_capacity(BUFFER, self.raw()?);
        let packing = Packing::of(raw.fill_buf().map_err(refuse)?);
        let unpacked = packing.unpacking(raw).map_err(refuse)?;
        let is_packed = packing != Packing::None;
        let named = Named {
            unpacked,
            is_packed,
        };
        let mut reader = BufReader::with_capacity(BUFFER, named);
        let order = ByteOrder::of(reader.fill_buf().map_err(refuse)?);
        Ok(match order {
            Some(order) => {
                let decoding = Decoding::new(reader, order);
                Box::new(BufReader::with_capacity(BUFFER, decoding))
            }
            None => Box::new(reader),
        })
    }
}

/// A reader of a file that several readers share.
struct Reading {
    file: Arc<Mutex<File>>,
    at: u64,
}

impl Read for Reading {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut file = locked(&self.file);
        file.seek(SeekFrom::Start(self.at))?;
        let read = file.read(buffer)?;
        self.at += read as u64;
        Ok(read)
    }
}

fn locked(file: &Mutex<File>) -> std::sync::MutexGuard<'_, File> {
    file.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A reader whose errors say that the file was packed.
struct Named {
    unpacked: Box<dyn Read + Send>,
    is_packed: bool,
}

impl Read for Named {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.unpacked
            .read(buffer)
            .map_err(|error| match self.is_packed {
                true => io::Error::other(format!("the packed file is damaged: {error}")),
                false => error,
            })
    }
}
