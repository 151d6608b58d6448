//! Links between sentences whose cosine is above a threshold, and the rows of a matrix of
//! products.

use super::{
    Links, Vectors,
    near::{BLOCK, near_pairs},
};

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
/// sentence to itself. Takes 2 bytes for each linked pair.
pub struct Alike {
    /// The links to the sentences of each block of [`BLOCK`].
    blocks: Vec<Block>,
    own: Vec<f64>,
}

/// The links from the sentences of a block to those after them.
#[derive(Default)]
struct Block {
    /// For each sentence from the first of the block on, the number of its links to sentences
    /// of the block that are before it.
    counts: Vec<u16>,
    /// The places of those in the block.
    earlier: Vec<u16>,
}

impl Alike {
    /// Returns the links between sentence vectors, which must have no negative weights. A
    /// vector of zeros is not even linked to itself.
    pub fn above(threshold: f64, vectors: Vectors) -> Self {
        let unit = vectors.normalised();
        let own = unit.rows().map(own_link).collect();
        let mut blocks = Vec::new();
        blocks.resize_with(unit.len().div_ceil(BLOCK), Block::default);

        near_pairs(&unit, threshold, |first, _, row| {
            let block: &mut Block = &mut blocks[first / BLOCK];
            block.counts.push(row.len() as u16);
            block.earlier.extend_from_slice(row);
        });
        Self { blocks, own }
    }
}

/// Returns the weight of the link from a sentence to itself: 1 if its vector is not 0.
fn own_link(row: impl Iterator<Item = (usize, f64)>) -> f64 {
    let sum = row.fold(0.0, |sum, (_, weight)| sum + weight);
    if sum > 0.0 { 1.0 } else { 0.0 }
}

/// Returns the number of sentences that each sentence is linked to, itself apart, in the graph
/// of [`Alike`]. Takes no memory for links.
pub fn degrees_above(threshold: f64, vectors: Vectors) -> Vec<f64> {
    let unit = vectors.normalised();
    let mut degrees = vec![0.0; unit.len()];
    near_pairs(&unit, threshold, |first, i, row| {
        degrees[i] += row.len() as f64;
        for &place in row {
            degrees[first + usize::from(place)] += 1.0;
        }
    });
    degrees
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

        // what earlier sentences receive is added up apart, and last: the order of a sum decides
        // its last digits
        let mut from_later = vec![0.0; self.len()];
        for (at, block) in self.blocks.iter().enumerate() {
            let first = at * BLOCK;
            let end = self.len().min(first + BLOCK);
            let (sent, received) = (&flows[first..end], &mut from_later[first..end]);

            let mut rest = block.earlier.as_slice();
            for (i, &count) in (first..).zip(&block.counts) {
                let (row, others) = rest.split_at(usize::from(count));
                rest = others;
                for &place in row {
                    into[i] += sent[usize::from(place)];
                    received[usize::from(place)] += flows[i];
                }
            }
        }

        for (into, sum) in into.iter_mut().zip(&from_later) {
            *into += sum;
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
    fn a_degree_is_a_strength_without_the_own_link() {
        let counts =
            || Vectors::counts(&lines("cats mice\ncats mice cheese\ncats\nof the\n"));
        assert_eq!(degrees_above(0.7, counts()), [2.0, 1.0, 1.0, 0.0]);
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
