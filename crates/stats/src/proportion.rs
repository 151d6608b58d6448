//! Intervals of a share of hits, and of the difference of two shares.

use super::{interval::Bounds, special::incomplete_beta};

/// The interval at `level` of a share of which `hits` of `count` documents are known:
/// [`jeffreys`], but if there is no hit, up to the share that leaves no hit a chance of
/// `1 − level`: `1 − (1 − level)^(1/n)`, 3/n for 0.95; mirrored if there are only hits.
///
/// Without that bound, the interval covers 89 % of shares near 2.5/n, since the interval of
/// no hit ends below them.
///
/// Brown, Cai & `DasGupta` (2001), *Interval estimation for a binomial proportion*,
/// Statistical Science 16(2), who put `(1 − level) / 2` into the bound; Hanley &
/// Lippman-Hand (1983), *If nothing goes wrong, is everything all right?*, JAMA 249(13):
/// no error is possible on the other side, so that all of it is on this one.
pub(super) fn of_hits(hits: f64, count: f64, level: f64) -> Bounds {
    let certain = (1.0 - level).powf(1.0 / count);
    if hits <= 0.0 {
        return (0.0, 1.0 - certain);
    }
    if hits >= count {
        return (certain, 1.0);
    }
    jeffreys(hits, count, level)
}

/// The interval at `level` of the difference of the shares of documents on which the first
/// or the second of two is better, from how often each was better of `count` times.
///
/// ```text
/// p − q ∓ √((p − l)² − 2 r (p − l) (u − q) + (u − q)²),   r = −√(p q / ((1 − p) (1 − q)))
/// ```
///
/// `l` and `u` are the bounds of the two shares by [`jeffreys`] on the side in question,
/// and `r` is the correlation of the two counts.
///
/// Zou & Donner (2008), *Construction of confidence limits about effect measures: a general
/// approach*, Statistics in Medicine 27(10): the method of variance estimates recovery,
/// with their term for estimates that are correlated.
pub(super) fn of_discordant(better: f64, worse: f64, count: f64, level: f64) -> Bounds {
    let (p, q) = (better / count, worse / count);
    let (of_p, of_q) = (
        jeffreys(better, count, level),
        jeffreys(worse, count, level),
    );
    let correlation = match (1.0 - p) * (1.0 - q) {
        rest if rest > 0.0 => -(p * q / rest).sqrt(),
        _ => 0.0, // all documents differ in one direction
    };
    let together = |a: f64, b: f64| (a * a - 2.0 * correlation * a * b + b * b).sqrt();
    let low = p - q - together(p - of_p.0, of_q.1 - q);
    let high = p - q + together(of_p.1 - p, q - of_q.0);
    (low.max(-1.0), high.min(1.0))
}

/// Jeffreys' interval: equal tails of the beta law with `hits + ½` and `misses + ½`, from 0
/// if there is no hit, to 1 if there are only hits.
fn jeffreys(hits: f64, count: f64, level: f64) -> Bounds {
    let (a, b) = (hits + 0.5, count - hits + 0.5);
    let tail = (1.0 - level) / 2.0;
    let low = if hits <= 0.0 {
        0.0
    } else {
        beta_quantile(tail, a, b)
    };
    // the upper quantile is the lower one of misses, where small ones keep their digits
    let high = if hits >= count {
        1.0
    } else {
        1.0 - beta_quantile(tail, b, a)
    };
    (low, high)
}

/// The value that a beta variable with `a` and `b` is below with a given `chance`, by
/// halving until neighbouring numbers are left of it.
fn beta_quantile(chance: f64, a: f64, b: f64) -> f64 {
    let (mut below, mut above) = (0.0, 1.0);
    for _ in 0..64 {
        let middle = f64::midpoint(below, above);
        match incomplete_beta([middle, 1.0 - middle], a, b) < chance {
            true => below = middle,
            false => above = middle,
        }
    }
    f64::midpoint(below, above)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The chance of every number of hits.
    fn chances(count: u32, share: f64) -> Vec<f64> {
        let mut chances = vec![1.0];
        for _ in 0..count {
            let miss = chances
                .iter()
                .map(|chance| chance * (1.0 - share))
                .chain([0.0]);
            let hit = [0.0].into_iter().chain(chances.iter().map(|it| it * share));
            chances = miss.zip(hit).map(|(miss, hit)| miss + hit).collect();
        }
        chances
    }

    fn coverage(count: u32, share: f64) -> f64 {
        let holds = |hits: u32| {
            let (low, high) = of_hits(f64::from(hits), f64::from(count), 0.95);
            low <= share && share <= high
        };
        let chances = chances(count, share);
        (0..=count)
            .zip(chances)
            .filter(|it| holds(it.0))
            .map(|it| it.1)
            .sum()
    }

    #[test]
    fn the_interval_is_jeffreys_as_published() {
        // Brown, Cai & DasGupta (2001), table 5, three decimals
        for (hits, count, low, high) in [
            (2.0, 10.0, 0.044, 0.503),
            (5.0, 10.0, 0.224, 0.776),
            (3.0, 7.0, 0.139, 0.766),
        ] {
            let found = of_hits(hits, count, 0.95);
            let near = |found: f64, wanted: f64| (found - wanted).abs() < 6e-4;
            assert!(
                near(found.0, low) && near(found.1, high),
                "{hits}: {found:?}"
            );
        }

        // binom.bayes of R's package binom, as the tests of statsmodels have it
        for (hits, count, low, high) in [
            (18.0, 20.0, 0.716_146_742_695_748, 0.978_627_511_977_55),
            (4.0, 20.0, 0.071_520_052_478_734_25, 0.408_225_762_516_925_4),
            (
                4.0,
                200.0,
                0.006_787_598_795_192_99,
                0.046_846_566_966_842_3,
            ),
        ] {
            let found = of_hits(hits, count, 0.95);
            let near = |found: f64, wanted: f64| (found - wanted).abs() < 1e-9;
            assert!(
                near(found.0, low) && near(found.1, high),
                "{hits}: {found:?}"
            );
        }
    }

    #[test]
    fn without_a_hit_it_ends_where_no_hit_has_a_chance_of_five_percent() {
        let (low, high) = of_hits(0.0, 20.0, 0.95);
        assert!(
            low == 0.0 && ((1.0 - high).powi(20) - 0.05).abs() < 1e-12,
            "{high}"
        );
        let (mirrored, one) = of_hits(20.0, 20.0, 0.95);
        assert!(one == 1.0 && (mirrored + high - 1.0).abs() < 1e-12);
    }

    #[test]
    fn shares_of_few_documents_are_covered() {
        for count in [20, 30, 50, 100, 300] {
            for share in [0.1, 0.3, 0.5] {
                let covered = coverage(count, share);
                assert!(
                    (0.93..=0.97).contains(&covered),
                    "{count} {share}: {covered}"
                );
            }
            for percent in 2..=98 {
                let covered = coverage(count, f64::from(percent) / 100.0);
                assert!(
                    (0.91..=0.99).contains(&covered),
                    "{count} {percent}: {covered}"
                );
            }
        }
    }

    #[test]
    fn of_one_share_alone_the_difference_has_jeffreys_upper_bound() {
        // nothing is lost by adding a share of which nothing is known to vary upwards
        let (low, high) = of_discordant(4.0, 0.0, 20.0, 0.95);
        assert!((high - 0.408_225_762_516_925_4).abs() < 1e-9, "{high}");
        assert!(low < 0.071_520_052_478_734_25, "{low}");
    }

    #[test]
    fn exchanged_systems_have_the_mirrored_difference() {
        for (better, worse) in
            [(0.0, 0.0), (3.0, 1.0), (5.0, 5.0), (20.0, 0.0), (12.0, 8.0)]
        {
            let (low, high) = of_discordant(better, worse, 20.0, 0.95);
            let (mirrored_low, mirrored_high) = of_discordant(worse, better, 20.0, 0.95);
            assert!((low + mirrored_high).abs() < 1e-12, "{better} {worse}");
            assert!((high + mirrored_low).abs() < 1e-12, "{better} {worse}");
        }
    }

    #[test]
    fn differences_of_few_documents_are_covered() {
        for (count, first, second) in [
            (20_u32, 0.15, 0.05),
            (20, 0.1, 0.1),
            (20, 0.3, 0.1),
            (30, 0.15, 0.05),
            (30, 0.1, 0.1),
            (30, 0.3, 0.1),
        ] {
            let discordant = chances(count, first + second);
            let mut covered = 0.0;
            for (differ, chance) in (0..=count).zip(discordant) {
                let shares = chances(differ, first / (first + second));
                for (better, share) in (0..=differ).zip(shares) {
                    let (better, worse) = (f64::from(better), f64::from(differ - better));
                    let (low, high) =
                        of_discordant(better, worse, f64::from(count), 0.95);
                    let truth = first - second;
                    if low - 1e-9 <= truth && truth <= high + 1e-9 {
                        covered += chance * share;
                    }
                }
            }
            assert!(
                (0.93..=0.97).contains(&covered),
                "{count} {first}: {covered}"
            );
        }
    }
}
