//! Replaces all rows of a run at once. New rows are written into a folder beside the old
//! ones and moved into their place when they are complete.

use std::{fs, io, path::Path};

use crate::run::{
    setup::layout::Layout,
    storing::{store::Store, store_error::StoreError},
};

use super::manifest::RunManifest;

/// Replaces the rows in `folder` by those that `write` makes, and the manifest if one is
/// given. An interruption leaves either the old rows or the new ones. The manifest
/// receives the digests of the new rows, and no digests of tables, since those of the old
/// rows no longer apply.
///
/// # Errors
/// Returns an error if `write` fails, or a file cannot be written.
pub fn replace<E: From<StoreError>>(
    folder: &Path,
    layout: Layout,
    manifest: Option<&mut RunManifest>,
    write: impl FnOnce(&mut Store) -> Result<(), E>,
) -> Result<(), E> {
    let (draft, ready) = (folder.join(".draft"), folder.join(".ready"));
    let refuse = |error| StoreError::new(&draft, error);

    if draft.exists() {
        fs::remove_dir_all(&draft).map_err(refuse)?;
    }
    fs::create_dir(&draft).map_err(refuse)?;

    let mut store = Store::create(&draft, layout)?;
    write(&mut store)?;
    store.sync()?;

    if let Some(manifest) = manifest {
        manifest.contents = Some(store.contents());
        manifest.write(&draft)?;
    }

    // from here on the replacement is complete: the next command that opens the folder
    // finishes it if this one is interrupted
    fs::rename(&draft, &ready).map_err(refuse)?;
    Ok(settle(folder)?)
}

/// Returns whether a replacement of the rows in `folder` was ready when it was
/// interrupted.
pub fn is_unsettled(folder: &Path) -> bool {
    folder.join(".ready").exists()
}

/// Finishes a replacement that was ready when it was interrupted, and removes one that
/// was not.
///
/// # Errors
/// Returns an error if a file cannot be moved.
pub fn settle(folder: &Path) -> Result<(), StoreError> {
    let (draft, ready) = (folder.join(".draft"), folder.join(".ready"));
    let finish = || -> io::Result<()> {
        if draft.exists() {
            fs::remove_dir_all(&draft)?;
        }

        if !ready.exists() {
            return Ok(());
        }

        for entry in fs::read_dir(&ready)? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default();
            fs::rename(&path, folder.join(name))?;
        }
        fs::remove_dir(&ready)
    };
    finish().map_err(|error| StoreError::new(&ready, error))
}
