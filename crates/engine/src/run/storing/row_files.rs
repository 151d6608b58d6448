//! The files that contain the rows of a run.

/// The number of files with rows.
pub(super) const FILES: usize = 7;

/// The names of the files, in the order of [`Mark::lengths`](super::marks::Mark).
pub(super) const NAMES: [&str; FILES] = [
    DOCUMENTS,
    SCORES,
    EXTRACTS,
    FAILURES,
    COUNTS,
    LEAVING_ONE_OUT,
    NOTES,
];

/// The file with properties of each document.
pub(super) const DOCUMENTS: &str = "documents.csv";

/// The file with the score of each system on each document by each metric.
pub(super) const SCORES: &str = "scores.csv";

/// The file with the output of each system for each document.
pub(super) const EXTRACTS: &str = "extracts.jsonl";

/// The file with the failures of systems and metrics.
pub(super) const FAILURES: &str = "failures.csv";

/// The file with the counts from which micro averages are computed.
pub(super) const COUNTS: &str = "counts.csv";

/// The file with the scores with each reference left out in turn.
pub(super) const LEAVING_ONE_OUT: &str = "leaving_one_out.csv";

/// The file with what external metrics add to their scores.
pub(super) const NOTES: &str = "notes.csv";
