//! The F1 of the selected sentences and the evidence for an answer.

use epitome_base::spec::Entry;

use super::{
    Signature, Tokenisation,
    evidence_recall::{NEEDS, counted},
    metric::{BoundMetric, Metric},
    metric_input::{MetricInput, MetricNeeds, Output},
    score::Score,
    statistics::Statistics,
    task::Task,
    tokens::Unicode,
};

pub(super) const ENTRY: Entry<dyn Metric> = Entry {
    name: "evidence-f1",
    about: "F1 of the selected sentences and the sentences of evidence",
    source: "Yang et al. (2018), HotpotQA, EMNLP (F1 of supporting facts)",
    parameters: &[],
    build: |_| Box::new(EvidenceF1),
};

/// The precision, recall and F1 of the selected sentences against those of evidence.
///
/// ```text
/// P = |{evidence} ∩ {picks}| / |{picks}|     R = |{evidence} ∩ {picks}| / |{evidence}|
/// ```
///
/// Evidence and documents that are left out are those of
/// [`EvidenceRecall`](super::EvidenceRecall).
#[derive(Debug, Clone, Copy, Default)]
pub struct EvidenceF1;

impl Metric for EvidenceF1 {
    fn task(&self) -> Task {
        Task::Summaries
    }

    fn tokenisation(&self) -> Tokenisation {
        Tokenisation::Unicode(Unicode::default())
    }

    fn needs(&self) -> MetricNeeds {
        NEEDS
    }

    fn signature(&self) -> Signature {
        Signature::of(ENTRY.name)
    }

    fn statistics(&self) -> &'static [&'static str] {
        Statistics::MATCHES
    }

    fn against<'a>(&'a self, subject: MetricInput<'a>) -> Box<dyn BoundMetric + 'a> {
        Box::new(move |output: Output<'_>| match counted(&subject, output) {
            Some((found, picks, evidence)) => Statistics::counts(found, picks, evidence),
            None => Statistics::left_out(),
        })
    }

    fn score(&self, statistics: &Statistics) -> Score {
        statistics.matches().precision_recall_f1()
    }
}

#[cfg(test)]
mod tests {
    use super::super::value::tests::{Case, value};
    use super::*;

    #[test]
    fn half_of_the_picks_are_all_of_the_evidence() {
        let case = Case {
            source: &["a", "b", "c", "d", "e"],
            picks: &[4, 0, 1, 3],
            evidence: Some(&[0, 1]),
            ..Case::default()
        };
        // P = 1/2, R = 1
        assert_eq!(value(ENTRY, "", &case), 2.0 / 3.0);
    }
}
