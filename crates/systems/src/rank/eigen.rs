//! Eigenvalues of small dense symmetric matrices.

/// The eigenvalues of a matrix, in falling order, with unit eigenvectors. Made by
/// [`eigen`].
#[derive(Debug, Clone, PartialEq)]
pub struct Eigen {
    /// The eigenvalues, in falling order.
    pub values: Vec<f64>,
    /// The eigenvector of each eigenvalue.
    pub vectors: Vec<Vec<f64>>,
}

/// Returns all eigenvalues of the symmetric `matrix`, which is given by rows. `O(n³)`,
/// about `9 n³` multiplications; too slow above some hundreds of rows.
///
/// Householder's reduction to three diagonals, then QL with implicit shifts: Golub & Van
/// Loan, *Matrix Computations*, 8.3. The sign of an eigenvector is arbitrary; here the
/// entry of the largest magnitude of each is positive.
pub fn eigen(mut matrix: Vec<Vec<f64>>) -> Eigen {
    // `matrix` becomes the orthogonal matrix whose rows turn into the eigenvectors
    let (mut diagonal, mut beside) = tridiagonal(&mut matrix);
    diagonalise(&mut diagonal, &mut beside, &mut matrix);

    let mut order: Vec<usize> = (0..diagonal.len()).collect();
    order.sort_by(|&a, &b| diagonal[b].total_cmp(&diagonal[a]).then(a.cmp(&b)));

    for vector in &mut matrix {
        let largest = vector
            .iter()
            .fold(0.0, |a: f64, &b| if b.abs() > a.abs() { b } else { a });
        if largest < 0.0 {
            for entry in vector.iter_mut() {
                *entry = -*entry;
            }
        }
    }

    Eigen {
        values: order.iter().map(|&at| diagonal[at]).collect(),
        vectors: order
            .iter()
            .map(|&at| std::mem::take(&mut matrix[at]))
            .collect(),
    }
}

/// Reduces `a` to its diagonal and the entries beside it (`beside[i]` is between `i` and
/// `i + 1`), which are returned; `a` becomes `Q` with `A = Qᵀ T Q`, by rows.
fn tridiagonal(a: &mut [Vec<f64>]) -> (Vec<f64>, Vec<f64>) {
    let n = a.len();
    let mut beside = vec![0.0; n];
    let mut reflectors: Vec<Vec<f64>> = Vec::with_capacity(n);
    for k in 0..n.saturating_sub(2) {
        // a reflector that turns column k below the diagonal into its first entry
        let mut v: Vec<f64> = (0..n).map(|i| if i > k { a[i][k] } else { 0.0 }).collect();
        let norm = super::length(v[k + 1..].iter().copied());
        let tail = super::length(v[k + 2..].iter().copied());

        if tail == 0.0 {
            beside[k] = v[k + 1];
            reflectors.push(Vec::new());
            continue;
        }

        let target = if v[k + 1] > 0.0 { -norm } else { norm };
        beside[k] = target;
        v[k + 1] -= target;

        let size = super::length(v[k + 1..].iter().copied());
        v[k + 1..].iter_mut().for_each(|entry| *entry /= size);
        reflect_both_sides(a, &v, k + 1);
        reflectors.push(v);
    }

    if n >= 2 {
        beside[n - 2] = a[n - 1][n - 2];
    }

    let diagonal = (0..n).map(|i| a[i][i]).collect();
    identity(a);
    for v in reflectors.iter().rev().filter(|v| !v.is_empty()) {
        reflect_columns(a, v);
    }
    (diagonal, beside)
}

/// Computes `H A H` with `H = 1 − 2 v vᵀ` on the rows and columns from `from` on, which
/// are the only ones that are still needed.
#[expect(clippy::many_single_char_names, reason = "the letters of the book")]
fn reflect_both_sides(a: &mut [Vec<f64>], v: &[f64], from: usize) {
    let n = a.len();
    let p: Vec<f64> = (from..n)
        .map(|i| {
            a[i][from..]
                .iter()
                .zip(&v[from..])
                .map(|(a, v)| a * v)
                .sum()
        })
        .collect();

    let half: f64 = p.iter().zip(&v[from..]).map(|(p, v)| p * v).sum();
    let w: Vec<f64> = p
        .iter()
        .zip(&v[from..])
        .map(|(p, v)| p - half * v)
        .collect();

    for i in from..n {
        for j in from..n {
            a[i][j] -= 2.0 * (v[i] * w[j - from] + w[i - from] * v[j]);
        }
    }
}

/// Sets `a` to the identity matrix.
fn identity(a: &mut [Vec<f64>]) {
    for (at, row) in a.iter_mut().enumerate() {
        row.fill(0.0);
        row[at] = 1.0;
    }
}

/// Computes `A H` for each row of `A`.
fn reflect_columns(a: &mut [Vec<f64>], v: &[f64]) {
    for row in a {
        let dot: f64 = row.iter().zip(v).map(|(a, v)| a * v).sum();
        row.iter_mut().zip(v).for_each(|(a, v)| *a -= 2.0 * dot * v);
    }
}

/// Makes the matrix of diagonal `d` and entries `e` beside it diagonal, by QL with
/// implicit Wilkinson shifts. The rows of `q` are rotated in the same way and become the
/// eigenvectors.
fn diagonalise(d: &mut [f64], e: &mut [f64], q: &mut [Vec<f64>]) {
    // each eigenvalue needs two or three rounds
    const ROUNDS: usize = 64;
    let n = d.len();
    for low in 0..n {
        for _ in 0..ROUNDS {
            let high = (low..n - 1)
                .find(|&m| e[m].abs() <= f64::EPSILON * (d[m].abs() + d[m + 1].abs()))
                .unwrap_or(n - 1);
            if high == low {
                break;
            }
            ql_step(d, e, q, low, high);
        }
    }
}

/// Performs one sweep over the block from `low` to `high`.
#[expect(clippy::many_single_char_names, reason = "the letters of the book")]
fn ql_step(d: &mut [f64], e: &mut [f64], q: &mut [Vec<f64>], low: usize, high: usize) {
    let half = (d[low + 1] - d[low]) / (2.0 * e[low]);
    let root = half.hypot(1.0).copysign(half);
    let mut g = d[high] - d[low] + e[low] / (half + root);
    let (mut sine, mut cosine, mut shift) = (1.0, 1.0, 0.0);

    for i in (low..high).rev() {
        let (f, b) = (sine * e[i], cosine * e[i]);
        let r = f.hypot(g);
        if i + 1 < high {
            e[i + 1] = r;
        }

        // the block has split by itself
        if r == 0.0 {
            d[i + 1] -= shift;
            e[high] = 0.0;
            return;
        }

        (sine, cosine) = (f / r, g / r);
        g = d[i + 1] - shift;
        let turn = (d[i] - g) * sine + 2.0 * cosine * b;
        shift = sine * turn;
        d[i + 1] = g + shift;
        g = cosine * turn - b;
        rotate(q, i, sine, cosine);
    }

    d[low] -= shift;
    e[low] = g;
}

/// Rotates the rows `i` and `i + 1` of `q`.
fn rotate(q: &mut [Vec<f64>], i: usize, sine: f64, cosine: f64) {
    let (above, below) = q.split_at_mut(i + 1);
    for (a, b) in above[i].iter_mut().zip(&mut below[0]) {
        let old = *b;
        *b = sine * *a + cosine * old;
        *a = cosine * *a - sine * old;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn two_by_two() {
        // (2 1; 1 2) has 3 along (1, 1) and 1 along (1, −1)
        let found = eigen(vec![vec![2.0, 1.0], vec![1.0, 2.0]]);
        assert!((found.values[0] - 3.0).abs() < 1e-14);
        assert!((found.values[1] - 1.0).abs() < 1e-14);
        assert!((found.vectors[0][0] - found.vectors[0][1]).abs() < 1e-14);
    }

    #[test]
    fn nothing_has_no_eigenvalues() {
        assert_eq!(eigen(Vec::new()).values, [0.0; 0]);
        assert_eq!(eigen(vec![vec![5.0]]).values, [5.0]);
        assert_eq!(eigen(vec![vec![0.0; 3]; 3]).values, [0.0; 3]);
    }

    proptest! {
        #[test]
        fn vectors_are_stretched_by_their_values(
            n in 1_usize..14,
            entries in prop::collection::vec(-2_i32..3, 196),
        ) {
            let at = |i: usize, j: usize| f64::from(entries[i.min(j) * 14 + i.max(j)]);
            let matrix: Vec<Vec<f64>> =
                (0..n).map(|i| (0..n).map(|j| at(i, j)).collect()).collect();
            let Eigen { values, vectors } = eigen(matrix.clone());
            for (value, vector) in values.iter().zip(&vectors) {
                prop_assert!((super::super::length(vector.iter().copied()) - 1.0).abs() < 1e-12);
                for (row, entry) in matrix.iter().zip(vector) {
                    let product: f64 = row.iter().zip(vector).map(|(a, b)| a * b).sum();
                    prop_assert!((product - value * entry).abs() < 1e-11);
                }
            }
            prop_assert!(values.is_sorted_by(|a, b| a >= b));
        }
    }
}
