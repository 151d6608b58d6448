//! The scores of many columns on the same documents, and their sums under many
//! weightings.

use std::{num::NonZero, ops::Range, panic::resume_unwind, thread};

/// Columns of scores over the same documents. The matrix is stored in panels of a few
/// columns, so that a sum over documents reads memory in order.
#[derive(Debug, Clone)]
pub struct Scores {
    documents: usize,
    columns: usize,
    /// The scores, panel by panel and document by document within a panel.
    panels: Vec<[f64; WIDTH]>,
}

/// The number of columns, and of resamples, that are summed side by side: what the
/// registers of any x86-64 processor can hold.
const WIDTH: usize = 4;

/// The sum of every column of [`Scores`] under every weighting.
#[derive(Debug, Clone, PartialEq)]
pub struct Sums {
    /// The sums, column by column.
    values: Vec<f64>,
    weightings: usize,
}

impl Scores {
    /// Returns the scores of columns; columns shorter than the longest are filled up with
    /// zeros.
    pub fn new(columns: &[&[f64]]) -> Self {
        let documents = columns.iter().map(|column| column.len()).max().unwrap_or(0);
        let mut panels = Vec::with_capacity(columns.len().div_ceil(WIDTH) * documents);
        for group in columns.chunks(WIDTH) {
            panels.extend((0..documents).map(|document| {
                std::array::from_fn(|at| {
                    let cell = group.get(at).and_then(|column| column.get(document));
                    cell.copied().unwrap_or(0.0)
                })
            }));
        }
        Self {
            documents,
            columns: columns.len(),
            panels,
        }
    }

    /// Returns the number of documents.
    pub fn documents(&self) -> usize {
        self.documents
    }

    /// Returns the number of columns.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// Returns the sums of every column under the weightings of the documents whose numbers
    /// are in `weightings`, computed on `jobs` threads. `weigh` is called with the number
    /// of a weighting and writes its weights.
    ///
    /// This is a product of matrices, computed in blocks:
    /// `O(weightings · documents · columns)`. Each sum adds the documents in their order,
    /// so it is the same with any number of threads.
    pub fn sums(
        &self,
        weightings: Range<usize>,
        jobs: NonZero<usize>,
        weigh: impl Fn(u64, &mut [f64]) + Sync,
    ) -> Sums {
        // the share of a thread is a number of whole blocks of weightings
        let count = weightings.len();
        let share = count.div_ceil(WIDTH).div_ceil(jobs.get()).max(1) * WIDTH;
        let of_share = |first: usize| {
            self.sums_between(first, (first + share).min(weightings.end), &weigh)
        };

        let firsts: Vec<usize> = weightings.clone().step_by(share).collect();
        let parts: Vec<Vec<f64>> = thread::scope(|scope| {
            let of_share = &of_share;

            // this thread sums a share for which the system starts no other thread
            let threads = firsts.iter().map(|&first| {
                let thread = thread::Builder::new();
                (
                    first,
                    thread.spawn_scoped(scope, move || of_share(first)).ok(),
                )
            });
            // all threads are started before the first one is waited for
            let threads: Vec<_> = threads.collect();

            let joined = threads.into_iter().map(|(first, thread)| match thread {
                Some(thread) => {
                    thread.join().unwrap_or_else(|panic| resume_unwind(panic))
                }
                None => of_share(first),
            });
            joined.collect()
        });

        Sums {
            values: side_by_side(&parts, self.columns),
            weightings: count,
        }
    }

    /// Returns the sums under the weightings from `first` to before `end`, column by
    /// column.
    fn sums_between(
        &self,
        first: usize,
        end: usize,
        weigh: &(impl Fn(u64, &mut [f64]) + Sync),
    ) -> Vec<f64> {
        let mut sums = vec![0.0; (end - first) * self.columns];
        let mut weights = vec![0.0; self.documents];
        let mut block = vec![[0.0; WIDTH]; self.documents];

        for start in (first..end).step_by(WIDTH) {
            let width = WIDTH.min(end - start);
            for lane in 0..width {
                weigh((start + lane) as u64, &mut weights);
                for (row, weight) in block.iter_mut().zip(&weights) {
                    row[lane] = *weight;
                }
            }

            for (panel, group) in self.panels.chunks(self.documents.max(1)).enumerate() {
                let found = block_sums(&block, group);
                let columns = WIDTH.min(self.columns - panel * WIDTH);
                for (at, column) in found.iter().enumerate().take(columns) {
                    let place = (panel * WIDTH + at) * (end - first) + start - first;
                    sums[place..place + width].copy_from_slice(&column[..width]);
                }
            }
        }
        sums
    }
}

/// Returns the values of all parts, column by column, from parts that each have theirs
/// column by column.
fn side_by_side(parts: &[Vec<f64>], columns: usize) -> Vec<f64> {
    let mut values = Vec::with_capacity(parts.iter().map(Vec::len).sum());
    for column in 0..columns {
        for part in parts {
            let own = part.len() / columns;
            values.extend_from_slice(&part[column * own..(column + 1) * own]);
        }
    }
    values
}

/// Returns the sums of a few columns (outer) under a few weightings (inner).
fn block_sums(
    weights: &[[f64; WIDTH]],
    scores: &[[f64; WIDTH]],
) -> [[f64; WIDTH]; WIDTH] {
    let mut sums = [[0.0; WIDTH]; WIDTH];
    for (weights, scores) in weights.iter().zip(scores) {
        for (sums, score) in sums.iter_mut().zip(scores) {
            for (sum, weight) in sums.iter_mut().zip(weights) {
                *sum += weight * score;
            }
        }
    }
    sums
}

impl Sums {
    /// Returns the sums of a column, one for each weighting.
    pub fn column(&self, column: usize) -> &[f64] {
        &self.values[column * self.weightings..(column + 1) * self.weightings]
    }

    /// Returns the number of columns.
    pub fn columns(&self) -> usize {
        self.values.len().checked_div(self.weightings).unwrap_or(0)
    }

    /// Returns the sums of all parts, which are of the same columns, one part after the
    /// other.
    pub(super) fn joined(parts: Vec<Self>) -> Self {
        let columns = parts.iter().map(Self::columns).max().unwrap_or(0);
        let weightings = parts.iter().map(|part| part.weightings).sum();
        let parts: Vec<Vec<f64>> = parts.into_iter().map(|part| part.values).collect();
        Self {
            values: side_by_side(&parts, columns),
            weightings,
        }
    }

    /// Returns every sum divided by `divisor`.
    #[must_use]
    pub(super) fn over(mut self, divisor: f64) -> Self {
        for value in &mut self.values {
            *value /= divisor;
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jobs(count: usize) -> NonZero<usize> {
        NonZero::new(count).unwrap()
    }

    #[test]
    fn each_sum_is_that_of_weights_and_scores() {
        let columns = [[1.0, 2.0, 3.0], [0.5, 0.0, -1.0]];
        let scores = Scores::new(&[&columns[0], &columns[1]]);
        let weigh = |at: u64, weights: &mut [f64]| {
            weights.fill(0.0);
            weights[at as usize % 3] = at as f64;
        };
        let sums = scores.sums(0..5, jobs(1), weigh);
        assert_eq!(sums.column(0), [0.0, 2.0, 6.0, 3.0, 8.0]);
        assert_eq!(sums.column(1), [0.0, 0.0, -2.0, 1.5, 0.0]);
    }

    #[test]
    fn sums_are_the_same_bytes_at_any_number_of_threads() {
        let columns: Vec<Vec<f64>> = (1..8)
            .map(|c| (0..31).map(|d| f64::from(c * d % 7) / 3.0).collect())
            .collect();
        let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        let scores = Scores::new(&columns);
        let weigh = |at: u64, weights: &mut [f64]| {
            for (document, weight) in weights.iter_mut().enumerate() {
                *weight = epitome_base::rng::mix(at, document as u64) as f64 / 1e19;
            }
        };
        let one = scores.sums(0..101, jobs(1), weigh);
        for count in [2, 3, 7, 200] {
            assert_eq!(scores.sums(0..101, jobs(count), weigh), one, "{count}");
        }
    }

    #[test]
    fn parts_are_joined_to_the_whole() {
        let columns = [[1.0, 2.0, 3.0], [0.5, 0.0, -1.0]];
        let scores = Scores::new(&[&columns[0], &columns[1]]);
        let weigh = |at: u64, weights: &mut [f64]| weights.fill(at as f64);
        let parts = [0..5, 5..5, 5..12].map(|part| scores.sums(part, jobs(2), weigh));
        assert_eq!(
            Sums::joined(parts.into()),
            scores.sums(0..12, jobs(1), weigh)
        );
        assert_eq!(Sums::joined(Vec::new()).columns(), 0);
    }

    #[test]
    fn a_panic_while_weighing_is_not_a_share_of_nothing() {
        let column = [1.0; 9];
        for count in [1, 2, 7] {
            let sums = std::panic::catch_unwind(|| {
                let weigh = |at: u64, _: &mut [f64]| {
                    if at == 40 {
                        resume_unwind(Box::new("forty")); // without a message
                    }
                };
                Scores::new(&[&column]).sums(0..101, jobs(count), weigh)
            });
            assert_eq!(sums.unwrap_err().downcast_ref(), Some(&"forty"), "{count}");
        }
    }

    #[test]
    fn nothing_sums_to_nothing() {
        let sums = Scores::new(&[]).sums(0..3, jobs(2), |_, _| {});
        assert_eq!(sums.columns(), 0);
        assert_eq!(
            Scores::new(&[&[]]).sums(0..2, jobs(2), |_, _| {}).column(0),
            [0.0; 2]
        );
        assert_eq!(
            Scores::new(&[&[1.0]])
                .sums(0..0, jobs(2), |_, _| {})
                .columns(),
            0
        );
    }
}
