//! Extractive fragments: how much of a summary is copied from the source, and in pieces
//! of which length.

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

const SOURCE: &str = "Grusky, Naaman & Artzi (2018), Newsroom: a dataset of 1.3 million summaries with diverse extractive strategies, NAACL";

/// The scale of coverage: a share of which no value is good or bad.
const SHARE: Scale = Scale {
    better: Better::Neither,
    ..Scale::SHARE
};

pub(super) const COVERAGE: Entry<dyn Metric> = Entry {
    name: "coverage",
    about: "share of words that are in copied fragments",
    source: SOURCE,
    parameters: &[TOKENS],
    build: |params| Box::new(Fragments::coverage().with(tokenisation(params))),
};

pub(super) const DENSITY: Entry<dyn Metric> = Entry {
    name: "density",
    about: "mean length of the copied fragments, weighted by their words",
    source: SOURCE,
    parameters: &[TOKENS],
    build: |params| Box::new(Fragments::density().with(tokenisation(params))),
};

pub(super) const COMPRESSION: Entry<dyn Metric> = Entry {
    name: "compression",
    about: "words of the source for each of the summary",
    source: SOURCE,
    parameters: &[TOKENS],
    build: |params| Box::new(Fragments::compression().with(tokenisation(params))),
};

/// The coverage, density and compression of a summary.
///
/// ```text
/// coverage = Σ_f |f| / |S|     density = Σ_f |f|² / |S|     compression = |A| / |S|
/// ```
///
/// `f` runs over the fragments of the summary `S` that occur in the source `A`, found
/// greedily: at each place of `S` the longest match anywhere in `A`, the first of equally
/// long ones. An empty summary has the value 0; an extractive summary has a coverage of
/// 1. The complexity is `O(|S| · |A|)` in the worst case.
///
/// Grusky et al. (2018), section 4. Quirk of their program, which is kept: once a match
/// has been tried in `A`, matches that begin inside of it are not tried.
#[derive(Debug, Clone)]
pub struct Fragments {
    name: &'static str,
    tokenisation: Tokenisation,
    /// Fragment lengths, words of the summary and words of the source → value.
    value: fn(&[usize], usize, usize) -> f64,
    scale: Scale,
}

impl Fragments {
    /// Returns the share of words, in ASCII, that are in copied fragments.
    pub fn coverage() -> Self {
        Self {
            name: COVERAGE.name,
            tokenisation: Tokenisation::RougeScore(None),
            value: coverage,
            scale: SHARE,
        }
    }

    /// Returns the mean length of the copied fragment that a word, in ASCII, is in.
    pub fn density() -> Self {
        Self {
            name: DENSITY.name,
            value: density,
            scale: Scale {
                high: None,
                unit: Unit::Words,
                ..SHARE
            },
            ..Self::coverage()
        }
    }

    /// Returns the number of words, in ASCII, of the source for each of the summary.
    pub fn compression() -> Self {
        Self {
            name: COMPRESSION.name,
            value: compression,
            scale: Scale {
                high: None,
                unit: Unit::Ratio,
                ..SHARE
            },
            ..Self::coverage()
        }
    }

    /// Returns the metric with words of any script instead of ASCII words.
    #[must_use]
    pub fn unicode(self) -> Self {
        self.with(Tokenisation::Unicode(Unicode::default()))
    }

    fn with(self, tokenisation: Tokenisation) -> Self {
        Self {
            tokenisation,
            ..self
        }
    }
}

fn coverage(fragments: &[usize], summary: usize, _: usize) -> f64 {
    fragments.iter().sum::<usize>() as f64 / summary as f64
}

/// Returns the density: `Σ_f |f|² / |S|`.
fn density(fragments: &[usize], summary: usize, _: usize) -> f64 {
    fragments
        .iter()
        .map(|length| length * length)
        .sum::<usize>() as f64
        / summary as f64
}

/// Returns the compression: `|A| / |S|`.
fn compression(_: &[usize], summary: usize, source: usize) -> f64 {
    source as f64 / summary as f64
}

impl Value for Fragments {
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
        self.scale
    }

    fn signature(&self) -> Signature {
        Signature::of(self.name).with("tokens", tokens_name(&self.tokenisation))
    }

    fn against<'a>(&'a self, subject: MetricInput<'a>) -> Box<dyn BoundMetric + 'a> {
        let source = subject.source_ids();
        let places = Places::of(source);
        Box::new(move |output: Output<'_>| {
            let summary = output.tokens.ids();
            let fragments = fragments(summary, source, &places);
            // 0 / 0 is not a number and is replaced by 0
            Statistics::value((self.value)(&fragments, summary.len(), source.len()))
        })
    }
}

/// The places of each token in the source, in ascending order, indexed by token number.
struct Places(Vec<Vec<usize>>);

impl Places {
    fn of(tokens: &[u32]) -> Self {
        let types = tokens
            .iter()
            .max()
            .map_or(0, |&highest| highest as usize + 1);
        let mut places = vec![Vec::new(); types];
        for (at, &token) in tokens.iter().enumerate() {
            places[token as usize].push(at);
        }
        Self(places)
    }

    fn of_token(&self, token: u32) -> &[usize] {
        self.0.get(token as usize).map_or(&[], Vec::as_slice)
    }
}

/// Returns the lengths of the fragments of `summary` that are copied from `source`, in
/// tokens.
fn fragments(summary: &[u32], source: &[u32], places: &Places) -> Vec<usize> {
    let mut lengths = Vec::new();
    let mut at = 0;
    while at < summary.len() {
        let (mut longest, mut resume) = (0, 0);
        for &place in places.of_token(summary[at]) {
            if place >= resume {
                let pairs = summary[at..].iter().zip(&source[place..]);
                let length = pairs.take_while(|(a, b)| a == b).count();
                longest = longest.max(length);
                resume = place + length;
            }
        }
        if longest > 0 {
            lengths.push(longest);
        }
        at += longest.max(1);
    }
    lengths
}

#[cfg(test)]
mod tests {
    use super::super::value::tests::{Case, value};
    use super::*;

    #[test]
    fn fragments_are_the_longest_from_left_to_right() {
        let case = Case {
            candidate: "the cat sat down the dog",
            source: &["the cat sat.", "the dog sat down"],
            ..Case::default()
        };
        // `the cat sat`, `down`, `the dog`
        assert_eq!(value(COVERAGE, "", &case), 1.0);
        assert_eq!(value(DENSITY, "", &case), 14.0 / 6.0);
        assert_eq!(value(COMPRESSION, "", &case), 7.0 / 6.0);
    }

    #[test]
    fn an_empty_summary_is_zero() {
        let case = Case {
            candidate: "…",
            source: &["a"],
            ..Case::default()
        };
        for entry in [COVERAGE, DENSITY, COMPRESSION] {
            assert_eq!(value(entry, "", &case), 0.0);
        }
    }
}
