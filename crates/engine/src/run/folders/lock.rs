//! The lock of a folder: only one process writes into it at a time.

use std::{
    fs::{self, File, TryLockError},
    io::{self, ErrorKind},
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use crate::run::storing::store_error::StoreError;

/// The right to write into a folder. It ends when this value is dropped or when the
/// process ends, in whatever way. A folder into which nothing was written is removed when it is
/// dropped.
#[derive(Debug)]
pub struct FolderLock {
    file: File,
    folder: PathBuf,
}

/// Why a folder cannot be written to.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Another process writes into the folder.
    #[error(
        "{folder}: another run is writing there\nhint: wait for it, or give this one another `--name`"
    )]
    Busy {
        /// The folder.
        folder: PathBuf,
    },
    /// The folder cannot be made or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl FolderLock {
    /// Waits up to ten seconds for the right to write into `folder`. For writers that
    /// need a moment and can wait for another such writer.
    ///
    /// # Errors
    /// Returns the errors of [`take`](Self::take).
    pub fn wait(folder: &Path) -> Result<Self, LockError> {
        for _ in 0..100 {
            match Self::take(folder) {
                Err(LockError::Busy { .. }) => thread::sleep(Duration::from_millis(100)),
                taken => return taken,
            }
        }
        Self::take(folder)
    }

    /// Returns the right to write into `folder`, which is made if it does not exist.
    ///
    /// # Errors
    /// Returns an error if another has it, or the folder cannot be written.
    pub fn take(folder: &Path) -> Result<Self, LockError> {
        /// More often than others remove their empty folder between two calls.
        const ATTEMPTS: usize = 1_000;

        for _ in 0..ATTEMPTS {
            if let Some(lock) = Self::attempt(folder)? {
                return Ok(lock);
            }
        }
        let gone = io::Error::from(ErrorKind::NotFound);
        Err(StoreError::new(&folder.join(NAME), gone).into())
    }

    /// Returns the right to write into `folder`; `None` if another has removed the folder, which
    /// was empty, meanwhile.
    fn attempt(folder: &Path) -> Result<Option<Self>, LockError> {
        let path = folder.join(NAME);
        fs::create_dir_all(folder).map_err(|e| StoreError::new(folder, e))?;
        let file = match File::create(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            created => created.map_err(|error| StoreError::new(&path, error))?,
        };
        let folder = folder.to_owned();
        match file.try_lock() {
            Ok(()) => Ok(is_at(&file, &path).then_some(Self { file, folder })),
            Err(TryLockError::WouldBlock) => Err(LockError::Busy { folder }),
            Err(TryLockError::Error(error)) => Err(StoreError::new(&path, error).into()),
        }
    }
}

/// The name of the file that is locked.
const NAME: &str = ".lock";

/// Returns whether an open file still is the one at a path.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let id = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
    file.metadata().ok().map(id) == path.metadata().ok().map(id)
}

/// Returns whether an open file still is the one at a path: on this system it cannot be removed
/// while it is open.
#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}

impl Drop for FolderLock {
    fn drop(&mut self) {
        let names = fs::read_dir(&self.folder).into_iter().flatten();
        let mut names = names.map(|entry| entry.map(|it| it.file_name()));
        let is_empty = names.all(|name| name.is_ok_and(|name| name == NAME));
        let path = self.folder.join(NAME);
        if is_empty && is_at(&self.file, &path) {
            // still locked, so that nobody else begins to write here
            let _ = fs::remove_file(&path);
            let _ = fs::remove_dir(&self.folder);
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_folder_into_which_nothing_was_written_is_removed() {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("run");
        drop(FolderLock::take(&folder).unwrap());
        assert!(!folder.exists());

        let lock = FolderLock::take(&folder).unwrap();
        fs::write(folder.join("rows"), "x").unwrap();
        assert!(matches!(
            FolderLock::take(&folder),
            Err(LockError::Busy { .. })
        ));
        drop(lock);
        assert!(folder.join("rows").exists() && folder.join(NAME).exists());
    }

    #[test]
    fn one_at_a_time_writes_however_often_the_folder_is_removed() {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("run");
        let inside = std::sync::atomic::AtomicBool::new(false);
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..500 {
                        if let Ok(_lock) = FolderLock::take(&folder) {
                            let order = std::sync::atomic::Ordering::SeqCst;
                            assert!(!inside.swap(true, order), "two at once");
                            thread::yield_now();
                            inside.store(false, order);
                        }
                    }
                });
            }
        });
        assert!(!folder.exists());
    }
}
