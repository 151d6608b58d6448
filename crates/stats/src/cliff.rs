//! An effect size: how often the score of one system is above that of the other, whatever
//! the document.

/// Returns Cliff's delta: the share of pairs of a score of `a` and a score of `b` in
/// which that of `a` is higher, minus the share in which it is lower. It is from −1 to 1,
/// and `None` if there are no pairs.
///
/// Scores are not paired by document. The complexity is `O((n + m) log m)`.
///
/// Cliff (1993), *Dominance statistics*, Psychological Bulletin 114(3).
pub fn cliffs_delta(a: &[f64], b: &[f64]) -> Option<f64> {
    let mut sorted = b.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let pairs = a.len() as f64 * b.len() as f64;
    let balances = a.iter().map(|&value| {
        let below = sorted.partition_point(|&other| other < value);
        let above = sorted.len() - sorted.partition_point(|&other| other <= value);
        below as f64 - above as f64
    });
    (pairs > 0.0).then(|| balances.sum::<f64>() / pairs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_counts_pairs() {
        // 3 is above both, 2 above one and equal to one: (2 + 1) / 4
        assert_eq!(cliffs_delta(&[3.0, 2.0], &[1.0, 2.0]), Some(0.75));
        assert_eq!(cliffs_delta(&[1.0, 2.0], &[3.0, 2.0]), Some(-0.75));
        assert_eq!(cliffs_delta(&[1.0, 2.0], &[1.0, 2.0]), Some(0.0));
        assert_eq!(cliffs_delta(&[], &[1.0]), None);
    }
}
