//! Reads the tables of runs: of whole folders of runs, and of folders in which only tables were
//! kept.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use epitome_engine::run::RunManifest;
use epitome_report::{
    AcrossStanding, Comparison, Leaderboard, Row, read_across, read_comparisons,
    read_comparisons_in,
};

use super::{
    error::SiteError,
    languages::{DOCUMENTS, Languages, read_languages},
};

/// The tables of a run. Tables that were not kept are empty.
#[derive(Debug, Clone)]
pub struct SiteRun {
    /// Name of the run on the site: its folder, relative to the place that was searched.
    pub name: String,
    /// Manifest; `None` if it was not kept.
    pub manifest: Option<RunManifest>,
    /// Rows of the leaderboard.
    pub rows: Vec<Row>,
    /// Comparisons of pairs of systems: all, or those that were kept.
    pub comparisons: Vec<Comparison>,
    /// Rankings of systems over the documents of each corpus.
    pub standings: Vec<AcrossStanding>,
    /// Languages of the documents of each corpus.
    pub languages: Languages,
}

/// The table that makes a folder a run.
const LEADERBOARD: &str = "leaderboard.csv";

/// The table of the comparisons that were kept, where not all were.
const KEPT_COMPARISONS: &str = "comparisons-kept.csv";

/// Reads the runs in `places`, each the folder of a run, or a folder with such folders at any
/// depth, in the order of their paths. Links to folders are not followed.
///
/// # Errors
/// Returns an error if a place holds no run, or a table cannot be read or is not that of its
/// manifest.
pub fn read_runs(places: &[PathBuf]) -> Result<Vec<SiteRun>, SiteError> {
    let mut folders: Vec<(String, PathBuf)> = Vec::new();
    for place in places {
        let mut found = Vec::new();
        search(place, &mut found)?;
        if found.is_empty() {
            let path = place.clone();
            return Err(SiteError::NoRun { path });
        }
        for folder in found {
            if folders.iter().all(|(_, known)| *known != folder) {
                folders.push((name(place, &folder), folder));
            }
        }
    }

    let mut runs = Vec::new();
    for (at, (name, folder)) in folders.iter().enumerate() {
        let is_taken = |other: usize| other != at && folders[other].0 == *name;
        let name = match (0..folders.len()).any(is_taken) {
            true => folder.display().to_string(),
            false => name.clone(),
        };
        runs.push(read_run(name, folder)?);
    }
    Ok(runs)
}

/// Adds to `found` the folder of a run, or those below `folder`.
fn search(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), SiteError> {
    if folder.join(LEADERBOARD).is_file() {
        found.push(folder.to_owned());
        return Ok(());
    }

    let refuse = |error| SiteError::Place {
        path: folder.to_owned(),
        error,
    };
    let mut below = Vec::new();
    for entry in fs::read_dir(folder).map_err(refuse)? {
        let entry = entry.map_err(refuse)?;
        let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
        if entry.file_type().map_err(refuse)?.is_dir() && !is_hidden {
            below.push(entry.path());
        }
    }
    below.sort();
    below.iter().try_for_each(|path| search(path, found))
}

/// Returns the name of the run in `folder`, which was found in `place`.
fn name(place: &Path, folder: &Path) -> String {
    let inside = folder.strip_prefix(place).unwrap_or(folder);
    if inside.as_os_str().is_empty() {
        let own = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        let last = own.file_name().unwrap_or(own.as_os_str());
        return last.to_string_lossy().into_owned();
    }
    inside.display().to_string()
}

/// Reads the tables in `folder`.
fn read_run(name: String, folder: &Path) -> Result<SiteRun, SiteError> {
    let manifest = RunManifest::read(folder)?;
    if let Some(manifest) = &manifest {
        check(manifest, folder)?;
    }

    let mut comparisons = read_comparisons(folder)?;
    if comparisons.is_empty() {
        comparisons = read_comparisons_in(&folder.join(KEPT_COMPARISONS))?;
    }
    Ok(SiteRun {
        name,
        manifest,
        rows: Leaderboard::read(folder)?.rows,
        comparisons,
        standings: read_across(folder)?,
        languages: read_languages(folder)?,
    })
}

/// Checks that the tables in `folder`, and the documents that languages are read from, are
/// those that the run ended with. Those that were not kept are not missed.
fn check(manifest: &RunManifest, folder: &Path) -> Result<(), SiteError> {
    let contents = manifest.contents.iter();
    let files =
        contents.flat_map(|it| it.tables.iter().chain(it.rows.get_key_value(DOCUMENTS)));
    for (name, wanted) in files {
        let path = folder.join(name);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(SiteError::Place { path, error }),
        };
        let found = blake3::hash(&bytes).to_hex().to_string();
        if found != wanted.blake3 {
            let wanted = wanted.blake3.clone();
            return Err(SiteError::Changed {
                path,
                found,
                wanted,
            });
        }
    }
    Ok(())
}
