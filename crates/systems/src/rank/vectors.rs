//! One sparse vector a sentence.

use epitome_text::Document;

/// Sparse vectors in compressed rows: row `s` lists terms of sentence `s`, each once,
/// with a weight. 12 bytes an entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Vectors {
    ends: Vec<usize>,
    terms: Vec<u32>,
    weights: Vec<f64>,
    width: usize,
}

impl Vectors {
    /// How often each content term stands in each sentence. `O(tokens)`.
    pub fn counts(document: &Document) -> Self {
        let mut vectors = Self::empty(document.term_count());
        let mut place = vec![usize::MAX; document.term_count()];
        for sentence in document.sentences() {
            let start = vectors.terms.len();
            for term in document.content(sentence) {
                let at = place[term.index()];
                // a place before `start` or none is of another sentence
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

    /// `tf(t, s) · ln(N / n(t))`, see [`Self::isf`]. `O(tokens)`.
    pub fn tf_isf(document: &Document) -> Self {
        let counts = Self::counts(document);
        let isf = counts.isf();
        counts.scaled(&isf)
    }

    /// No rows yet, of `width` terms.
    pub fn empty(width: usize) -> Self {
        Self {
            ends: Vec::new(),
            terms: Vec::new(),
            weights: Vec::new(),
            width,
        }
    }

    /// Ends the next row with these terms, each at most once.
    pub fn push_row(&mut self, row: impl IntoIterator<Item = (u32, f64)>) {
        for (term, weight) in row {
            self.terms.push(term);
            self.weights.push(weight);
        }
        self.ends.push(self.terms.len());
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// How many terms there are; every term is below.
    pub fn width(&self) -> usize {
        self.width
    }

    /// The entries of all rows.
    pub fn entries(&self) -> usize {
        self.terms.len()
    }

    /// The terms of a row and their weights.
    pub fn row(&self, at: usize) -> impl Iterator<Item = (usize, f64)> {
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        let range = start..self.ends[at];
        let terms = self.terms[range.clone()].iter().map(|&term| term as usize);
        terms.zip(self.weights[range].iter().copied())
    }

    /// All rows, in order.
    pub fn rows(&self) -> impl Iterator<Item = impl Iterator<Item = (usize, f64)>> {
        (0..self.len()).map(|at| self.row(at))
    }

    /// `n(t)`: how many rows hold each term.
    pub fn frequencies(&self) -> Vec<u32> {
        let mut frequencies = vec![0; self.width];
        for &term in &self.terms {
            frequencies[term as usize] += 1;
        }
        frequencies
    }

    /// `ln(N / n(t))` of each term, `N` the number of rows; 0 for a term of no row.
    pub fn isf(&self) -> Vec<f64> {
        let count = self.len() as f64;
        let isf = |n: u32| {
            if n == 0 {
                0.0
            } else {
                (count / f64::from(n)).ln()
            }
        };
        self.frequencies().into_iter().map(isf).collect()
    }

    /// Every weight times its term's factor.
    #[must_use]
    pub fn scaled(mut self, factors: &[f64]) -> Self {
        for (weight, &term) in self.weights.iter_mut().zip(&self.terms) {
            *weight *= factors[term as usize];
        }
        self
    }

    /// Every row divided by its Euclidean length; a row of zeros stays.
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

    /// The entries that `keep` holds for, by term and weight.
    #[must_use]
    pub fn filtered(&self, keep: impl Fn(usize, f64) -> bool) -> Self {
        let mut kept = Self::empty(self.width);
        for row in self.rows() {
            kept.push_row(row.filter(|&(t, w)| keep(t, w)).map(|(t, w)| (t as u32, w)));
        }
        kept
    }

    /// The inverted index: row `t` lists the sentences that hold `t`, in order.
    #[must_use]
    pub fn transposed(&self) -> Self {
        let mut ends: Vec<usize> =
            self.frequencies().into_iter().map(|n| n as usize).collect();
        let mut sum = 0;
        for end in &mut ends {
            sum += std::mem::replace(end, sum); // for now, where each row starts
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

    /// The product of each row with a dense vector.
    pub fn dot(&self, dense: &[f64]) -> Vec<f64> {
        self.rows()
            .map(|row| row.map(|(term, w)| w * dense[term]).sum())
            .collect()
    }

    /// The rows, each times its factor, added up.
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

/// The Euclidean length of a vector.
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
