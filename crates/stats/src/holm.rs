//! The correction of p-values that controls the family-wise error rate.

/// Returns the corrected p-values of one family in their order: of `m` values the `k`-th
/// smallest becomes `(m − k + 1) p`, at least the value before it and at most 1.
///
/// Holm (1979), *A simple sequentially rejective multiple test procedure*, Scandinavian
/// Journal of Statistics 6.
pub fn holm(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]).then(a.cmp(&b)));
    let mut corrected = vec![0.0; values.len()];
    let mut largest = 0.0_f64;
    for (rank, at) in order.into_iter().enumerate() {
        largest = largest
            .max((values.len() - rank) as f64 * values[at])
            .min(1.0);
        corrected[at] = largest;
    }
    corrected
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_is_multiplied_by_all_and_order_is_kept() {
        assert_eq!(holm(&[0.25, 0.01, 0.02]), [0.25, 0.03, 0.04]);
        assert_eq!(holm(&[0.5, 0.4, 0.6]), [1.0, 1.0, 1.0]);
        assert_eq!(holm(&[0.01, 0.0075]), [0.015, 0.015]);
        assert!(holm(&[]).is_empty());
    }
}
