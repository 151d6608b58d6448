//! How many of the literals of a document its summary keeps.

use std::collections::BTreeSet;

use epitome_base::spec::{Choice, Entry};

use super::{
    Signature, Tokenisation,
    literals::LiteralKind,
    metric::{BoundMetric, Metric},
    metric_input::{MetricInput, MetricNeeds, Output},
    statistics::Statistics,
    tokens::Unicode,
    value::Value,
};

const KIND: &Choice<LiteralKind, 4> = &Choice::new(
    "kind",
    [
        ("number", LiteralKind::Number),
        ("identifier", LiteralKind::Identifier),
        ("path", LiteralKind::Path),
        ("quote", LiteralKind::Quote),
    ],
    "numbers; words with digits, underscores or inner capitals; paths and addresses; what is quoted",
);

pub(super) const ENTRY: Entry<dyn Metric> = Entry {
    name: "literal-retention",
    about: "share of the different numbers, identifiers, paths or quotes of the source that are kept",
    source: "counted",
    parameters: &[KIND.parameter()],
    build: |params| {
        Box::new(LiteralRetention {
            kind: params.choice(KIND),
        })
    },
};

/// The share of the different literals of the source that the output has, as they are
/// spelt.
///
/// ```text
/// value = |{literals of the source} ∩ {literals of the output}| / |{literals of the source}|
/// ```
///
/// [`LiteralKind`] says what a literal is. Each sentence is read by itself; a quotation
/// counts as kept wherever its words stand. A document without a literal of the kind is
/// left out.
#[derive(Debug, Clone, Copy)]
pub struct LiteralRetention {
    kind: LiteralKind,
}

impl LiteralRetention {
    /// Returns the metric for a kind of literal.
    pub fn of(kind: LiteralKind) -> Self {
        Self { kind }
    }
}

impl Value for LiteralRetention {
    fn tokenisation(&self) -> Tokenisation {
        Tokenisation::Unicode(Unicode::default())
    }

    fn needs(&self) -> MetricNeeds {
        MetricNeeds {
            source: true,
            no_reference: true,
            texts: true,
            ..MetricNeeds::default()
        }
    }

    fn signature(&self) -> Signature {
        Signature::of(ENTRY.name).with("kind", KIND.word(self.kind).unwrap_or_default())
    }

    fn against<'a>(&'a self, subject: MetricInput<'a>) -> Box<dyn BoundMetric + 'a> {
        let wanted = all(self.kind, subject.source_texts);
        Box::new(move |output: Output<'_>| {
            if wanted.is_empty() {
                return Statistics::left_out();
            }
            let given = all(self.kind, output.texts);
            let quotes = self.kind == LiteralKind::Quote;
            let kept = wanted.iter().filter(|literal| match quotes {
                true => output.texts.iter().any(|text| text.contains(*literal)),
                false => given.contains(*literal),
            });
            Statistics::value(kept.count() as f64 / wanted.len() as f64)
        })
    }
}

/// Returns the different literals of a kind in texts.
fn all(kind: LiteralKind, texts: &[String]) -> BTreeSet<&str> {
    texts.iter().flat_map(|text| kind.of(text)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::value::tests::{Case, statistics, value};
    use super::*;

    const CASE: Case<'static> = Case {
        candidate: "In 1740 it was “new”. The year 1740 was wet.",
        references: &[],
        source: &["In 1740 it was “new”.", "In 1741 and 1740 it was “old”."],
        picks: &[0],
        oracle: &[],
        boilerplate: None,
        answers: &[],
        evidence: None,
    };

    #[test]
    fn different_literals_count_once() {
        assert_eq!(value(ENTRY, "", &CASE), 0.5);
        assert_eq!(value(ENTRY, "(kind=quote)", &CASE), 0.5);
    }

    #[test]
    fn a_document_without_a_literal_is_left_out() {
        assert_eq!(statistics(ENTRY, "(kind=path)", &CASE).outputs, 0.0);
    }

    #[test]
    fn an_empty_output_keeps_nothing() {
        let case = Case {
            candidate: "",
            ..CASE
        };
        assert_eq!(value(ENTRY, "", &case), 0.0);
    }
}
