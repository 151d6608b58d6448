//! Rows on disk: every one is written as it is made, and survives a kill.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use super::{
    clock,
    contents::{Contents, FileDigest},
    layout::Layout,
    marks::{Digests, Mark, Marks},
    outcome::DocumentOutcome,
    row_files::{FILES, NAMES},
    rows,
    store_error::StoreError,
};

/// How long written rows may stay in the memory of the operating system. A kill of the
/// process loses nothing; a power failure no more than this.
const SYNC: Duration = Duration::from_secs(1);

/// The files of a run that is under way, in document order.
pub struct Store {
    folder: PathBuf,
    layout: Layout,
    files: [File; FILES],
    marks: Marks,
    mark: Mark,
    digests: Digests,
    synced: Instant,
    /// The thread that waits for the disk, where one does.
    syncing: Option<JoinHandle<Result<(), StoreError>>>,
}

impl Store {
    /// Begins the files of rows in `folder`; those of an earlier run are replaced.
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
        store.append(&rows::headers(&store.layout), 0)?;
        Ok(store)
    }

    /// Goes on with the files in `folder` after the last document whose rows are all
    /// there and as they were written; begins them where there are none.
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
        for ((file, name), length) in files.iter_mut().zip(NAMES).zip(mark.lengths) {
            let cut = |file: &mut File| {
                file.set_len(length)?;
                file.seek(SeekFrom::End(0))
            };
            cut(file).map_err(|error| StoreError::new(&folder.join(name), error))?;
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

    /// Forgets what is in `folder`: to be called before its manifest becomes that of
    /// another run.
    ///
    /// # Errors
    /// Returns an error if the folder cannot be written.
    pub fn forget(folder: &Path) -> Result<(), StoreError> {
        Marks::forget(folder).map_err(|error| StoreError::new(folder, error))
    }

    /// How many documents have their rows.
    pub fn documents(&self) -> u64 {
        self.mark.documents
    }

    /// Writes the rows of one document.
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

    /// Lets a thread of its own wait for the disk, since nobody else need wait; one at a
    /// time. What went wrong the time before is said now.
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
        files.push((marks, self.folder.clone())); // after the rows that they speak of
        let sync = move || {
            files.iter().try_for_each(|(file, path)| {
                file.sync_data()
                    .map_err(|error| StoreError::new(path, error))
            })
        };
        let started = thread::Builder::new().spawn(sync);
        let refuse = |error| StoreError::new(&self.folder, error);
        self.syncing = Some(started.map_err(refuse)?);
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

    /// Waits until what was written is on the disk.
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

    /// What the files hold, for the manifest.
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
