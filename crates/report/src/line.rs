//! A row of a board: a system with its scores.

use serde::Serialize;

use epitome_engine::run::{MetricRecipe, SystemKind};
use epitome_metrics::Better;

use super::{change::Change, leaderboard::Row};

/// A system of a [`Board`](super::Board) with its scores.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BoardLine {
    /// Name of the system.
    pub system: String,
    /// Whether it is a system, or a reference (oracle, human references).
    pub kind: SystemKind,
    /// Scores, one for each metric of the board.
    pub scores: Vec<BoardScore>,
    /// Number of documents on which the system failed.
    pub failed: u64,
    /// Mean number of words of an output.
    pub words: Option<f64>,
    /// Documents per second of the system alone; `None` if it was not timed.
    pub docs_per_s: Option<f64>,
    /// Documents per second of the system with the analysis of the texts; `None` if it was not
    /// timed.
    pub total_docs_per_s: Option<f64>,
    /// Number of documents of the corpus that the parameters of the system were learnt on; `None`
    /// if none is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub learnt_on: Option<u64>,
}

impl BoardLine {
    /// Returns the name of the system, with a [sign](LEARNT) if it was learnt on documents of the
    /// corpus.
    pub(super) fn marked_name(&self) -> String {
        let sign = self.learnt_on.map_or("", |_| LEARNT);
        format!("{}{sign}", self.system)
    }
}

/// Returns a note on the systems that were learnt on documents of the corpus; `None` if there is
/// no such system.
pub(super) fn learnt_note(lines: &[BoardLine]) -> Option<String> {
    let learnt = lines.iter().filter_map(|line| {
        let documents = line.learnt_on?;
        let plural = if documents == 1 { "" } else { "s" };
        Some(format!("`{}` on {documents} document{plural}", line.system))
    });
    let learnt: Vec<String> = learnt.collect();
    (!learnt.is_empty()).then(|| {
        format!(
            "{LEARNT} was learnt on this corpus, at least {}: this is no score on unseen texts",
            learnt.join(", ")
        )
    })
}

/// Sign after the name of a system whose parameters were learnt on documents of the corpus.
pub(super) const LEARNT: &str = "†";

/// The score of a system by a metric.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct BoardScore {
    /// Mean over documents.
    pub mean: Option<f64>,
    /// Lower bound of the 95 % interval of the mean.
    pub ci_low: Option<f64>,
    /// Upper bound of the 95 % interval of the mean.
    pub ci_high: Option<f64>,
    /// Number of documents in the mean.
    pub n: u64,
    /// Best rank of the 95 % interval of ranks.
    pub rank_low: Option<u32>,
    /// Worst rank of the 95 % interval of ranks.
    pub rank_high: Option<u32>,
    /// Letters of the compact letter display: two systems that share no letter differ. `None` if
    /// systems were not compared.
    pub letters: Option<String>,
    /// Whether no system has a better mean.
    pub best: bool,
    /// Whether the system shares a letter with the best one, so that it is not shown to differ.
    pub near: bool,
    /// `(mean − lead) / (oracle − lead)`, from the means of `lead` and the oracle.
    pub share_of_oracle: Option<f64>,
    /// Number of failures if every output failed, so that there is no interval, no letter and no
    /// mark; otherwise `None`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub all_failed: Option<u64>,
    /// Change from the unchanged corpus, if the corpus is a perturbation of another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change: Option<Change>,
}

impl BoardScore {
    /// Returns the score of a row of the leaderboard by a metric, without letters and marks.
    pub(super) fn of(metric: &MetricRecipe, row: &Row) -> Self {
        // older runs stored an interval of failures
        let all_failed = all_failed(metric, row);
        let known = |bound: Option<f64>| bound.filter(|_| all_failed.is_none());
        Self {
            all_failed,
            mean: row.mean,
            ci_low: known(row.ci_low),
            ci_high: known(row.ci_high),
            n: row.n,
            rank_low: row.rank_low,
            rank_high: row.rank_high,
            share_of_oracle: row.share_of_oracle,
            ..Self::default()
        }
    }
}

/// Returns the number of failures of a row if every output failed, otherwise `None`. Failures are in
/// n if the metric has a worst value.
pub(super) fn all_failed(metric: &MetricRecipe, row: &Row) -> Option<u64> {
    let worst = match metric.better {
        Better::Higher => metric.lowest,
        Better::Lower => metric.highest,
        Better::Neither => None,
    };
    let others = match worst {
        Some(_) => row.n.saturating_sub(row.failed),
        None => row.n,
    };
    (row.failed > 0 && others == 0).then_some(row.failed)
}
