//! The runs in a folder of results: what each is, and removing one.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::run::{FolderLock, LockError, RunManifest, StoreError};

use super::error::Error;

/// A folder with the manifest of a run, which may be unreadable. Made by [`stored_runs`] and
/// [`StoredRun::read`].
#[derive(Debug)]
pub struct StoredRun {
    /// The folder of the run.
    pub folder: PathBuf,
    /// The manifest of the run, or why it cannot be read.
    pub manifest: Result<RunManifest, StoreError>,
    /// The number of documents that have rows; `None` if it is not known.
    pub documents: Option<u64>,
    /// The number of failures of systems and metrics on documents.
    pub failures: u64,
    /// The state of the run.
    pub state: RunState,
}

/// The state of a stored run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunState {
    /// The run has ended, and no system failed.
    Finished,
    /// The run has ended, and systems failed on documents.
    Failed,
    /// A process is working on the run.
    Running,
    /// The run was interrupted; the same command continues it.
    Unfinished,
    /// The manifest cannot be read.
    Unreadable,
}

impl RunState {
    /// Returns the name of the state.
    pub fn name(self) -> &'static str {
        match self {
            Self::Finished => "finished",
            Self::Failed => "failed",
            Self::Running => "running",
            Self::Unfinished => "unfinished",
            Self::Unreadable => "unreadable",
        }
    }
}

/// Returns the runs in a folder of results, the newest first; those whose manifest cannot
/// be read come last.
pub fn stored_runs(results: &Path) -> Vec<StoredRun> {
    let entries = fs::read_dir(results).into_iter().flatten().flatten();
    let mut runs: Vec<StoredRun> = entries
        .filter_map(|entry| StoredRun::read(&entry.path()))
        .collect();
    let start = |run: &StoredRun| run.manifest.as_ref().ok().map(|it| it.start.clone());
    runs.sort_by(|a, b| {
        start(b)
            .cmp(&start(a))
            .then_with(|| a.folder.cmp(&b.folder))
    });
    runs
}

impl StoredRun {
    /// Reads the run in `folder`; returns `None` if there is none. The folder of a meta-evaluation,
    /// which has no systems, is no run.
    pub fn read(folder: &Path) -> Option<Self> {
        let manifest = RunManifest::read(folder).transpose()?;
        if manifest
            .as_ref()
            .is_ok_and(|manifest| manifest.systems.is_empty())
        {
            return None;
        }

        let contents = manifest.as_ref().ok().and_then(|it| it.contents.as_ref());
        let documents = contents
            .map(|it| it.documents)
            .or_else(|| rows(&folder.join("documents.csv")));

        let failures = rows(&folder.join("failures.csv")).unwrap_or(0);
        let state = match &manifest {
            Err(_) => RunState::Unreadable,
            Ok(manifest) if !manifest.complete => match is_busy(folder) {
                true => RunState::Running,
                false => RunState::Unfinished,
            },
            Ok(_) if failures > 0 => RunState::Failed,
            Ok(_) => RunState::Finished,
        };
        Some(Self {
            folder: folder.to_owned(),
            manifest,
            documents,
            failures,
            state,
        })
    }

    /// Returns the budgets of the run in words, each once: `3 sentences`, `50 keyphrases`.
    pub fn budgets(&self) -> Vec<String> {
        let Ok(manifest) = &self.manifest else {
            return Vec::new();
        };
        let layout = manifest.layout();
        let mut budgets: Vec<String> = Vec::new();
        for system in &layout.systems {
            for corpus in 0..layout.corpora.len() {
                let budget = layout.budget(corpus, system.task);
                if !budgets.contains(&budget) {
                    budgets.push(budget);
                }
            }
        }
        budgets
    }

    /// Returns the names of files and folders in the folder that no command of epitome writes, in
    /// order.
    ///
    /// # Errors
    /// Returns an error if the folder cannot be read.
    pub fn foreign(&self) -> Result<Vec<String>, Error> {
        let refuse = |error| StoreError::new(&self.folder, error);
        let mut names = Vec::new();
        for entry in fs::read_dir(&self.folder).map_err(refuse)? {
            let name = entry.map_err(refuse)?.file_name();
            let name = name.to_string_lossy().into_owned();
            if !is_own(&name) {
                names.push(name);
            }
        }
        names.sort();
        Ok(names)
    }

    /// Removes the folder of the run.
    ///
    /// # Errors
    /// Returns an error if the folder has files that no command of epitome writes, if another
    /// process works in it, or if it cannot be removed.
    pub fn remove(self) -> Result<(), Error> {
        let folder = &self.folder;
        if folder.is_symlink() {
            let text = format!("{}: it is a link to a folder", folder.display());
            return Err(Error::Input(text));
        }
        let foreign = self.foreign()?;
        if let Some(first) = foreign.first() {
            let (place, count) = (folder.display(), foreign.len());
            return Err(Error::Input(format!(
                "{place}: it holds {count} files that no run writes, such as `{first}`\nhint: move them elsewhere first"
            )));
        }
        let _lock = FolderLock::take(folder)?;
        fs::remove_dir_all(folder).map_err(|error| StoreError::new(folder, error))?;
        Ok(())
    }
}

/// Returns the number of rows of a table; `None` if it is not there.
fn rows(path: &Path) -> Option<u64> {
    let mut table = csv::Reader::from_path(path).ok()?;
    Some(table.byte_records().map_while(Result::ok).count() as u64)
}

/// Returns whether a process has the lock of a folder.
fn is_busy(folder: &Path) -> bool {
    folder.join(".lock").exists()
        && matches!(FolderLock::take(folder), Err(LockError::Busy { .. }))
}

/// Names of the files and folders that commands write into the folder of a run, as listed in
/// `docs/results.md`.
const OWN: [&str; 23] = [
    ".draft",
    ".lock",
    ".progress",
    ".ready",
    "across.csv",
    "comparisons.csv",
    "counts.csv",
    "criterion",
    "documents.csv",
    "experiment.toml",
    "extracts.jsonl",
    "failures.csv",
    "human.csv",
    "leaderboard.csv",
    "leaving_one_out.csv",
    "manifest.json",
    "notes.csv",
    "plugin_timings.csv",
    "report.html",
    "scaling.csv",
    "scores.csv",
    "timings.csv",
    "tune.csv",
];

/// Returns whether a command writes a file or folder of this name into the folder of a run: a name
/// of the list, or the draft of one.
pub(super) fn is_own(name: &str) -> bool {
    let name = name
        .strip_suffix(".draft")
        .filter(|it| !it.is_empty())
        .unwrap_or(name);
    OWN.contains(&name) || name.starts_with(".report-")
}
