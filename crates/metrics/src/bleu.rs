//! BLEU of single texts or of a whole corpus, with the numbers of sacreBLEU.

use std::collections::BTreeMap;

use epitome_base::spec::Entry;

use super::{
    Average, Signature, Tokenisation,
    aggregate::{self, AVERAGE},
    metric::{BoundMetric, Metric},
    metric_input::{MetricInput, Output},
    score::Score,
    statistics::Statistics,
    task::Task,
};

pub(super) const ENTRY: Entry<dyn Metric> = Entry {
    name: "bleu",
    about: "n-grams of words shared with the references, of one text or of a corpus",
    source: "Papineni, Roukos, Ward & Zhu (2002), BLEU, ACL; numbers of sacreBLEU 2.6.0",
    parameters: &[AVERAGE],
    build: |params| {
        Box::new(Bleu {
            average: aggregate::average_of(params),
        })
    },
};

/// The length of the longest n-gram that BLEU counts, in tokens.
const ORDER: usize = 4;

/// The names of the statistics of one text, in the order in which they are stored.
const NAMES: &[&str] = &[
    "candidate-length",
    "reference-length",
    "shared-1",
    "shared-2",
    "shared-3",
    "shared-4",
    "candidate-1",
    "candidate-2",
    "candidate-3",
    "candidate-4",
];

/// The BLEU metric: precision of n-grams with a penalty for short candidates.
///
/// ```text
/// BLEU = min(1, exp(1 − r / c)) · exp(mean over n of ln pₙ),   n = 1 … 4
/// pₙ   = Σ_g min(count in the candidate, highest count in a reference) / n-grams of the candidate
/// ```
///
/// `c` is the candidate's length in tokens and `r` the length of the reference closest to
/// it, the shorter one if two are equally close. Tokens are those of sacreBLEU's
/// tokeniser 13a; case matters. The `i`-th order without a match has
/// `pₙ = 1 / (2ⁱ · n-grams)` (exponential smoothing). A candidate without any match has
/// the score 0. Scores are shares of 1; sacreBLEU prints percent.
///
/// * [`Average::Macro`] scores each text, as sacreBLEU's `sentence_bleu` does. Orders
///   that the candidate is too short for are left out (effective order). The score of
///   several documents is the mean of their scores.
/// * [`Average::Micro`] scores a corpus, as sacreBLEU's `corpus_bleu` does: lengths and
///   n-grams are first added up over the documents. The score is 0 if all candidates are
///   shorter than four tokens.
///
/// The complexity is `O(n log n)` for `n` tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Bleu {
    /// Whether each text is scored or the corpus as a whole.
    pub average: Average,
}

impl Bleu {
    /// Returns BLEU of a corpus, which is what papers on machine translation call BLEU.
    pub fn of_corpus() -> Self {
        Self {
            average: Average::Micro,
        }
    }
}

/// The number of occurrences of each n-gram of a text.
type Counts<'a> = BTreeMap<&'a [u32], usize>;

impl Metric for Bleu {
    fn task(&self) -> Task {
        Task::Summaries
    }

    fn tokenisation(&self) -> Tokenisation {
        Tokenisation::Bleu
    }

    fn average(&self) -> Average {
        self.average
    }

    fn signature(&self) -> Signature {
        let effective_order = match self.average {
            Average::Macro => "yes",
            Average::Micro => "no",
        };
        let signature = Signature::of(ENTRY.name)
            .with("profile", "sacrebleu-2.6.0")
            .with("case", "mixed")
            .with("tok", "13a")
            .with("smooth", "exp")
            .with("effective-order", effective_order)
            .with("multi", "highest-counts");
        aggregate::signature(self.average, signature)
    }

    fn statistics(&self) -> &'static [&'static str] {
        NAMES
    }

    fn against<'a>(&'a self, subject: MetricInput<'a>) -> Box<dyn BoundMetric + 'a> {
        let mut highest = Counts::new();
        for reference in subject.references {
            for (ngram, count) in counts(reference.ids()) {
                let known = highest.entry(ngram).or_default();
                *known = count.max(*known);
            }
        }

        let lengths: Vec<usize> = subject
            .references
            .iter()
            .map(|reference| reference.ids().len())
            .collect();

        Box::new(move |output: Output<'_>| {
            let candidate = output.tokens.ids();
            let length = candidate.len();
            let nearest = lengths.iter().copied();
            let nearest = nearest.min_by_key(|&other| (other.abs_diff(length), other));

            let mut shared = [0.0; ORDER];
            for (ngram, count) in counts(candidate) {
                let most = highest.get(ngram).copied().unwrap_or(0);
                shared[ngram.len() - 1] += count.min(most) as f64;
            }

            let ngrams = (0..ORDER).map(|at| length.saturating_sub(at) as f64);
            let lengths = [length as f64, nearest.unwrap_or(0) as f64];
            Statistics::of(lengths.into_iter().chain(shared).chain(ngrams))
        })
    }

    fn score(&self, statistics: &Statistics) -> Score {
        Score::value(bleu(statistics, self.average))
    }
}

/// Returns the number of occurrences of each n-gram of orders 1 to [`ORDER`].
fn counts(tokens: &[u32]) -> Counts<'_> {
    let mut counts = Counts::new();
    for n in 1..=ORDER {
        for ngram in tokens.windows(n) {
            *counts.entry(ngram).or_default() += 1;
        }
    }
    counts
}

/// Returns BLEU of the statistics of a text or a corpus, as a share of 1.
fn bleu(statistics: &Statistics, average: Average) -> f64 {
    // the statistics are in the order of `NAMES`: two lengths, then the shared n-grams of
    // each order, then the candidate's
    let shared = |order: usize| statistics.at(2 + order);
    let ngrams = |order: usize| statistics.at(2 + ORDER + order);

    if (0..ORDER).all(|order| shared(order) == 0.0) {
        return 0.0;
    }

    let (mut logarithms, mut orders, mut smoothing) = (0.0, 0.0, 1.0);
    for order in (0..ORDER).take_while(|&order| ngrams(order) > 0.0) {
        let precision = if shared(order) == 0.0 {
            smoothing *= 2.0;
            100.0 / (smoothing * ngrams(order))
        } else {
            100.0 * shared(order) / ngrams(order)
        };
        logarithms += precision.ln();
        orders += 1.0;
    }
    if average == Average::Micro && orders < ORDER as f64 {
        return 0.0; // the precision of an order without an n-gram is undefined
    }

    let (length, reference) = (statistics.at(0), statistics.at(1));
    let brevity = (1.0 - reference / length).min(0.0).exp();
    // computed in percent until here, as in sacreBLEU, so that rounding is the same; rounding
    // can lead to more than 100 percent
    (brevity * (logarithms / orders).exp() / 100.0).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::super::value::tests::{Case, statistics, value};
    use super::*;

    #[test]
    fn a_text_is_no_better_than_itself() {
        let text = "the old bridge over the river was closed for a day";
        let case = Case {
            candidate: text,
            references: &[text],
            ..Case::default()
        };
        assert_eq!(value(ENTRY, "", &case), 1.0);
    }

    #[test]
    fn short_candidates_are_penalised() {
        let bleu = |candidate, reference| {
            let case = Case {
                candidate,
                references: &[reference],
                ..Case::default()
            };
            value(ENTRY, "", &case)
        };
        assert!((bleu("a b", "a b") - 1.0).abs() < 1e-12);
        assert!((bleu("a b", "a b c d") - (-1.0_f64).exp()).abs() < 1e-12);
        assert_eq!(
            (bleu("", "a"), bleu("a", ""), bleu("b", "a")),
            (0.0, 0.0, 0.0)
        );
    }

    #[test]
    fn of_a_corpus_counts_are_added_up_first() {
        let of = |candidate, references| {
            let case = Case {
                candidate,
                references,
                ..Case::default()
            };
            statistics(ENTRY, "", &case)
        };
        // 4 and 2 tokens against 4 and 6; of 1 to 4 words in a row 4 of 6, 3 of 4, 2 of 2, 1 of 1
        let sum = of("a b c d", &["a b c d"]) + of("x y", &["a b c d e f"]);
        let precisions = (4.0_f64 / 6.0) * (3.0 / 4.0) * 1.0 * 1.0;
        let wanted = (1.0_f64 - 10.0 / 6.0).exp() * precisions.powf(0.25);
        let found = Bleu::of_corpus().score(&sum).value;
        assert!((found - wanted).abs() < 1e-12, "{found}, not {wanted}");
    }

    #[test]
    fn a_corpus_of_texts_shorter_than_four_tokens_has_none() {
        let case = Case {
            candidate: "a b",
            references: &["a b"],
            ..Case::default()
        };
        assert_eq!(value(ENTRY, "(average=micro)", &case), 0.0);
    }
}
