//! chrF and chrF++: n-grams of characters, of single texts or of a whole corpus.

use epitome_base::spec::Entry;

use super::{
    Average, Signature, Tokenisation, Tokens,
    aggregate::{self, AVERAGE},
    character_ngrams::{Order, SortedNgrams, mean_f},
    metric::{BoundMetric, Metric},
    metric_input::{MetricInput, Output},
    score::Score,
    statistics::Statistics,
    task::Task,
};

const SOURCE: &str = "Popović (2015), chrF: character n-gram F-score for automatic MT evaluation, WMT; Popović (2017), chrF++, WMT; numbers of sacreBLEU 2.6.0";

pub(super) const CHRF: Entry<dyn Metric> = Entry {
    name: "chrf",
    about: "n-grams of characters shared with a reference",
    source: SOURCE,
    parameters: &[AVERAGE],
    build: |params| {
        Box::new(Chrf {
            words: false,
            average: aggregate::average_of(params),
        })
    },
};

pub(super) const CHRF_PLUS_PLUS: Entry<dyn Metric> = Entry {
    name: "chrf++",
    about: "n-grams of characters and words shared with a reference",
    source: SOURCE,
    parameters: &[AVERAGE],
    build: |params| {
        Box::new(Chrf {
            words: true,
            average: aggregate::average_of(params),
        })
    },
};

/// The chrF2 metric, and with words chrF2++.
///
/// ```text
/// P, R = means over orders of n-grams shared / n-grams of the candidate, of the reference
/// chrF = (1 + β²) · P · R / (β² · P + R),   β = 2
/// ```
///
/// The orders are 1 to 6 of characters without white space, and for chrF++ also 1 and 2
/// of words; an order that one of the texts lacks is left out. Case matters. With several
/// references the highest score counts, the first of equal ones. Scores are shares of 1;
/// sacreBLEU prints percent. The complexity is `O(n log n)` for `n` characters.
///
/// * [`Average::Macro`] scores each text; the score of several documents is the mean.
/// * [`Average::Micro`] scores a corpus, as sacreBLEU's `corpus_chrf` does: the n-grams
///   of every document, counted against its best reference, are first added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Chrf {
    /// Whether n-grams of one and two words are counted too, which makes the metric
    /// chrF++.
    pub words: bool,
    /// Whether each text is scored or the corpus as a whole.
    pub average: Average,
}

/// The length of the longest n-grams of characters, in characters.
const CHARACTERS: usize = 6;
/// The length of the longest n-grams of words, in words.
const WORDS: usize = 2;
/// The names of the statistics of one text: three numbers for each order.
const NAMES: &[&str] = &[
    "candidate-characters-1",
    "reference-characters-1",
    "shared-characters-1",
    "candidate-characters-2",
    "reference-characters-2",
    "shared-characters-2",
    "candidate-characters-3",
    "reference-characters-3",
    "shared-characters-3",
    "candidate-characters-4",
    "reference-characters-4",
    "shared-characters-4",
    "candidate-characters-5",
    "reference-characters-5",
    "shared-characters-5",
    "candidate-characters-6",
    "reference-characters-6",
    "shared-characters-6",
    "candidate-words-1",
    "reference-words-1",
    "shared-words-1",
    "candidate-words-2",
    "reference-words-2",
    "shared-words-2",
];
/// The weight of recall against precision in F.
const BETA: f64 = 2.0;

/// The n-grams of characters and of words of one text.
struct Ngrams {
    characters: SortedNgrams,
    words: SortedNgrams,
}

impl Chrf {
    /// Returns chrF++ of each text: n-grams of characters and of words.
    pub fn plus_plus() -> Self {
        Self {
            words: true,
            ..Self::default()
        }
    }

    /// Returns the same metric over a corpus instead of each text.
    #[must_use]
    pub fn of_corpus(self) -> Self {
        Self {
            average: Average::Micro,
            ..self
        }
    }

    fn longest_words(self) -> usize {
        if self.words { WORDS } else { 0 }
    }

    fn ngrams(self, tokens: &Tokens) -> Ngrams {
        let mut segments = tokens.segments();
        let mut next =
            |longest| SortedNgrams::of(segments.next().unwrap_or_default(), longest);
        Ngrams {
            characters: next(CHARACTERS),
            words: next(self.longest_words()),
        }
    }
}

impl Metric for Chrf {
    fn task(&self) -> Task {
        Task::Summaries
    }

    fn tokenisation(&self) -> Tokenisation {
        Tokenisation::CharactersAndWords
    }

    fn average(&self) -> Average {
        self.average
    }

    fn statistics(&self) -> &'static [&'static str] {
        &NAMES[..3 * (CHARACTERS + self.longest_words())]
    }

    fn signature(&self) -> Signature {
        let name = if self.words {
            CHRF_PLUS_PLUS.name
        } else {
            CHRF.name
        };
        let signature = Signature::of(name)
            .with("profile", "sacrebleu-2.6.0")
            .with("case", "mixed")
            .with("orders", format!("{CHARACTERS}+{}", self.longest_words()))
            .with("beta", BETA.to_string())
            .with("multi", "best");
        aggregate::signature(self.average, signature)
    }

    fn against<'a>(&'a self, subject: MetricInput<'a>) -> Box<dyn BoundMetric + 'a> {
        let references: Vec<_> = subject
            .references
            .iter()
            .map(|tokens| self.ngrams(tokens))
            .collect();

        Box::new(move |output: Output<'_>| {
            let candidate = self.ngrams(output.tokens);
            let mut best: Option<(f64, Statistics)> = None;
            for reference in &references {
                let characters = candidate.characters.against(&reference.characters);
                let orders = characters.chain(candidate.words.against(&reference.words));
                let statistics =
                    Statistics::of(orders.flat_map(|order| {
                        [order.candidate, order.reference, order.shared]
                    }));

                let f = self.score(&statistics).value;
                if best.as_ref().is_none_or(|(highest, _)| f > *highest) {
                    best = Some((f, statistics));
                }
            }

            // without a reference there is nothing to share
            best.map_or_else(
                || Statistics::of(self.statistics().iter().map(|_| 0.0)),
                |(_, statistics)| statistics,
            )
        })
    }

    fn score(&self, statistics: &Statistics) -> Score {
        let orders = statistics.values().chunks_exact(3).map(|numbers| Order {
            candidate: numbers[0],
            reference: numbers[1],
            shared: numbers[2],
        });
        Score::value(mean_f(orders, BETA))
    }
}

#[cfg(test)]
mod tests {
    use super::super::value::tests::{Case, statistics, value};
    use super::*;

    #[test]
    fn recall_weighs_four_times_precision() {
        let chrf = |candidate, reference| {
            let case = Case {
                candidate,
                references: &[reference],
                ..Case::default()
            };
            value(CHRF, "", &case)
        };
        // 1 of 1 against 1 of 2: only the order 1 is in both
        assert!((chrf("a", "ab") - 5.0 * 0.5 / 4.5).abs() < 1e-15);
        assert!((chrf("ab", "a") - 5.0 * 0.5 / 3.0).abs() < 1e-15);
        assert_eq!(
            (chrf("a b", "ab"), chrf("", "a"), chrf("", "")),
            (1.0, 0.0, 0.0)
        );
    }

    #[test]
    fn of_a_corpus_ngrams_are_added_up_first() {
        let of = |candidate, reference| {
            let case = Case {
                candidate,
                references: &[reference],
                ..Case::default()
            };
            statistics(CHRF, "", &case)
        };
        // of one character 2 of 2 and 0 of 2: P = R = 1/2; of two 1 of 1 and 0 of 1: the same
        let sum = of("ab", "ab") + of("cd", "ef");
        assert_eq!(Chrf::default().of_corpus().score(&sum).value, 0.5);
    }
}
