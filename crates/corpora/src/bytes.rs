//! The bytes of a corpus that is a file, or standard input.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use super::{error::CorpusError, packing::Packing};

/// The size of the buffers in which files are read.
const BUFFER: usize = 1 << 20;

/// Where the bytes of a corpus are.
#[derive(Debug, Clone)]
pub(super) enum Bytes {
    File(PathBuf),
    /// What was on standard input, in a nameless temporary file: a corpus is read several
    /// times.
    Input(Arc<Mutex<File>>),
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
            Self::File(path) => path.display().to_string(),
            Self::Input(_) => "standard input".to_owned(),
        }
    }

    /// Returns the name of the file; an empty text for standard input.
    pub(super) fn name(&self) -> String {
        let name = match self {
            Self::File(path) => path.file_name(),
            Self::Input(_) => None,
        };
        name.unwrap_or_default().to_string_lossy().into_owned()
    }

    pub(super) fn length(&self) -> u64 {
        let metadata = match self {
            Self::File(path) => path.metadata(),
            Self::Input(file) => locked(file).metadata(),
        };
        metadata.map_or(0, |metadata| metadata.len())
    }

    /// Returns a reader of the bytes as they are.
    pub(super) fn raw(&self) -> Result<Box<dyn Read + Send>, CorpusError> {
        Ok(match self {
            Self::File(path) => Box::new(
                File::open(path).map_err(|error| CorpusError::unreadable(path, error))?,
            ),
            Self::Input(file) => Box::new(Reading {
                file: file.clone(),
                at: 0,
            }),
        })
    }

    /// Returns a reader of the unpacked bytes.
    pub(super) fn unpacked(&self) -> Result<impl BufRead + Send + use<>, CorpusError> {
        let refuse = |error| CorpusError::unreadable(Path::new(&self.origin()), error);
        let mut raw = BufReader::with_capacity(BUFFER, self.raw()?);
        let packing = Packing::of(raw.fill_buf().map_err(refuse)?);
        let unpacked = packing.unpacking(raw).map_err(refuse)?;
        let is_packed = packing != Packing::None;
        Ok(BufReader::with_capacity(
            BUFFER,
            Named {
                unpacked,
                is_packed,
            },
        ))
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
