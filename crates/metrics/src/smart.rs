//! SMART: compares texts sentence by sentence, with partial matches.

use epitome_base::spec::Entry;

use super::{
    Signature, Tokenisation, Tokens,
    character_ngrams::{SortedNgrams, mean_f},
    division::Division,
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

/// The SMART metric with chrF as the similarity of two sentences ("SMART-string").
///
/// ```text
/// SMART-1: R = mean over reference sentences of the best match,  P = the same over the candidate's
/// SMART-2: the same over pairs of neighbours, which match as the mean of their sentences;
///          a sentence that matches nothing is added before the first and after the last
/// SMART-L: R = L(reference, candidate) / |reference|,  P = L(candidate, reference) / |candidate|
///          L(i, j) = max(L(i−1, j−1) + m(i, j), L(i−1, j) + m(i, j), L(i, j−1))
/// ```
///
/// Therefore SMART-2 of two equal texts of `n` sentences is `n / (n + 1)` and not 1, as
/// in the authors' program. Sentences are lines with at least one character. With several
/// references the one with the highest F1 counts, the first of equal ones; the paper has
/// only one. The complexity is `O(sentences² · characters of a sentence)`.
#[derive(Debug, Clone, Copy)]
pub struct Smart {
    name: &'static str,
    /// Returns the recall from a matrix of matches with a row for each reference
    /// sentence.
    units: fn(&Matrix) -> f64,
}

/// A matrix of the similarities of sentences; all rows have the same length.
type Matrix = Vec<Vec<f64>>;

/// The length of the longest n-grams of characters, in characters, as in chrF2.
const CHARACTERS: usize = 6;

/// The weight of recall against precision in F, as in chrF2.
const BETA: f64 = 2.0;

impl Metric for Smart {
    fn task(&self) -> Task {
        Task::Summaries
    }

    fn tokenisation(&self) -> Tokenisation {
        Tokenisation::Characters
    }

    fn division(&self) -> Division {
        Division::Lines
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
            best.into()
        })
    }

    fn score(&self, statistics: &Statistics) -> Score {
        statistics.mean_scores()
    }
}

impl Smart {
    /// Returns SMART-1, which matches single sentences.
    pub fn one() -> Self {
        Self {
            name: SMART_1.name,
            units: single,
        }
    }

    /// Returns SMART-2, which matches pairs of adjacent sentences.
    pub fn two() -> Self {
        Self {
            name: SMART_2.name,
            units: pairs,
        }
    }

    /// Returns SMART-L, which matches sentences in the same order.
    pub fn l() -> Self {
        Self {
            name: SMART_L.name,
            units: in_order,
        }
    }

    /// Returns the precision, recall and F1 of a candidate's sentences against a
    /// reference's.
    fn score_of(&self, reference: &[SortedNgrams], candidate: &[SortedNgrams]) -> Score {
        if reference.is_empty() || candidate.is_empty() {
            return Score::of(0.0, 0.0);
        }

        let matches: Matrix = reference
            .iter()
            .map(|reference| {
                candidate
                    .iter()
                    .map(|candidate| mean_f(candidate.against(reference), BETA))
                    .collect()
            })
            .collect();

        let recall = (self.units)(&matches);
        let precision = (self.units)(&transposed(&matches));
        Score::of(precision, recall)
    }
}

/// Returns the n-grams of each sentence that contains a character.
fn sentences(tokens: &Tokens) -> Vec<SortedNgrams> {
    let sentences = tokens.segments().filter(|sentence| !sentence.is_empty());
    sentences
        .map(|sentence| SortedNgrams::of(sentence, CHARACTERS))
        .collect()
}

fn transposed(matrix: &Matrix) -> Matrix {
    (0..matrix.first().map_or(0, Vec::len))
        .map(|at| matrix.iter().map(|row| row[at]).collect())
        .collect()
}

/// Returns the recall of SMART-1: the mean over rows of the best match.
fn single(matches: &Matrix) -> f64 {
    let best = matches
        .iter()
        .map(|row| row.iter().copied().fold(0.0, f64::max));
    best.sum::<f64>() / matches.len() as f64
}

/// Returns the recall of SMART-2: the mean over pairs of adjacent rows of the best match.
fn pairs(matches: &Matrix) -> f64 {
    let columns = matches.first().map_or(0, Vec::len);
    let pairs = (0..=matches.len()).map(|row| {
        let row = (0..=columns).map(|column| {
            f64::midpoint(
                padded(matches, row, column),
                padded(matches, row + 1, column + 1),
            )
        });
        row.collect()
    });
    single(&pairs.collect())
}

/// Returns a cell of the matrix with a row and a column of zeros on every side of it.
fn padded(matches: &Matrix, row: usize, column: usize) -> f64 {
    let row = row.checked_sub(1).and_then(|row| matches.get(row));
    let cell = row.and_then(|row| row.get(column.checked_sub(1)?));
    cell.copied().unwrap_or(0.0)
}

/// Returns the recall of SMART-L: the best matches in the same order, per row.
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
