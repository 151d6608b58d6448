//! The most that a system may return for a document.

use std::fmt;

use serde::{Deserialize, Serialize};

use epitome_metrics::Task;
use epitome_plugin::Length;
use epitome_systems::rank::Budget;

/// The most that a system may return for one document. Made from the plan of a run.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Allowance {
    /// The length of a summary, for summarisers.
    Summary(Budget),
    /// The number of keyphrases, for keyword extractors.
    Keyphrases(usize),
}

impl Allowance {
    /// Returns the part of a length that is about the outputs of a task.
    pub fn of(task: Task, length: Length) -> Self {
        match task {
            Task::Summaries => Self::Summary(length.budget),
            Task::Keyphrases => Self::Keyphrases(length.limit),
        }
    }
}

/// Writes the limit as rows and tables have it: `3 sentences`, `50 keyphrases`.
impl fmt::Display for Allowance {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Summary(budget) => budget.fmt(out),
            Self::Keyphrases(limit) => write!(out, "{limit} keyphrases"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_has_it_as_data() {
        let json = |allowance: Allowance| serde_json::to_string(&allowance).unwrap();
        let summary = Allowance::Summary(Budget::Ratio(0.2));
        assert_eq!(json(summary), r#"{"summary":{"ratio":0.2}}"#);
        assert_eq!(json(Allowance::Keyphrases(50)), r#"{"keyphrases":50}"#);
        let read: Allowance = serde_json::from_str(&json(summary)).unwrap();
        assert_eq!(read, summary);
    }
}
