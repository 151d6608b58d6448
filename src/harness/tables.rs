//! The tables that are derived from the rows of a run.

use std::{num::NonZero, ops::ControlFlow, path::Path};

use crate::{
    metric::Metric,
    registry::Registry,
    report::{
        Comparison, ComparisonSettings, Field, Leaderboard, Pairing, Run,
        SignificanceTest, Tally, across, write_across, write_comparisons,
    },
    run::{RunManifest, cores, fold_rows},
    spec::Built,
    timing,
};

use super::{error::Error, listener::Listener};

/// Writes `leaderboard.csv`, with speeds if there are timings, and returns the
/// leaderboard.
pub(super) fn leaderboard(
    manifest: &RunManifest,
    metrics: &[Built<dyn Metric>],
    tally: &Tally,
    folder: &Path,
) -> Result<Leaderboard, Error> {
    let mut leaderboard = tally.leaderboard(metrics);
    leaderboard.name_run(&manifest.run());
    leaderboard.add_speeds(manifest, &timing::read(folder)?);
    leaderboard.add_shares();
    leaderboard.add_learnt(manifest);
    leaderboard.write(folder)?;
    Ok(leaderboard)
}

/// Compares all pairs of systems and ranks them over corpora: writes `comparisons.csv`
/// and `across.csv`. The scores are read from the rows, as by `epitome compare`.
///
/// If the listener stops, this returns `None` within seconds, and no table is written.
///
/// # Errors
/// Returns an error if rows cannot be read or a table cannot be written.
pub(super) fn compare_all(
    manifest: &RunManifest,
    documents: u64,
    jobs: NonZero<usize>,
    folder: &Path,
    listener: &mut dyn Listener,
) -> Result<Option<Vec<Comparison>>, Error> {
    let scores = manifest.systems.len() as u64 * manifest.metrics.len() as u64;
    if documents * (scores * BYTES_A_SCORE + BYTES_A_DOCUMENT) > MOST_BYTES {
        listener.note(
            "note: there are too many documents to compare all pairs here: see `epitome compare`",
        );
        write_comparisons(folder, &[])?;
        write_across(folder, &[])?;
        return Ok(Some(Vec::new()));
    }

    let run = Run::of_rows(folder, manifest.clone(), Field::Value)?;
    let settings = ComparisonSettings {
        test: SignificanceTest::Randomisation,
        seed: manifest.seed,
        resamples: ComparisonSettings::RESAMPLES,
        jobs,
    };

    let pairing = Pairing::within(&run, &[])?;
    let mut goes_on = || !listener.stops();
    let compared = pairing.compare_unless_stopped(&|_| true, settings, &mut goes_on);
    let Some(compared) = compared else {
        return Ok(None);
    };
    let comparisons: Vec<Comparison> =
        compared.into_iter().map(|compared| compared.row).collect();
    write_comparisons(folder, &comparisons)?;
    write_across(folder, &across(&run.observations, &run.manifest))?;
    Ok(Some(comparisons))
}

/// Derives the tables in `folder` again from its rows, and records that in the manifest.
pub(super) fn derive(
    registry: &Registry,
    folder: &Path,
    manifest: &mut RunManifest,
    listener: &mut dyn Listener,
) -> Result<(), Error> {
    let metrics = metrics_of(registry, manifest)?;
    let layout = manifest.layout();
    let new = || Tally::new(layout.clone(), &metrics, manifest.seed, manifest.resamples);
    let tallies = fold_rows(
        folder,
        &layout,
        readers(cores()),
        new,
        || (),
        |tally, (), outcome| tally.add(outcome),
        |()| go_on_unless(listener.stops()),
    )?;
    if listener.stops() {
        return Err(Error::stopped_before_tables());
    }

    let mut tally = new();
    for of_thread in tallies {
        tally.merge(&of_thread.into_sums());
    }
    leaderboard(manifest, &metrics, &tally, folder)?;
    compare_all(manifest, tally.documents(), cores(), folder, listener)?
        .ok_or_else(Error::stopped_before_tables)?;
    note(folder, manifest)
}

/// Returns how many threads read the rows of a run: at most four, since the sums of each take
/// memory, 40 kB for each system and metric.
pub(super) fn readers(jobs: NonZero<usize>) -> NonZero<usize> {
    jobs.min(NonZero::<usize>::MIN.saturating_add(3))
}

/// Returns whether reading goes on: not if it `stops`.
pub(super) fn go_on_unless(stops: bool) -> ControlFlow<()> {
    match stops {
        true => ControlFlow::Break(()),
        false => ControlFlow::Continue(()),
    }
}

/// Builds the metrics of a run again, to derive tables from their scores.
pub(super) fn metrics_of(
    registry: &Registry,
    manifest: &RunManifest,
) -> Result<Vec<Built<dyn Metric>>, Error> {
    let registry = manifest.registry(registry);
    let metrics = manifest.metrics.iter();
    let built = metrics.map(|metric| metric.recorded(&registry));
    Ok(built.collect::<Result<_, _>>()?)
}

/// Records in the manifest that the tables in `folder` match its rows.
pub(super) fn note(folder: &Path, manifest: &mut RunManifest) -> Result<(), Error> {
    if let Some(contents) = &mut manifest.contents {
        contents.note_tables(folder)?;
    }
    Ok(manifest.write(folder)?)
}

/// The memory in bytes above which a run does not hold all its scores at its end.
const MOST_BYTES: u64 = 160_000_000;

/// The memory of a score in bytes: twice its size, since columns grow by doubling.
const BYTES_A_SCORE: u64 = 16;

/// The memory of a document in bytes: its digest, and its index among the sorted digests
/// of the other system.
const BYTES_A_DOCUMENT: u64 = 128;
