//! Stores the rows of a run on disk. Each document is written as soon as it is scored,
//! followed by a mark, so that a killed run loses at most the document that was being
//! written.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use crate::run::{
    outcomes::outcome::DocumentOutcome, setup::layout::Layout, threads::clock,
};

use super::{
    contents::{Contents, FileDigest},
    marks::{Digests, Mark, Marks},
    row_files::{FILES, NAMES},
    rows,
    store_error::StoreError,
};

/// The longest time that written rows stay in the memory of the operating system only. A
/// kill of the process loses nothing; a power failure loses no more than this.
const SYNC: Duration = Duration::from_secs(1);

/// The open files of a run that is being written, in document order.
pub struct Store {
    folder: PathBuf,
    layout: Layout,
    files: [File; FILES],
    marks: Marks,
    mark: Mark,
    digests: Digests,
    synced: Instant,
    /// The thread that waits for the disk, if there is one.
    syncing: Option<JoinHandle<Result<(), StoreError>>>,
}

impl Store {
    /// Creates the files of rows in `folder`. Files of an earlier run are replaced.
    ///
    /// # Errors
    /// Returns an error if the folder or a file cannot be written.
    pub fn create(folder: &Path, layout: Layout) -> Result<Self, StoreError> {
        let marks = Marks::create(folder).map_err(|e| StoreError::new(folder, e))?;
        let files = open_all(
            folder,
            OpenOptions::new().write(true).create(true).truncate(true),
        )?;

        let mut store = Self {
            folder: folder.to_owned(),
            layout,
            files,
            marks,
            mark: Mark::default(),
            digests: Digests::default(),
            synced: clock::now(),
            syncing: None,
        };

        store.append(&rows::headers(), 0)?;
        Ok(store)
    }

    /// Opens the files in `folder` and continues after the last document whose rows are
    /// all there and unchanged. Creates the files if there is no such document.
    ///
    /// # Errors
    /// Returns the errors of [`Self::create`].
    pub fn resume(folder: &Path, layout: Layout) -> Result<Self, StoreError> {
        let found = Marks::reopen(folder);
        let found = found.map_err(|error| StoreError::new(folder, error))?;
        let Some((marks, mark, digests)) = found else {
            return Self::create(folder, layout);
        };

        let mut files = open_all(folder, OpenOptions::new().write(true))?;
        // what is beyond the mark belongs to a document that was cut off
        for ((file, name), length) in files.iter_mut().zip(NAMES).zip(mark.lengths) {
            file.set_len(length)
                .and_then(|()| file.seek(SeekFrom::End(0)))
                .map_err(|error| StoreError::new(&folder.join(name), error))?;
        }

        let (folder, synced) = (folder.to_owned(), clock::now());
        Ok(Self {
            folder,
            layout,
            files,
            marks,
            mark,
            digests,
            synced,
            syncing: None,
        })
    }

    /// Removes the marks in `folder`, so that its rows are not taken for those of another
    /// run. Must be called before the manifest is replaced.
    ///
    /// # Errors
    /// Returns an error if the folder cannot be written.
    pub fn forget(folder: &Path) -> Result<(), StoreError> {
        Marks::forget(folder).map_err(|error| StoreError::new(folder, error))
    }

    /// Returns the number of documents whose rows are complete.
    pub fn documents(&self) -> u64 {
        self.mark.documents
    }

    /// Writes the rows of one document and its mark.
    ///
    /// # Errors
    /// Returns an error if a file cannot be written.
    pub fn write(&mut self, outcome: &DocumentOutcome) -> Result<(), StoreError> {
        self.append(&rows::of(&self.layout, outcome), 1)?;
        if self.synced.elapsed() > SYNC {
            self.begin_sync()?;
        }
        Ok(())
    }

    /// Starts a thread that waits for the disk, since nothing else has to wait; only one
    /// at a time. Returns the error of the previous one.
    fn begin_sync(&mut self) -> Result<(), StoreError> {
        if self
            .syncing
            .as_ref()
            .is_some_and(|thread| !thread.is_finished())
        {
            return Ok(());
        }

        self.end_sync()?;
        let mut files = Vec::with_capacity(FILES + 1);
        for (at, file) in self.files.iter().enumerate() {
            let path = self.folder.join(NAMES[at]);
            files.push((
                file.try_clone().map_err(|e| StoreError::new(&path, e))?,
                path,
            ));
        }

        let marks = self
            .marks
            .file()
            .map_err(|e| StoreError::new(&self.folder, e))?;

        // marks last, so that none is on the disk before the rows that it counts
        files.push((marks, self.folder.clone()));

        let started = thread::Builder::new().spawn(move || {
            files.iter().try_for_each(|(file, path)| {
                file.sync_data()
                    .map_err(|error| StoreError::new(path, error))
            })
        });
        self.syncing =
            Some(started.map_err(|error| StoreError::new(&self.folder, error))?);
        self.synced = clock::now();
        Ok(())
    }

    fn end_sync(&mut self) -> Result<(), StoreError> {
        let ended = self.syncing.take().map(JoinHandle::join);
        ended.map_or(Ok(()), |result| result.expect("waiting does not panic"))
    }

    fn append(
        &mut self,
        rows: &[Vec<u8>; FILES],
        documents: u64,
    ) -> Result<(), StoreError> {
        for (at, rows) in rows.iter().enumerate() {
            self.files[at]
                .write_all(rows)
                .map_err(|error| self.error(at, error))?;
            self.mark.lengths[at] += rows.len() as u64;
            self.digests.add(at, rows);
        }

        self.mark.documents += documents;
        self.mark.digest = self.digests.combined();
        let marked = self.marks.add(self.mark);
        marked.map_err(|error| StoreError::new(&self.folder, error))
    }

    /// Waits until everything that was written is on the disk.
    ///
    /// # Errors
    /// Returns an error if it cannot be written there.
    pub fn sync(&mut self) -> Result<(), StoreError> {
        self.end_sync()?;
        for (at, file) in self.files.iter().enumerate() {
            file.sync_data().map_err(|error| self.error(at, error))?;
        }
        self.marks
            .sync()
            .map_err(|error| StoreError::new(&self.folder, error))?;
        self.synced = clock::now();
        Ok(())
    }

    /// Returns lengths and digests of the files, for the manifest.
    pub fn contents(&self) -> Contents {
        let files = NAMES
            .iter()
            .zip(self.mark.lengths)
            .zip(self.digests.files());
        let rows = files
            .map(|((name, bytes), hasher)| {
                ((*name).to_owned(), FileDigest::of(bytes, hasher))
            })
            .collect();
        let documents = self.mark.documents;
        Contents {
            documents,
            rows,
            ..Contents::default()
        }
    }

    /// Removes the rows and marks in `folder`.
    ///
    /// # Errors
    /// Returns an error if a file cannot be removed.
    pub fn remove(folder: &Path) -> Result<(), StoreError> {
        Self::forget(folder)?;
        for name in NAMES {
            let path = folder.join(name);
            match fs::remove_file(&path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(StoreError::new(&path, error));
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn error(&self, file: usize, error: io::Error) -> StoreError {
        StoreError::new(&self.folder.join(NAMES[file]), error)
    }
}

fn open_all(folder: &Path, options: &OpenOptions) -> Result<[File; FILES], StoreError> {
    let mut files = Vec::with_capacity(FILES);
    for name in NAMES {
        let path = folder.join(name);
        files.push(
            options
                .open(&path)
                .map_err(|error| StoreError::new(&path, error))?,
        );
    }
    files
        .try_into()
        .map_err(|_| StoreError::broken(folder, "files are missing"))
}
