//! Means over several corpora, with documents drawn anew within each.

use std::num::NonZero;

use crate::rng;

use super::{
    Bounds,
    ranks::ranks,
    resample::percentile_interval,
    resampled_means::resampled_means,
    scores::{Scores, Sums},
};

/// The means of the same systems on several corpora in the same number of resamples, the
/// documents of each corpus drawn within it. Large corpora do not outweigh small ones.
///
/// Davison & Hinkley (1997), *Bootstrap methods and their application*, section 3.2.
#[derive(Debug, Clone)]
pub struct Stratified {
    strata: Vec<Sums>,
    resamples: usize,
    systems: usize,
}

impl Stratified {
    /// Resamples corpora, each a [`Scores`] with a column for each system. Every corpus has
    /// streams of its own.
    pub fn new(
        corpora: &[Scores],
        seed: u64,
        resamples: u32,
        jobs: NonZero<usize>,
    ) -> Self {
        let resample = |(at, scores): (usize, &Scores)| {
            resampled_means(scores, rng::mix(seed, at as u64), resamples, jobs)
        };
        Self {
            strata: corpora.iter().enumerate().map(resample).collect(),
            resamples: if corpora.is_empty() { 0 } else { resamples as usize },
            systems: corpora.iter().map(Scores::columns).min().unwrap_or(0),
        }
    }

    /// The interval at `level` of each system's mean over the corpora, each of which counts
    /// the same.
    pub fn means(&self, level: f64) -> Vec<Option<Bounds>> {
        let of = |system: usize| {
            let mean = |resample: usize| {
                let sum: f64 =
                    self.strata.iter().map(|sums| sums.column(system)[resample]).sum();
                sum / self.strata.len() as f64
            };
            percentile_interval((0..self.resamples).map(mean).collect(), level)
        };
        (0..self.systems).map(of).collect()
    }

    /// The interval at `level` of each system's place, 1 for the best, when systems are
    /// ordered by their mean rank over the corpora; equal ones share the better place.
    pub fn places(&self, level: f64) -> Vec<Option<(u32, u32)>> {
        let mut places = vec![Vec::with_capacity(self.resamples); self.systems];
        for resample in 0..self.resamples {
            let mut sums = vec![0.0; self.systems];
            for stratum in &self.strata {
                let means: Vec<f64> = (0..self.systems)
                    .map(|system| stratum.column(system)[resample])
                    .collect();
                for (sum, rank) in sums.iter_mut().zip(ranks(&means)) {
                    *sum += rank;
                }
            }
            for (places, own) in places.iter_mut().zip(&sums) {
                let before = sums.iter().filter(|other| *other < own).count();
                places.push(1 + before as u32);
            }
        }
        places.into_iter().map(|places| place_interval(places, level)).collect()
    }
}

/// The places between which the middle `level` lie, outwards to whole places.
fn place_interval(mut places: Vec<u32>, level: f64) -> Option<(u32, u32)> {
    places.sort_unstable();
    let last = places.len().checked_sub(1)? as f64;
    let tail = (1.0 - level) / 2.0;
    let low = places[(tail * last).floor() as usize];
    Some((low, places[((1.0 - tail) * last).ceil() as usize]))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: NonZero<usize> = NonZero::<usize>::MIN;

    #[test]
    fn each_corpus_counts_the_same() {
        let large = Scores::new(&[&[0.2; 100], &[0.1; 100]]);
        let small = Scores::new(&[&[0.4; 2], &[0.9; 2]]);
        let found = Stratified::new(&[large, small], 1, 20, ONE);
        let [first, second] = found.means(0.95)[..] else { panic!() };
        assert!((first.unwrap().0 - 0.3).abs() < 1e-12);
        assert!((second.unwrap().1 - 0.5).abs() < 1e-12);
        // one win each
        assert_eq!(found.places(0.95), [Some((1, 1)), Some((1, 1))]);
    }

    #[test]
    fn systems_that_resampling_cannot_part_share_places() {
        let column = |shift: usize| -> Vec<f64> {
            (0..50).map(|at| ((at + shift) * 5 % 11) as f64).collect()
        };
        let columns = [column(0).iter().map(|x| x + 9.0).collect(), column(1), column(2)];
        let scores = Scores::new(&columns.each_ref().map(Vec::as_slice));
        let found = Stratified::new(&[scores.clone(), scores], 3, 200, ONE);
        assert_eq!(found.places(0.95), [Some((1, 1)), Some((2, 3)), Some((2, 3))]);
    }

    #[test]
    fn intervals_cover_the_truth_95_times_in_100() {
        let uniform = |seed, at| rng::mix(seed, at) as f64 / u64::MAX as f64;
        let experiments = 600;
        let covered = (0..experiments).filter(|&seed| {
            let corpus = |which: u64, count: u64| -> Vec<f64> {
                (0..count).map(|at| uniform(10 * seed + which, at)).collect()
            };
            let corpora = [corpus(1, 60), corpus(2, 90), corpus(3, 120)];
            let corpora = corpora.each_ref().map(|scores| Scores::new(&[scores]));
            let found = Stratified::new(&corpora, seed, 300, ONE).means(0.95);
            let (low, high) = found[0].unwrap();
            (low..=high).contains(&0.5)
        });
        let share = covered.count() as f64 / experiments as f64;
        assert!((0.93..=0.97).contains(&share), "{share}");
    }

    #[test]
    fn without_corpora_there_is_nothing() {
        let found = Stratified::new(&[], 1, 9, ONE);
        assert!(found.means(0.95).is_empty() && found.places(0.95).is_empty());
    }
}
