//! Dense vectors of one width, and their cosines.

/// Vectors of one width, one for each text or token, in order.
///
/// A text without any known token has the vector of zeros, whose cosine to every vector
/// is 0.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Embeddings {
    width: usize,
    values: Vec<f32>,
    /// The squared length of each vector.
    squares: Vec<f64>,
}

impl Embeddings {
    /// Returns no vectors, of a width.
    pub fn of_width(width: usize) -> Self {
        Self {
            width,
            ..Self::default()
        }
    }

    /// Adds a vector. Missing numbers are 0, and numbers beyond the width are left out.
    pub fn push(&mut self, vector: &[f32]) {
        let vector = &vector[..vector.len().min(self.width)];
        self.values.extend_from_slice(vector);
        self.values
            .resize((self.squares.len() + 1) * self.width, 0.0);
        self.squares.push(dot(vector, vector));
    }

    /// Returns the number of vectors.
    pub fn len(&self) -> usize {
        self.squares.len()
    }

    /// Returns whether there are no vectors.
    pub fn is_empty(&self) -> bool {
        self.squares.is_empty()
    }

    /// Returns the number of dimensions.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Returns the vector of a text or token by its index.
    ///
    /// # Panics
    /// Panics if there is no vector of this index.
    pub fn row(&self, at: usize) -> &[f32] {
        &self.values[at * self.width..(at + 1) * self.width]
    }

    /// Returns the cosine of two vectors, from −1 to 1: exactly 1 for equal vectors, and 0
    /// if one of them is zero.
    ///
    /// # Panics
    /// Panics if there is no vector of this index here or in `other`.
    pub fn cosine(&self, at: usize, other: &Self, other_at: usize) -> f64 {
        let lengths = (self.squares[at] * other.squares[other_at]).sqrt();
        if lengths > 0.0 {
            (dot(self.row(at), other.row(other_at)) / lengths).clamp(-1.0, 1.0)
        } else {
            0.0
        }
    }

    /// Returns the cosines of all vectors with the first vector of `other`; zeros if
    /// `other` has none.
    pub fn cosines_to(&self, other: &Self) -> Vec<f64> {
        match other.is_empty() {
            true => vec![0.0; self.len()],
            false => (0..self.len())
                .map(|at| self.cosine(at, other, 0))
                .collect(),
        }
    }

    /// Returns the vectors at these indices.
    ///
    /// # Panics
    /// Panics if there is no vector of one of the indices.
    #[must_use]
    pub fn select(&self, rows: &[u32]) -> Self {
        let mut selected = Self::of_width(self.width);
        for &row in rows {
            selected.push(self.row(row as usize));
        }
        selected
    }

    /// Returns the mean of the vectors at these indices, added in their order; zeros if
    /// there are none.
    ///
    /// # Panics
    /// Panics if there is no vector of one of the indices.
    pub fn mean(&self, rows: &[u32]) -> Vec<f32> {
        let mut mean = vec![0.0_f32; self.width];
        for &row in rows {
            for (sum, value) in mean.iter_mut().zip(self.row(row as usize)) {
                *sum += value;
            }
        }

        let count = rows.len().max(1) as f32;
        mean.into_iter().map(|sum| sum / count).collect()
    }

    /// Returns the sum of the vectors, each divided by its length, as a single vector.
    #[must_use]
    pub fn centre(&self) -> Self {
        let mut sum = vec![0.0_f64; self.width];
        for (at, square) in self.squares.iter().enumerate() {
            let length = square.sqrt();
            if length > 0.0 {
                for (sum, value) in sum.iter_mut().zip(self.row(at)) {
                    *sum += f64::from(*value) / length;
                }
            }
        }

        let sum: Vec<f32> = sum.into_iter().map(|value| value as f32).collect();
        let mut centre = Self::of_width(self.width);
        centre.push(&sum);
        centre
    }
}

/// Returns the dot product of two vectors: eight sums in a fixed order, so that it is the
/// same on every machine.
fn dot(a: &[f32], b: &[f32]) -> f64 {
    const LANES: usize = 8;
    let (blocks, others) = (a.chunks_exact(LANES), b.chunks_exact(LANES));
    let rest = blocks.remainder().iter().zip(others.remainder());
    let rest: f64 = rest.map(|(a, b)| f64::from(*a) * f64::from(*b)).sum();

    let mut sums = [0.0_f64; LANES];
    for (a, b) in blocks.zip(others) {
        for (sum, (a, b)) in sums.iter_mut().zip(a.iter().zip(b)) {
            *sum += f64::from(*a) * f64::from(*b);
        }
    }
    sums.iter().sum::<f64>() + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(rows: &[&[f32]]) -> Embeddings {
        let mut vectors = Embeddings::of_width(3);
        for row in rows {
            vectors.push(row);
        }
        vectors
    }

    #[test]
    fn equal_vectors_have_the_cosine_one_to_the_last_bit() {
        let vectors = of(&[&[0.1, 0.7, 0.3], &[0.3, -0.2, 1e-3]]);
        assert_eq!(vectors.cosine(0, &vectors, 0), 1.0);
        assert_eq!(vectors.cosine(1, &vectors, 1), 1.0);
    }

    #[test]
    fn a_cosine_is_of_the_directions() {
        let vectors = of(&[&[3.0, 4.0, 0.0], &[0.0, 2.0, 0.0], &[-6.0, -8.0, 0.0]]);
        assert_eq!(vectors.cosine(0, &vectors, 1), 0.8);
        assert_eq!(vectors.cosine(0, &vectors, 2), -1.0);
    }

    #[test]
    fn a_vector_of_zeros_is_like_none() {
        let vectors = of(&[&[], &[1.0, 0.0, 0.0]]);
        assert_eq!(vectors.cosine(0, &vectors, 0), 0.0);
        assert_eq!(vectors.cosines_to(&of(&[])), [0.0, 0.0]);
    }

    #[test]
    fn the_centre_weighs_directions_not_lengths() {
        let centre = of(&[&[9.0, 0.0, 0.0], &[0.0, 2.0, 0.0], &[0.0; 3]]).centre();
        assert_eq!(centre.row(0), [1.0, 1.0, 0.0]);
    }

    #[test]
    fn a_width_that_no_block_fills_counts_whole() {
        let mut vectors = Embeddings::of_width(11);
        vectors.push(&[1.0; 11]);
        vectors.push(&[2.0; 11]);
        assert_eq!(dot(vectors.row(0), vectors.row(1)), 22.0);
    }
}
