//! The places of systems, with how far documents decide them.

use super::{bootstrap::Series, ranks::ranks};

/// Which values are good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Best {
    /// High ones.
    #[default]
    Highest,
    /// Low ones.
    Lowest,
}

/// The interval at `level` of each system's place among them, 1 for the best, when systems
/// are ordered by their mean rank over the corpora; equal ones share the better place.
/// `corpora` hold a series for each system, in resamples that the series of one corpus
/// share. `None` without resamples, and with fewer than two observations, which resampling
/// cannot vary.
///
/// On one corpus the place is the rank of the mean. Documents are drawn within corpora, so
/// that large corpora do not outweigh small ones: Davison & Hinkley (1997), *Bootstrap
/// methods and their application*, section 3.2.
pub fn places(
    corpora: &[Vec<&Series>],
    best: Best,
    level: f64,
) -> Vec<Option<(u32, u32)>> {
    let systems = corpora.iter().map(Vec::len).min().unwrap_or(0);
    let means: Vec<Vec<Vec<f64>>> = corpora
        .iter()
        .map(|corpus| {
            corpus
                .iter()
                .map(|series| resampled(series, best))
                .collect()
        })
        .collect();
    let resamples = means.iter().flatten().map(Vec::len).min().unwrap_or(0);

    let mut places = vec![Vec::with_capacity(resamples); systems];
    for resample in 0..resamples {
        let mut sums = vec![0.0; systems];
        for corpus in &means {
            let of_resample: Vec<f64> =
                corpus.iter().map(|column| column[resample]).collect();
            for (sum, rank) in sums.iter_mut().zip(ranks(&of_resample)) {
                *sum += rank;
            }
        }
        for (places, own) in places.iter_mut().zip(&sums) {
            let before = sums.iter().filter(|other| *other < own).count();
            places.push(1 + before as u32);
        }
    }

    let is_seen = |system: usize| corpora.iter().all(|corpus| corpus[system].count() > 1);
    let of = |(system, places)| place_interval(places, level).filter(|_| is_seen(system));
    places.into_iter().enumerate().map(of).collect()
}

/// The means in the resamples, those of low values turned round; one without observations
/// is behind all others.
fn resampled(series: &Series, best: Best) -> Vec<f64> {
    let sign = match best {
        Best::Highest => 1.0,
        Best::Lowest => -1.0,
    };
    series
        .means()
        .map(|mean| mean.map_or(f64::NEG_INFINITY, |it| sign * it))
        .collect()
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
    use crate::PoissonBootstrap;

    /// Returns the series of columns over the same documents.
    fn series<const N: usize>(
        documents: u32,
        of: impl Fn(u32) -> [f64; N],
    ) -> [Series; N] {
        let mut bootstrap = PoissonBootstrap::new(1, 200);
        let mut all = [(); N].map(|()| Series::new(200));
        for at in 0..documents {
            let weights = bootstrap.weights(&at.to_string()).to_vec();
            for (series, value) in all.iter_mut().zip(of(at)) {
                series.add(value, &weights);
            }
        }
        all
    }

    #[test]
    fn places_that_resampling_cannot_part_are_shared() {
        let all = series(50, |at| {
            let noise = f64::from(at % 7);
            [100.0 + noise, noise, f64::from((at + 3) % 7)]
        });
        let corpus: Vec<&Series> = all.iter().collect();
        let shared = [Some((1, 1)), Some((2, 3)), Some((2, 3))];
        assert_eq!(
            places(std::slice::from_ref(&corpus), Best::Highest, 0.95),
            shared
        );
        assert_eq!(
            places(&[corpus.clone(), corpus], Best::Highest, 0.95),
            shared
        );
    }

    #[test]
    fn each_corpus_counts_the_same() {
        let (large, small) = (series(100, |_| [0.2, 0.1]), series(20, |_| [0.4, 0.9]));
        let corpora = [large.iter().collect(), small.iter().collect()];
        // one win each
        assert_eq!(
            places(&corpora, Best::Highest, 0.95),
            [Some((1, 1)), Some((1, 1))]
        );
    }

    #[test]
    fn without_observations_or_resamples_there_is_no_place() {
        assert_eq!(
            places(&[vec![&Series::new(9)]], Best::Highest, 0.95),
            [None]
        );
        assert!(places(&[], Best::Highest, 0.95).is_empty());
        let mut none = Series::new(0);
        none.add(0.5, &[]);
        assert_eq!(places(&[vec![&none]], Best::Highest, 0.95), [None]);
        let [alone] = series(1, |_| [0.5]);
        assert_eq!(places(&[vec![&alone]], Best::Highest, 0.95), [None]);
    }

    #[test]
    fn the_lowest_is_first_where_low_values_are_good() {
        let all = series(50, |at| [2.0, f64::from(at % 2), 1.9]);
        let corpus = [all.iter().collect()];
        let found = places(&corpus, Best::Lowest, 0.95);
        assert_eq!(found, [Some((3, 3)), Some((1, 1)), Some((2, 2))]);
    }
}
