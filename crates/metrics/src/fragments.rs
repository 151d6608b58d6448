//! How much of a summary is copied, and in how long pieces.

use epitome_base::spec::Entry;

use super::{
    Signature, Tokenisation,
    metric::{BoundMetric, Metric},
    metric_input::{MetricInput, MetricNeeds, Output},
    scale::{Better, Scale, Unit},
    statistics::Statistics,
    value::Value,
    words::{TOKENS, tokenisation, tokens_name},
};

const SOURCE: &str = "Grusky, Naaman & Artzi (2018), Newsroom: a dataset of 1.3 million summaries with diverse extractive strategies, NAACL";

macro_rules! fragments {
    ($name:literal, $about:literal, $value:expr, $scale:expr) => {
        Entry {
            name: $name,
            about: $about,
            source: SOURCE,
            parameters: &[TOKENS],
            build: |params| {
                let tokenisation = tokenisation(params);
                Box::new(Fragments {
                    name: $name,
                    tokenisation,
                    value: $value,
                    scale: $scale,
                })
            },
        }
    };
}

/// No share of a copied text is good or bad.
const SHARE: Scale = Scale {
    better: Better::Neither,
    ..Scale::SHARE
};

pub(super) const COVERAGE: Entry<dyn Metric> = fragments!(
    "coverage",
    "share of words that are in copied fragments",
    coverage,
    SHARE
);
pub(super) const DENSITY: Entry<dyn Metric> = fragments!(
    "density",
    "mean length of the copied fragment that a word is in",
    density,
    Scale {
        high: None,
        unit: Unit::Words,
        ..SHARE
    }
);
pub(super) const COMPRESSION: Entry<dyn Metric> = fragments!(
    "compression",
    "words of the source for each of the summary",
    compression,
    Scale {
        high: None,
        unit: Unit::Ratio,
        ..SHARE
    }
);

/// Coverage, density and compression.
///
/// ```text
/// coverage = Σ_f |f| / |S|     density = Σ_f |f|² / |S|     compression = |A| / |S|
/// ```
///
/// `f` runs over the fragments of the summary `S` that are in the source `A`: greedily,
/// at each place of `S` the longest match anywhere in `A`, the first of equals. 0 for an
/// empty summary. An extractive summary has a coverage of 1. `O(|S| · |A|)` at worst.
///
/// Grusky et al. (2018), section 4. Quirk of their program, kept: where a match has
/// begun in `A`, matches that begin inside of it are not looked at.
struct Fragments {
    name: &'static str,
    tokenisation: Tokenisation,
    value: fn(&[usize], usize, usize) -> f64,
    scale: Scale,
}

fn coverage(fragments: &[usize], summary: usize, _: usize) -> f64 {
    fragments.iter().sum::<usize>() as f64 / summary as f64
}

fn density(fragments: &[usize], summary: usize, _: usize) -> f64 {
    fragments
        .iter()
        .map(|length| length * length)
        .sum::<usize>() as f64
        / summary as f64
}

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
            // 0 / 0 is no number, and counts as 0
            Statistics::value((self.value)(&fragments, summary.len(), source.len()))
        })
    }
}

/// Where each token stands.
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

/// The lengths of the fragments.
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
