//! `comparisons.csv`: which systems differ, on which corpus, under which metric.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::stats::letters;

use super::{
    compare::Found,
    table_file::{self, TableError},
};

/// A row: system `a` against system `b` on the documents that both were scored on; empty
/// cells are unknown. Scores are in shares of 1.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// Corpus.
    pub corpus: String,
    /// Metric.
    pub metric: String,
    /// The first system.
    pub a: String,
    /// The second.
    pub b: String,
    /// Mean of `a` minus mean of `b`.
    pub difference: f64,
    /// Lower bound of its 95 % interval.
    pub ci_low: Option<f64>,
    /// Upper bound.
    pub ci_high: Option<f64>,
    /// Two-sided p-value.
    pub p: f64,
    /// The same, corrected by Holm over the rows of this corpus and metric.
    pub p_holm: f64,
    /// The difference in standard deviations of the documents' differences.
    pub effect: Option<f64>,
    /// Documents on which `a` is better.
    pub wins: u64,
    /// Documents on which they are equal.
    pub ties: u64,
    /// Documents on which `a` is worse.
    pub losses: u64,
}

impl Comparison {
    /// The row of what was found of two systems.
    pub(super) fn of(
        corpus: &str,
        metric: &str,
        [a, b]: [String; 2],
        found: &Found,
    ) -> Self {
        Self {
            corpus: corpus.to_owned(),
            metric: metric.to_owned(),
            a,
            b,
            difference: found.difference,
            ci_low: found.interval.map(|(low, _)| low),
            ci_high: found.interval.map(|(_, high)| high),
            p: found.p,
            p_holm: found.p_holm,
            effect: found.effect,
            wins: found.wins.wins,
            ties: found.wins.ties,
            losses: found.wins.losses,
        }
    }
}

/// Below this corrected p-value two systems differ.
pub const ALPHA: f64 = 0.05;

const FILE: &str = "comparisons.csv";

/// The comparisons of a folder; none where it has none.
///
/// # Errors
/// The file cannot be read.
pub fn read_comparisons(folder: &Path) -> Result<Vec<Comparison>, TableError> {
    table_file::read(&folder.join(FILE))
}

/// Writes `comparisons.csv` into `folder`.
///
/// # Errors
/// The file cannot be written.
pub fn write_comparisons(folder: &Path, rows: &[Comparison]) -> Result<(), TableError> {
    table_file::write(&folder.join(FILE), rows)
}

/// The letters of `systems`, the best first, on one corpus under one metric: two share one
/// where they are not shown to differ. `None` where a pair was not compared, or there is
/// none.
pub fn letters_of(
    comparisons: &[Comparison],
    corpus: &str,
    metric: &str,
    systems: &[&str],
) -> Option<Vec<String>> {
    let family: Vec<&Comparison> = comparisons
        .iter()
        .filter(|row| row.corpus == corpus && row.metric == metric)
        .collect();
    let find = |a: usize, b: usize| {
        let pair = [systems[a], systems[b]];
        let is_pair = |row: &&&Comparison| {
            pair == [row.a.as_str(), row.b.as_str()]
                || pair == [row.b.as_str(), row.a.as_str()]
        };
        family.iter().find(is_pair)
    };
    let count = systems.len();
    if count < 2 {
        return None;
    }
    let of_first = |a: usize| -> Option<Vec<bool>> {
        (a + 1..count).map(|b| Some(find(a, b)?.p_holm < ALPHA)).collect()
    };
    let differ: Vec<Vec<bool>> = (0..count).map(of_first).collect::<Option<_>>()?;
    Some(letters(count, |a, b| differ[a][b - a - 1]))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in crate::report) fn comparison(a: &str, b: &str, p_holm: f64) -> Comparison {
        Comparison {
            corpus: "two".to_owned(),
            metric: "rouge-1".to_owned(),
            a: a.to_owned(),
            b: b.to_owned(),
            difference: 0.01,
            ci_low: Some(-0.005),
            ci_high: Some(0.025),
            p: p_holm / 2.0,
            p_holm,
            effect: None,
            wins: 3,
            ties: 1,
            losses: 2,
        }
    }

    #[test]
    fn systems_share_a_letter_where_they_are_not_shown_to_differ() {
        let rows = [
            comparison("lead", "random", 0.2),
            comparison("lead", "tail", 0.01),
            comparison("tail", "random", 0.06),
        ];
        let found = |systems: &[&str]| letters_of(&rows, "two", "rouge-1", systems);
        assert_eq!(found(&["lead", "random", "tail"]).unwrap(), ["a", "ab", "b"]);
        assert_eq!(found(&["lead", "longest"]), None);
        assert_eq!(letters_of(&rows, "two", "rouge-2", &["lead", "tail"]), None);
    }

    #[test]
    fn what_is_written_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let rows = [comparison("a(x=1, y=2)", "b", 0.3)];
        assert!(read_comparisons(folder.path()).unwrap().is_empty());
        write_comparisons(folder.path(), &rows).unwrap();
        assert_eq!(read_comparisons(folder.path()).unwrap(), rows);
    }
}
