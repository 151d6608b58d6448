//! The links of TextRank: shared words over the logarithms of the lengths.

use super::{Links, Vectors};

/// The similarity of sentences of Mihalcea & Tarau (2004), without a table of it.
///
/// ```text
/// w(i, j) = |{t : t ∈ Sᵢ and t ∈ Sⱼ}| / (ln |Sᵢ| + ln |Sⱼ|)        i ≠ j
/// ```
///
/// `t` are content stems, each counted once; `|S|` is the number of content words with
/// repeats; the weight is 0 if both lengths are 1.
///
/// There are few different lengths, so the sentences of a term are grouped into one cell
/// for each length: the product with a vector adds up each cell once and takes `O(Σₜ n(t)
/// · min(n(t), lengths))`, while the edges would take `O(Σₜ n(t)²)`.
pub struct Overlap {
    /// The class of each sentence's length.
    class: Vec<usize>,
    /// The end of each sentence's part of `own`.
    ends: Vec<usize>,
    /// The (term, cell) pairs of all sentences.
    own: Vec<(u32, u32)>,
    /// The end of each term's cells.
    cells_end: Vec<u32>,
    /// The class of each cell.
    cell_class: Vec<u32>,
    /// The number of sentences in each cell.
    cell_size: Vec<f64>,
    /// The factor `1 / (ln a + ln b)` for the classes of lengths `a` and `b`; 0 if both
    /// lengths are 1.
    factor: Vec<Vec<f64>>,
}

impl Overlap {
    /// Returns the links of a document with these [`Vectors::counts`].
    pub fn new(counts: &Vectors) -> Self {
        let (class, lengths) = length_classes(counts);
        let mut overlap = Self {
            class,
            ends: Vec::with_capacity(counts.len()),
            own: Vec::with_capacity(counts.entries()),
            cells_end: Vec::with_capacity(counts.width()),
            cell_class: Vec::new(),
            cell_size: Vec::new(),
            factor: factors(&lengths),
        };

        let cell_of = overlap.make_cells(counts, lengths.len());
        let frequencies = counts.frequencies();

        let mut met = vec![0; counts.width()];
        for row in counts.rows() {
            for (term, _) in row.filter(|&(term, _)| frequencies[term] > 1) {
                let cell = cell_of[term][met[term]];
                met[term] += 1;
                overlap.own.push((term as u32, cell));
            }
            overlap.ends.push(overlap.own.len());
        }
        overlap
    }

    /// Makes the cells of every shared term. Returns for each term the cells of its
    /// sentences, in order.
    fn make_cells(&mut self, counts: &Vectors, classes: usize) -> Vec<Vec<u32>> {
        let mut cell_at = vec![u32::MAX; classes];
        let mut cells = Vec::with_capacity(counts.width());
        for sentences in counts.transposed().rows() {
            let first = self.cell_class.len();
            let sentences: Vec<usize> = sentences.map(|(sentence, _)| sentence).collect();

            let mut of_sentences = Vec::new();
            for &sentence in sentences.iter().filter(|_| sentences.len() > 1) {
                let class = self.class[sentence];
                if cell_at[class] == u32::MAX {
                    cell_at[class] = self.cell_class.len() as u32;
                    self.cell_class.push(class as u32);
                    self.cell_size.push(0.0);
                }
                self.cell_size[cell_at[class] as usize] += 1.0;
                of_sentences.push(cell_at[class]);
            }

            // the table of a term's cells is cleared for the next one
            for &class in &self.cell_class[first..] {
                cell_at[class as usize] = u32::MAX;
            }

            self.cells_end.push(self.cell_class.len() as u32);
            cells.push(of_sentences);
        }
        cells
    }

    /// Returns the (term, cell) pairs of a sentence.
    fn own(&self, sentence: usize) -> &[(u32, u32)] {
        let start = if sentence == 0 {
            0
        } else {
            self.ends[sentence - 1]
        };
        &self.own[start..self.ends[sentence]]
    }

    /// Computes for each sentence the weighted sums of the cells with which it shares
    /// words, without what is its own.
    fn weigh(&self, sums: &[f64], flow: impl Fn(usize) -> f64, into: &mut [f64]) {
        for (sentence, into) in into.iter_mut().enumerate() {
            let class = self.class[sentence];
            let factor = &self.factor[class];
            let flow = flow(sentence);
            *into = 0.0;
            for &(term, own) in self.own(sentence) {
                let start = if term == 0 {
                    0
                } else {
                    self.cells_end[term as usize - 1]
                };

                let cells = start as usize..self.cells_end[term as usize] as usize;
                let own = own as usize;
                let (before, after) = (cells.start..own, own + 1..cells.end);

                // the own part is in its cell's sum
                *into += factor[class] * (sums[own] - flow).max(0.0);
                for cells in [before, after] {
                    let classes = &self.cell_class[cells.clone()];
                    let weighted = classes.iter().zip(&sums[cells]);
                    *into += weighted.map(|(&c, s)| factor[c as usize] * s).sum::<f64>();
                }
            }
        }
    }
}

impl Links for Overlap {
    fn len(&self) -> usize {
        self.class.len()
    }

    fn strengths(&self) -> Vec<f64> {
        let mut strengths = vec![0.0; self.len()];
        self.weigh(&self.cell_size, |_| 1.0, &mut strengths);
        strengths
    }

    fn gather(&self, flows: &[f64], into: &mut [f64]) {
        let mut sums = vec![0.0; self.cell_class.len()];
        for (sentence, flow) in flows.iter().enumerate() {
            for &(_, cell) in self.own(sentence) {
                sums[cell as usize] += flow;
            }
        }
        self.weigh(&sums, |sentence| flows[sentence], into);
    }
}

/// Returns the class of each sentence, and the length of each class in rising order.
fn length_classes(counts: &Vectors) -> (Vec<usize>, Vec<f64>) {
    let all: Vec<f64> = counts
        .rows()
        .map(|row| row.map(|(_, count)| count).sum())
        .collect();
    let mut lengths = all.clone();
    lengths.sort_unstable_by(f64::total_cmp);
    lengths.dedup();

    let classes = all
        .iter()
        .map(|length| lengths.partition_point(|known| known < length));
    (classes.collect(), lengths)
}

/// Returns the factor of each pair of classes.
fn factors(lengths: &[f64]) -> Vec<Vec<f64>> {
    lengths
        .iter()
        .map(|a| lengths.iter().map(|b| factor(*a, *b)).collect())
        .collect()
}

/// Returns the factor of two lengths.
fn factor(a: f64, b: f64) -> f64 {
    let sum = a.max(1.0).ln() + b.max(1.0).ln();
    if sum > 0.0 { 1.0 / sum } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::testing::lines;
    use proptest::prelude::*;

    fn strengths(text: &str) -> Vec<f64> {
        Overlap::new(&Vectors::counts(&lines(text))).strengths()
    }

    #[test]
    fn weights_are_overlap_over_log_lengths() {
        let found = strengths("cats chase mice mice\ncats eat mice\ndogs bark\n");
        let wanted = 2.0 / (4.0_f64.ln() + 3.0_f64.ln());
        assert!((found[0] - wanted).abs() < 1e-12 && (found[1] - wanted).abs() < 1e-12);
        assert_eq!(
            found[2], 0.0,
            "no edge to itself or to a sentence without its words"
        );
    }

    #[test]
    fn two_sentences_of_one_word_have_no_edge() {
        assert_eq!(strengths("cats\ncats\n"), [0.0, 0.0]);
    }

    proptest! {
        #[test]
        fn products_are_those_of_the_formula(
            sentences in prop::collection::vec(prop::collection::vec(0_u32..7, 0..9), 1..12),
            flows in prop::collection::vec(0.0_f64..1.0, 12),
        ) {
            let mut counts = Vectors::empty(7);
            for words in &sentences {
                let count = |term| words.iter().filter(|&&word| word == term).count();
                let row = (0..7).map(|term| (term, count(term) as f64));
                counts.push_row(row.filter(|&(_, count)| count > 0.0));
            }
            let flows = &flows[..sentences.len()];
            let mut found = vec![0.0; sentences.len()];
            Overlap::new(&counts).gather(flows, &mut found);
            for (i, found) in found.into_iter().enumerate() {
                let weight = |j: usize| {
                    let shared = counts.row(i).filter(|a| counts.row(j).any(|b| a.0 == b.0));
                    let logs = [i, j].map(|at| (sentences[at].len().max(1) as f64).ln());
                    let edge = i != j && logs[0] + logs[1] > 0.0;
                    if edge { shared.count() as f64 / (logs[0] + logs[1]) } else { 0.0 }
                };
                let wanted: f64 = (0..flows.len()).map(|j| weight(j) * flows[j]).sum();
                prop_assert!((found - wanted).abs() < 1e-12, "{}: {} {}", i, found, wanted);
            }
        }
    }
}
