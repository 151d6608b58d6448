//! Pairs of vectors whose product is above a threshold.

use std::ops::Range;

use super::Vectors;

/// The number of rows that are compared with all later ones at once. Their sums and their
/// part of the index stay in the caches of a processor, and their numbers fit 16 bits.
pub(super) const BLOCK: usize = 4096;

/// The largest share of the threshold that light terms may add to a product.
const LIGHT: f64 = 0.2;

/// Calls `see(first, i, row)` for blocks of [`BLOCK`] rows, in order, and for every row `i`
/// from the `first` of the block on. `row` has the places in the block of the rows before `i`
/// whose product with `i` is above `threshold`, in rising order.
///
/// Vectors must have no negative weights, and a length of 1 or 0. A product is the sum in the
/// order of the terms of the earlier row. `O(Σₜ n(t)²)` time at worst, of which frequent terms
/// cost little, and `O(entries)` memory.
///
/// In each row the terms of most rows are *light*, as many as have together a length of at
/// most `√(LIGHT · threshold)`. Two rows that share light terms only are not above the
/// threshold (Cauchy & Schwarz), so an inverted index finds the products of all others; of
/// these the same bound leaves few to be computed exactly. The idea is that of Bayardo, Ma &
/// Srikant (2007), *Scaling up all pairs similarity search*, WWW, with the bound of
/// Anastasiu & Karypis (2014), *L2AP*, ICDE.
pub(super) fn near_pairs(
    unit: &Vectors,
    threshold: f64,
    see: impl FnMut(usize, usize, &[u16]),
) {
    in_blocks(unit, threshold, BLOCK, |_| true, see);
}

/// What it takes to find the pairs of sentences that are alike, and to keep them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effort {
    /// The number of products of two weights that are added up.
    pub products: u64,
    /// The number of pairs that are found.
    pub pairs: u64,
}

/// The number of rows that [`near_effort`] compares with all before them.
const SAMPLED: usize = 512;

/// Returns what [`near_pairs`] takes, estimated from about [`SAMPLED`] rows, or from all if there
/// are fewer. `O(SAMPLED · N + entries)` time for rows of a bounded length.
pub(super) fn near_effort(unit: &Vectors, threshold: f64) -> Effort {
    // rows are chosen by multiples of the golden ratio, so that a text with a period is met at
    // all places of it
    let of = (unit.len() / SAMPLED).max(1) as u64;
    let is_sampled = |row: usize| {
        let turned = (row as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        turned < u64::MAX / of
    };
    let mut pairs = 0;
    let products = in_blocks(unit, threshold, BLOCK, is_sampled, |_, _, row| {
        pairs += row.len() as u64;
    });
    Effort {
        products: of * products,
        pairs: of * pairs,
    }
}

/// Does what [`near_pairs`] does for the rows that are `wanted`, in blocks of `size` rows.
/// Returns the number of products of two weights that were added up.
fn in_blocks(
    unit: &Vectors,
    threshold: f64,
    size: usize,
    wanted: impl Fn(usize) -> bool,
    mut see: impl FnMut(usize, usize, &[u16]),
) -> u64 {
    let split = Split::of(unit, LIGHT * threshold);
    let mut index = BlockIndex::default();
    let mut search = Search {
        unit,
        split: &split,
        threshold,
        sums: vec![0.0; size.min(unit.len())],
        dense: vec![0.0; unit.width()],
        near: Vec::new(),
        products: 0,
    };

    for first in (0..unit.len()).step_by(size) {
        let block = first..unit.len().min(first + size);
        index.fill(unit, &split, block.clone());
        for i in (block.start..unit.len()).filter(|&i| wanted(i)) {
            search.row(&index, i, block.start..block.end.min(i));
            see(first, i, &search.near);
        }
    }
    search.products
}

/// Which terms of each row are light.
struct Split {
    /// For each entry of the vectors, whether it is light.
    is_light: Vec<bool>,
    /// The length of the light part of each row.
    lengths: Vec<f64>,
    /// The largest of them.
    longest: f64,
}

impl Split {
    /// Returns the light parts whose squared lengths are at most `most`.
    fn of(unit: &Vectors, most: f64) -> Self {
        let frequencies = unit.frequencies();
        let mut split = Self {
            is_light: Vec::with_capacity(unit.entries()),
            lengths: Vec::with_capacity(unit.len()),
            longest: 0.0,
        };

        let mut row: Vec<(u32, usize, f64)> = Vec::new();
        for terms in unit.rows() {
            row.clear();
            row.extend(
                terms
                    .enumerate()
                    .map(|(place, (term, weight))| (frequencies[term], place, weight)),
            );
            row.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));

            let start = split.is_light.len();
            split.is_light.resize(start + row.len(), false);
            let mut square = 0.0;
            for &(_, place, weight) in &row {
                if square + weight * weight > most {
                    break;
                }
                square += weight * weight;
                split.is_light[start + place] = true;
            }
            split.lengths.push(square.sqrt());
        }

        split.longest = split.lengths.iter().copied().fold(0.0, f64::max);
        split
    }
}

/// An inverted index of a block of rows: for each term the places of rows in the block with
/// their weights, first those in which the term is heavy, then those in which it is light.
#[derive(Default)]
struct BlockIndex {
    /// The first entry of the heavy rows of term `t` is at `2t`, that of the light at `2t + 1`.
    starts: Vec<u32>,
    entries: Vec<(u16, f32)>,
}

impl BlockIndex {
    fn fill(&mut self, unit: &Vectors, split: &Split, block: Range<usize>) {
        let slot =
            |entry: usize, term: usize| 2 * term + usize::from(split.is_light[entry]);
        let places = || {
            block
                .clone()
                .flat_map(|at| unit.entries_of(at).zip(unit.row(at)))
        };

        self.starts.clear();
        self.starts.resize(2 * unit.width() + 1, 0);
        for (entry, (term, _)) in places() {
            self.starts[slot(entry, term)] += 1;
        }

        // from counts to ends, which fall to the starts while rows are filled in from the last
        let mut sum = 0;
        for end in &mut self.starts {
            sum += *end;
            *end = sum;
        }
        self.entries.clear();
        self.entries.resize(sum as usize, (0, 0.0));
        for at in block.clone().rev() {
            for (entry, (term, weight)) in unit.entries_of(at).zip(unit.row(at)) {
                let next = &mut self.starts[slot(entry, term)];
                *next -= 1;
                let place = (at - block.start) as u16;
                self.entries[*next as usize] = (place, rounded(weight));
            }
        }
    }

    /// Returns the entries of a term: those of all rows, or those in which it is heavy.
    fn entries(&self, term: usize, is_light: bool) -> &[(u16, f32)] {
        let end = if is_light { 2 * term + 1 } else { 2 * term + 2 };
        &self.entries[self.starts[2 * term] as usize..self.starts[end] as usize]
    }
}

/// Rounds a weight to 24 bits. The product of two that are not 0 is not 0 either.
fn rounded(weight: f64) -> f32 {
    if weight > 0.0 {
        (weight as f32).max(1e-18)
    } else {
        0.0
    }
}

/// The search for the rows that are near to one row.
struct Search<'a> {
    unit: &'a Vectors,
    split: &'a Split,
    threshold: f64,
    /// For each row of a block, its product with the row, without the terms that are light in
    /// both. Rounded to 24 bits; 0 between searches.
    sums: Vec<f32>,
    /// The row that is compared, if it was spread out; 0 between searches.
    dense: Vec<f64>,
    /// The places that were found.
    near: Vec<u16>,
    /// The number of products that all searches added up.
    products: u64,
}

impl Search<'_> {
    /// Finds the rows among `earlier`, the first rows of the block of `index`, that are near to
    /// row `i`.
    fn row(&mut self, index: &BlockIndex, i: usize, earlier: Range<usize>) {
        self.near.clear();
        for (entry, (term, weight)) in self.unit.entries_of(i).zip(self.unit.row(i)) {
            let weight = rounded(weight);
            let others = index.entries(term, self.split.is_light[entry]);
            self.products += others.len() as u64;
            for &(place, other) in others {
                self.sums[usize::from(place)] += weight * other;
            }
        }

        // what a sum of this many rounded products may be wrong by
        let terms = self.unit.entries_of(i).len() as f64;
        let error = 2.0 * (terms + 2.0) * f64::from(f32::EPSILON);
        let light = self.split.lengths[i];
        let least = (self.threshold - error - light * self.split.longest) as f32;
        // a sum of 0 is that of a pair that shares light terms only
        let least = least.max(f32::MIN_POSITIVE);

        let mut is_spread = false;
        for start in (0..earlier.len()).step_by(CHUNK) {
            let end = earlier.len().min(start + CHUNK);
            if !any_from(&self.sums[start..end], least) {
                continue;
            }
            for place in start..end {
                if self.sums[place] < least {
                    continue;
                }
                let sum = f64::from(self.sums[place]);
                let j = earlier.start + place;
                if sum + light * self.split.lengths[j] + error <= self.threshold {
                    continue;
                }
                let is_near = sum > self.threshold + error || {
                    if !is_spread {
                        self.spread(i);
                        is_spread = true;
                    }
                    self.product(j) > self.threshold
                };
                if is_near {
                    self.near.push(place as u16);
                }
            }
        }

        self.sums.fill(0.0);
        if is_spread {
            for (term, _) in self.unit.row(i) {
                self.dense[term] = 0.0;
            }
        }
    }

    fn spread(&mut self, i: usize) {
        for (term, weight) in self.unit.row(i) {
            self.dense[term] = weight;
        }
    }

    /// Returns the product of row `j` with the row that was spread out.
    fn product(&self, j: usize) -> f64 {
        let row = self.unit.row(j);
        row.fold(0.0, |sum, (term, weight)| sum + weight * self.dense[term])
    }
}

/// The number of sums that are looked at together.
const CHUNK: usize = 16;

/// Returns whether any sum is at least `least`.
fn any_from(sums: &[f32], least: f32) -> bool {
    sums.iter()
        .fold(0_u32, |any, &sum| any | u32::from(sum >= least))
        != 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::products_after;
    use proptest::prelude::*;

    /// The pairs in blocks of `size`, the later row first, in the order of both.
    fn found(unit: &Vectors, threshold: f64, size: usize) -> Vec<(usize, usize)> {
        let mut pairs = Vec::new();
        in_blocks(
            unit,
            threshold,
            size,
            |_| true,
            |first, i, row| {
                pairs.extend(row.iter().map(|&place| (i, first + usize::from(place))));
            },
        );
        pairs.sort_unstable();
        pairs
    }

    /// The same, of all products.
    fn wanted(unit: &Vectors, threshold: f64) -> Vec<(usize, usize)> {
        let mut pairs = Vec::new();
        products_after(unit, |j, row| {
            let near = row.iter().filter(|(_, product)| *product > threshold);
            pairs.extend(near.map(|&(i, _)| (i as usize, j)));
        });
        pairs.sort_unstable();
        pairs
    }

    fn vectors(rows: &[Vec<(u32, f64)>]) -> Vectors {
        let mut vectors = Vectors::empty(40);
        for row in rows {
            let mut row = row.clone();
            row.sort_by_key(|&(term, _)| term);
            row.dedup_by_key(|&mut (term, _)| term);
            vectors.push_row(row);
        }
        let isf = vectors.isf();
        vectors.scaled(&isf).normalised()
    }

    #[test]
    fn a_product_that_is_the_threshold_is_not_above_it() {
        // cosines: 0–1 is 1/2 exactly, 0–2 is 1
        let row = |terms: [u32; 4]| terms.map(|term| (term, 1.0)).to_vec();
        let mut unit = Vectors::empty(6);
        for terms in [[0, 1, 2, 3], [0, 1, 4, 5], [0, 1, 2, 3]] {
            unit.push_row(row(terms));
        }
        let unit = unit.normalised();
        assert_eq!(found(&unit, 0.5, 9), [(2, 0)]);
        assert_eq!(found(&unit, 0.49, 9), [(1, 0), (2, 0), (2, 1)]);
        assert_eq!(found(&unit, 1.0, 9), []);
        assert_eq!(found(&Vectors::empty(3), 0.5, 9), []);
    }

    #[test]
    fn an_effort_is_estimated_within_a_few_percent() {
        // 20 words, of which each row has three; two rows share 0 to 3 of them
        let rows: Vec<Vec<(u32, f64)>> = (0..9000_u32)
            .map(|at| [at % 20, (at / 20) % 20, (at / 400) % 20].map(|term| (term, 1.0)))
            .map(Vec::from)
            .collect();
        let unit = vectors(&rows);
        let mut pairs = 0;
        let products = in_blocks(
            &unit,
            0.1,
            BLOCK,
            |_| true,
            |_, _, row| {
                pairs += row.len() as u64;
            },
        );
        let effort = near_effort(&unit, 0.1);
        let is_near = |found: u64, wanted: u64| found.abs_diff(wanted) < wanted / 10;
        assert!(is_near(effort.products, products), "{effort:?} {products}");
        assert!(is_near(effort.pairs, pairs), "{effort:?} {pairs}");
    }

    proptest! {
        #[test]
        fn pairs_are_those_of_all_products(
            rows in prop::collection::vec(
                prop::collection::vec(
                    // low terms are frequent, as in a text
                    ((0_u32..40, 0_u32..40).prop_map(|(a, b)| a.min(b)), 1_u32..4),
                    0..9,
                ),
                0..60,
            ),
            threshold in prop::sample::select(vec![0.0, 1e-9, 0.05, 0.1, 0.25, 0.5, 0.9, 1.0]),
            size in 1_usize..70,
        ) {
            let rows: Vec<Vec<(u32, f64)>> = rows
                .iter()
                .map(|row| row.iter().map(|&(term, n)| (term, f64::from(n))).collect())
                .collect();
            let unit = vectors(&rows);
            prop_assert_eq!(found(&unit, threshold, size), wanted(&unit, threshold));
        }
    }
}
