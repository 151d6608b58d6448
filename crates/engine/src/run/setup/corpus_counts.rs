//! Counts a corpus when it is planned: what decides the usual metrics, and what tables mark.

use std::{num::NonZero, ops::ControlFlow};

use epitome_corpora::{Corpus, CorpusError, Source};

use crate::{learnt::LearntDocuments, run::threads::pool::map_in_order};

use super::letters::ReferenceLetters;

/// What is counted in a corpus before the run. Made by [`CorpusCounts::count`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::run) struct CorpusCounts {
    /// The letters of its reference summaries.
    pub(in crate::run) letters: ReferenceLetters,
    /// The documents that our own methods were learnt on.
    pub(in crate::run) learnt: LearntDocuments,
}

impl CorpusCounts {
    /// Counts a corpus on `jobs` threads. Leaves broken records to the run, which names them.
    ///
    /// # Errors
    /// Returns an error if the corpus cannot be opened.
    pub(in crate::run) fn count(
        corpus: &dyn Corpus,
        jobs: NonZero<usize>,
    ) -> Result<Self, CorpusError> {
        let parts = map_in_order(
            jobs,
            corpus.records()?,
            Self::default,
            |sum: &mut Self, found: Result<Source, CorpusError>| {
                if let Ok(record) = found.and_then(Source::parse) {
                    sum.letters.add(&record);
                    sum.learnt.add(&record.text);
                }
            },
            |()| ControlFlow::Continue(()),
        );

        let mut sum = Self::default();
        for part in parts {
            sum.letters.merge(&part.letters);
            sum.learnt.merge(part.learnt);
        }
        Ok(sum)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sampler_holds_references_of_other_scripts() {
        let sampler = epitome_corpora::open("sampler").unwrap();
        let counted = |jobs| {
            let jobs = NonZero::new(jobs).unwrap();
            CorpusCounts::count(sampler.as_ref(), jobs).unwrap()
        };
        assert_eq!(counted(1), counted(3));
        let letters = counted(1).letters;
        assert!(letters.unreadable > 0 && letters.want_every_script());
        assert_eq!(counted(1).learnt, LearntDocuments::default());
    }
}
