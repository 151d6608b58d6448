//! Links between sentences whose cosine is above a threshold, and the rows of a matrix of
//! products.

use super::{Links, Vectors};

/// Calls `see(i, row)` for every vector `i` with its products with the vectors after it:
/// `(j, xᵢ · xⱼ)` for those `j > i` that share a term with it, in no particular order.
///
/// Uses an inverted index: `O(Σₜ n(t)²)` time, `O(N + entries)` memory.
pub fn products_after(vectors: &Vectors, mut see: impl FnMut(usize, &[(u32, f64)])) {
    let frequencies = vectors.frequencies();
    let shared = vectors.filtered(|term, weight| frequencies[term] > 1 && weight != 0.0);
    let index = Index::of(&shared);

    let mut next = index.starts.clone();
    let mut sums = vec![0.0; shared.len()];
    let mut met: Vec<u32> = Vec::new();
    let mut row = Vec::new();

    for (i, terms) in shared.rows().enumerate() {
        for (term, weight) in terms {
            // past the entry of `i` itself, since rows are read in order
            next[term] += 1;
            for &(j, other) in &index.entries[next[term]..index.starts[term + 1]] {
                let sum: &mut f64 = &mut sums[j as usize];
                if *sum == 0.0 {
                    met.push(j);
                }
                *sum += weight * other;
            }
        }

        row.clear();
        row.extend(
            met.drain(..)
                .map(|j| (j, std::mem::take(&mut sums[j as usize]))),
        );
        see(i, &row);
    }
}

/// An inverted index with sentence and weight side by side, which is faster to read than
/// [`Vectors::transposed`].
struct Index {
    starts: Vec<usize>,
    entries: Vec<(u32, f64)>,
}

impl Index {
    fn of(vectors: &Vectors) -> Self {
        let mut starts = vec![0];
        let mut entries = Vec::with_capacity(vectors.entries());
        for row in vectors.transposed().rows() {
            entries.extend(row.map(|(sentence, weight)| (sentence as u32, weight)));
            starts.push(entries.len());
        }
        Self { starts, entries }
    }
}

/// Links of weight 1 between sentences whose cosine is above a threshold, and from each
/// sentence to itself. Takes 4 bytes for each linked pair.
pub struct Alike {
    /// The end of each sentence's part of `later`.
    ends: Vec<usize>,
    later: Vec<u32>,
    own: Vec<f64>,
}

impl Alike {
    /// Returns the links between sentence vectors. A vector of zeros is not even linked
    /// to itself.
    pub fn above(threshold: f64, vectors: Vectors) -> Self {
        let unit = vectors.normalised();
        let mut alike = Self {
            ends: Vec::new(),
            later: Vec::new(),
            own: vec![0.0; unit.len()],
        };

        for (row, own) in unit.rows().zip(&mut alike.own) {
            *own = if row.fold(0.0, |sum, (_, w)| sum + w) > 0.0 {
                1.0
            } else {
                0.0
            };
        }

        products_after(&unit, |_, row| {
            let first = alike.later.len();
            alike.later.extend(
                row.iter()
                    .filter(|&&(_, cosine)| cosine > threshold)
                    .map(|&(j, _)| j),
            );
            alike.later[first..].sort_unstable();
            alike.ends.push(alike.later.len());
        });
        alike
    }
}

impl Links for Alike {
    fn len(&self) -> usize {
        self.own.len()
    }

    fn strengths(&self) -> Vec<f64> {
        let mut degrees = vec![0.0; self.len()];
        self.gather(&vec![1.0; self.len()], &mut degrees);
        degrees
    }

    fn gather(&self, flows: &[f64], into: &mut [f64]) {
        for ((into, own), flow) in into.iter_mut().zip(&self.own).zip(flows) {
            *into = own * flow;
        }
        let mut start = 0;
        for (i, &end) in self.ends.iter().enumerate() {
            let mut sum = 0.0;
            for &j in &self.later[start..end] {
                sum += flows[j as usize];
                into[j as usize] += flows[i];
            }
            into[i] += sum;
            start = end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::testing::lines;

    #[test]
    fn products_of_later_rows_are_seen_once() {
        let counts = Vectors::counts(&lines("cats cats mice\nmice cats\ndogs\ncats\n"));
        let mut seen = Vec::new();
        products_after(&counts, |i, row| {
            let mut row = row.to_vec();
            row.sort_unstable_by_key(|&(j, _)| j);
            seen.push((i, row));
        });
        let wanted = [
            (0, vec![(1, 3.0), (3, 2.0)]),
            (1, vec![(3, 1.0)]),
            (2, vec![]),
            (3, vec![]),
        ];
        assert_eq!(seen, wanted);
    }

    #[test]
    fn those_above_the_threshold_are_linked_both_ways_and_to_themselves() {
        // cosines: 0–1 is 2/(√2·√3) = 0.82, 1–2 is 1/√3 = 0.58, 0–2 is 1/√2 = 0.71
        let counts =
            || Vectors::counts(&lines("cats mice\ncats mice cheese\ncats\nof the\n"));
        assert_eq!(
            Alike::above(0.7, counts()).strengths(),
            [3.0, 2.0, 2.0, 0.0]
        );
        assert_eq!(
            Alike::above(0.75, counts()).strengths(),
            [2.0, 2.0, 1.0, 0.0]
        );
    }
}
