//! `timings.csv`: one row for each corpus, system and budget.

use std::{
    fmt, io,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use crate::run::write_at_once;

/// A row. Times are of one pass over all documents of the corpus, analysed beforehand,
/// on one core, in nanoseconds; empty cells are unknown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Timing {
    /// System, with the parameters that are not default; `(analysis)` for what comes
    /// before every system: sentences, words, stems.
    pub system: String,
    /// Version of the program that holds it.
    pub version: String,
    /// Corpus.
    pub corpus: String,
    /// BLAKE3 of the corpus.
    pub digest: String,
    /// `3 sentences`, `50 keyphrases`.
    pub budget: String,
    /// Documents a pass.
    pub documents: u64,
    /// Bytes of text a pass.
    pub bytes: u64,
    /// Sentences a pass.
    pub sentences: u64,
    /// Criterion's samples; each is of one or more passes.
    pub samples: u64,
    /// Mean.
    pub mean_ns: f64,
    /// Its bounds.
    pub mean_low_ns: f64,
    /// Its bounds.
    pub mean_high_ns: f64,
    /// Median.
    pub median_ns: f64,
    /// Its bounds.
    pub median_low_ns: f64,
    /// Its bounds.
    pub median_high_ns: f64,
    /// Slope of time over passes; unknown where every sample has as many passes.
    pub slope_ns: Option<f64>,
    /// Its bounds.
    pub slope_low_ns: Option<f64>,
    /// Its bounds.
    pub slope_high_ns: Option<f64>,
    /// Median absolute deviation.
    pub mad_ns: f64,
    /// Standard deviation.
    pub std_dev_ns: f64,
    /// Samples beyond the outer fence, below.
    pub low_severe: u64,
    /// Samples between the fences, below.
    pub low_mild: u64,
    /// Samples between the fences, above.
    pub high_mild: u64,
    /// Samples beyond the outer fence, above.
    pub high_severe: u64,
    /// Documents a second, by the median.
    pub docs_per_s: f64,
    /// Its bounds.
    pub docs_per_s_low: f64,
    /// Its bounds.
    pub docs_per_s_high: f64,
    /// Million bytes of text a second, by the median.
    pub mb_per_s: f64,
    /// Its bounds.
    pub mb_per_s_low: f64,
    /// Its bounds.
    pub mb_per_s_high: f64,
    /// Nanoseconds a sentence, by the median.
    pub ns_per_sentence: f64,
    /// Time of the processor a pass, over all passes, warm-up included; well below the
    /// mean where others used the machine.
    #[serde(default)]
    pub cpu_ns: Option<f64>,
    /// Threads that wanted to run just before, of all programs.
    #[serde(default)]
    pub load: Option<f64>,
    /// Documents a second with the analysis of their texts; empty for the analysis itself.
    #[serde(default)]
    pub total_docs_per_s: Option<f64>,
    /// Digest of the source of the program that holds the system, and for a plugin of its
    /// own program too: timings of other builds are not of the same system.
    #[serde(default)]
    pub build: String,
}

/// The pseudo-system that stands for the analysis before every system.
pub const ANALYSIS: &str = "(analysis)";

/// Why timings could not be made, read or written.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {problem}")]
pub struct TimingError {
    path: PathBuf,
    problem: String,
}

impl TimingError {
    pub(super) fn new(path: &Path, problem: &dyn fmt::Display) -> Self {
        Self {
            path: path.to_owned(),
            problem: problem.to_string(),
        }
    }
}

const FILE: &str = "timings.csv";

/// Writes `timings.csv` into `folder`, at once.
///
/// # Errors
/// Returns an error if the file cannot be written.
pub fn write(folder: &Path, timings: &[Timing]) -> Result<(), TimingError> {
    let path = folder.join(FILE);
    let mut writer = csv::Writer::from_writer(Vec::new());
    for timing in timings {
        writer
            .serialize(timing)
            .map_err(|error| TimingError::new(&path, &error))?;
    }
    let text = writer
        .into_inner()
        .map_err(|error| TimingError::new(&path, &error))?;
    write_at_once(&path, &text).map_err(|error| TimingError::new(&path, &error))
}

/// The timings of a folder; none where there is no `timings.csv`.
///
/// # Errors
/// Returns an error if the file cannot be read.
pub fn read(folder: &Path) -> Result<Vec<Timing>, TimingError> {
    let path = folder.join(FILE);
    let file = match std::fs::File::open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(TimingError::new(&path, &error)),
    };
    let rows: Result<_, _> = csv::Reader::from_reader(file).deserialize().collect();
    rows.map_err(|error| TimingError::new(&path, &error))
}
