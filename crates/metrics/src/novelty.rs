//! New and repeated n-grams of a summary.

use epitome_base::spec::{Entry, Parameter, ParameterKind};

use super::{
    Signature, Tokenisation,
    metric::{BoundMetric, Metric},
    metric_input::{MetricInput, MetricNeeds, Output},
    scale::{Better, Scale},
    statistics::Statistics,
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
    about: "share of different n-grams that the source has not",
    source: SOURCE,
    parameters: &[N, TOKENS],
    build: |params| {
        let n = params.integer("n") as usize;
        Box::new(Novel {
            n,
            tokenisation: tokenisation(params),
        })
    },
};

pub(super) const REPEATED: Entry<dyn Metric> = Entry {
    name: "repeated-ngrams",
    about: "share of different n-grams that stand more than once",
    source: SOURCE,
    parameters: &[N, TOKENS],
    build: |params| {
        let n = params.integer("n") as usize;
        Box::new(Repeated {
            n,
            tokenisation: tokenisation(params),
        })
    },
};

/// Novel n-grams.
///
/// ```text
/// value = |types of the summary not in the source| / |types of the summary|
/// ```
///
/// 0 for a summary without an n-gram. `O(n · m log m)`.
struct Novel {
    n: usize,
    tokenisation: Tokenisation,
}

/// Repeated n-grams: `|types that occur more than once| / |types|`, 1 for a summary without
/// a word, otherwise as [`Novel`].
struct Repeated {
    n: usize,
    tokenisation: Tokenisation,
}

impl Value for Novel {
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
            let known = |ngram: &[u32]| {
                source
                    .binary_search_by(|(known, _)| (*known).cmp(ngram))
                    .is_ok()
            };
            share(&types, |(ngram, _)| !known(ngram))
        })
    }
}

impl Value for Repeated {
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

/// The different n-grams, sorted, and how often each occurs.
fn types(tokens: &[u32], n: usize) -> Vec<(&[u32], usize)> {
    let mut ngrams: Vec<&[u32]> = tokens.windows(n).collect();
    ngrams.sort_unstable();
    ngrams
        .chunk_by(|a, b| a == b)
        .map(|same| (same[0], same.len()))
        .collect()
}

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
