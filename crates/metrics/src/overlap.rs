//! The overlap of the picked sentences with the oracle's picks or with the first
//! sentences.

use epitome_base::spec::Entry;

use super::{
    Signature, Tokenisation,
    metric::{BoundMetric, Metric},
    metric_input::{MetricInput, MetricNeeds, Output},
    scale::{Better, Scale},
    score::Score,
    statistics::Statistics,
    task::Task,
};

pub(super) const ORACLE: Entry<dyn Metric> = Entry {
    name: "oracle-overlap",
    about: "share of selected sentences that the oracle selected too",
    source: "Nallapati, Zhai & Zhou (2017), SummaRuNNer, AAAI (the greedy oracle)",
    parameters: &[],
    build: |_| Box::new(Overlap::with_oracle()),
};

pub(super) const LEAD: Entry<dyn Metric> = Entry {
    name: "lead-overlap",
    about: "share of selected sentences that are among as many first ones",
    source: "counted",
    parameters: &[],
    build: |_| Box::new(Overlap::with_lead()),
};

/// The method by which the harness finds the oracle's picks, as signatures name it.
pub(super) const ORACLE_PICKS: &str = "greedy-stemmed-rouge-1+2";

/// The precision, recall and F1 of the picked sentences.
///
/// They are compared with the oracle's picks, or with the first sentences of the source,
/// as many as were picked. An output whose picked sentences are not known is left out.
#[derive(Debug, Clone, Copy)]
pub struct Overlap {
    name: &'static str,
    with: With,
}

impl Overlap {
    /// Returns the overlap with the oracle's picks.
    pub fn with_oracle() -> Self {
        Self {
            name: ORACLE.name,
            with: With::Oracle,
        }
    }

    /// Returns the overlap with as many first sentences.
    pub fn with_lead() -> Self {
        Self {
            name: LEAD.name,
            with: With::Lead,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum With {
    Oracle,
    Lead,
}

impl Metric for Overlap {
    fn task(&self) -> Task {
        Task::Summaries
    }

    fn tokenisation(&self) -> Tokenisation {
        Tokenisation::RougeScore(None)
    }

    fn needs(&self) -> MetricNeeds {
        MetricNeeds {
            source: true,
            picks: true,
            oracle: self.with == With::Oracle,
            answers: false,
            evidence: false,
            labels: false,
            no_reference: self.with == With::Lead,
            texts: false,
        }
    }

    fn scale(&self) -> Scale {
        let better = match self.with {
            With::Oracle => Better::Higher,
            With::Lead => Better::Neither,
        };
        Scale {
            better,
            ..Scale::SHARE
        }
    }

    fn signature(&self) -> Signature {
        let signature = Signature::of(self.name);
        match self.with {
            With::Oracle => signature.with("oracle", ORACLE_PICKS),
            With::Lead => signature,
        }
    }

    fn statistics(&self) -> &'static [&'static str] {
        Statistics::MATCHES
    }

    fn against<'a>(&'a self, subject: MetricInput<'a>) -> Box<dyn BoundMetric + 'a> {
        let oracle = subject.oracle.unwrap_or_default();
        let sentences = subject.sentences;
        Box::new(move |output: Output<'_>| {
            let Some(picks) = output.picks else {
                return Statistics::left_out();
            };
            let lead = picks.len().min(sentences);

            let (shared, other) = match self.with {
                With::Oracle => {
                    let shared = picks
                        .iter()
                        .filter(|pick| oracle.binary_search(pick).is_ok())
                        .count();
                    (shared, oracle.len())
                }
                With::Lead => (picks.iter().filter(|&&pick| pick < lead).count(), lead),
            };
            Statistics::counts(shared, picks.len(), other)
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
    fn picks_are_sets() {
        let source = &["a", "b", "c", "d"];
        let case = Case {
            picks: &[3, 0],
            oracle: &[2, 3, 3],
            source,
            ..Case::default()
        };
        assert_eq!(value(ORACLE, "", &case), 0.5);
        assert_eq!(value(LEAD, "", &case), 0.5);
        let nothing = Case {
            source,
            ..Case::default()
        };
        assert_eq!(value(ORACLE, "", &nothing), 0.0);
    }
}
