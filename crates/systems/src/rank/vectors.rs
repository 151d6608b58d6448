//! Sparse vectors of sentences.

use std::ops::Range;

use epitome_text::Document;

/// Sparse vectors in compressed rows: row `s` lists the terms of sentence `s`, each once,
/// with a weight. Takes 12 bytes for each entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Vectors {
    ends: Vec<usize>,
    terms: Vec<u32>,
    weights: Vec<f64>,
    width: usize,
}

impl Vectors {
    /// Returns how often each content term occurs in each sentence. `O(tokens)`.
    pub fn counts(document: &Document) -> Self {
        let mut vectors = Self::empty(document.term_count());
        let mut place = vec![usize::MAX; document.term_count()];
        for sentence in document.sentences() {
            let start = vectors.terms.len();
            for term in document.content(sentence) {
                let at = place[term.index()];
                // a place before `start` belongs to an earlier sentence
                if (start..vectors.terms.len()).contains(&at) {
                    vectors.weights[at] += 1.0;
                } else {
                    place[term.index()] = vectors.terms.len();
                    vectors.terms.push(term.index() as u32);
                    vectors.weights.push(1.0);
                }
            }
            vectors.ends.push(vectors.terms.len());
        }
        vectors
    }

    /// Returns the weights `tf(t, s) · ln(N / n(t))`; see [`Self::isf`]. `O(tokens)`.
    pub fn tf_isf(document: &Document) -> Self {
        let counts = Self::counts(document);
        let isf = counts.isf();
        counts.scaled(&isf)
    }

    /// Returns vectors over `width` terms, without any row.
    pub fn empty(width: usize) -> Self {
        Self {
            ends: Vec::new(),
            terms: Vec::new(),
            weights: Vec::new(),
            width,
        }
    }

    /// Adds the next row with these terms, each of which must occur at most once.
    pub fn push_row(&mut self, row: impl IntoIterator<Item = (u32, f64)>) {
        for (term, weight) in row {
            self.terms.push(term);
            self.weights.push(weight);
        }
        self.ends.push(self.terms.len());
    }

    /// Returns the number of rows.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Returns whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Returns the number of terms. Every term is below it.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Returns the number of entries of all rows.
    pub fn entries(&self) -> usize {
        self.terms.len()
    }

    /// Returns the terms of a row with their weights.
    pub fn row(&self, at: usize) -> impl Iterator<Item = (usize, f64)> {
        let range = self.entries_of(at);
        let terms = self.terms[range.clone()].iter().map(|&term| term as usize);
        terms.zip(self.weights[range].iter().copied())
    }

    /// Returns the numbers of the entries of a row, among those of all rows in order.
    pub fn entries_of(&self, at: usize) -> Range<usize> {
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        start..self.ends[at]
    }

    /// Returns all rows, in order.
    pub fn rows(&self) -> impl Iterator<Item = impl Iterator<Item = (usize, f64)>> {
        (0..self.len()).map(|at| self.row(at))
    }

    /// Returns the number of rows that contain each term, `n(t)`.
    pub fn frequencies(&self) -> Vec<u32> {
        let mut frequencies = vec![0; self.width];
        for &term in &self.terms {
            frequencies[term as usize] += 1;
        }
        frequencies
    }

    /// Returns `ln(N / n(t))` of each term, in which `N` is the number of rows; 0 for a
    /// term that no row contains.
    pub fn isf(&self) -> Vec<f64> {
        let count = self.len() as f64;
        self.frequencies()
            .into_iter()
            .map(|n| {
                if n == 0 {
                    0.0
                } else {
                    (count / f64::from(n)).ln()
                }
            })
            .collect()
    }

    /// Multiplies every weight by the factor of its term.
    #[must_use]
    pub fn scaled(mut self, factors: &[f64]) -> Self {
        for (weight, &term) in self.weights.iter_mut().zip(&self.terms) {
            *weight *= factors[term as usize];
        }
        self
    }

    /// Divides every row by its Euclidean length. A row of zeros is left unchanged.
    #[must_use]
    pub fn normalised(mut self) -> Self {
        let mut start = 0;
        for &end in &self.ends {
            let row = &mut self.weights[start..end];
            let length = row.iter().map(|weight| weight * weight).sum::<f64>().sqrt();
            if length > 0.0 {
                for weight in row.iter_mut() {
                    *weight /= length;
                }
            }
            start = end;
        }
        self
    }

    /// Returns the entries whose term and weight satisfy `keep`.
    #[must_use]
    pub fn filtered(&self, keep: impl Fn(usize, f64) -> bool) -> Self {
        let mut kept = Self::empty(self.width);
        for row in self.rows() {
            kept.push_row(row.filter(|&(t, w)| keep(t, w)).map(|(t, w)| (t as u32, w)));
        }
        kept
    }

    /// Returns the inverted index: row `t` lists the sentences that contain `t`, in
    /// order.
    #[must_use]
    pub fn transposed(&self) -> Self {
        let mut ends: Vec<usize> =
            self.frequencies().into_iter().map(|n| n as usize).collect();

        // while rows are filled, `ends` has the place of each row's next entry
        let mut sum = 0;
        for end in &mut ends {
            sum += std::mem::replace(end, sum);
        }

        let mut terms = vec![0; self.terms.len()];
        let mut weights = vec![0.0; self.terms.len()];

        for (at, row) in self.rows().enumerate() {
            for (term, weight) in row {
                terms[ends[term]] = at as u32;
                weights[ends[term]] = weight;
                ends[term] += 1;
            }
        }
        Self {
            ends,
            terms,
            weights,
            width: self.len(),
        }
    }

    /// Returns the product of each row with a dense vector.
    pub fn dot(&self, dense: &[f64]) -> Vec<f64> {
        self.rows()
            .map(|row| row.map(|(term, w)| w * dense[term]).sum())
            .collect()
    }

    /// Returns the sum of the rows, each of which is multiplied by its factor.
    pub fn sum(&self, factors: &[f64]) -> Vec<f64> {
        let mut sum = vec![0.0; self.width];
        for (row, factor) in self.rows().zip(factors) {
            for (term, weight) in row {
                sum[term] += weight * factor;
            }
        }
        sum
    }
}

/// Returns the Euclidean length of a vector.
pub fn length(vector: impl IntoIterator<Item = f64>) -> f64 {
    vector
        .into_iter()
        .map(|weight| weight * weight)
        .sum::<f64>()
        .sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::testing::lines;

    fn rows(vectors: &Vectors) -> Vec<Vec<(usize, f64)>> {
        vectors.rows().map(Iterator::collect).collect()
    }

    #[test]
    fn counts_are_of_content_words() {
        let vectors = Vectors::counts(&lines("the cat saw a cat\nof the\ncat\n"));
        let found = rows(&vectors);
        let cat = found[2][0].0;
        assert_eq!(found[0], [(cat, 2.0), (found[0][1].0, 1.0)]);
        assert_eq!(found[1], []);
        assert_eq!(vectors.frequencies()[cat], 2);
        assert!((vectors.isf()[cat] - 1.5_f64.ln()).abs() < 1e-15);
    }

    #[test]
    fn the_index_of_the_index_is_the_matrix() {
        let vectors = Vectors::counts(&lines("cats chase mice\nof\nmice chase cheese\n"));
        assert_eq!(
            vectors.transposed().transposed().frequencies(),
            vectors.frequencies()
        );
        let mut back = rows(&vectors.transposed().transposed());
        let mut sorted = rows(&vectors);
        back.iter_mut()
            .chain(&mut sorted)
            .for_each(|row| row.sort_by_key(|&(t, _)| t));
        assert_eq!(back, sorted);
    }

    #[test]
    fn a_normalised_row_has_length_one_or_nothing() {
        let vectors = Vectors::counts(&lines("cats chase cats\nof\n")).normalised();
        let lengths: Vec<f64> = vectors
            .rows()
            .map(|row| length(row.map(|(_, weight)| weight)))
            .collect();
        assert!((lengths[0] - 1.0).abs() < 1e-15 && lengths[1] == 0.0);
    }
}
