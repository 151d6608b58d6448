//! Bootstrap intervals.

use epitome::rng;

const RESAMPLES: u64 = 2_000;

/// The central 95 % of a statistic over resamples of `count` items; the statistic is
/// given how often each item was drawn.
pub(crate) fn interval(count: usize, statistic: impl Fn(&[u32]) -> f64) -> (f64, f64) {
    let resample = |number: u64| {
        let mut drawn = vec![0; count];
        for at in 0..count as u64 {
            drawn[rng::below(rng::mix(number, at), count)] += 1;
        }
        statistic(&drawn)
    };
    let mut values: Vec<f64> = (0..RESAMPLES).map(resample).collect();
    values.sort_by(f64::total_cmp);
    let at = |share: f64| values[(share * (values.len() - 1) as f64).round() as usize];
    (at(0.025), at(0.975))
}
