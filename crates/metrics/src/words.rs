//! How long a summary is.

use epitome_base::spec::{Choice, Entry, Parameter, Params};

use super::{
    Signature, Tokenisation,
    metric::{BoundMetric, Metric},
    metric_input::{MetricInput, MetricNeeds, Output},
    scale::{Better, Scale, Unit},
    statistics::Statistics,
    tokens::Unicode,
    value::Value,
};

/// The words that metrics without a stemmer count.
const TOKENISERS: &Choice<bool, 2> = &Choice::new(
    "tokens",
    [("ascii", false), ("unicode", true)],
    "words of ASCII letters and digits as rouge-score has them, or of any script",
);
pub(super) const TOKENS: Parameter = TOKENISERS.parameter();

pub(super) fn tokenisation(params: &Params) -> Tokenisation {
    match params.choice(TOKENISERS) {
        true => Tokenisation::Unicode(Unicode::default()),
        false => Tokenisation::RougeScore(None),
    }
}

/// The value of [`TOKENS`] and what is made of the words, for a signature.
pub(super) fn tokens_name(tokenisation: &Tokenisation) -> &'static str {
    match tokenisation {
        Tokenisation::Unicode(_) => "unicode-folded",
        _ => "ascii",
    }
}

pub(super) const ENTRY: Entry<dyn Metric> = Entry {
    name: "words",
    about: "words of the summary",
    source: "counted",
    parameters: &[TOKENS],
    build: |params| Box::new(Words(tokenisation(params))),
};

/// The number of words.
struct Words(Tokenisation);

impl Value for Words {
    fn tokenisation(&self) -> Tokenisation {
        self.0.clone()
    }

    fn needs(&self) -> MetricNeeds {
        MetricNeeds {
            no_reference: true,
            ..MetricNeeds::default()
        }
    }

    fn scale(&self) -> Scale {
        Scale {
            high: None,
            better: Better::Neither,
            unit: Unit::Words,
            ..Scale::SHARE
        }
    }

    fn signature(&self) -> Signature {
        Signature::of(ENTRY.name).with("tokens", tokens_name(&self.0))
    }

    fn against<'a>(&'a self, _: MetricInput<'a>) -> Box<dyn BoundMetric + 'a> {
        Box::new(|output: Output<'_>| Statistics::value(output.tokens.ids().len() as f64))
    }
}

#[cfg(test)]
mod tests {
    use super::super::value::tests::{Case, value};
    use super::*;

    #[test]
    fn words_are_counted_in_any_script_if_asked() {
        let case = Case {
            candidate: "Москва, 3 cafés",
            ..Case::default()
        };
        assert_eq!(value(ENTRY, "", &case), 3.0, "`3`, `caf` and `s`");
        assert_eq!(
            value(ENTRY, "(tokens=unicode)", &case),
            3.0,
            "`москва`, `3`, `cafés`"
        );
    }
}
