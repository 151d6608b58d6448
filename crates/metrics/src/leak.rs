//! Leaked boilerplate: how much of a system's selection is boilerplate, on pages whose
//! boilerplate is labelled.

use epitome_base::spec::{Entry, Parameter, ParameterKind};

use super::{
    Signature, Tokenisation,
    metric::{BoundMetric, Metric},
    metric_input::{MetricInput, MetricNeeds, Output},
    scale::{Better, Scale},
    statistics::Statistics,
    tokens::Unicode,
    value::Value,
};

const SOURCE: &str = "counted";

const AT: Parameter = Parameter {
    name: "at",
    kind: ParameterKind::Either(
        &ParameterKind::Integer(1, 1 << 32),
        &ParameterKind::Choice(&["M"]),
    ),
    default: "M",
    about: "number of selected sentences that are scored, the best first: a number, or all (`M`)",
};

pub(super) const LEAK: Entry<dyn Metric> = Entry {
    name: "leak",
    about: "share of selected sentences that are boilerplate, if the corpus labels it",
    source: SOURCE,
    parameters: &[AT],
    build: |params| {
        let cut = params.integer_if_any(AT.name).map(|cut| cut as usize);
        Box::new(Leak {
            name: LEAK.name,
            cut,
        })
    },
};

pub(super) const LEAK_AT_3: Entry<dyn Metric> = Entry {
    name: "leak@3",
    about: "share of boilerplate among the first 3 selected sentences",
    parameters: &[],
    build: |_| {
        Box::new(Leak {
            name: LEAK_AT_3.name,
            cut: Some(3),
        })
    },
    ..LEAK
};

pub(super) const LEAK_AT_5: Entry<dyn Metric> = Entry {
    name: "leak@5",
    about: "share of boilerplate among the first 5 selected sentences",
    parameters: &[],
    build: |_| {
        Box::new(Leak {
            name: LEAK_AT_5.name,
            cut: Some(5),
        })
    },
    ..LEAK
};

const NEEDS: MetricNeeds = MetricNeeds {
    source: true,
    picks: true,
    oracle: false,
    answers: false,
    evidence: false,
    labels: true,
    no_reference: true,
    texts: false,
};

/// The share of boilerplate among the first sentences that the system picked, best first.
///
/// ```text
/// leak@k = |{boilerplate} ∩ {first k picks}| / |{first k picks}|
/// ```
///
/// A document without labels is left out of the average, and so is an output whose picked
/// sentences are not known.
#[derive(Debug, Clone, Copy)]
pub struct Leak {
    name: &'static str,
    /// The number of picks that are looked at; all if there is none.
    cut: Option<usize>,
}

impl Leak {
    /// Returns the share of boilerplate among all picked sentences.
    pub fn of_all() -> Self {
        Self {
            name: LEAK.name,
            cut: None,
        }
    }

    /// Returns the share of boilerplate among the first `count` picks, the best first. An
    /// output of which none is looked at is left out.
    pub fn of_first(count: usize) -> Self {
        Self {
            name: LEAK.name,
            cut: Some(count),
        }
    }
}

impl Value for Leak {
    fn tokenisation(&self) -> Tokenisation {
        Tokenisation::Unicode(Unicode::default())
    }

    fn needs(&self) -> MetricNeeds {
        NEEDS
    }

    fn scale(&self) -> Scale {
        Scale {
            better: Better::Lower,
            ..Scale::SHARE
        }
    }

    fn signature(&self) -> Signature {
        let signature = Signature::of(self.name);
        match self.cut {
            _ if self.name != LEAK.name => signature,
            Some(cut) => signature.with("at", cut.to_string()),
            None => signature.with("at", "M"),
        }
    }

    fn against<'a>(&'a self, subject: MetricInput<'a>) -> Box<dyn BoundMetric + 'a> {
        Box::new(move |output: Output<'_>| {
            let (Some(boilerplate), Some(ranked)) = (subject.boilerplate, output.ranked)
            else {
                return Statistics::left_out();
            };

            let seen = &ranked[..ranked.len().min(self.cut.unwrap_or(usize::MAX))];
            if seen.is_empty() {
                return Statistics::left_out();
            }

            let leaked = seen
                .iter()
                .filter(|&&pick| boilerplate.get(pick).copied().unwrap_or(false))
                .count();
            Statistics::value(leaked as f64 / seen.len() as f64)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::value::tests::{Case, statistics, value};
    use super::*;

    const PAGE: Case<'static> = Case {
        candidate: "",
        references: &[],
        source: &["two words", "sign up now", "three more words", "share"],
        picks: &[3, 0, 2, 1],
        oracle: &[],
        boilerplate: Some(&[false, true, false, true]),
        answers: &[],
        evidence: None,
    };

    #[test]
    fn the_best_picks_are_looked_at_first() {
        assert_eq!(value(LEAK, "(at=1)", &PAGE), 1.0);
        assert_eq!(value(LEAK, "(at=2)", &PAGE), 0.5);
        assert_eq!(value(LEAK_AT_3, "", &PAGE), 1.0 / 3.0);
        assert_eq!(value(LEAK, "", &PAGE), 0.5);
        assert_eq!(value(LEAK_AT_5, "", &PAGE), 0.5, "of the four there are");
    }

    #[test]
    fn a_page_without_labels_is_left_out() {
        for entry in [LEAK, LEAK_AT_3] {
            let unlabelled = Case {
                boilerplate: None,
                ..PAGE
            };
            assert_eq!(statistics(entry, "", &unlabelled).outputs, 0.0);
        }
    }

    #[test]
    fn nothing_picked_is_as_bad_as_nothing_but_furniture() {
        assert_eq!(value(LEAK, "", &Case { picks: &[], ..PAGE }), 1.0);
        let text = Case {
            picks: &[],
            candidate: "Own words.",
            ..PAGE
        };
        assert_eq!(
            statistics(LEAK, "", &text).outputs,
            0.0,
            "picks are not known"
        );
    }
}
