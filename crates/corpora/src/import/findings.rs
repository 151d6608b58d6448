//! What an import found, and what it could not use.

use std::collections::BTreeMap;

/// How many warnings are kept in words, a few MB; the rest is counted.
const KEPT: usize = 10_000;

/// What was found in one split.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Split {
    /// Documents, or judged summaries.
    pub records: u64,
    /// Reference summaries.
    pub summaries: u64,
    /// Gold keyphrases.
    pub keyphrases: u64,
    /// Bytes of text.
    pub bytes: u64,
}

/// What was found, by split, and what was not used.
#[derive(Debug, Clone, Default)]
pub struct ImportFindings {
    /// Splits by name.
    pub splits: BTreeMap<String, Split>,
    /// The first warnings, each beginning with its place.
    pub warnings: Vec<String>,
    /// How many warnings there were.
    pub warned: u64,
    /// Documents whose ids a spreadsheet [takes for formulas](crate::reads_as_formula).
    pub formulas: u64,
}

impl ImportFindings {
    pub(super) fn warn(&mut self, warning: String) {
        self.warned += 1;
        if self.warnings.len() < KEPT {
            self.warnings.push(warning);
        }
    }

    /// Everything together.
    pub fn total(&self) -> Split {
        self.splits
            .values()
            .fold(Split::default(), |sum, split| Split {
                records: sum.records + split.records,
                summaries: sum.summaries + split.summaries,
                keyphrases: sum.keyphrases + split.keyphrases,
                bytes: sum.bytes + split.bytes,
            })
    }
}
