//! SMART: sentences as units, matched in part.

use epitome_base::spec::Entry;

use super::{
    Signature, Tokenisation, Tokens,
    character_ngrams::{SortedNgrams, mean_f},
    metric::{BoundMetric, Metric},
    metric_input::{MetricInput, Output},
    score::Score,
    statistics::Statistics,
    task::Task,
};

const SOURCE: &str = "Amplayo, Liu, Zhao & Narayan (2023), SMART: sentences as basic units for text evaluation, ICLR";

pub(super) const SMART_1: Entry<dyn Metric> = Entry {
    name: "smart-1",
    about: "each sentence with its most similar one",
    source: SOURCE,
    parameters: &[],
    build: |_| Box::new(Smart::one()),
};

pub(super) const SMART_2: Entry<dyn Metric> = Entry {
    name: "smart-2",
    about: "each pair of adjacent sentences with its most similar one",
    source: SOURCE,
    parameters: &[],
    build: |_| Box::new(Smart::two()),
};

pub(super) const SMART_L: Entry<dyn Metric> = Entry {
    name: "smart-l",
    about: "similar sentences in the same order",
    source: SOURCE,
    parameters: &[],
    build: |_| Box::new(Smart::l()),
};

/// SMART with chrF as the match of two sentences ("SMART-string").
///
/// ```text
/// SMART-1: R = mean over reference sentences of the best match,  P = the same over the candidate's
/// SMART-2: the same over pairs of neighbours, which match as the mean of their sentences;
///          a sentence that matches nothing stands before the first and after the last
/// SMART-L: R = L(reference, candidate) / |reference|,  P = L(candidate, reference) / |candidate|
///          L(i, j) = max(L(i−1, j−1) + m(i, j), L(i−1, j) + m(i, j), L(i, j−1))
/// ```
///
/// So SMART-2 of equal texts of `n` sentences is `n / (n + 1)`, not 1, as in the authors'
/// program. Sentences are lines with a character. Several references: the highest F1, the first
/// of equals; the paper has one. `O(sentences² · characters of a sentence)`.
#[derive(Debug, Clone, Copy)]
pub struct Smart {
    name: &'static str,
    /// Recall of a matrix of matches with a row for each reference sentence.
    units: fn(&Matrix) -> f64,
}

/// Matches of sentences, all rows of equal length.
type Matrix = Vec<Vec<f64>>;

const CHARACTERS: usize = 6;
const BETA: f64 = 2.0;

impl Metric for Smart {
    fn task(&self) -> Task {
        Task::Summaries
    }

    fn tokenisation(&self) -> Tokenisation {
        Tokenisation::Characters
    }

    fn signature(&self) -> Signature {
        Signature::of(self.name)
            .with("match", "chrf2")
            .with("sentences", "lines")
            .with("multi", "best-f1")
    }

    fn statistics(&self) -> &'static [&'static str] {
        Statistics::SCORES
    }

    fn against<'a>(&'a self, subject: MetricInput<'a>) -> Box<dyn BoundMetric + 'a> {
        let references: Vec<_> = subject.references.iter().map(sentences).collect();
        Box::new(move |output: Output<'_>| {
            let candidate = sentences(output.tokens);
            let mut best = Score::of(0.0, 0.0);
            for reference in &references {
                let score = self.score_of(reference, &candidate);
                if score.value > best.value {
                    best = score;
                }
            }
            let share = |share: Option<f64>| share.unwrap_or(0.0);
            Statistics::scores(share(best.precision), share(best.recall), best.value)
        })
    }

    fn score(&self, statistics: &Statistics) -> Score {
        statistics.mean_scores()
    }
}

impl Smart {
    /// SMART-1.
    pub fn one() -> Self {
        Self {
            name: SMART_1.name,
            units: single,
        }
    }

    /// SMART-2.
    pub fn two() -> Self {
        Self {
            name: SMART_2.name,
            units: pairs,
        }
    }

    /// SMART-L.
    pub fn l() -> Self {
        Self {
            name: SMART_L.name,
            units: in_order,
        }
    }

    fn score_of(&self, reference: &[SortedNgrams], candidate: &[SortedNgrams]) -> Score {
        if reference.is_empty() || candidate.is_empty() {
            return Score::of(0.0, 0.0);
        }
        let row = |reference: &SortedNgrams| {
            let matched =
                |candidate: &SortedNgrams| mean_f(candidate.against(reference), BETA);
            candidate.iter().map(matched).collect()
        };
        let matches: Matrix = reference.iter().map(row).collect();
        let recall = (self.units)(&matches);
        let precision = (self.units)(&transposed(&matches));
        Score::of(precision, recall)
    }
}

fn sentences(tokens: &Tokens) -> Vec<SortedNgrams> {
    let sentences = tokens.segments().filter(|sentence| !sentence.is_empty());
    sentences
        .map(|sentence| SortedNgrams::of(sentence, CHARACTERS))
        .collect()
}

fn transposed(matrix: &Matrix) -> Matrix {
    let column = |at: usize| matrix.iter().map(|row| row[at]).collect();
    (0..matrix.first().map_or(0, Vec::len))
        .map(column)
        .collect()
}

fn single(matches: &Matrix) -> f64 {
    let best = |row: &Vec<f64>| row.iter().copied().fold(0.0, f64::max);
    matches.iter().map(best).sum::<f64>() / matches.len() as f64
}

fn pairs(matches: &Matrix) -> f64 {
    let columns = matches.first().map_or(0, Vec::len);
    let at = |row: usize, column: usize| {
        // one row and one column of zeros all around
        let inner = |at: usize| at.checked_sub(1);
        let cell = || matches.get(inner(row)?)?.get(inner(column)?);
        cell().copied().unwrap_or(0.0)
    };
    let pair = |row, column| f64::midpoint(at(row, column), at(row + 1, column + 1));
    let row = |row: usize| (0..=columns).map(|column| pair(row, column)).collect();
    single(&(0..=matches.len()).map(row).collect())
}

fn in_order(matches: &Matrix) -> f64 {
    let mut best = vec![0.0_f64; matches.first().map_or(0, Vec::len) + 1];
    for row in matches {
        let mut diagonal = 0.0_f64;
        for (at, matched) in row.iter().enumerate() {
            let above = best[at + 1];
            best[at + 1] = (diagonal.max(above) + matched).max(best[at]);
            diagonal = above;
        }
    }
    best.last().copied().unwrap_or(0.0) / matches.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matrix(rows: &[&[f64]]) -> Matrix {
        rows.iter().map(|row| row.to_vec()).collect()
    }

    #[test]
    fn each_sentence_has_its_best_match() {
        let matches = matrix(&[&[0.9, 0.3], &[0.2, 0.4]]);
        assert!((single(&matches) - 0.65).abs() < 1e-15);
        assert!((single(&transposed(&matches)) - 0.65).abs() < 1e-15);
    }

    #[test]
    fn pairs_have_a_sentence_of_nothing_at_both_ends() {
        // (·, a) 0.45, (a, b) 0.65, (b, ·) 0.2
        let matches = matrix(&[&[0.9, 0.3], &[0.2, 0.4]]);
        assert!((pairs(&matches) - (0.45 + 0.65 + 0.2) / 3.0).abs() < 1e-15);
    }

    #[test]
    fn order_counts_and_a_sentence_may_match_several() {
        assert_eq!(in_order(&matrix(&[&[0.0, 1.0], &[1.0, 0.0]])), 0.5);
        assert_eq!(in_order(&matrix(&[&[1.0], &[1.0]])), 1.0);
    }
}
