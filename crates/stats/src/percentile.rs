//! Percentiles: the values below which a share of others lies.

/// Returns the value below which a share of `sorted` lies, linearly interpolated; `None`
/// without values.
pub(super) fn percentile(sorted: &[f64], share: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let place = share * last as f64;
    let below = place.floor();
    let low = sorted[below as usize];
    let high = sorted[(below as usize + 1).min(last)];
    Some(low + (high - low) * (place - below))
}

/// Returns the [`percentile`] of values in any order, which are reordered. The complexity
/// is `O(n)`.
pub(super) fn percentile_of(values: &mut [f64], share: f64) -> Option<f64> {
    let last = values.len().checked_sub(1)?;
    let place = share * last as f64;
    let below = place.floor();
    let (_, &mut low, above) =
        values.select_nth_unstable_by(below as usize, f64::total_cmp);
    let high = above.iter().copied().min_by(f64::total_cmp).unwrap_or(low);
    Some(low + (high - low) * (place - below))
}
