//! Ranks of systems in blocks, which are corpora or documents.

/// The difference, relative to the largest value, up to which values are equal: they may be
/// sums in another order.
const ROUNDING: f64 = 1e-12;

/// Returns the rank of each value, 1 for the highest. Values that are equal to 12 digits
/// of the largest have the mean of their ranks.
pub fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[b].total_cmp(&values[a]).then(a.cmp(&b)));
    let largest = values
        .iter()
        .fold(0.0, |largest: f64, value| largest.max(value.abs()));

    let mut ranks = vec![0.0; values.len()];
    let mut before = 0;
    for tied in order.chunk_by(|&a, &b| values[a] - values[b] <= ROUNDING * largest) {
        for &at in tied {
            ranks[at] = before as f64 + f64::midpoint(tied.len() as f64, 1.0);
        }
        before += tied.len();
    }
    ranks
}

/// Returns the mean rank of each system over blocks of one value per system.
pub fn mean_ranks(blocks: &[Vec<f64>]) -> Vec<f64> {
    let systems = blocks.first().map_or(0, Vec::len);
    let mut sums = vec![0.0; systems];
    for block in blocks {
        for (sum, rank) in sums.iter_mut().zip(ranks(block)) {
            *sum += rank;
        }
    }
    sums.into_iter()
        .map(|sum| sum / blocks.len() as f64)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equals_share_the_mean_of_their_places() {
        assert_eq!(ranks(&[0.2, 0.5, 0.1 + 0.1, 0.9]), [3.5, 2.0, 3.5, 1.0]);
        assert_eq!(ranks(&[7.0]), [1.0]);
        assert!(ranks(&[]).is_empty());
    }

    #[test]
    fn ranks_are_averaged_over_blocks() {
        assert_eq!(mean_ranks(&[vec![1.0, 2.0], vec![1.0, 1.0]]), [1.75, 1.25]);
        assert!(mean_ranks(&[]).is_empty());
    }
}
