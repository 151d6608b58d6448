//! How much of the evidence for an answer an output keeps, by sentences.

use epitome_base::spec::Entry;

use super::{
    Signature, Tokenisation,
    metric::{BoundMetric, Metric},
    metric_input::{MetricInput, MetricNeeds, Output},
    statistics::Statistics,
    tokens::Unicode,
    value::Value,
};

pub(super) const ENTRY: Entry<dyn Metric> = Entry {
    name: "evidence-recall",
    about: "share of the sentences of evidence that were selected",
    source: "counted; sentence-level evidence of answers as in Yang et al. (2018), HotpotQA, EMNLP",
    parameters: &[],
    build: |_| Box::new(EvidenceRecall),
};

/// What the metrics of evidence need: selected sentences, and those that are evidence.
pub(super) const NEEDS: MetricNeeds = MetricNeeds {
    source: true,
    picks: true,
    oracle: false,
    labels: false,
    answers: false,
    evidence: true,
    no_reference: true,
    texts: false,
};

/// The share of the sentences of evidence that were selected.
///
/// ```text
/// value = |{evidence} ∩ {picks}| / |{evidence}|
/// ```
///
/// A sentence is evidence if it shares a character with a passage of evidence. A document
/// without evidence is left out, and so is an output whose selected sentences are not
/// known.
#[derive(Debug, Clone, Copy, Default)]
pub struct EvidenceRecall;

impl Value for EvidenceRecall {
    fn tokenisation(&self) -> Tokenisation {
        Tokenisation::Unicode(Unicode::default())
    }

    fn needs(&self) -> MetricNeeds {
        NEEDS
    }

    fn signature(&self) -> Signature {
        Signature::of(ENTRY.name)
    }

    fn against<'a>(&'a self, subject: MetricInput<'a>) -> Box<dyn BoundMetric + 'a> {
        Box::new(move |output: Output<'_>| match counted(&subject, output) {
            Some((found, _, evidence)) => {
                Statistics::value(found as f64 / evidence as f64)
            }
            None => Statistics::left_out(),
        })
    }
}

/// Returns the numbers of sentences that are selected and evidence, selected, and
/// evidence; `None` if there is no evidence or the selected sentences are not known.
pub(super) fn counted(
    subject: &MetricInput<'_>,
    output: Output<'_>,
) -> Option<(usize, usize, usize)> {
    let evidence = subject.evidence.filter(|evidence| !evidence.is_empty())?;
    let picks = known(output)?;
    let found = picks
        .iter()
        .filter(|pick| evidence.binary_search(pick).is_ok())
        .count();
    Some((found, picks.len(), evidence.len()))
}

/// Returns the selected sentences if they are known: a text without any was not selected
/// from the document.
fn known(output: Output<'_>) -> Option<&[usize]> {
    let picks = output.picks?;
    (!picks.is_empty() || output.tokens.ids().is_empty()).then_some(picks)
}

#[cfg(test)]
mod tests {
    use super::super::value::tests::{Case, statistics, value};
    use super::*;

    const CASE: Case<'static> = Case {
        candidate: "",
        references: &[],
        source: &["one", "two", "three", "four"],
        picks: &[3, 0, 2],
        oracle: &[],
        boilerplate: None,
        answers: &[],
        evidence: Some(&[1, 2]),
    };

    #[test]
    fn it_is_the_share_of_evidence_among_the_picks() {
        assert_eq!(value(ENTRY, "", &CASE), 0.5);
        let all = Case {
            picks: &[2, 1],
            ..CASE
        };
        assert_eq!(value(ENTRY, "", &all), 1.0);
        let none = Case { picks: &[], ..CASE };
        assert_eq!(value(ENTRY, "", &none), 0.0);
    }

    #[test]
    fn without_evidence_or_known_picks_a_document_is_left_out() {
        for evidence in [None, Some(&[][..])] {
            let case = Case { evidence, ..CASE };
            assert_eq!(statistics(ENTRY, "", &case).outputs, 0.0);
        }
        let text = Case {
            candidate: "Own words.",
            picks: &[],
            ..CASE
        };
        assert_eq!(statistics(ENTRY, "", &text).outputs, 0.0);
    }
}
