//! Redundancy: how much the sentences of a summary repeat each other.

use epitome_base::spec::Entry;

use super::{
    Signature, Tokenisation,
    metric::{BoundMetric, Metric},
    metric_input::{MetricInput, MetricNeeds, Output},
    rouge::{Columns, lcs_length},
    scale::{Better, Scale},
    statistics::Statistics,
    tokens::Unicode,
    value::Value,
    words::{TOKENS, tokenisation, tokens_name},
};

pub(super) const ENTRY: Entry<dyn Metric> = Entry {
    name: "redundancy",
    about: "mean ROUGE-L of pairs of the summary's sentences",
    source: "Bommasani & Cardie (2020), Intrinsic evaluation of summarization datasets, EMNLP",
    parameters: &[TOKENS],
    build: |params| {
        Box::new(Redundancy {
            tokenisation: tokenisation(params),
        })
    },
};

/// The mean ROUGE-L F1 over all pairs of sentences of a summary; needs no references.
///
/// ```text
/// value = 2 / (n · (n − 1)) · Σ_{a < b} 2 · |LCS(a, b)| / (|a| + |b|)
/// ```
///
/// Sentences are lines with at least one word. A summary of one sentence has the value 0,
/// an empty one 1. The complexity is `O(m²/64)` for `m` words.
#[derive(Debug, Clone)]
pub struct Redundancy {
    tokenisation: Tokenisation,
}

impl Default for Redundancy {
    /// Returns the redundancy of ASCII words.
    fn default() -> Self {
        Self {
            tokenisation: Tokenisation::RougeScore(None),
        }
    }
}

impl Redundancy {
    /// Returns the metric with words of any script instead of ASCII words.
    #[must_use]
    pub fn unicode(self) -> Self {
        Self {
            tokenisation: Tokenisation::Unicode(Unicode::default()),
        }
    }
}

impl Value for Redundancy {
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
            better: Better::Lower,
            ..Scale::SHARE
        }
    }

    fn signature(&self) -> Signature {
        Signature::of(ENTRY.name)
            .with("tokens", tokens_name(&self.tokenisation))
            .with("sentences", "lines")
    }

    fn against<'a>(&'a self, _: MetricInput<'a>) -> Box<dyn BoundMetric + 'a> {
        let mut carries = Vec::new();
        Box::new(move |output: Output<'_>| {
            let highest = output.tokens.ids().iter().max().copied().unwrap_or(0);
            let mut columns = Columns::new(highest as usize + 1);
            let sentences: Vec<&[u32]> = output
                .tokens
                .segments()
                .filter(|sentence| !sentence.is_empty())
                .collect();

            let mut sum = 0.0;
            for (at, a) in sentences.iter().enumerate() {
                for b in &sentences[at + 1..] {
                    let length = lcs_length(a, b, &mut columns, &mut carries);
                    sum += 2.0 * length as f64 / (a.len() + b.len()) as f64;
                }
            }

            let pairs = sentences.len() * sentences.len().saturating_sub(1) / 2;
            Statistics::value(sum / pairs.max(1) as f64)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::value::tests::{Case, value};
    use super::*;

    #[test]
    fn it_is_the_mean_over_pairs() {
        let redundancy = |candidate| {
            value(
                ENTRY,
                "",
                &Case {
                    candidate,
                    ..Case::default()
                },
            )
        };
        assert_eq!(redundancy("a b\n\na b\nc d"), 1.0 / 3.0);
        assert_eq!(
            (redundancy("a b"), redundancy(""), redundancy("…")),
            (0.0, 1.0, 1.0)
        );
    }
}
