//! Scores the outputs of all systems for one document.

use epitome_base::spec::Built;
use epitome_metrics::{Metric, Task};
use epitome_systems::rank::{Budget, Selection};

use crate::run::{
    input::reading::Read,
    outcomes::outcome::{SystemOutcome, SystemResult},
    setup::{layout::SystemLayout, oracle::Oracle},
};

use super::scoring::{Scoring, SentenceMarks, evidence, labels};

/// Scores outputs of systems by the metrics of both tasks. It runs no system, except for
/// the oracle.
pub(super) struct Scorer<'p> {
    systems: Vec<SystemLayout>,
    summaries: Scoring<'p>,
    keyphrases: Scoring<'p>,
    /// The oracle with its budget, if the oracle is a system or a metric compares with
    /// it.
    oracle: Option<(Oracle, Budget)>,
}

impl<'p> Scorer<'p> {
    /// Returns a scorer of the outputs of `systems` by `metrics`. `budget` is that of the
    /// oracle, or `None` if no oracle is needed.
    pub(super) fn new(
        systems: Vec<SystemLayout>,
        metrics: &'p [Built<dyn Metric>],
        budget: Option<Budget>,
    ) -> Self {
        Self {
            systems,
            summaries: Scoring::new(Task::Summaries, metrics),
            keyphrases: Scoring::new(Task::Keyphrases, metrics),
            oracle: budget.map(|budget| (Oracle::default(), budget)),
        }
    }

    /// Returns the selection of the oracle, if it is needed.
    pub(super) fn oracle(&mut self, read: &Read) -> Option<Selection> {
        let (oracle, budget) = self.oracle.as_mut()?;
        Some(oracle.select(read.seen(), &read.record.summaries, *budget))
    }

    /// Scores the output of each system, in their order. `oracle` contains the picks that
    /// metrics compare with.
    pub(super) fn score(
        &mut self,
        read: &Read,
        oracle: Option<&Selection>,
        given: Vec<SystemResult>,
    ) -> Vec<SystemOutcome> {
        let (record, document) = (&read.record, &read.document);
        let summaries: Vec<&[String]> =
            record.summaries.iter().map(std::slice::from_ref).collect();
        let gold = Some(record.keyphrases.as_slice()).filter(|gold| !gold.is_empty());
        let gold: Vec<&[String]> = gold.into_iter().collect();

        // the oracle sees what systems see; metrics compare numbers of the whole document
        let oracle: Option<Vec<usize>> = oracle.map(|selection| {
            selection
                .picks
                .iter()
                .map(|&pick| read.seen().number_of(pick) as usize)
                .collect()
        });
        let boilerplate = labels(record, document);
        let evidence = evidence(record, document);
        let known = SentenceMarks {
            oracle: oracle.as_deref(),
            boilerplate: boilerplate.as_deref(),
            evidence: evidence.as_deref(),
            answers: &record.answers,
        };

        let systems = &self.systems;
        let all = given.into_iter().enumerate();
        let (picks, phrases): (Vec<_>, Vec<_>) =
            all.partition(|(index, _)| systems[*index].task == Task::Summaries);
        let mut outcomes = self
            .summaries
            .score(systems, document, known, &summaries, picks);
        outcomes.extend(
            self.keyphrases
                .score(systems, document, known, &gold, phrases),
        );

        outcomes.sort_unstable_by_key(|(index, _)| *index); // back in table order
        outcomes.into_iter().map(|(_, outcome)| outcome).collect()
    }
}
