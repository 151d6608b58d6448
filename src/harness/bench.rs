//! What joins a run after its end: speeds, comparisons that were asked for.

use std::path::Path;

use crate::{
    registry::Registry,
    report::{Comparison, Leaderboard, Run, across, write_across, write_comparisons},
    run::{FolderLock, Plan, RunManifest},
    timing::{self, Timing},
};

use super::{error::Error, listener::Listener, stored, tables::note};

/// Times the systems of a plan, writes `timings.csv` in `folder`, and fills the speeds into
/// the leaderboard of a run there.
///
/// # Errors
/// Returns an error if a corpus is broken, a plugin fails, or a file cannot be written.
pub fn bench(
    registry: &Registry,
    plan: &Plan,
    folder: &Path,
    settings: timing::BenchSettings,
    listener: &mut dyn Listener,
) -> Result<Vec<Timing>, Error> {
    let _lock = FolderLock::take(folder)?;
    stored::mend(registry, folder, listener)?;
    let timings = timing::bench(plan, &folder.join("criterion"), settings)?;
    timing::write(folder, &timings)?;

    let mut leaderboard = Leaderboard::read(folder)?;
    if !leaderboard.rows.is_empty() {
        leaderboard.add_speeds(&plan.layout(), &timings);
        leaderboard.write(folder)?;
        if let Some(mut manifest) = RunManifest::read(folder)? {
            note(folder, &mut manifest)?;
        }
    }
    Ok(timings)
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
