//! `comparisons.csv`: which systems differ, on which corpus, under which metric.

use std::{collections::BTreeMap, path::Path};

use serde::{Deserialize, Serialize};

use epitome_engine::run::MetricRecipe;
use epitome_metrics::Unit;
use epitome_stats::{compact_letters, smallest_of_exchanges};

use super::{
    compare::PairResult,
    table_file::{self, TableError},
};

/// A row: system `a` against system `b` on the documents that both were scored on; empty
/// cells are unknown.
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
    /// What the p-value is from; empty where it was not noted.
    #[serde(default)]
    pub test: String,
    /// Which to trust where interval and p-value disagree.
    #[serde(default)]
    pub note: Option<String>,
    /// What differences are in.
    #[serde(default = "share")]
    pub unit: Unit,
    /// How long outputs may be, in words.
    #[serde(default)]
    pub budget: String,
    /// The run, as in the leaderboard; both runs, with a space between, if there are two.
    #[serde(default)]
    pub run: String,
}

/// The unit of rows that do not say it.
fn share() -> Unit {
    Unit::Share
}

/// What two systems were compared under.
#[derive(Debug, Clone, Copy)]
pub(super) struct Circumstances<'a> {
    /// Corpus.
    pub(super) corpus: &'a str,
    /// Metric.
    pub(super) metric: &'a MetricRecipe,
    /// How long outputs may be, in words.
    pub(super) budget: &'a str,
    /// The name of the run or the names of both runs.
    pub(super) run: &'a str,
}

impl Comparison {
    /// The row of what was found of two systems.
    pub(super) fn of(
        under: Circumstances<'_>,
        names: [String; 2],
        found: &PairResult,
    ) -> Self {
        let [a, b] = names;
        Self {
            corpus: under.corpus.to_owned(),
            metric: under.metric.name.clone(),
            unit: under.metric.unit,
            budget: under.budget.to_owned(),
            run: under.run.to_owned(),
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
            test: found.test(),
            note: found.note(),
        }
    }
}

/// Below this corrected p-value two systems differ.
pub const ALPHA: f64 = 0.05;

const FILE: &str = "comparisons.csv";

/// The comparisons of a folder; none where it has none.
///
/// # Errors
/// Returns an error if the file cannot be read.
pub fn read_comparisons(folder: &Path) -> Result<Vec<Comparison>, TableError> {
    table_file::read(&folder.join(FILE))
}

/// Writes `comparisons.csv` into `folder`.
///
/// # Errors
/// Returns an error if the file cannot be written.
pub fn write_comparisons(folder: &Path, rows: &[Comparison]) -> Result<(), TableError> {
    table_file::write::<Comparison, _>(&folder.join(FILE), rows)
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
    let family = family(comparisons, corpus, metric);
    let differing: BTreeMap<(&str, &str), bool> = family
        .iter()
        .map(|row| ((row.a.as_str(), row.b.as_str()), row.p_holm < ALPHA))
        .collect();
    let find = |a: &str, b: &str| {
        differing
            .get(&(a, b))
            .or_else(|| differing.get(&(b, a)))
            .copied()
    };
    let count = systems.len();
    if count < 2 {
        return None;
    }
    let of_first = |a: usize| -> Option<Vec<bool>> {
        (a + 1..count)
            .map(|b| find(systems[a], systems[b]))
            .collect()
    };
    let differ: Vec<Vec<bool>> = (0..count).map(of_first).collect::<Option<_>>()?;
    Some(compact_letters(count, |a, b| differ[a][b - a - 1]))
}

/// The rows of one corpus and metric.
fn family<'a>(
    comparisons: &'a [Comparison],
    corpus: &str,
    metric: &str,
) -> Vec<&'a Comparison> {
    let is_own = |row: &&Comparison| row.corpus == corpus && row.metric == metric;
    comparisons.iter().filter(is_own).collect()
}

/// That no difference can be shown on one corpus under one metric, since even the smallest
/// p-value there can be is not below 5 % after correction; `None` where one can, or nothing
/// was compared.
pub(super) fn nothing_to_show(
    comparisons: &[Comparison],
    corpus: &str,
    metric: &str,
) -> Option<String> {
    let family = family(comparisons, corpus, metric);
    let pairs = family.len() as f64;
    let smallest: Option<Vec<f64>> = family.iter().map(|row| row.smallest_p()).collect();
    let smallest = smallest?.into_iter().reduce(f64::min)?;
    let corrected = (pairs * smallest).min(1.0);
    if corrected < ALPHA {
        return None;
    }
    let differing = family.iter().map(|row| row.wins + row.losses).max()?;
    let pairs = if pairs == 1.0 {
        "1 pair".to_owned()
    } else {
        format!("{pairs} pairs")
    };
    let why = match (differing, family[0].resamples()) {
        (0, _) => "the systems do not differ on any document".to_owned(),
        (_, Some(resamples)) => format!(
            "{resamples} resamples have no p below {smallest:.1e}, {corrected:.2} after correction over {pairs}; give more `--resamples`"
        ),
        (1, None) => "the systems differ on 1 document".to_owned(),
        (_, None) => format!(
            "systems that differ on {differing} documents have no p below {smallest:.4}, {corrected:.2} after correction over {pairs}"
        ),
    };
    Some(format!("{metric}: no difference can be shown: {why}"))
}

/// The pairs on one corpus under one metric whose interval and p-value disagree, in a
/// sentence; `None` where there are none.
pub(super) fn disagreements(
    comparisons: &[Comparison],
    corpus: &str,
    metric: &str,
) -> Option<String> {
    const NAMED: usize = 3;
    let family = family(comparisons, corpus, metric);
    let noted: Vec<(&Comparison, &str)> = family
        .iter()
        .filter_map(|row| Some((*row, row.note.as_deref()?)))
        .collect();
    let (_, first) = noted.first()?;
    let names = noted
        .iter()
        .take(NAMED)
        .map(|(row, _)| format!("{} – {}", row.a, row.b));
    let names = names.collect::<Vec<_>>().join(", ");
    let rest = match noted.len() {
        count if count > NAMED => format!(" and {} more pairs", count - NAMED),
        _ => String::new(),
    };
    let trusted = first
        .split_once(": ")
        .map_or(*first, |(_, trusted)| trusted);
    Some(format!(
        "{metric}: interval and p disagree on {names}{rest}: {trusted}"
    ))
}

impl Comparison {
    /// The smallest p-value that its test could have found; `None` where the test was not
    /// noted.
    fn smallest_p(&self) -> Option<f64> {
        if let Some(resamples) = self.resamples() {
            return Some(1.0 / (resamples as f64 + 1.0));
        }
        (!self.test.is_empty()).then(|| smallest_of_exchanges(self.wins + self.losses))
    }

    /// How many resamples a bootstrap had.
    fn resamples(&self) -> Option<u64> {
        self.test
            .strip_prefix("bootstrap(resamples=")?
            .strip_suffix(')')?
            .parse()
            .ok()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(crate) fn comparison(a: &str, b: &str, p_holm: f64) -> Comparison {
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
            test: String::new(),
            note: None,
            unit: Unit::Share,
            budget: "3 sentences".to_owned(),
            run: String::new(),
        }
    }

    /// As many pairs, each of systems that differ on so many documents.
    fn differing(pairs: u64, documents: u64) -> Vec<Comparison> {
        let row = |at| Comparison {
            wins: documents,
            losses: 0,
            test: "randomisation(exact)".to_owned(),
            ..comparison(&format!("s{at}"), "lead", 1.0)
        };
        (0..pairs).map(row).collect()
    }

    #[test]
    fn five_documents_cannot_show_a_difference_and_fifty_can() {
        let said = |rows: &[Comparison]| nothing_to_show(rows, "two", "rouge-1");
        // 2 of 32 exchanges are as extreme
        assert_eq!(
            said(&differing(44_850, 5)).unwrap(),
            "rouge-1: no difference can be shown: systems that differ on 5 documents have \
             no p below 0.0625, 1.00 after correction over 44850 pairs"
        );
        assert!(said(&differing(1, 5)).is_some() && said(&differing(1, 6)).is_none());
        assert_eq!(said(&differing(44_850, 50)), None);
        assert_eq!(said(&[]), None);
        let mut bootstrap = differing(780, 300);
        for row in &mut bootstrap {
            row.test = "bootstrap(resamples=10000)".to_owned();
        }
        assert!(
            said(&bootstrap)
                .unwrap()
                .contains("give more `--resamples`")
        );
        assert_eq!(said(&bootstrap[..400]), None);
    }

    #[test]
    fn systems_share_a_letter_where_they_are_not_shown_to_differ() {
        let rows = [
            comparison("lead", "random", 0.2),
            comparison("lead", "tail", 0.01),
            comparison("tail", "random", 0.06),
        ];
        let found = |systems: &[&str]| letters_of(&rows, "two", "rouge-1", systems);
        assert_eq!(
            found(&["lead", "random", "tail"]).unwrap(),
            ["a", "ab", "b"]
        );
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
