//! The largest singular values of the matrix of terms by sentences.

use super::{Eigen, Vectors, eigen};

/// Singular values with their right vectors: the weights of topics, and how much of each
/// is in each sentence. Made by [`sentence_svd`].
#[derive(Debug, Clone, PartialEq)]
pub struct Singular {
    /// The singular values, in falling order.
    pub values: Vec<f64>,
    /// For each value, the entry of every sentence.
    pub sentences: Vec<Vec<f64>>,
}

/// The number of sentences up to which the table of their products is small.
const SMALL: usize = 256;

/// Returns the `most` largest singular values of the matrix whose columns are the
/// sentence vectors.
///
/// Up to 256 sentences they are computed exactly from the eigenvalues of the products,
/// except that values below 1e-7 of the first are 0. Above, they are computed by subspace
/// iteration with ten spare dimensions and six rounds in `O(most · entries + N · most²)`,
/// which is an approximation if values are close together.
///
/// Halko, Martinsson & Tropp (2011), *Finding structure with randomness*, SIAM Review
/// 53(2), algorithms 4.4 and 5.3, with cosines of fixed frequencies in place of random
/// numbers.
pub fn sentence_svd(vectors: &Vectors, most: usize) -> Singular {
    const SPARE: usize = 10;
    const ROUNDS: usize = 6;

    let count = vectors.len();
    if count <= SMALL {
        return singular(eigen(products(vectors)), most);
    }

    let mut basis: Vec<Vec<f64>> = (0..(most + SPARE).min(count))
        .map(|k| {
            (0..count)
                .map(|i| ((k + 1) as f64 * (i as f64 + 0.5)).cos())
                .collect()
        })
        .collect();

    for _ in 0..ROUNDS {
        orthonormalise(&mut basis);
        for vector in &mut basis {
            *vector = vectors.dot(&vectors.sum(vector));
        }
    }

    orthonormalise(&mut basis);
    let images: Vec<Vec<f64>> = basis.iter().map(|vector| vectors.sum(vector)).collect();
    let small = images
        .iter()
        .map(|a| images.iter().map(|b| dot(a, b)).collect());

    let Eigen {
        values,
        vectors: mixes,
    } = eigen(small.collect());

    // the vectors of the small problem are mixtures of the basis
    let vectors = mixes.iter().map(|mix| {
        let mut vector = vec![0.0; count];
        for (basis, factor) in basis.iter().zip(mix) {
            vector
                .iter_mut()
                .zip(basis)
                .for_each(|(sum, entry)| *sum += factor * entry);
        }
        vector
    });
    singular(
        Eigen {
            values,
            vectors: vectors.collect(),
        },
        most,
    )
}

/// Returns the singular values and vectors of a matrix from the eigenvalues of its products.
fn singular(products: Eigen, most: usize) -> Singular {
    // a share of the largest eigenvalue, which is the square of a singular value
    const NOISE: f64 = 1e-14;
    let least = NOISE * products.values.first().copied().unwrap_or(0.0);
    let values = products.values.into_iter().take(most);
    Singular {
        values: values
            .map(|value| if value > least { value.sqrt() } else { 0.0 })
            .collect(),
        sentences: products.vectors.into_iter().take(most).collect(),
    }
}

/// Returns the product of every sentence vector with every other.
fn products(vectors: &Vectors) -> Vec<Vec<f64>> {
    let rows = (0..vectors.len()).map(|at| {
        let mut dense = vec![0.0; vectors.width()];
        vectors
            .row(at)
            .for_each(|(term, weight)| dense[term] = weight);
        vectors.dot(&dense)
    });
    let mut table: Vec<Vec<f64>> = rows.collect();

    // the order of a sum depends on the row: only equal halves are symmetric to the last bit
    for i in 1..table.len() {
        let (above, below) = table.split_at_mut(i);
        for (j, row) in above.iter().enumerate() {
            below[0][j] = row[i];
        }
    }
    table
}

/// Makes the vectors orthonormal by Gram & Schmidt, twice. A vector that depends on those
/// before it becomes 0.
fn orthonormalise(basis: &mut [Vec<f64>]) {
    for at in 0..basis.len() {
        let (before, rest) = basis.split_at_mut(at);
        let vector = &mut rest[0];
        let size = dot(vector, vector).sqrt();

        // the second pass removes what rounding errors of the first have left
        for earlier in before.iter().chain(before.iter()) {
            let share = dot(vector, earlier);
            vector
                .iter_mut()
                .zip(earlier)
                .for_each(|(entry, e)| *entry -= share * e);
        }

        let left = dot(vector, vector).sqrt();
        let factor = if left > 1e-12 * size { 1.0 / left } else { 0.0 };
        for entry in vector.iter_mut() {
            *entry *= factor;
        }
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::testing::lines;

    #[test]
    fn separate_topics_are_separate_vectors() {
        // cats alone has length 2, the other two sentences are (1, 1) each: √(2·2) = 2
        let vectors = Vectors::counts(&lines("cats cats cats\ndogs bark\ndogs bark\n"));
        let Singular { values, sentences } = sentence_svd(&vectors, 2);
        assert!((values[0] - 3.0).abs() < 1e-12 && (values[1] - 2.0).abs() < 1e-12);
        let half = 0.5_f64.sqrt();
        for (found, wanted) in sentences[1].iter().zip([0.0, half, half]) {
            assert!((found.abs() - wanted).abs() < 1e-12);
        }
    }

    #[test]
    fn a_large_matrix_has_the_values_of_its_small_self() {
        // every sentence 100 times: the singular values grow by 10
        let text =
            "cats chase mice\nmice eat cheese cheese\ndogs bark\ndogs chase cats\n";
        let small = sentence_svd(&Vectors::counts(&lines(text)), 4);
        let large = sentence_svd(&Vectors::counts(&lines(&text.repeat(100))), 4);
        for (small, large) in small.values.iter().zip(&large.values) {
            assert!((large / small - 10.0).abs() < 1e-6, "{small} {large}");
        }
    }
}
