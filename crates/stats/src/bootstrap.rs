//! A bootstrap whose memory does not grow with the data: means in resamples of
//! observations.

use serde::{Deserialize, Serialize};

use epitome_base::rng;

use super::{exact::WeightedSum, interval::Interval, moments::Moments};

/// The number of times that each resample contains an observation.
///
/// This is a Poisson bootstrap: instead of drawing `n` observations with replacement,
/// each observation has an independent Poisson(1) count in each resample, which is the
/// limit of the former for large `n`. The counts are computed from a hash of (seed,
/// observation, resample). So a resample does not depend on the order of observations or
/// the thread, and systems measured on the same documents share their resamples.
///
/// Hanley & MacGibbon (2006), *Creating non-parametric bootstrap samples using Poisson
/// frequencies*, Computer Methods and Programs in Biomedicine 83(1).
#[derive(Debug, Clone)]
pub struct PoissonBootstrap {
    seed: u64,
    weights: Vec<f64>,
}

impl PoissonBootstrap {
    /// Returns a bootstrap of `resamples` resamples with the random seed `seed`.
    pub fn new(seed: u64, resamples: u32) -> Self {
        Self {
            seed,
            weights: vec![0.0; resamples as usize],
        }
    }

    /// Returns a bootstrap for the corpus number `corpus`, if other corpora may contain
    /// observations with the same names.
    pub fn of_corpus(seed: u64, corpus: usize, resamples: u32) -> Self {
        Self::new(rng::mix(seed, corpus as u64), resamples)
    }

    /// Returns the counts in every resample of the observation called `name`.
    pub fn weights(&mut self, name: &str) -> &[f64] {
        self.weights_of(Self::key(name))
    }

    /// Returns the key of an observation called `name`, on which its counts depend.
    pub fn key(name: &str) -> u64 {
        rng::seed_of(0, name)
    }

    /// Returns the counts in every resample of the observation with this
    /// [`key`](Self::key).
    pub fn weights_of(&mut self, key: u64) -> &[f64] {
        let seed = rng::mix(self.seed, key);
        for (at, pair) in self.weights.chunks_mut(2).enumerate() {
            let bits = rng::mix(seed, at as u64);
            let halves = [bits as u32, (bits >> 32) as u32];
            for (weight, half) in pair.iter_mut().zip(halves) {
                *weight = poisson(half);
            }
        }
        &self.weights
    }
}

/// Returns a Poisson(1) count from 32 random bits, by inversion. Counts above 11, which
/// have less than one chance in 2³², never occur.
///
/// Unless they are all ones, the highest 8 bits leave only two possible counts.
fn poisson(bits: u32) -> f64 {
    let (count, next) = CHOICES[(bits >> 24) as usize];
    let choice = count + u32::from(bits >= next);
    f64::from(if bits >> 24 == 0xFF {
        count_of(bits)
    } else {
        choice
    })
}

/// The values of 2³² · P(count ≤ k) for k = 0, 1, …
const BELOW: [u32; 12] = [
    1_580_030_169,
    3_160_060_337,
    3_950_075_422,
    4_213_413_783,
    4_279_248_374,
    4_292_415_292,
    4_294_609_778,
    4_294_923_276,
    4_294_962_463,
    4_294_966_817,
    4_294_967_253,
    4_294_967_292,
];

/// For each value of the highest 8 bits: the count of the smallest number that begins
/// with them, and the number from which on the count is one more.
const CHOICES: [(u32, u32); 256] = {
    let mut choices = [(0, u32::MAX); 256];
    let mut high = 0;
    while high < 256 {
        let count = count_of((high as u32) << 24);
        let next = if (count as usize) < BELOW.len() {
            BELOW[count as usize]
        } else {
            u32::MAX
        };
        choices[high] = (count, next);
        high += 1;
    }
    choices
};

/// Returns the Poisson(1) count of a 32-bit random number by searching [`BELOW`].
const fn count_of(bits: u32) -> u32 {
    let mut count = 0;
    while count < BELOW.len() && bits >= BELOW[count] {
        count += 1;
    }
    count as u32
}

/// The observations of one mean: their moments, and their sum in every resample. Sums are
/// exact in any order; see [`WeightedSum`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Series {
    moments: Moments,
    /// The number of observations that each resample contains: whole numbers far below
    /// 2⁵³.
    weights: Vec<f64>,
    sum: WeightedSum,
}

impl Series {
    /// Returns a series without observations.
    pub fn new(resamples: u32) -> Self {
        Self {
            moments: Moments::default(),
            weights: vec![0.0; resamples as usize],
            sum: WeightedSum::new(resamples),
        }
    }

    /// Adds an observation with its counts in the resamples.
    pub fn add(&mut self, value: f64, weights: &[f64]) {
        self.moments.add(value);
        for (sum, weight) in self.weights.iter_mut().zip(weights) {
            *sum += weight;
        }
        self.sum.add(value, weights);
    }

    /// Adds the observations of another part, which must have the same number of
    /// resamples.
    pub fn merge(&mut self, other: &Self) {
        self.moments.merge(&other.moments);
        for (sum, weight) in self.weights.iter_mut().zip(&other.weights) {
            *sum += weight;
        }
        self.sum.merge(&other.sum);
    }

    /// Returns the number of resamples.
    pub fn resamples(&self) -> usize {
        self.sum.resamples()
    }

    /// Returns the mean in every resample; `None` for a resample without observations.
    pub(super) fn means(&self) -> impl Iterator<Item = Option<f64>> + '_ {
        let pairs = self.sum.resampled().zip(&self.weights);
        pairs.map(|(sum, &weight)| (weight > 0.0).then(|| sum / weight))
    }

    /// Returns the number of observations.
    pub fn count(&self) -> u64 {
        self.moments.count()
    }

    /// Returns the mean; `None` without observations.
    pub fn mean(&self) -> Option<f64> {
        self.moments.mean()
    }

    /// Returns the mean with its interval at `level`, such as 0.95, which is the one of
    /// its [`Moments`](Moments::interval). Returns `None` with fewer than two
    /// observations, and without resamples.
    pub fn interval(&self, level: f64) -> Option<Interval> {
        self.moments
            .interval(level)
            .filter(|_| self.resamples() > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interval(values: &[f64], seed: u64) -> Interval {
        let mut bootstrap = PoissonBootstrap::new(seed, 1_000);
        let mut series = Series::new(1_000);
        for (at, &value) in values.iter().enumerate() {
            series.add(value, bootstrap.weights(&at.to_string()));
        }
        series.interval(0.95).unwrap()
    }

    #[test]
    fn a_count_is_that_of_the_inverse_on_both_sides_of_every_step() {
        let steps = BELOW.iter().flat_map(|&below| [below - 1, below]);
        let edges = (0..256_u32).flat_map(|high| [high << 24, high << 24 | 0xFF_FFFF]);
        for bits in steps.chain(edges) {
            assert_eq!(poisson(bits), f64::from(count_of(bits)), "{bits}");
        }
    }

    #[test]
    fn counts_are_poisson_with_mean_one() {
        let mut bootstrap = PoissonBootstrap::new(3, 1_000);
        let counts: Vec<f64> = (0..100)
            .flat_map(|at| bootstrap.weights(&at.to_string()).to_vec())
            .collect();
        let share = |wanted: f64| {
            counts.iter().filter(|&&count| count == wanted).count() as f64
                / counts.len() as f64
        };

        let e = std::f64::consts::E;
        for (count, probability) in [
            (0.0, 1.0 / e),
            (1.0, 1.0 / e),
            (2.0, 0.5 / e),
            (3.0, 1.0 / 6.0 / e),
        ] {
            // 100,000 draws: four standard errors are below 0.0061
            assert!(
                (share(count) - probability).abs() < 0.0061,
                "{count}: {}",
                share(count)
            );
        }
    }

    #[test]
    fn equal_observations_have_an_interval_of_no_width() {
        assert_eq!(
            interval(&[0.25; 10], 1),
            Interval {
                mean: 0.25,
                low: 0.25,
                high: 0.25
            }
        );
        assert!(Series::new(10).interval(0.95).is_none());
    }

    #[test]
    fn without_resamples_there_is_a_mean_and_no_interval() {
        let mut series = Series::new(0);
        for value in [0.1, 0.2, 0.4, 0.5] {
            series.add(value, &[]);
        }
        assert!((series.mean().unwrap() - 0.3).abs() < 1e-12);
        assert_eq!(series.interval(0.95), None);
    }

    #[test]
    fn the_interval_is_that_of_the_normal_law_for_many_observations() {
        // 0 and 1 in turn, n = 400: standard error 0.5 / 20 = 0.025
        let values: Vec<f64> = (0..400).map(|at| f64::from(at % 2)).collect();
        let Interval { mean, low, high } = interval(&values, 5);
        assert!((mean - 0.5).abs() < 1e-12);
        assert!((low - (0.5 - 1.96 * 0.025)).abs() < 0.006, "{low}");
        assert!((high - (0.5 + 1.96 * 0.025)).abs() < 0.006, "{high}");
    }

    #[test]
    fn a_95_percent_interval_covers_the_truth_95_times_in_100() {
        let experiments = 1_000;
        let uniform = |experiment: u64, at: u64| {
            rng::mix(experiment + 1_000_000, at) as f64 / u64::MAX as f64
        };
        let covered = (0..experiments).filter(|&experiment| {
            let mut bootstrap = PoissonBootstrap::new(experiment, 400);
            let mut series = Series::new(400);
            for at in 0..100 {
                series.add(uniform(experiment, at), bootstrap.weights(&at.to_string()));
            }
            let interval = series.interval(0.95).unwrap();
            (interval.low..=interval.high).contains(&0.5)
        });
        let share = covered.count() as f64 / experiments as f64;
        assert!((0.93..=0.97).contains(&share), "{share}");
    }
}
