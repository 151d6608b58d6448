//! The rows of a matrix of products of vectors.

use super::Vectors;

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
}
