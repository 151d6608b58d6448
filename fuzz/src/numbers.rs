//! Statistics on any scores.

use epitome::stats::{
    Coefficient, Moments, benjamini_hochberg, cliffs_delta, difference_interval,
    friedman, holm, median, nemenyi, ranks, sign_flips, standardised_difference,
    wilcoxon, williams, wins,
};

/// Returns the probability that is checked to be one.
fn probability(p: f64) {
    assert!((0.0..=1.0).contains(&p), "{p} is no probability");
}

/// Reads pairs of scores, each of four bytes, and computes every statistic of two systems.
pub fn statistics(data: &[u8]) {
    let score =
        |bytes: &[u8]| f64::from(i16::from_le_bytes([bytes[0], bytes[1]])) / 256.0;
    let pairs = data.chunks_exact(4).take(200);
    let (a, b): (Vec<f64>, Vec<f64>) =
        pairs.map(|pair| (score(pair), score(&pair[2..]))).unzip();
    let differences: Vec<f64> = a.iter().zip(&b).map(|(a, b)| a - b).collect();

    let mut values = vec![sign_flips(&differences).0];
    values.extend(wilcoxon(&a, &b).map(|it| it.p));
    let blocks: Vec<Vec<f64>> = a
        .iter()
        .zip(&b)
        .map(|(&a, &b)| vec![a, b, a.min(b)])
        .collect();
    if let Some(found) = friedman(&blocks) {
        values.push(found.p);
    }
    if let [first, second, third, ..] = a.as_slice() {
        let correlation = |value: &f64| (value / 128.0).clamp(-1.0, 1.0);
        let found = williams(
            correlation(first),
            correlation(second),
            correlation(third),
            a.len() + 2,
        );
        values.extend(found.map(|it| it.p));
        values.push(nemenyi(first.abs(), 2 + a.len() % 30, b.len()));
    }
    values.iter().copied().for_each(probability);

    for adjusted in [holm(&values), benjamini_hochberg(&values)] {
        assert_eq!(adjusted.len(), values.len());
        for (adjusted, value) in adjusted.iter().zip(&values) {
            probability(*adjusted);
            assert!(adjusted >= value, "{adjusted} of {value}");
        }
    }

    let all = ranks(&a);
    let sum = (a.len() * (a.len() + 1)) as f64 / 2.0;
    assert!((all.iter().sum::<f64>() - sum).abs() < 1e-6, "{all:?}");
    let counted = wins(&a, &b);
    let _ = (counted, standardised_difference(&a, &b));
    if let Some(delta) = cliffs_delta(&a, &b) {
        assert!((-1.0..=1.0).contains(&delta), "{delta}");
    }

    let intervals = [
        difference_interval(&a, &b, 0.95),
        median(&a, 0.95).map(|it| (it.low, it.high)),
        Moments::of(a.iter().copied())
            .interval(0.95)
            .map(|it| (it.low, it.high)),
    ];
    for (low, high) in intervals.into_iter().flatten() {
        assert!(low <= high, "{low} to {high}");
    }
    for coefficient in Coefficient::ALL {
        if let Some(found) = coefficient.of(&a, &b) {
            assert!((-1.0 - 1e-9..=1.0 + 1e-9).contains(&found), "{found}");
        }
    }
}
