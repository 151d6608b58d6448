//! The principal eigenvector of links.

use super::Links;

/// Returns the principal eigenvector of symmetric links, with an L1 norm of 1; equal
/// shares if there is no link.
///
/// It is found by powers of `W + c`, in which `c` is half of the mean strength: this
/// matrix has the same eigenvectors and does not alternate between the two sides of a
/// bipartite graph. It stops when the L1 change is below 1e-10, or after 1,000 rounds.
/// Nodes outside the strongest component have 0.
pub fn principal_eigenvector(links: &impl Links) -> Vec<f64> {
    const TOLERANCE: f64 = 1e-10;
    const ROUNDS: usize = 1_000;

    let count = links.len().max(1) as f64;
    let shift = links.strengths().iter().sum::<f64>() / count / 2.0;

    let mut scores = vec![1.0 / count; links.len()];
    let mut next = scores.clone();
    for _ in 0..ROUNDS {
        links.gather(&scores, &mut next);
        next.iter_mut()
            .zip(&scores)
            .for_each(|(next, old)| *next += shift * old);

        let sum: f64 = next.iter().sum();
        // there is no edge
        if sum <= 0.0 {
            break;
        }
        for score in &mut next {
            *score /= sum;
        }

        let change: f64 = next.iter().zip(&scores).map(|(a, b)| (a - b).abs()).sum();
        std::mem::swap(&mut scores, &mut next);
        if change < TOLERANCE {
            break;
        }
    }
    scores
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::Graph;

    #[test]
    fn the_middle_of_a_star_has_the_root_of_its_degree() {
        // eigenvalue √2: (√2, 1, 1) over its sum
        let found = principal_eigenvector(&Graph::from_edges(
            3,
            [(0, 1, 1.0), (0, 2, 1.0)].into_iter(),
        ));
        let root = 2.0_f64.sqrt();
        assert!((found[0] - root / (root + 2.0)).abs() < 1e-8, "{found:?}");
        assert_eq!(
            principal_eigenvector(&Graph::from_edges(2, [].into_iter())),
            [0.5, 0.5]
        );
    }
}
