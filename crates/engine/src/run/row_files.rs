//! The files that rows are in.

/// How many there are.
pub(super) const FILES: usize = 6;

/// Their names, in the order of [`Mark::lengths`](super::marks::Mark).
pub(super) const NAMES: [&str; FILES] = [
    "documents.csv",
    "scores.csv",
    "extracts.jsonl",
    "failures.csv",
    "counts.csv",
    "leaving_one_out.csv",
];
