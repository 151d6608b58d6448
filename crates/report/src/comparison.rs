//! `comparisons.csv`: tests of differences between pairs of systems, by corpus and metric.

use std::{collections::BTreeMap, path::Path};

use serde::{Deserialize, Serialize};

use epitome_engine::run::MetricRecipe;
use epitome_metrics::Unit;
use epitome_stats::{compact_letters, smallest_of_exchanges};

use super::{
    pair_result::PairResult,
    table_file::{self, TableError},
};

/// A row of `comparisons.csv`: the difference between systems `a` and `b` on the documents on which
/// both have a score. Unknown values are `None` and empty cells.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// Name of the corpus.
    pub corpus: String,
    /// Name of the metric.
    pub metric: String,
    /// Name of the first system.
    pub a: String,
    /// Name of the second system.
    pub b: String,
    /// Mean of `a` minus mean of `b`.
    pub difference: f64,
    /// Lower bound of the 95 % interval of the difference.
    pub ci_low: Option<f64>,
    /// Upper bound of the 95 % interval of the difference.
    pub ci_high: Option<f64>,
    /// Two-sided p-value.
    pub p: f64,
    /// p-value corrected by Holm's method over the rows of this corpus and metric.
    pub p_holm: f64,
    /// Effect size: the mean of the differences divided by their standard deviation.
    pub effect: Option<f64>,
    /// Number of documents on which `a` is better.
    pub wins: u64,
    /// Number of documents on which both are equal.
    pub ties: u64,
    /// Number of documents on which `a` is worse.
    pub losses: u64,
    /// Test that the p-value is from; empty in files that do not have it.
    #[serde(default)]
    pub test: String,
    /// Which of interval and p-value to trust, if they disagree.
    #[serde(default)]
    pub note: Option<String>,
    /// Unit of the difference and its bounds.
    #[serde(default = "share")]
    pub unit: Unit,
    /// Length of outputs, as `3 sentences`.
    #[serde(default)]
    pub budget: String,
    /// The run, as in the leaderboard; both runs, with a space between, if there are two.
    #[serde(default)]
    pub run: String,
}

/// Returns the unit of rows of files that do not have it.
fn share() -> Unit {
    Unit::Share
}

/// Where two systems were compared.
#[derive(Debug, Clone, Copy)]
pub(super) struct Circumstances<'a> {
    /// Name of the corpus.
    pub(super) corpus: &'a str,
    /// Metric.
    pub(super) metric: &'a MetricRecipe,
    /// Length of outputs, as `3 sentences`.
    pub(super) budget: &'a str,
    /// The name of the run or the names of both runs.
    pub(super) run: &'a str,
}

impl Comparison {
    /// Returns the row of the comparison of two systems.
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

/// Significance level: two systems differ if the corrected p-value is below it.
pub const ALPHA: f64 = 0.05;

/// Name of the file.
const FILE: &str = "comparisons.csv";

/// Reads the comparisons of a folder; none if there is no file.
///
/// # Errors
/// Returns an error if the file cannot be read or parsed.
pub fn read_comparisons(folder: &Path) -> Result<Vec<Comparison>, TableError> {
    read_comparisons_in(&folder.join(FILE))
}

/// Reads the comparisons in a file of any name; none if there is no file.
///
/// # Errors
/// Returns an error if the file cannot be read or parsed.
pub fn read_comparisons_in(file: &Path) -> Result<Vec<Comparison>, TableError> {
    table_file::read(file)
}

/// Writes `comparisons.csv` into `folder`.
///
/// # Errors
/// Returns an error if the file cannot be written.
pub fn write_comparisons(folder: &Path, rows: &[Comparison]) -> Result<(), TableError> {
    table_file::write::<Comparison, _>(&folder.join(FILE), rows)
}

/// Returns the compact letter display of `systems`, which are in order from the best, on one corpus
/// by one metric: two systems share a letter if they are not shown to differ. Returns `None` if a
/// pair was not compared, or if there are fewer than two systems.
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

    let differ: Vec<Vec<bool>> = (0..count)
        .map(|a| {
            (a + 1..count)
                .map(|b| find(systems[a], systems[b]))
                .collect::<Option<_>>()
        })
        .collect::<Option<_>>()?;
    Some(compact_letters(count, |a, b| differ[a][b - a - 1]))
}

/// Returns the rows of one corpus and metric.
fn family<'a>(
    comparisons: &'a [Comparison],
    corpus: &str,
    metric: &str,
) -> Vec<&'a Comparison> {
    comparisons
        .iter()
        .filter(|row| row.corpus == corpus && row.metric == metric)
        .collect()
}

/// Returns a note if no difference can be shown on one corpus by one metric, since even the
/// smallest possible p-value is not below 5 % after correction; `None` if one can be, or nothing
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

/// Returns a note about the pairs on one corpus whose interval and p-value disagree, metric by
/// metric; `None` if there are none. All comparisons are by the same test.
pub(super) fn disagreements<'a>(
    comparisons: &[Comparison],
    corpus: &str,
    metrics: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    let mut why = None;
    let mut pairs = Vec::new();
    for metric in metrics {
        let family = family(comparisons, corpus, metric);
        let noted: Vec<&Comparison> = family
            .into_iter()
            .filter(|row| row.note.is_some())
            .collect();
        if noted.is_empty() {
            continue;
        }
        why = why.or(noted[0].note.as_deref());
        pairs.push(format!("{metric}: {}", some_pairs(&noted)));
    }

    let why = why?;
    let trusted = why.split_once(": ").map_or(why, |(_, trusted)| trusted);
    let pairs = pairs.join("; ");
    Some(format!("interval and p disagree on {pairs}; {trusted}"))
}

/// Returns the names of at most three pairs, and how many more there are.
fn some_pairs(noted: &[&Comparison]) -> String {
    const NAMED: usize = 3;

    let names = noted.iter().take(NAMED);
    let names: Vec<String> = names.map(|row| format!("{} – {}", row.a, row.b)).collect();
    let names = names.join(", ");
    match noted.len() {
        count if count > NAMED => format!("{names} and {} more", count - NAMED),
        _ => names,
    }
}

impl Comparison {
    /// Returns the smallest p-value that is possible for the test and number of documents; `None`
    /// if the test is unknown.
    fn smallest_p(&self) -> Option<f64> {
        if let Some(resamples) = self.resamples() {
            return Some(1.0 / (resamples as f64 + 1.0));
        }
        (!self.test.is_empty()).then(|| smallest_of_exchanges(self.wins + self.losses))
    }

    /// Returns the number of resamples of a bootstrap test; `None` for other tests.
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
