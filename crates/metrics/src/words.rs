//! The length of a summary in words, and the choice of what is a word.

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

/// The choice of the words that metrics without a stemmer count.
const TOKENISERS: &Choice<bool, 2> = &Choice::new(
    "tokens",
    [("ascii", false), ("unicode", true)],
    "words of ASCII letters and digits as in rouge-score, or words of any script",
);
pub(super) const TOKENS: Parameter = TOKENISERS.parameter();

/// Returns the tokenisation that the parameter [`TOKENS`] chooses.
pub(super) fn tokenisation(params: &Params) -> Tokenisation {
    match params.choice(TOKENISERS) {
        true => Tokenisation::Unicode(Unicode::default()),
        false => Tokenisation::RougeScore(None),
    }
}

/// Returns the value of [`TOKENS`] and how words are changed, as a signature names it.
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
    build: |params| {
        Box::new(Words {
            tokenisation: tokenisation(params),
        })
    },
};

/// The number of words of a summary.
#[derive(Debug, Clone)]
pub struct Words {
    tokenisation: Tokenisation,
}

impl Default for Words {
    /// Returns the number of ASCII words.
    fn default() -> Self {
        Self {
            tokenisation: Tokenisation::RougeScore(None),
        }
    }
}

impl Words {
    /// Returns the metric with words of any script instead of ASCII words.
    #[must_use]
    pub fn unicode(self) -> Self {
        Self {
            tokenisation: Tokenisation::Unicode(Unicode::default()),
        }
    }
}

impl Value for Words {
    fn tokenisation(&self) -> Tokenisation {
        self.tokenisation.clone()
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
        Signature::of(ENTRY.name).with("tokens", tokens_name(&self.tokenisation))
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
