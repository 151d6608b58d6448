//! The record of a plugin's failures, which decides when the plugin is skipped.

/// The number of failures in a row that is too many.
const IN_A_ROW: usize = 3;

/// More than one failure in this number of documents is too many.
const ONE_IN: usize = 10;

/// The number of documents from which on the share of failures is considered.
const TO_TELL: usize = 30;

/// The outcomes of the documents so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Record {
    asked: usize,
    failed: usize,
    in_a_row: usize,
}

impl Record {
    /// Adds the outcome of a document.
    pub(super) fn add(&mut self, failed: bool) {
        self.asked += 1;
        self.failed += usize::from(failed);
        self.in_a_row = if failed { self.in_a_row + 1 } else { 0 };
    }

    /// Returns the reason for skipping the plugin; `None` if it may continue.
    pub(super) fn is_too_bad(&self) -> Option<String> {
        if self.in_a_row >= IN_A_ROW {
            return Some(format!("after {IN_A_ROW} failures in a row"));
        }
        (self.asked >= TO_TELL && self.failed * ONE_IN > self.asked).then(|| {
            format!("after {} failures in {} documents", self.failed, self.asked)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(outcomes: impl IntoIterator<Item = bool>) -> Record {
        let mut record = Record::default();
        outcomes.into_iter().for_each(|failed| record.add(failed));
        record
    }

    #[test]
    fn three_in_a_row_are_too_many_and_two_are_not() {
        assert!(
            record([true, true, false, true, true])
                .is_too_bad()
                .is_none()
        );
        assert_eq!(
            record([false, true, true, true]).is_too_bad().unwrap(),
            "after 3 failures in a row"
        );
    }

    #[test]
    fn more_than_a_tenth_is_too_many_once_there_are_thirty() {
        let every = |nth: usize| move |at: usize| at.is_multiple_of(nth);
        assert!(record((0..29).map(every(5))).is_too_bad().is_none());
        assert_eq!(
            record((0..30).map(every(5))).is_too_bad().unwrap(),
            "after 6 failures in 30 documents"
        );
        assert!(record((0..1_000).map(every(10))).is_too_bad().is_none());
    }
}
