//! `timings.csv`: one row for each corpus, system and budget.

use std::{
    fmt, io,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use crate::run::write_at_once;

/// A row of `timings.csv`: the speed of one system on one corpus.
///
/// Times are in nanoseconds and of one pass over all documents of the corpus, analysed
/// beforehand, on one core. Bounds are those of a 95 % bootstrap interval.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Timing {
    /// System, with those parameters that are not default; [`ANALYSIS`] for the analysis of
    /// texts (sentences, words, stems), which every system needs.
    pub system: String,
    /// Version of epitome.
    pub version: String,
    /// Name of the corpus.
    pub corpus: String,
    /// BLAKE3 digest of the corpus, in hexadecimal digits.
    pub digest: String,
    /// Length of outputs, as `3 sentences` or `50 keyphrases`; empty for the analysis.
    pub budget: String,
    /// Number of documents of a pass.
    pub documents: u64,
    /// Bytes of text of a pass.
    pub bytes: u64,
    /// Number of sentences of a pass.
    pub sentences: u64,
    /// Number of criterion's samples, each of one or more passes.
    pub samples: u64,
    /// Mean time of a pass.
    pub mean_ns: f64,
    /// Lower bound of the mean.
    pub mean_low_ns: f64,
    /// Upper bound of the mean.
    pub mean_high_ns: f64,
    /// Median time of a pass.
    pub median_ns: f64,
    /// Lower bound of the median.
    pub median_low_ns: f64,
    /// Upper bound of the median.
    pub median_high_ns: f64,
    /// Slope of a regression of times on numbers of passes; `None` if all samples have the
    /// same number of passes.
    pub slope_ns: Option<f64>,
    /// Lower bound of the slope.
    pub slope_low_ns: Option<f64>,
    /// Upper bound of the slope.
    pub slope_high_ns: Option<f64>,
    /// Median absolute deviation of the samples.
    pub mad_ns: f64,
    /// Standard deviation of the samples.
    pub std_dev_ns: f64,
    /// Number of samples below Tukey's lower outer fence.
    pub low_severe: u64,
    /// Number of samples between Tukey's lower outer and inner fence.
    pub low_mild: u64,
    /// Number of samples between Tukey's upper inner and outer fence.
    pub high_mild: u64,
    /// Number of samples above Tukey's upper outer fence.
    pub high_severe: u64,
    /// Documents per second, from the median.
    pub docs_per_s: f64,
    /// Lower bound of `docs_per_s`.
    pub docs_per_s_low: f64,
    /// Upper bound of `docs_per_s`.
    pub docs_per_s_high: f64,
    /// Megabytes (10⁶ bytes) of text per second, from the median.
    pub mb_per_s: f64,
    /// Lower bound of `mb_per_s`.
    pub mb_per_s_low: f64,
    /// Upper bound of `mb_per_s`.
    pub mb_per_s_high: f64,
    /// Nanoseconds per sentence, from the median.
    pub ns_per_sentence: f64,
    /// Mean CPU time of a pass, warm-up included; well below the mean time if other programs
    /// used the machine. `None` if the operating system does not report it.
    #[serde(default)]
    pub cpu_ns: Option<f64>,
    /// Load average just before the system was timed: threads of all programs that ran or
    /// waited to. `None` if the operating system does not report it.
    #[serde(default)]
    pub load: Option<f64>,
    /// Documents per second if the analysis of their texts is included; `None` for the
    /// analysis itself.
    #[serde(default)]
    pub total_docs_per_s: Option<f64>,
    /// Digest of the source code of epitome, and for a plugin also of its program. Timings of
    /// another build are not of the same system.
    #[serde(default)]
    pub build: String,
}

/// Name of the row for the analysis of texts, in the column of systems.
pub const ANALYSIS: &str = "(analysis)";

/// Error of making, reading or writing timings: a file or folder, and what is wrong with it.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {problem}")]
pub struct TimingError {
    path: PathBuf,
    problem: String,
}

impl TimingError {
    /// Returns an error about the file or folder `path`.
    pub(super) fn new(path: &Path, problem: &dyn fmt::Display) -> Self {
        Self {
            path: path.to_owned(),
            problem: problem.to_string(),
        }
    }
}

const FILE: &str = "timings.csv";

/// Writes `timings.csv` into `folder`, in one step: an older file is replaced or kept whole.
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

/// Returns the timings of a folder; none if it has no `timings.csv`.
///
/// # Errors
/// Returns an error if the file exists and cannot be read or parsed.
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
