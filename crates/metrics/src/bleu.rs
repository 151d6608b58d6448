//! BLEU of one text.

use std::collections::BTreeMap;

use epitome_base::spec::Entry;

use super::{
    Measure, Metric, Output, Signature, Statistics, Subject, Tokenisation, value::Value,
};

pub(super) const ENTRY: Entry<dyn Metric> = Entry {
    name: "bleu",
    about: "n-grams of words shared with the references, as for one sentence",
    source: "Papineni, Roukos, Ward & Zhu (2002), BLEU, ACL; numbers of sacreBLEU 2.6.0",
    parameters: &[],
    build: |_| Box::new(Bleu),
};

/// The longest n-gram.
const ORDER: usize = 4;

/// Sentence BLEU.
///
/// ```text
/// BLEU = min(1, exp(1 − r / c)) · exp(mean over n of ln pₙ)
/// pₙ   = Σ_g min(count in the candidate, highest count in a reference) / n-grams of the candidate
/// ```
///
/// `c` is the candidate's length, `r` that of the reference nearest to it, the shorter
/// of two. Tokens are those of 13a, cased. Orders that the candidate is too short for
/// are left out (effective order); the `i`-th order without a hit has
/// `pₙ = 1 / (2ⁱ · n-grams)` (exponential smoothing). Without any hit 0. In shares of 1;
/// sacreBLEU prints percent. Over documents the mean, not the corpus-level score.
struct Bleu;

type Counts<'a> = BTreeMap<&'a [u32], usize>;

impl Value for Bleu {
    fn tokenisation(&self) -> Tokenisation {
        Tokenisation::Bleu
    }

    fn signature(&self) -> Signature {
        Signature::of(ENTRY.name)
            .with("profile", "sacrebleu-2.6.0")
            .with("case", "mixed")
            .with("tok", "13a")
            .with("smooth", "exp")
            .with("effective-order", "yes")
            .with("multi", "highest-counts")
    }

    fn against<'a>(&'a self, subject: Subject<'a>) -> Box<dyn Measure + 'a> {
        let mut highest = Counts::new();
        for reference in subject.references {
            for (ngram, count) in counts(reference.ids()) {
                let known = highest.entry(ngram).or_default();
                *known = count.max(*known);
            }
        }
        let lengths: Vec<usize> =
            subject.references.iter().map(|reference| reference.ids().len()).collect();
        Box::new(move |output: Output<'_>| {
            let candidate = output.tokens.ids();
            let length = candidate.len();
            let nearest = lengths.iter().copied();
            let nearest = nearest.min_by_key(|&other| (other.abs_diff(length), other));
            let mut shared = [0; ORDER];
            for (ngram, count) in counts(candidate) {
                let most = highest.get(ngram).copied().unwrap_or(0);
                shared[ngram.len() - 1] += count.min(most);
            }
            Statistics::value(bleu(shared, length, nearest.unwrap_or(0)))
        })
    }
}

fn counts(tokens: &[u32]) -> Counts<'_> {
    let mut counts = Counts::new();
    for n in 1..=ORDER {
        for ngram in tokens.windows(n) {
            *counts.entry(ngram).or_default() += 1;
        }
    }
    counts
}

fn bleu(shared: [usize; ORDER], length: usize, reference: usize) -> f64 {
    if shared.iter().all(|&hits| hits == 0) {
        return 0.0;
    }
    let (mut logarithms, mut orders, mut smoothing) = (0.0, 0.0, 1.0);
    for (at, &hits) in shared.iter().enumerate().take(length) {
        let total = (length - at) as f64;
        let precision = if hits == 0 {
            smoothing *= 2.0;
            100.0 / (smoothing * total)
        } else {
            100.0 * hits as f64 / total
        };
        logarithms += precision.ln();
        orders += 1.0;
    }
    let brevity = (1.0 - reference as f64 / length as f64).min(0.0).exp();
    // in percent until here, as in sacreBLEU, for equal rounding
    brevity * (logarithms / orders).exp() / 100.0
}

#[cfg(test)]
mod tests {
    use super::super::value::tests::{Case, value};
    use super::*;

    #[test]
    fn short_candidates_are_penalised() {
        let bleu = |candidate, reference| {
            let case = Case { candidate, references: &[reference], ..Case::default() };
            value(ENTRY, "", &case)
        };
        assert!((bleu("a b", "a b") - 1.0).abs() < 1e-12);
        assert!((bleu("a b", "a b c d") - (-1.0_f64).exp()).abs() < 1e-12);
        assert_eq!((bleu("", "a"), bleu("a", ""), bleu("b", "a")), (0.0, 0.0, 0.0));
    }
}
