//! What is remembered of a run for good: the means of its leaderboard and a digest of the
//! scores behind each, in a few lines that git can merge.

use std::{
    collections::BTreeMap,
    fs::{self, OpenOptions},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use crate::{
    metric::{Better, Unit},
    report::{CorpusScores, Field, Results, Row, Run},
    run::{RunManifest, StoreError, write_at_once},
};

use super::error::Error;

/// What is remembered of a run on one corpus under one budget: a line of a file of history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HistoryRecord {
    /// The version of the format.
    pub v: u32,
    /// The name of the run: the beginning of the digest of its plan.
    pub run: String,
    /// The time at which the run began, in ISO 8601.
    pub start: String,
    /// The revision that was measured, as the caller names it, or that of the program.
    pub revision: Option<String>,
    /// The version of the program.
    pub epitome: String,
    /// The processor and the number of cores.
    pub machine: String,
    /// The name of the corpus.
    pub corpus: String,
    /// The beginning of the digest of the corpus.
    pub blake3: String,
    /// The length of outputs, such as `3 sentences`.
    pub budget: String,
    /// The metrics by name.
    pub metrics: BTreeMap<String, RecordedMetric>,
    /// The means by system and metric.
    pub systems: BTreeMap<String, BTreeMap<String, RecordedMean>>,
    /// Documents per second of the systems that were timed. They compare on one machine only.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub docs_per_s: BTreeMap<String, f64>,
}

/// A metric of a record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RecordedMetric {
    /// The signature of the metric.
    pub signature: String,
    /// The direction in which values are better.
    pub better: Better,
    /// The unit of the values.
    pub unit: Unit,
}

/// A mean of a record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RecordedMean {
    /// The mean, to eight decimals; `None` if no document was scored.
    pub mean: Option<f64>,
    /// The 95 % interval of the mean, to eight decimals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interval: Option<(f64, f64)>,
    /// The number of documents.
    pub n: u64,
    /// The number of failures.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub failed: u64,
    /// The beginning of the digest of the scores of all documents. If two records have the
    /// same, every score is the same.
    pub digest: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde passes it")]
fn is_zero(count: &u64) -> bool {
    *count == 0
}

/// The version of the format that is written and read.
const FORMAT: u32 = 1;

impl HistoryRecord {
    /// Returns the records of the finished run in `folder`, one for each corpus and budget
    /// that has a row. `revision` replaces that of the program.
    ///
    /// # Errors
    /// Returns an error if there is no finished run, or its files cannot be read.
    pub fn of(folder: &Path, revision: Option<&str>) -> Result<Vec<Self>, Error> {
        let results = Results::read(folder)?;
        let manifest = &results.manifest;
        if !manifest.complete {
            return Err(Error::Input(format!(
                "{}: the run has not come to its end\nhint: the same `epitome run` continues it",
                folder.display()
            )));
        }
        let run = Run::of_rows(folder, manifest.clone(), Field::Value)?;

        let mut records: Vec<Self> = Vec::new();
        for row in &results.leaderboard.rows {
            let known = records
                .iter()
                .position(|it| (&it.corpus, &it.budget) == (&row.corpus, &row.budget));
            let at = known.unwrap_or_else(|| {
                records.push(Self::begin(manifest, row, revision));
                records.len() - 1
            });
            records[at].add(&run, row);
        }
        Ok(records)
    }

    /// Returns a record without metrics and systems.
    fn begin(manifest: &RunManifest, row: &Row, revision: Option<&str>) -> Self {
        let corpus = manifest.corpora.iter().find(|it| it.name == row.corpus);
        let cpu = manifest.cpu.as_deref().unwrap_or("unknown");
        Self {
            v: FORMAT,
            run: manifest.run(),
            start: manifest.start.clone(),
            revision: revision.map(str::to_owned).or(manifest.git.clone()),
            epitome: manifest.epitome.clone(),
            machine: format!("{cpu}, {} cores", manifest.cores),
            corpus: row.corpus.clone(),
            blake3: corpus.map_or(String::new(), |it| short(&it.blake3)),
            budget: row.budget.clone(),
            metrics: BTreeMap::new(),
            systems: BTreeMap::new(),
            docs_per_s: BTreeMap::new(),
        }
    }

    /// Adds a row of the leaderboard.
    fn add(&mut self, run: &Run, row: &Row) {
        let manifest = &run.manifest;
        let corpus = manifest.corpora.iter().position(|it| it.name == row.corpus);
        let metric = manifest.metrics.iter().position(|it| it.name == row.metric);
        let (Some(corpus), Some(metric)) = (corpus, metric) else {
            return; // rows are of corpora and metrics of the manifest
        };
        let task = manifest.metrics[metric].task;
        let is_own = |name: &str| name == row.system;
        let mut systems = manifest.systems.iter();
        let system = systems.position(|it| is_own(&it.name) && it.task == task);

        let recipe = &manifest.metrics[metric];
        self.metrics.insert(
            row.metric.clone(),
            RecordedMetric {
                signature: row.signature.clone(),
                better: recipe.better,
                unit: row.unit,
            },
        );
        let scores = &run.observations.corpora[corpus];
        let mean = RecordedMean {
            mean: row.mean.map(eight),
            interval: row
                .ci_low
                .zip(row.ci_high)
                .map(|(low, high)| (eight(low), eight(high))),
            n: row.n,
            failed: row.failed,
            digest: system.map_or(String::new(), |at| digest(scores, metric, at)),
        };
        let of_system = self.systems.entry(row.system.clone()).or_default();
        of_system.insert(row.metric.clone(), mean);
        if let Some(speed) = row.docs_per_s {
            self.docs_per_s.insert(row.system.clone(), speed.round());
        }
    }

    /// Appends records to a file of history, which is made with its folder if it is not
    /// there. A last line that was cut off is replaced. Beside a new file stands a line in
    /// `.gitattributes` that lets git merge lines of both sides.
    ///
    /// Returns those that are not there yet.
    ///
    /// # Errors
    /// Returns an error if the file is broken or cannot be written.
    pub fn append(file: &Path, records: Vec<Self>) -> Result<Vec<Self>, Error> {
        let refuse = |error| StoreError::new(file, error);
        let folder = file.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder).map_err(|error| StoreError::new(folder, error))?;
        let known = match file.exists() {
            true => Self::read(file)?,
            false => Vec::new(),
        };
        let new = records.into_iter().filter(|record| !known.contains(record));
        let new: Vec<Self> = new.collect();

        append_lines(file, &new).map_err(refuse)?;

        let attributes = folder.join(".gitattributes");
        if !attributes.exists() {
            write_at_once(&attributes, b"*.jsonl merge=union\n")?;
        }
        Ok(new)
    }

    /// Returns the records in a file, in its order, without a last line that was cut off.
    ///
    /// # Errors
    /// Returns an error that names the line if one is no record, or is of another format.
    pub fn read(file: &Path) -> Result<Vec<Self>, Error> {
        let text =
            fs::read_to_string(file).map_err(|error| StoreError::new(file, error))?;
        let lines = (1..)
            .zip(whole(&text).lines())
            .filter(|(_, line)| !line.trim().is_empty());
        lines
            .map(|(number, line)| {
                let broken = |problem: String| {
                    Error::Input(format!("{}:{number}: {problem}", file.display()))
                };
                let record: Self = serde_json::from_str(line)
                    .map_err(|error| broken(format!("the line is no record: {error}")))?;
                match record.v {
                    FORMAT => Ok(record),
                    other => Err(broken(format!("the format is {other}, not {FORMAT}"))),
                }
            })
            .collect()
    }

    /// Returns the records of all files of history in a folder, or of one file, in the order
    /// in which the runs began.
    ///
    /// # Errors
    /// Returns an error if there are none, or one of the files cannot be read.
    pub fn read_all(path: &Path) -> Result<Vec<Self>, Error> {
        let mut files: Vec<PathBuf> = match path.is_dir() {
            true => fs::read_dir(path)
                .map_err(|error| StoreError::new(path, error))?
                .filter_map(|entry| Some(entry.ok()?.path()))
                .filter(|path| path.extension().is_some_and(|it| it == "jsonl"))
                .collect(),
            false => vec![path.to_owned()],
        };
        files.sort();

        let mut all = Vec::new();
        for file in &files {
            all.extend(Self::read(file)?);
        }
        if all.is_empty() {
            return Err(Error::NothingToDo(format!(
                "{}: there are no records\nhint: `epitome record RUN --into {}` makes one",
                path.display(),
                path.display()
            )));
        }
        // of runs that began at one time the order of the lines decides
        let mut once: Vec<Self> = Vec::new();
        for record in all {
            if !once.contains(&record) {
                once.push(record);
            }
        }
        once.sort_by(|a, b| a.start.cmp(&b.start));
        Ok(once)
    }
}

/// Appends lines to a file of history in one piece, in place of a last line that was cut off.
fn append_lines(file: &Path, records: &[HistoryRecord]) -> io::Result<()> {
    let text = match fs::read_to_string(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        text => text?,
    };
    let kept = whole(&text);

    let mut lines = String::new();
    if !kept.is_empty() && !kept.ends_with('\n') {
        lines.push('\n');
    }
    for record in records {
        lines += &serde_json::to_string(record)?;
        lines.push('\n');
    }

    let mut out = OpenOptions::new().create(true).append(true).open(file)?;
    if kept.len() < text.len() {
        out.set_len(kept.len() as u64)?;
    }
    out.write_all(lines.as_bytes())
}

/// Returns a text without its last line if that has neither a line end nor a record: the
/// program that wrote it was ended in the middle.
fn whole(text: &str) -> &str {
    let (before, last) = text.split_at(text.rfind('\n').map_or(0, |at| at + 1));
    match serde_json::from_str::<HistoryRecord>(last) {
        Ok(_) => text,
        Err(_) => before,
    }
}

/// Returns the first 16 digits of a digest.
fn short(digest: &str) -> String {
    digest.chars().take(16).collect()
}

/// Returns a number to eight decimals, so that it is rounded to what tables show as the number of
/// the run is.
fn eight(value: f64) -> f64 {
    (value * 1e8).round() / 1e8
}

/// Returns the digest of the scores of a system: of the documents' digests and the bits of
/// their scores, in the order of the corpus.
fn digest(scores: &CorpusScores, metric: usize, system: usize) -> String {
    let mut hasher = blake3::Hasher::new();
    for (document, value) in scores.documents.iter().zip(scores.column(metric, system)) {
        hasher.update(&document.to_le_bytes());
        let value = if value.is_nan() { f64::NAN } else { *value };
        hasher.update(&value.to_bits().to_le_bytes());
    }
    short(hasher.finalize().to_hex().as_str())
}
