//! The lock of a folder: only one process writes into it at a time.

use std::{
    fs::{File, TryLockError},
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use crate::run::storing::store_error::StoreError;

/// The right to write into a folder. It ends when this value is dropped or when the
/// process ends, in whatever way.
#[derive(Debug)]
pub struct FolderLock {
    _file: File,
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
        let path = folder.join(".lock");
        std::fs::create_dir_all(folder).map_err(|e| StoreError::new(folder, e))?;
        let file = File::create(&path).map_err(|error| StoreError::new(&path, error))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(LockError::Busy {
                folder: folder.to_owned(),
            }),
            Err(TryLockError::Error(error)) => Err(StoreError::new(&path, error).into()),
        }
    }
}
