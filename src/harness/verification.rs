//! Checks that what a finished run says follows from what it holds: its tables from its
//! rows, and its scores from its outputs and the references of its corpora.

use std::{
    fs,
    num::NonZero,
    path::{Path, PathBuf},
};

use serde::Serialize;

use crate::{
    metric::Metric,
    registry::Registry,
    run::{
        DocumentOutcome, Layout, Rescoring, RunCorpus, RunManifest, ScoreCell,
        StoreError, StoredRows, cores, rescore,
    },
    spec::Built,
};

use super::{
    error::Error,
    listener::{Bytes, Listener},
    stored, tables,
};

/// What was checked of a run, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// What was checked, such as `tables`.
    pub part: &'static str,
    /// Whether it follows; `None` if it could not be checked.
    pub follows: Option<bool>,
    /// What was found, as a sentence.
    pub sentence: String,
}

impl Verified {
    fn yes(part: &'static str, sentence: String) -> Self {
        let follows = Some(true);
        Self {
            part,
            follows,
            sentence,
        }
    }

    fn no(part: &'static str, sentence: String) -> Self {
        let follows = Some(false);
        Self {
            part,
            follows,
            sentence,
        }
    }

    fn unknown(part: &'static str, sentence: String) -> Self {
        let follows = None;
        Self {
            part,
            follows,
            sentence,
        }
    }
}

/// Verifies the finished run in `folder`, and writes nothing there: its rows have the
/// digests of its manifest, its tables are those of its rows, its scores are those of its
/// outputs. Scores of metrics that are not built in are not measured again.
///
/// # Errors
/// Returns an error if there is no finished run with rows, or a file cannot be read.
pub fn verify(
    registry: &Registry,
    folder: &Path,
    jobs: Option<NonZero<usize>>,
    listener: &mut dyn Listener,
) -> Result<Vec<Verified>, Error> {
    let name = folder.display();
    let Some(manifest) = RunManifest::read(folder)? else {
        return Err(Error::Input(format!("{name}: there is no run")));
    };
    let contents = manifest.contents.as_ref().filter(|_| manifest.complete);
    let Some(contents) = contents.filter(|it| !it.rows.is_empty()) else {
        return Err(Error::Input(format!(
            "{name}: there is nothing to verify: the run has not come to its end, or has no rows"
        )));
    };

    if let Err(error) = contents.check_rows(folder) {
        return Ok(vec![Verified::no("rows", error.to_string())]);
    }
    let rows = format!(
        "{} documents have the digests that the manifest says",
        contents.documents
    );
    Ok(vec![
        Verified::yes("rows", rows),
        of_tables(registry, folder, &manifest, listener)?,
        of_scores(
            registry,
            folder,
            &manifest,
            jobs.unwrap_or(cores()),
            listener,
        )?,
    ])
}

/// The tables that are derived from rows.
const TABLES: [&str; 4] = [
    "leaderboard.csv",
    "comparisons.csv",
    "across.csv",
    "human.csv",
];

/// Puts a file into a folder without copying it.
#[cfg(unix)]
fn link(file: &Path, place: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink(file, place)
}

/// Copies a file into a folder: links need a privilege elsewhere.
#[cfg(not(unix))]
fn link(file: &Path, place: &Path) -> std::io::Result<()> {
    std::fs::copy(file, place).map(|_| ())
}

/// Derives the tables from the rows in a folder of its own, and compares them.
fn of_tables(
    registry: &Registry,
    folder: &Path,
    manifest: &RunManifest,
    listener: &mut dyn Listener,
) -> Result<Verified, Error> {
    let refuse = |error| StoreError::new(folder, error);
    let beside = tempfile::tempdir().map_err(refuse)?;
    let own = manifest.contents.iter().flat_map(|it| it.rows.keys());
    for name in own.map(String::as_str).chain([".progress", "timings.csv"]) {
        let path = folder.join(name);
        if path.is_file() {
            let path = path.canonicalize().map_err(refuse)?;
            link(&path, &beside.path().join(name)).map_err(refuse)?;
        }
    }
    tables::derive(registry, beside.path(), &mut manifest.clone(), listener)?;

    let mut same = Vec::new();
    for name in TABLES {
        let [found, derived] = [folder, beside.path()].map(|it| it.join(name));
        if !found.exists() && !derived.exists() {
            continue;
        }
        if let Some(problem) = difference(&found, &derived)? {
            return Ok(Verified::no("tables", problem));
        }
        same.push(name);
    }
    Ok(Verified::yes(
        "tables",
        format!("{} follow from the rows", same.join(", ")),
    ))
}

/// Returns in which line two tables differ; `None` if they are equal.
fn difference(found: &Path, derived: &Path) -> Result<Option<String>, Error> {
    let read = |path: &PathBuf| match path.exists() {
        true => fs::read_to_string(path).map_err(|error| StoreError::new(path, error)),
        false => Ok(String::new()),
    };
    let (found_text, derived_text) =
        (read(&found.to_owned())?, read(&derived.to_owned())?);
    if found_text == derived_text {
        return Ok(None);
    }

    let mut lines = found_text.lines().zip(derived_text.lines());
    let at = lines.position(|(found, derived)| found != derived);
    let at = at.unwrap_or(found_text.lines().count().min(derived_text.lines().count()));
    let line = |text: &str| text.lines().nth(at).unwrap_or("no line").to_owned();
    Ok(Some(format!(
        "{}:{}: `{}`, and from the rows follows `{}`",
        found.display(),
        at + 1,
        line(&found_text),
        line(&derived_text)
    )))
}

/// Measures the stored outputs again by the metrics that are built in, and compares every
/// score.
fn of_scores(
    registry: &Registry,
    folder: &Path,
    manifest: &RunManifest,
    jobs: NonZero<usize>,
    listener: &mut dyn Listener,
) -> Result<Verified, Error> {
    let (built_in, other): (Vec<usize>, Vec<usize>) = (0..manifest.metrics.len())
        .partition(|&at| manifest.metrics[at].command.is_none());
    let mut all: Vec<Option<Built<dyn Metric>>> = tables::metrics_of(registry, manifest)?
        .into_iter()
        .map(Some)
        .collect();
    let metrics: Vec<Built<dyn Metric>> =
        built_in.iter().filter_map(|&at| all[at].take()).collect();
    let changed = built_in.iter().zip(&metrics).find(|(at, metric)| {
        manifest.metrics[**at].signature != metric.value.signature().to_string()
    });
    if let Some((&at, _)) = changed {
        let signature = &manifest.metrics[at].signature;
        return Ok(Verified::unknown(
            "scores",
            format!("not measured again: this build has no `{signature}`"),
        ));
    }

    let corpora = match stored::corpora(manifest) {
        Ok(corpora) => corpora,
        Err(error) => {
            let sentence = format!("not measured again: {error}");
            return Ok(Verified::unknown("scores", sentence));
        }
    };
    let sources = corpora.iter().zip(manifest.lengths());
    let sources: Vec<RunCorpus<'_>> = sources
        .map(|(corpus, length)| RunCorpus {
            corpus: corpus.as_ref(),
            length,
        })
        .collect();

    let layout = manifest.layout();
    let rescoring = Rescoring {
        layout: &layout,
        metrics: &metrics,
        reading: stored::reading(manifest)?,
        jobs,
    };
    let rows = StoredRows::open(folder, layout.clone())?;
    let (mut count, mut problem) = (0_u64, None);
    rescore(
        &rescoring,
        &sources,
        rows,
        &mut Bytes(listener),
        |outcome: DocumentOutcome| {
            let (equal, found) = compared(&layout, &built_in, &outcome);
            count += equal;
            problem = problem.take().or(found);
            Ok::<(), StoreError>(())
        },
    )?;

    let beside = match other.len() {
        0 => String::new(),
        other => {
            format!("; {other} metrics are not built in and were not measured again")
        }
    };
    Ok(match problem {
        Some(problem) => Verified::no("scores", problem),
        None => Verified::yes(
            "scores",
            format!("{count} scores follow from outputs and references{beside}"),
        ),
    })
}

/// Returns how many stored scores of a document are those that were measured now, whose
/// cells come after those of the run, and in what the first other one differs.
fn compared(
    layout: &Layout,
    built_in: &[usize],
    outcome: &DocumentOutcome,
) -> (u64, Option<String>) {
    let known = layout.metrics.len();
    let (mut equal, mut problem) = (0, None);
    for (system, found) in layout.systems.iter().zip(&outcome.systems) {
        for now in found.cells.iter().filter(|cell| cell.metric >= known) {
            let metric = built_in[now.metric - known];
            let stored = found.cells.iter().find(|cell| cell.metric == metric);
            if stored.is_some_and(|stored| are_equal(stored, now)) {
                equal += 1;
                continue;
            }

            let value = |cell: Option<&ScoreCell>| {
                let score = cell.and_then(|cell| cell.score);
                score.map_or("no score".to_owned(), |score| score.value.to_string())
            };
            problem = problem.or_else(|| {
                Some(format!(
                    "`{}` of `{}` on `{}` of {} is {}, and from its output follows {}",
                    layout.metrics[metric].name,
                    system.name,
                    outcome.id,
                    layout.corpora[outcome.corpus],
                    value(stored),
                    value(Some(now))
                ))
            });
        }
    }
    (equal, problem)
}

/// Returns whether two cells have the same score to the last bit, for the same reason.
fn are_equal(stored: &ScoreCell, now: &ScoreCell) -> bool {
    let bits = |cell: &ScoreCell| {
        let score = cell.score?;
        let part = |value: Option<f64>| value.map(f64::to_bits);
        Some((
            part(score.precision),
            part(score.recall),
            score.value.to_bits(),
        ))
    };
    stored.status.name() == now.status.name() && bits(stored) == bits(now)
}
