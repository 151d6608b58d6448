//! How often a plugin has failed, and when that is too often.

/// So many failures in a row are too many.
const IN_A_ROW: usize = 3;

/// More than one failure in so many documents is too many …
const ONE_IN: usize = 10;

/// … once there are enough documents to tell.
const TO_TELL: usize = 30;

/// What became of the documents so far, in their order.
#[derive(Debug, Clone, Default)]
pub(super) struct Record {
    asked: usize,
    failed: usize,
    in_a_row: usize,
}

impl Record {
    /// Notes what became of a document.
    pub(super) fn add(&mut self, failed: bool) {
        self.asked += 1;
        self.failed += usize::from(failed);
        self.in_a_row = if failed { self.in_a_row + 1 } else { 0 };
    }

    /// Why the plugin is asked no more, if so.
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
