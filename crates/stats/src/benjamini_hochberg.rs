//! The correction of p-values that controls the false discovery rate.

/// Returns the p-values of one family in their order, corrected for the false discovery
/// rate: of `m` values the `k`-th smallest becomes `p m / k`, and at most the value after
/// it.
///
/// Benjamini & Hochberg (1995), *Controlling the false discovery rate*, JRSS B 57(1).
pub fn benjamini_hochberg(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]).then(a.cmp(&b)));
    let mut corrected = vec![0.0; values.len()];
    let mut smallest = 1.0_f64;
    for (rank, at) in order.into_iter().enumerate().rev() {
        smallest = smallest.min(values.len() as f64 / (rank + 1) as f64 * values[at]);
        corrected[at] = smallest;
    }
    corrected
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_stays_and_order_is_kept() {
        assert_eq!(
            benjamini_hochberg(&[0.75, 0.125, 0.25]),
            [0.75, 0.375, 0.375]
        );
        assert_eq!(benjamini_hochberg(&[0.5]), [0.5]);
        assert!(benjamini_hochberg(&[]).is_empty());
    }

    #[test]
    fn it_is_never_stricter_than_holm() {
        let values = [0.001, 0.03, 0.04, 0.2, 0.9];
        let pairs = benjamini_hochberg(&values)
            .into_iter()
            .zip(super::super::holm(&values));
        for (fdr, family) in pairs {
            assert!(fdr <= family);
        }
    }
}
