//! The length of an output in tokens of a language model, and of its source for each.

use epitome_base::spec::{Entry, Parameter, ParameterKind, Params};
use epitome_encodings::Encoding;

use super::{
    Signature, Tokenisation,
    metric::{BoundMetric, Metric},
    metric_input::{MetricInput, MetricNeeds, Output},
    scale::{Better, Scale, Unit},
    statistics::Statistics,
    tokens::Unicode,
    value::Value,
};

const ENCODING: Parameter = Parameter {
    name: "encoding",
    kind: ParameterKind::Choice(Encoding::NAMES),
    default: "o200k_base",
    about: "vocabulary of the tokens",
};

pub(super) const TOKENS: Entry<dyn Metric> = Entry {
    name: "tokens",
    about: "tokens of the summary in a vocabulary of language models",
    source: "counted",
    parameters: &[ENCODING],
    build: |params| Box::new(LlmTokens::of(params, Measure::Length)),
};

pub(super) const COMPRESSION: Entry<dyn Metric> = Entry {
    name: "token-compression",
    about: "tokens of the source for each of the summary",
    source: "counted",
    parameters: &[ENCODING],
    build: |params| Box::new(LlmTokens::of(params, Measure::Compression)),
};

/// What is made of the number of tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Measure {
    Length,
    Compression,
}

/// The number of tokens of a summary, or the number of those of its source for each.
///
/// ```text
/// tokens            = Σ_s |s|                     token-compression = Σ_{s ∈ source} |s| / Σ_s |s|
/// ```
///
/// The sentences `s` are counted with the space that parts each from the one before, as
/// budgets in tokens count them. The compression of an empty summary is 0.
#[derive(Debug, Clone, Copy)]
pub struct LlmTokens {
    /// The vocabulary; `None` in a build without vocabularies.
    encoding: Option<Encoding>,
    measure: Measure,
}

impl LlmTokens {
    fn of(params: &Params, measure: Measure) -> Self {
        Self {
            encoding: params.text(ENCODING.name).parse().ok(),
            measure,
        }
    }

    /// Returns the number of tokens of a summary.
    pub fn of_summary(encoding: Encoding) -> Self {
        Self {
            encoding: Some(encoding),
            measure: Measure::Length,
        }
    }

    /// Returns the number of tokens of the source for each of a summary.
    pub fn compression(encoding: Encoding) -> Self {
        Self {
            encoding: Some(encoding),
            measure: Measure::Compression,
        }
    }

    /// Returns the number of tokens of texts.
    fn count(self, texts: &[String]) -> usize {
        let lines = texts.iter().flat_map(|text| text.lines());
        let lines = lines.filter(|line| !line.trim().is_empty());
        let count =
            |line: &str| self.encoding.map_or(0, |it| it.count(&format!(" {line}")));
        lines.map(count).sum()
    }
}

impl Value for LlmTokens {
    fn tokenisation(&self) -> Tokenisation {
        Tokenisation::Unicode(Unicode::default())
    }

    fn needs(&self) -> MetricNeeds {
        MetricNeeds {
            source: self.measure == Measure::Compression,
            no_reference: true,
            texts: true,
            ..MetricNeeds::default()
        }
    }

    fn scale(&self) -> Scale {
        Scale {
            high: None,
            better: Better::Neither,
            unit: match self.measure {
                Measure::Length => Unit::Tokens,
                Measure::Compression => Unit::Ratio,
            },
            ..Scale::SHARE
        }
    }

    fn signature(&self) -> Signature {
        let name = match self.measure {
            Measure::Length => TOKENS.name,
            Measure::Compression => COMPRESSION.name,
        };
        Signature::of(name).with("encoding", self.encoding.map_or("none", Encoding::name))
    }

    fn against<'a>(&'a self, subject: MetricInput<'a>) -> Box<dyn BoundMetric + 'a> {
        let source = match self.measure {
            Measure::Length => 1,
            Measure::Compression => self.count(subject.source_texts),
        };
        Box::new(move |output: Output<'_>| {
            let count = self.count(output.texts) as f64;
            Statistics::value(match self.measure {
                Measure::Length => count,
                // what is not finite is replaced by 0
                Measure::Compression => source as f64 / count,
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::value::tests::{Case, value};
    use super::*;

    #[test]
    fn each_sentence_has_the_tokens_of_itself_with_a_space_before_it() {
        let case = Case {
            candidate: "The river rose.\nIt fell.",
            source: &["The river rose.", "Nobody came.", "It fell."],
            ..Case::default()
        };
        // ` The`, ` river`, ` rose`, `.`; ` It`, ` fell`, `.`; ` Nobody`, ` came`, `.`
        assert_eq!(value(TOKENS, "", &case), 7.0);
        assert_eq!(value(COMPRESSION, "", &case), 10.0 / 7.0);
        assert_eq!(value(TOKENS, "(encoding=cl100k_base)", &case), 7.0);
    }

    #[test]
    fn nothing_has_no_tokens() {
        assert_eq!(value(TOKENS, "", &Case::default()), 0.0);
        assert_eq!(value(COMPRESSION, "", &Case::default()), 0.0);
    }
}
