//! Stored runs: finding, repairing and reopening them.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    corpus::{self, Corpus, Renamed},
    embedding::Embedders,
    metric::Task,
    name::FileName,
    registry::Registry,
    run::{
        self, CorpusRecipe, FolderLock, Reading, RunManifest, StoreError, System,
        SystemId, Work,
    },
};

use super::{
    error::Error,
    listener::Listener,
    runs::{StoredRun, is_own},
    tables,
};

/// Returns the folder that `name` refers to: the path itself, or a folder of that name
/// among the results. Returns `None` if it contains no run.
pub fn find_run(name: &str, results: &Path) -> Option<PathBuf> {
    let among_the_results = FileName::new(name).ok().map(|name| results.join(name));
    [Some(PathBuf::from(name)), among_the_results]
        .into_iter()
        .flatten()
        .find(|path| path.join("manifest.json").is_file())
}

/// Returns the run among the results that started last: of those that have come to their end,
/// if there are any.
pub fn newest_run(results: &Path) -> Option<PathBuf> {
    let mut runs = runs_of(results);
    let finished = runs.iter().rposition(|(manifest, _)| manifest.complete);
    let at = finished.or(runs.len().checked_sub(1))?;
    Some(runs.swap_remove(at).1)
}

/// Returns the runs among the results with their folders, in the order in which they began.
pub(super) fn runs_of(results: &Path) -> Vec<(RunManifest, PathBuf)> {
    let folders = std::fs::read_dir(results).into_iter().flatten();
    let mut runs: Vec<(RunManifest, PathBuf)> = folders
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let manifest = RunManifest::read(&path).ok()??;
            (!manifest.systems.is_empty()).then_some((manifest, path))
        })
        .collect();
    // a start is known to the second: of two in one second, the later is the one written later
    runs.sort_by_cached_key(|(manifest, at)| {
        let written = at.join("manifest.json").metadata();
        let written = written.and_then(|it| it.modified()).ok();
        (manifest.start.clone(), written, at.clone())
    });
    runs
}

/// Prepares the run in `folder` for reading: completes a replacement of its rows that was
/// interrupted, and derives its tables again if they do not match its rows.
///
/// # Errors
/// Returns an error if its rows have changed since the run, or if a file cannot be
/// written.
pub fn open_run(
    registry: &Registry,
    folder: &Path,
    listener: &mut dyn Listener,
) -> Result<(), Error> {
    let is_fine = !run::is_unsettled(folder)
        && RunManifest::read(folder)?
            .is_none_or(|manifest| tables_fit(&manifest, folder));
    if is_fine {
        return Ok(());
    }
    let _lock = FolderLock::wait(folder)?;
    mend(registry, folder, listener)
}

/// Prepares a run like [`open_run`], for a caller that holds the lock of the folder.
pub(super) fn mend(
    registry: &Registry,
    folder: &Path,
    listener: &mut dyn Listener,
) -> Result<(), Error> {
    run::settle(folder)?;
    let Some(mut manifest) = RunManifest::read(folder)? else {
        return Ok(());
    };
    if tables_fit(&manifest, folder) {
        return Ok(());
    }

    if let Some(contents) = &manifest.contents {
        contents.check_rows(folder)?;
    }
    listener.note(&format!(
        "note: {}: its tables are derived again from its rows",
        folder.display()
    ));
    tables::derive(registry, folder, &mut manifest, listener)
}

/// Returns whether there is nothing to derive: the run has not ended, has no rows, or its tables
/// match its rows.
fn tables_fit(manifest: &RunManifest, folder: &Path) -> bool {
    let contents = manifest.contents.as_ref().filter(|_| manifest.complete);
    contents.is_none_or(|contents| {
        contents.rows.is_empty() || contents.check_tables(folder).is_ok()
    })
}

/// Opens the corpora of a run, which must not have changed since.
pub(super) fn corpora(manifest: &RunManifest) -> Result<Vec<Box<dyn Corpus>>, Error> {
    manifest.corpora.iter().map(unchanged).collect()
}

/// Returns how the texts of a run were read: its language and segmenter.
pub(super) fn reading(manifest: &RunManifest) -> Result<Reading, Error> {
    let language = manifest.language.as_deref().map(str::parse).transpose();
    let language = language.map_err(|error| Error::Input(format!("{error}")))?;
    Ok(Reading {
        language,
        segmenter: manifest.segmenter,
        line_ends: manifest.lines,
    })
}

/// Returns the work of a run with only these systems and without metrics, but with its
/// background corpus if one of the systems needs it.
pub(super) fn work_of(
    manifest: &RunManifest,
    systems: Vec<System>,
) -> Result<Work, Error> {
    let mut work = Work {
        systems,
        metrics: Vec::new(),
        length: manifest.length(),
        reading: reading(manifest)?,
        background: None,
        counted: None,
        embedders: Embedders::default(),
        seed: manifest.seed,
        jobs: run::cores(),
        plugin_jobs: std::num::NonZero::<usize>::MIN,
    };

    if let Some(recipe) = &manifest.background
        && work.corpus_needs().any()
    {
        let corpus = unchanged(recipe)?;
        work.background = Some(run::background(&work, corpus.as_ref())?);
    }
    Ok(work)
}

/// Opens a corpus of a run, which must not have changed since.
fn unchanged(recipe: &CorpusRecipe) -> Result<Box<dyn Corpus>, Error> {
    let corpus = corpus::reopen(&recipe.address)?;
    if corpus.digest()?.to_hex().as_str() != recipe.blake3 {
        let origin = &recipe.origin;
        return Err(Error::NotComparable(format!(
            "{origin}: it has changed since the run"
        )));
    }
    // under several budgets it has a name for each
    if corpus.name() != recipe.name {
        let renamed = Renamed::new(corpus.into(), recipe.name.clone());
        return Ok(Box::new(renamed));
    }
    Ok(corpus)
}

/// Builds a system of a run again.
///
/// # Errors
/// Returns an error if the run has no such system, or if `registry` does not know it.
pub fn system_of(
    registry: &Registry,
    manifest: &RunManifest,
    id: SystemId<'_>,
) -> Result<System, Error> {
    let recipe = &manifest.systems[manifest.system(id)?];
    let spec = recipe.name.parse()?;
    Ok(match recipe.task {
        Task::Summaries => System::summariser(registry, &spec)?,
        Task::Keyphrases => System::extractor(registry, &spec)?,
    })
}

/// Returns the note that the rows in `folder` are replaced, because the plugin programs
/// called `programs` differ from those that made them.
pub(super) fn other_programs(folder: &Path, programs: &[String]) -> String {
    let names: Vec<String> = programs.iter().map(|name| format!("`{name}`")).collect();
    let names = match names.as_slice() {
        [] => "another plugin's program".to_owned(),
        names => names.join(", "),
    };
    format!(
        "note: {}: the rows are of another build of {names}: all are made again",
        folder.display()
    )
}

/// Moves the files of the run in `folder` into a folder beside it, whose name ends in
/// `-before`, and returns that folder. A run that is there is removed.
///
/// # Errors
/// Returns an error if a file cannot be moved, or the earlier run cannot be removed.
pub(super) fn keep_aside(folder: &Path) -> Result<PathBuf, Error> {
    let mut name = folder.file_name().unwrap_or_default().to_owned();
    name.push("-before");
    let aside = folder.with_file_name(name);
    if let Some(run) = StoredRun::read(&aside) {
        run.remove()?;
    }

    let refuse = |error| StoreError::new(&aside, error);
    fs::create_dir_all(&aside).map_err(refuse)?;
    for entry in fs::read_dir(folder).map_err(refuse)? {
        let entry = entry.map_err(refuse)?;
        let name = entry.file_name();
        if is_own(&name.to_string_lossy()) && name != ".lock" {
            fs::rename(entry.path(), aside.join(name)).map_err(refuse)?;
        }
    }
    Ok(aside)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{plugin::Length, rank::Budget};

    #[test]
    fn a_system_of_a_run_is_that_of_its_task() {
        let system = |task: &str, budget: &str| {
            format!(
                r#"{{"name":"text-rank","task":"{task}","budget":{budget},"document_frequencies":"none"}}"#
            )
        };
        let systems = [
            system("summaries", r#"{"summary":{"words":100}}"#),
            system("keyphrases", r#"{"keyphrases":7}"#),
        ];
        let json = format!(
            r#"{{"format":2,"epitome":"","rustc":"","git":null,"cpu":null,"cores":1,"os":"",
            "argv":[],"start":"","end":null,"complete":true,"jobs":1,"seed":0,"resamples":0,
            "systems":[{}],"metrics":[],"corpora":[],"analysis":[]}}"#,
            systems.join(",")
        );
        let manifest: RunManifest = serde_json::from_str(&json).unwrap();

        let registry = Registry::standard();
        for task in [Task::Summaries, Task::Keyphrases] {
            let id = SystemId {
                name: "text-rank",
                task,
            };
            let found = system_of(&registry, &manifest, id).unwrap();
            assert_eq!((found.name.as_str(), found.task()), ("text-rank", task));
        }

        let lead = SystemId {
            name: "lead",
            task: Task::Summaries,
        };
        assert!(system_of(&registry, &manifest, lead).is_err());

        let length = Length {
            budget: Budget::Words(100),
            limit: 7,
        };
        assert_eq!(manifest.length(), length);
    }
}
