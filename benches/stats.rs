//! Resampling at the size of a large comparison: `cargo bench --bench stats`.
//!
//! 10,000 resamples of 1,000 documents under 20 systems and 10 metrics, on two threads:
//! intervals of all means, and p-values of all pairs of systems under every metric.

use std::{hint::black_box, num::NonZero, time::Duration};

use criterion::Criterion;
use epitome::{
    rng,
    stats::{Randomisation, Scores, percentile_bounds, resampled_means},
};

const DOCUMENTS: u64 = 1_000;
const SYSTEMS: usize = 20;
const METRICS: usize = 10;
const RESAMPLES: u32 = 10_000;

fn main() {
    let Some(two) = NonZero::new(2) else { return };
    let column = |column: u64| -> Vec<f64> {
        let score = |document| rng::mix(column, document) as f64 / u64::MAX as f64;
        (0..DOCUMENTS).map(score).collect()
    };
    let columns: Vec<Vec<f64>> = (0..(SYSTEMS * METRICS) as u64).map(column).collect();
    let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    let scores = Scores::new(&columns);

    let mut criterion = Criterion::default()
        .without_plots()
        .sample_size(10)
        .measurement_time(Duration::from_secs(8))
        .configure_from_args();
    let mut group = criterion.benchmark_group("stats");
    group.bench_function("resampled means", |bencher| {
        bencher.iter(|| resampled_means(black_box(&scores), 1, RESAMPLES, two));
    });
    group.bench_function("resampled means and intervals", |bencher| {
        bencher.iter(|| {
            let sums = resampled_means(black_box(&scores), 1, RESAMPLES, two);
            (0..columns.len())
                .map(|column| percentile_bounds(sums.column(column), 0.95))
                .collect::<Vec<_>>()
        });
    });
    group.bench_function("randomisation of all pairs", |bencher| {
        bencher.iter(|| {
            let test = Randomisation::new(black_box(&scores), 1, RESAMPLES, two);
            let mut found = Vec::new();
            for metric in 0..METRICS {
                for a in 0..SYSTEMS {
                    for b in a + 1..SYSTEMS {
                        let [a, b] = [a, b].map(|system| metric * SYSTEMS + system);
                        let both = columns[a].iter().zip(columns[b]);
                        let differences: Vec<f64> = both.map(|(a, b)| a - b).collect();
                        found.push(test.p(a, b, &differences));
                    }
                }
            }
            found
        });
    });
    group.finish();
}
