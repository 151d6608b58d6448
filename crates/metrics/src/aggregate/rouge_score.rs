//! The confidence intervals of rouge-score.

use std::{sync::mpsc, thread};

use super::mersenne_twister::MersenneTwister;

/// Quantiles of the resamples' means, named as rouge-score's aggregator does.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Quantiles {
    /// The lower end of the interval.
    pub low: f64,
    /// The *median* of the resamples' means; rouge-score's documentation calls it the
    /// mean.
    pub mid: f64,
    /// The upper end of the interval.
    pub high: f64,
}

/// Returns what rouge-score's `BootstrapAggregator` returns after `np.random.seed(seed)`.
///
/// `metrics` are in the order in which scores were first added: the draws of one metric
/// follow those of the one before. Each contains an item for each document: precision,
/// recall and F. `confidence` is a share of 1. The complexity is
/// `O(metrics · items · resamples)`; one thread draws while this one adds.
///
/// rouge-score is unseeded by default and then returns other numbers at every call.
pub fn quantiles(
    metrics: &[&[[f64; 3]]],
    seed: u32,
    resamples: usize,
    confidence: f64,
) -> Vec<[Quantiles; 3]> {
    let mut random = MersenneTwister::seeded(seed);
    quantiles_with(metrics, &mut random, resamples, confidence)
}

/// As [`quantiles`], with the draws of a generator, which is left in the state after them.
pub fn quantiles_with(
    metrics: &[&[[f64; 3]]],
    random: &mut MersenneTwister,
    resamples: usize,
    confidence: f64,
) -> Vec<[Quantiles; 3]> {
    let blocks = || {
        metrics.iter().enumerate().flat_map(move |(metric, items)| {
            let most = resamples_of_block(items.len());
            let starts = (0..resamples).step_by(most);
            starts.map(move |start| (metric, most.min(resamples - start)))
        })
    };

    let mut means = vec![Vec::with_capacity(resamples); metrics.len()];
    let rows: Vec<Vec<Row>> = metrics.iter().map(|items| rows(items)).collect();

    // blocks go back to the thread that draws, to be filled again
    let (drawn, to_add) = mpsc::sync_channel::<Vec<u32>>(BLOCKS);
    let (added, to_draw) = mpsc::channel();

    let fill =
        |random: &mut MersenneTwister, metric: usize, resamples, block: &mut Vec<u32>| {
            let items = metrics[metric].len();
            block.resize(resamples * items, 0);
            if items > 0 {
                random.fill_below(items as u32, block);
            }
        };
    let has_thread = thread::scope(|scope| {
        let random = &mut *random;
        let draw = move || {
            for (metric, resamples) in blocks() {
                let mut block: Vec<u32> = to_draw.try_recv().unwrap_or_default();
                fill(random, metric, resamples, &mut block);
                if drawn.send(block).is_err() {
                    return;
                }
            }
        };
        if thread::Builder::new().spawn_scoped(scope, draw).is_err() {
            return false;
        }
        for ((metric, resamples), block) in blocks().zip(to_add) {
            add_block(&rows[metric], resamples, &block, &mut means[metric]);
            let _ = added.send(block); // the last blocks are not needed again
        }
        true
    });

    // this thread draws if the system starts no other
    if !has_thread {
        let mut block = Vec::new();
        for (metric, resamples) in blocks() {
            fill(random, metric, resamples, &mut block);
            add_block(&rows[metric], resamples, &block, &mut means[metric]);
        }
    }

    means
        .into_iter()
        .map(|means| columns(&means, confidence))
        .collect()
}

/// The largest number of blocks of draws that wait to be added.
const BLOCKS: usize = 2;

/// The number of resamples that are summed side by side, so that the additions of one
/// need not wait for those of another.
const LANES: usize = 4;

/// The approximate number of draws in a block, chosen to stay in a core's cache.
const DRAWS: usize = 1 << 15;

/// Returns the number of resamples in a block, a multiple of [`LANES`].
fn resamples_of_block(items: usize) -> usize {
    LANES * (DRAWS / LANES / items.max(1)).max(1)
}

/// Precision, recall and F of one document, aligned to half a cache line.
#[derive(Debug, Clone, Copy)]
#[repr(align(32))]
struct Row([f64; 4]);

fn rows(items: &[[f64; 3]]) -> Vec<Row> {
    items.iter().map(|&[p, r, f]| Row([p, r, f, 0.0])).collect()
}

/// Appends the means of a block's resamples to `means`.
fn add_block(rows: &[Row], resamples: usize, draws: &[u32], means: &mut Vec<[f64; 3]>) {
    let items = rows.len();
    let mut add = |sums: &[f64; 4]| {
        let [p, r, f, _] = sums.map(|sum| sum / (items as f64).max(1.0));
        means.push([p, r, f]);
    };

    let together = resamples / LANES * LANES;
    for start in (0..together).step_by(LANES) {
        let lanes = std::array::from_fn(|lane| &draws[(start + lane) * items..][..items]);
        sums::<LANES>(rows, lanes).iter().for_each(&mut add);
    }

    for start in together..resamples {
        sums(rows, [&draws[start * items..][..items]])
            .iter()
            .for_each(&mut add);
    }
}

/// Returns the sums of the rows that are drawn, added one after the other as numpy does.
fn sums<const LANES: usize>(rows: &[Row], draws: [&[u32]; LANES]) -> [[f64; 4]; LANES] {
    let mut sums = [[0.0; 4]; LANES];
    for at in 0..rows.len() {
        for (sums, draws) in sums.iter_mut().zip(draws) {
            let Row(row) = &rows[draws[at] as usize];
            for (sum, value) in sums.iter_mut().zip(row) {
                *sum += value;
            }
        }
    }
    sums
}

/// Returns the quantiles of precision, recall and F from the resamples' means.
fn columns(means: &[[f64; 3]], confidence: f64) -> [Quantiles; 3] {
    std::array::from_fn(|column| {
        let mut values: Vec<f64> = means.iter().map(|mean| mean[column]).collect();
        values.sort_unstable_by(f64::total_cmp);
        let delta = (1.0 - confidence) / 2.0;
        Quantiles {
            low: quantile(&values, delta),
            mid: quantile(&values, 0.5),
            high: quantile(&values, 1.0 - delta),
        }
    })
}

/// Returns the quantile of sorted values with linear interpolation, as `np.percentile`
/// does.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else {
        return 0.0;
    };
    let place = last as f64 * (100.0 * share / 100.0);
    let below = (place.floor() as usize).min(last);
    let (low, high) = (sorted[below], sorted[(below + 1).min(last)]);
    let fraction = place - place.floor();
    // numpy interpolates from the nearer end, which matters for rounding
    if fraction < 0.5 {
        low + (high - low) * fraction
    } else {
        high - (high - low) * (1.0 - fraction)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_lie_between_values() {
        assert_eq!(quantile(&[1.0, 2.0, 4.0], 0.5), 2.0);
        assert_eq!(quantile(&[1.0, 2.0, 4.0], 0.25), 1.5);
        assert_eq!((quantile(&[3.0], 0.975), quantile(&[], 0.5)), (3.0, 0.0));
    }

    #[test]
    fn equal_items_have_no_spread() {
        let half = Quantiles {
            low: 0.5,
            mid: 0.5,
            high: 0.5,
        };
        assert_eq!(quantiles(&[&[[0.5; 3]; 4]], 0, 10, 0.95), [[half; 3]]);
        let nothing = Quantiles::default();
        assert_eq!(quantiles(&[&[]], 0, 10, 0.95), [[nothing; 3]]);
        assert_eq!(quantiles(&[&[[0.5; 3]]], 0, 0, 0.95), [[nothing; 3]]);
    }
}
