//! Opens the folder of a run only if its files are what the run has left.

use std::path::Path;

use crate::run::storing::{
    contents::ContentsError,
    marks::{Digests, Marks, holds},
    store_error::StoreError,
};

use super::{manifest::RunManifest, replace::is_unsettled};

/// Returns the manifest of the run in `folder` after its files have been checked against
/// it: rows, tables and marks of a finished run; marks and rows of one that has not
/// ended.
///
/// # Errors
/// Returns an error if there is no run, it has no documents, or a file is not what the
/// run left.
pub fn checked(folder: &Path) -> Result<RunManifest, ContentsError> {
    let manifest = RunManifest::read(folder)?.ok_or_else(|| ContentsError::NoRun {
        folder: folder.to_owned(),
    })?;

    if is_unsettled(folder) {
        return Err(ContentsError::Unsettled {
            folder: folder.to_owned(),
        });
    }

    if manifest.complete {
        let contents = manifest.contents.as_ref();
        let path = folder.join("manifest.json");
        let contents = contents.ok_or(ContentsError::Unsealed { path })?;
        contents.check_rows(folder)?;
        contents.check_tables(folder)?;
    } else {
        check_growing(folder)?;
    }
    Ok(manifest)
}

/// Checks the rows of a run that has not ended up to its last mark. Another process may
/// be writing behind it.
fn check_growing(folder: &Path) -> Result<(), ContentsError> {
    let refuse = |error| StoreError::new(folder, error);
    let mark = Marks::last(folder).map_err(refuse)?;
    let Some(mark) = mark.filter(|mark| mark.documents > 0) else {
        return Err(ContentsError::Empty {
            folder: folder.to_owned(),
        });
    };

    let torn = || ContentsError::Torn {
        path: Marks::path(folder),
    };
    if !holds(folder, &mark) {
        return Err(torn());
    }

    let digests = Digests::of(folder, &mark.lengths).map_err(refuse)?;
    match digests.combined() == mark.digest {
        true => Ok(()),
        false => Err(torn()),
    }
}
