//! How much a system may give.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::rank::Budget;

/// The most that a system gives for a document.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Allowance {
    /// Of a summariser: the length of a summary.
    Summary(Budget),
    /// Of a keyword extractor: how many keyphrases.
    Keyphrases(usize),
}

/// As rows and tables have it: `3 sentences`, `50 keyphrases`.
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
