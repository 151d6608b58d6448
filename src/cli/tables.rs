//! The tables that a run ends with.

use std::path::Path;

use crate::{
    report::{
        Comparison, Field, Format, Leaderboard, Pairing, Run, Settings, Tally, Test,
        across, add_unread, averages_grids, boards, draw_boards, read_across, terminal,
        write_across, write_comparisons,
    },
    run::{Layout, Manifest, Plan, StoredRows},
    timing,
};

use super::{failure::Failure, output::say};

/// Writes `leaderboard.csv`, with speeds where there are timings.
pub(super) fn leaderboard(
    plan: &Plan,
    tally: &Tally,
    folder: &Path,
) -> Result<Leaderboard, Failure> {
    let mut leaderboard = tally.leaderboard(plan);
    leaderboard.add_speeds(plan, &timing::read(folder)?);
    leaderboard.add_shares();
    leaderboard.write(folder)?;
    Ok(leaderboard)
}

/// The tables for a terminal; of several corpora, the averages over them too.
pub(super) fn drawn(
    leaderboard: &Leaderboard,
    comparisons: &[Comparison],
    manifest: &Manifest,
    folder: &Path,
) -> Result<String, Failure> {
    let mut boards = boards(leaderboard, comparisons, &manifest.metrics);
    add_unread(&mut boards, &manifest.unread);
    let mut text = draw_boards(&boards, Format::Text)?;
    for grid in averages_grids(&read_across(folder)?) {
        text.push('\n');
        text.push_str(&terminal(&grid));
    }
    Ok(text)
}

/// Compares all pairs of systems and ranks them over corpora: writes `comparisons.csv`
/// and `across.csv`.
pub(super) fn compare_all(
    plan: &Plan,
    documents: u64,
    folder: &Path,
    manifest: &Manifest,
) -> Result<Vec<Comparison>, Failure> {
    let scores = plan.systems.len() as u64 * plan.metrics.len() as u64;
    if documents * (scores * BYTES_A_SCORE + BYTES_A_DOCUMENT) > MOST_BYTES {
        say(
            "note: so many documents are not compared pair by pair here: see `epitome compare`",
        );
        write_comparisons(folder, &[])?;
        write_across(folder, &[])?;
        return Ok(Vec::new());
    }
    let run = Run::of_rows(folder, manifest.clone(), Field::Value)?;
    let settings = Settings {
        test: Test::Randomisation,
        seed: plan.seed,
        resamples: Settings::RESAMPLES,
        jobs: plan.jobs,
    };
    let compared = Pairing::within(&run, &[])?.compare(&|_| true, settings);
    let comparisons: Vec<Comparison> =
        compared.into_iter().map(|compared| compared.row).collect();
    write_comparisons(folder, &comparisons)?;
    write_across(folder, &across(&run.observations, &run.manifest))?;
    Ok(comparisons)
}

/// Derives the tables in `folder` from its rows again, and notes them in the manifest.
pub(super) fn derive(
    plan: &Plan,
    folder: &Path,
    manifest: &mut Manifest,
) -> Result<(), Failure> {
    let mut tally = Tally::new(plan, manifest.resamples);
    for outcome in StoredRows::open(folder, Layout::of_manifest(manifest))? {
        tally.add(&outcome?);
    }
    leaderboard(plan, &tally, folder)?;
    compare_all(plan, tally.documents(), folder, manifest)?;
    note(folder, manifest)
}

/// Notes in the manifest that the tables in `folder` are of its rows.
pub(super) fn note(folder: &Path, manifest: &mut Manifest) -> Result<(), Failure> {
    if let Some(contents) = &mut manifest.contents {
        contents.note_tables(folder)?;
    }
    Ok(manifest.write(folder)?)
}

/// Beyond so much memory, a run does not hold all its scores at its end.
const MOST_BYTES: u64 = 160_000_000;

/// A score, twice: columns grow by doubling.
const BYTES_A_SCORE: u64 = 16;

/// Its digest, and its place among the sorted ones of the other system.
const BYTES_A_DOCUMENT: u64 = 128;
