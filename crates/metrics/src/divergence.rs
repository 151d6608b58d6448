//! The divergence between the words of a summary and the words of its source.

use epitome_base::spec::Entry;

use super::{
    Signature, Tokenisation,
    metric::{BoundMetric, Metric},
    metric_input::{MetricInput, MetricNeeds, Output},
    scale::{Better, Scale, Unit},
    statistics::Statistics,
    tokens::Unicode,
    value::Value,
    words::{TOKENS, tokenisation, tokens_name},
};

pub(super) const ENTRY: Entry<dyn Metric> = Entry {
    name: "js-divergence",
    about: "Jensen-Shannon divergence of the words of source and summary",
    source: "Louis & Nenkova (2013), Automatically assessing machine summary content without a gold standard, Computational Linguistics 39:267–300",
    parameters: &[TOKENS],
    build: |params| {
        Box::new(Divergence {
            tokenisation: tokenisation(params),
        })
    },
};

/// The Jensen-Shannon divergence between a summary and its source; needs no references.
///
/// ```text
/// JSD = ½ · KL(P ‖ M) + ½ · KL(Q ‖ M),   M = ½ · (P + Q),   in bits
/// ```
///
/// `P` and `Q` are the shares of each word in the source and in the summary, unsmoothed.
/// 0 means equal distributions; 1 means that no word is shared, which also holds for an
/// empty summary. Its correlation with Pyramid scores on TAC 2008 is −0.89. The
/// complexity is `O(m log m)`.
#[derive(Debug, Clone)]
pub struct Divergence {
    tokenisation: Tokenisation,
}

impl Default for Divergence {
    /// Returns the divergence of ASCII words.
    fn default() -> Self {
        Self {
            tokenisation: Tokenisation::RougeScore(None),
        }
    }
}

impl Divergence {
    /// Returns the metric with words of any script instead of ASCII words.
    #[must_use]
    pub fn unicode(self) -> Self {
        Self {
            tokenisation: Tokenisation::Unicode(Unicode::default()),
        }
    }
}

impl Value for Divergence {
    fn tokenisation(&self) -> Tokenisation {
        self.tokenisation.clone()
    }

    fn needs(&self) -> MetricNeeds {
        MetricNeeds {
            source: true,
            no_reference: true,
            ..MetricNeeds::default()
        }
    }

    fn scale(&self) -> Scale {
        Scale {
            better: Better::Lower,
            unit: Unit::Bits,
            ..Scale::SHARE
        }
    }

    fn signature(&self) -> Signature {
        Signature::of(ENTRY.name)
            .with("tokens", tokens_name(&self.tokenisation))
            .with("smooth", "no")
    }

    fn against<'a>(&'a self, subject: MetricInput<'a>) -> Box<dyn BoundMetric + 'a> {
        let source = subject.source_ids();
        Box::new(move |output: Output<'_>| {
            Statistics::value(divergence(source, output.tokens.ids()))
        })
    }
}

/// Returns the Jensen-Shannon divergence between the words of two texts, in bits, from 0
/// to 1.
fn divergence(source: &[u32], summary: &[u32]) -> f64 {
    if source.is_empty() || summary.is_empty() {
        return f64::from(u8::from(source.len() != summary.len()));
    }

    let highest = source
        .iter()
        .chain(summary)
        .max()
        .map_or(0, |&token| token as usize);
    let (p, q) = (shares(source, highest), shares(summary, highest));

    let sum: f64 = p
        .iter()
        .zip(&q)
        .map(|(&p, &q)| {
            let mean = f64::midpoint(p, q);
            bits(p, mean) + bits(q, mean)
        })
        .sum();
    // rounding can exceed the bounds slightly
    (sum / 2.0).clamp(0.0, 1.0)
}

/// Returns the share of each token from 0 to `highest` in a text.
fn shares(tokens: &[u32], highest: usize) -> Vec<f64> {
    let mut counts = vec![0.0; highest + 1];
    for &token in tokens {
        counts[token as usize] += 1.0;
    }
    counts
        .iter()
        .map(|count| count / tokens.len() as f64)
        .collect()
}

/// Returns the term `p log₂ (p / mean)` of a divergence, which is 0 for a share of 0.
fn bits(share: f64, mean: f64) -> f64 {
    if share > 0.0 {
        share * (share / mean).log2()
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_0_of_equal_and_1_of_different_words() {
        assert_eq!(divergence(&[0, 1, 0, 1], &[1, 0]), 0.0);
        assert_eq!(divergence(&[0, 1], &[2]), 1.0);
        assert_eq!((divergence(&[0], &[]), divergence(&[], &[])), (1.0, 0.0));
        // P = (½, ½), Q = (1, 0), M = (¾, ¼)
        let expected =
            0.5 * (0.5 * (2.0_f64 / 3.0).log2() + 0.5) + 0.5 * (4.0_f64 / 3.0).log2();
        assert!((divergence(&[0, 1], &[0]) - expected).abs() < 1e-15);
    }
}
