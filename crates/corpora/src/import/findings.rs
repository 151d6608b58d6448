//! The findings of an import, and what it could not use.

use std::collections::BTreeMap;

/// The number of warnings that are kept as texts (a few MB); the rest is counted.
const KEPT: usize = 10_000;

/// The counts of one split.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Split {
    /// The number of documents, or of judged summaries.
    pub records: u64,
    /// The number of reference summaries.
    pub summaries: u64,
    /// The number of gold keyphrases.
    pub keyphrases: u64,
    /// The number of answers to queries.
    pub answers: u64,
    /// The number of passages of evidence.
    pub evidence: u64,
    /// The number of bytes of text.
    pub bytes: u64,
}

/// The counts of every split, and what was not used. Made by
/// [`ImportFormat::import`](super::ImportFormat::import).
#[derive(Debug, Clone, Default)]
pub struct ImportFindings {
    /// The splits by name.
    pub splits: BTreeMap<String, Split>,
    /// The first warnings, each of which begins with its place.
    pub warnings: Vec<String>,
    /// The number of all warnings.
    pub warned: u64,
    /// The number of documents whose ids a spreadsheet [takes for
    /// formulas](crate::reads_as_formula).
    pub formulas: u64,
}

impl ImportFindings {
    pub(super) fn warn(&mut self, warning: String) {
        self.warned += 1;
        if self.warnings.len() < KEPT {
            self.warnings.push(warning);
        }
    }

    /// Returns the counts of all splits together.
    pub fn total(&self) -> Split {
        self.splits
            .values()
            .fold(Split::default(), |sum, split| Split {
                records: sum.records + split.records,
                summaries: sum.summaries + split.summaries,
                keyphrases: sum.keyphrases + split.keyphrases,
                answers: sum.answers + split.answers,
                evidence: sum.evidence + split.evidence,
                bytes: sum.bytes + split.bytes,
            })
    }
}
