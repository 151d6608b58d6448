//! Files that are added to a finished run: the speeds of systems, and comparisons on request.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use crate::{
    metric::Task,
    plugin::Length,
    registry::Registry,
    report::{Comparison, Leaderboard, Run, across, write_across, write_comparisons},
    run::{Allowance, FolderLock, Plan, RunManifest},
    timing::{self, ANALYSIS, Timing, difference, has_all_systems},
};

use super::{
    error::Error,
    listener::Listener,
    stored::{self, runs_of},
    tables::note,
};

/// Returns the folder among the results of a run that timings of `plan` join: one with its
/// systems, on the same documents, with the same budgets, by the same programs. The newest
/// of several; `None` if there is no such run.
pub fn timed_run(plan: &Plan, results: &Path) -> Option<PathBuf> {
    runs_of(results)
        .into_iter()
        .rev()
        .find_map(|(manifest, folder)| {
            let is_its =
                has_all_systems(&manifest, plan) && difference(&manifest, plan).is_none();
            is_its.then_some(folder)
        })
}

/// Times the systems of a plan, writes `timings.csv` in `folder`, and adds the speeds to
/// the leaderboard of a run there. Timings of other systems of that run stay.
///
/// # Errors
/// Returns an error if the folder holds a run of other documents, budgets or programs, if a
/// corpus is broken, a plugin fails, or a file cannot be written.
pub fn bench(
    registry: &Registry,
    plan: &Plan,
    folder: &Path,
    settings: timing::BenchSettings,
    listener: &mut dyn Listener,
) -> Result<Vec<Timing>, Error> {
    let _lock = FolderLock::take(folder)?;
    stored::mend(registry, folder, listener)?;
    let manifest = RunManifest::read(folder)?;
    let finished = manifest.as_ref().filter(|it| it.complete);
    if let Some(contents) = finished.and_then(|it| it.contents.as_ref()) {
        contents.check_rows(folder)?; // the leaderboard is written again beside them
    }
    if let Some(difference) = manifest.as_ref().and_then(|it| difference(it, plan)) {
        let folder = folder.display();
        return Err(Error::NotComparable(format!(
            "{folder}: its run is not what is timed: {difference}\nhint: another `--name` keeps the timings apart"
        )));
    }

    // new timings replace those of the same systems; timings that are not of the run are removed
    let of_criterion = folder.join("criterion");
    let timings = timing::bench(plan, &of_criterion, settings).inspect_err(|_| {
        let _ = std::fs::remove_dir_all(&of_criterion); // it is not whole
    })?;
    let mut all = timing::read(folder)?;
    all.retain(|old| {
        let is_of_run = manifest
            .as_ref()
            .is_some_and(|manifest| old.is_of(manifest));
        is_of_run
            && !timings.iter().any(|new| {
                (&new.corpus, &new.system, &new.budget)
                    == (&old.corpus, &old.system, &old.budget)
            })
    });
    all.extend(timings.iter().cloned());
    if let Some(manifest) = &manifest {
        in_order_of(manifest, &mut all);
    }
    timing::write(folder, &all)?;

    let mut leaderboard = Leaderboard::read(folder)?;
    if let Some(mut manifest) = manifest.filter(|_| !leaderboard.rows.is_empty()) {
        leaderboard.add_speeds(&manifest, &all);
        leaderboard.write(folder)?;
        note(folder, &mut manifest)?;
    }
    Ok(timings)
}

/// Sorts timings in the order of the run's corpora and systems, the analysis first; those of no
/// corpus or system of the run come last.
fn in_order_of(manifest: &RunManifest, timings: &mut [Timing]) {
    let corpus = |timing: &Timing| {
        manifest
            .corpora
            .iter()
            .position(|corpus| corpus.name == timing.corpus)
    };
    let names = manifest.corpora.iter().map(|corpus| corpus.name.as_str());
    let lengths: BTreeMap<&str, Length> = names.zip(manifest.lengths()).collect();

    let is_under = |task: Task, timing: &Timing| {
        let length = lengths.get(timing.corpus.as_str());
        length.is_some_and(|length| {
            Allowance::of(task, *length).to_string() == timing.budget
        })
    };
    let system = |timing: &Timing| match timing.system.as_str() {
        ANALYSIS => Some(0),
        _ => manifest
            .systems
            .iter()
            .position(|system| {
                system.name == timing.system && is_under(system.task, timing)
            })
            .map(|at| at + 1),
    };

    let place = |found: Option<usize>| found.unwrap_or(usize::MAX);
    timings.sort_by_key(|timing| (place(corpus(timing)), place(system(timing))));
}

/// Writes the comparisons of all systems of a finished run, and their ranks over corpora.
///
/// # Errors
/// Returns an error if another process has changed the run since `run` was read, or if
/// a file cannot be written.
pub fn write_compared(run: &Run, comparisons: &[Comparison]) -> Result<(), Error> {
    let across = across(&run.observations, &run.manifest);
    let folder = &run.folder;
    let _lock = FolderLock::wait(folder)?;
    let mut manifest = RunManifest::read(folder)?.unwrap_or_else(|| run.manifest.clone());
    if manifest.contents != run.manifest.contents {
        return Err(Error::Input(format!(
            "{}: another process changed the run meanwhile\nhint: compare again",
            folder.display()
        )));
    }
    write_comparisons(folder, comparisons)?;
    write_across(folder, &across)?;
    note(folder, &mut manifest)
}
