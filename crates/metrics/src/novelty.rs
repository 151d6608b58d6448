//! The share of n-grams in a summary that are new, and of those that are repeated.

use epitome_base::spec::{Entry, Parameter, ParameterKind};

use super::{
    Signature, Tokenisation,
    metric::{BoundMetric, Metric},
    metric_input::{MetricInput, MetricNeeds, Output},
    scale::{Better, Scale},
    statistics::Statistics,
    tokens::Unicode,
    value::Value,
    words::{TOKENS, tokenisation, tokens_name},
};

const SOURCE: &str = "Kryściński, Paulus, Xiong & Socher (2018), Improving abstraction in text summarization, EMNLP; as SummEval counts them";

const N: Parameter = Parameter {
    name: "n",
    kind: ParameterKind::Integer(1, 9),
    default: "2",
    about: "words of an n-gram",
};

pub(super) const NOVEL: Entry<dyn Metric> = Entry {
    name: "novel-ngrams",
    about: "share of different n-grams that are not in the source",
    source: SOURCE,
    parameters: &[N, TOKENS],
    build: |params| {
        let n = params.integer("n") as usize;
        Box::new(NovelNgrams {
            n,
            tokenisation: tokenisation(params),
        })
    },
};

pub(super) const REPEATED: Entry<dyn Metric> = Entry {
    name: "repeated-ngrams",
    about: "share of different n-grams that occur more than once",
    source: SOURCE,
    parameters: &[N, TOKENS],
    build: |params| {
        let n = params.integer("n") as usize;
        Box::new(RepeatedNgrams {
            n,
            tokenisation: tokenisation(params),
        })
    },
};

/// The share of novel n-grams: those of the summary that do not occur in the source.
///
/// ```text
/// value = |types of the summary not in the source| / |types of the summary|
/// ```
///
/// A summary without an n-gram has the value 0. The complexity is `O(n · m log m)`.
#[derive(Debug, Clone)]
pub struct NovelNgrams {
    n: usize,
    tokenisation: Tokenisation,
}

impl NovelNgrams {
    /// Returns the share of n-grams of this length, in ASCII words, that the source does
    /// not contain.
    ///
    /// A length of 0 counts as 1.
    pub fn of(n: usize) -> Self {
        Self {
            n: n.max(1),
            tokenisation: Tokenisation::RougeScore(None),
        }
    }

    /// Returns the metric with words of any script instead of ASCII words.
    #[must_use]
    pub fn unicode(self) -> Self {
        Self {
            tokenisation: Tokenisation::Unicode(Unicode::default()),
            ..self
        }
    }
}

/// The share of repeated n-grams, `|types that occur more than once| / |types|`. A
/// summary without a word has the value 1; otherwise as for [`NovelNgrams`].
#[derive(Debug, Clone)]
pub struct RepeatedNgrams {
    n: usize,
    tokenisation: Tokenisation,
}

impl RepeatedNgrams {
    /// Returns the share of n-grams of this length, in ASCII words, that occur more than
    /// once.
    ///
    /// A length of 0 counts as 1.
    pub fn of(n: usize) -> Self {
        Self {
            n: n.max(1),
            tokenisation: Tokenisation::RougeScore(None),
        }
    }

    /// Returns the metric with words of any script instead of ASCII words.
    #[must_use]
    pub fn unicode(self) -> Self {
        Self {
            tokenisation: Tokenisation::Unicode(Unicode::default()),
            ..self
        }
    }
}

impl Value for NovelNgrams {
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
            better: Better::Neither,
            ..Scale::SHARE
        }
    }

    fn signature(&self) -> Signature {
        signature(NOVEL.name, self.n, &self.tokenisation)
    }

    fn against<'a>(&'a self, subject: MetricInput<'a>) -> Box<dyn BoundMetric + 'a> {
        let source = types(subject.source_ids(), self.n);
        Box::new(move |output: Output<'_>| {
            let types = types(output.tokens.ids(), self.n);
            share(&types, |(ngram, _)| {
                let known = source.binary_search_by(|(known, _)| (*known).cmp(ngram));
                known.is_err()
            })
        })
    }
}

impl Value for RepeatedNgrams {
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
        signature(REPEATED.name, self.n, &self.tokenisation)
    }

    fn against<'a>(&'a self, _: MetricInput<'a>) -> Box<dyn BoundMetric + 'a> {
        Box::new(move |output: Output<'_>| {
            share(&types(output.tokens.ids(), self.n), |(_, count)| *count > 1)
        })
    }
}

fn signature(name: &str, n: usize, tokenisation: &Tokenisation) -> Signature {
    Signature::of(name)
        .with("n", n.to_string())
        .with("tokens", tokens_name(tokenisation))
}

/// Returns the different n-grams in sorted order, each with the number of its
/// occurrences.
fn types(tokens: &[u32], n: usize) -> Vec<(&[u32], usize)> {
    let mut ngrams: Vec<&[u32]> = tokens.windows(n).collect();
    ngrams.sort_unstable();
    ngrams
        .chunk_by(|a, b| a == b)
        .map(|same| (same[0], same.len()))
        .collect()
}

/// Returns the share of the n-grams for which `counts` is true; 0 if there are none.
fn share(
    types: &[(&[u32], usize)],
    counts: impl Fn(&(&[u32], usize)) -> bool,
) -> Statistics {
    let counted = types.iter().filter(|one| counts(one)).count();
    Statistics::value(counted as f64 / types.len().max(1) as f64)
}

#[cfg(test)]
mod tests {
    use super::super::value::tests::{Case, value};
    use super::*;

    #[test]
    fn types_are_counted_not_tokens() {
        let case = Case {
            candidate: "the cat the cat ran",
            source: &["the cat sat"],
            ..Case::default()
        };
        // `the cat` twice, `cat the`, `cat ran`
        assert_eq!(value(NOVEL, "", &case), 2.0 / 3.0);
        assert_eq!(value(REPEATED, "", &case), 1.0 / 3.0);
        assert_eq!(value(NOVEL, "(n=1)", &case), 1.0 / 3.0);
        assert_eq!(value(NOVEL, "(n=9)", &case), 0.0);
    }
}
