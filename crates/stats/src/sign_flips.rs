//! The probability of a sum if a coin decides the sign of each of its terms, even far in
//! the tail.

use super::normal;

/// The method by which a p-value of exchanges is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exchanges {
    /// Random exchanges in rounds.
    Rounds,
    /// Counting all exchanges.
    All,
    /// The saddlepoint approximation of the tail of all exchanges.
    Saddlepoint,
}

/// The size below which a term is no difference: see [`wins`](super::wins).
const ROUNDING: f64 = 1e-12;

/// The largest number of exchanges that are counted.
const MOST: usize = 1 << 15;

/// Returns the probability that `Σ ±dᵢ` is at least as far from 0 as `Σ dᵢ`, on either
/// side, if a fair coin decides each sign; and the method by which it is computed.
///
/// Up to 32,768 exchanges with a sum at least as large are counted one by one, which is
/// all there can be with 16 differences. If there are more, the result is the tail of the
/// saddlepoint approximation: with `K(u) = Σ ln cosh(u dᵢ)`, `K′(û) = s`,
///
/// ```text
/// P(S ≥ s) ≈ 1 − Φ(w) + φ(w) (1/v − 1/w)
/// w = √(2 (û s − K(û))),   v = û √K″(û)
/// ```
///
/// If the differences are whole multiples of one number `h`, sums are on a lattice of
/// span `δ = 2h`: then `s` is lowered by `h`, and `v = (2/δ) sinh(û δ/2) √K″(û)`.
///
/// Lugannani & Rice (1980), *Saddle point approximation for the distribution of the sum of
/// independent random variables*, Advances in Applied Probability 12(2); Robinson (1982),
/// *Saddlepoint approximations for permutation tests and confidence intervals*, JRSS B
/// 44(1); Daniels (1987), *Tail probability approximations*, International Statistical
/// Review 55(1), the second correction for continuity.
pub fn sign_flips(differences: &[f64]) -> (f64, Exchanges) {
    let mut sizes: Vec<f64> = differences
        .iter()
        .map(|difference| difference.abs())
        .filter(|size| *size > ROUNDING)
        .collect();
    sizes.sort_unstable_by(f64::total_cmp);
    let sum = differences.iter().sum::<f64>().abs();
    match counted(&sizes, sum) {
        Some(p) => (p, Exchanges::All),
        None => (saddlepoint(&sizes, sum), Exchanges::Saddlepoint),
    }
}

/// Returns the smallest p-value that exchanges of this number of differences can have:
/// all have the same sign.
pub fn smallest_of_exchanges(differences: u64) -> f64 {
    0.5_f64
        .powi(i32::try_from(differences).unwrap_or(i32::MAX) - 1)
        .min(1.0)
}

/// Returns the p-value by counting; `None` if there are too many exchanges to count.
///
/// The largest sum, `Σ|dᵢ|`, is that of all positive differences. Flipping the signs of a
/// set of them lowers it by twice their sizes. So the sets are counted whose sizes add up
/// to at most half the distance between the largest sum and `sum`.
fn counted(sizes: &[f64], sum: f64) -> Option<f64> {
    let largest: f64 = sizes.iter().sum();
    let rounding = ROUNDING * largest;
    if sum <= rounding {
        return Some(1.0); // no sum is closer to 0
    }

    let distance = (largest - sum) / 2.0 + rounding;

    // sets are enumerated depth first: each entry has the index of the next size that may
    // be added, and how much may be added
    let mut count = 1; // the empty set
    let mut open = vec![(0, distance)];
    while let Some((from, left)) = open.pop() {
        for (at, &size) in sizes.iter().enumerate().skip(from) {
            if size > left {
                break; // the sizes ascend
            }
            count += 1;
            if count > MOST {
                return None;
            }
            open.push((at + 1, left - size));
        }
    }

    let all = 2.0_f64.powf(sizes.len() as f64 - 1.0);
    Some((count as f64 / all).clamp(f64::MIN_POSITIVE, 1.0))
}

/// Returns the p-value by the saddlepoint approximation.
fn saddlepoint(sizes: &[f64], sum: f64) -> f64 {
    let largest = sizes.last().copied().unwrap_or(1.0);

    // sizes are in units of the largest, so that nothing leaves the range of doubles
    let sizes: Vec<f64> = sizes.iter().map(|size| size / largest).collect();
    let span = 2.0 * step(&sizes);
    let sum = sum / largest - span / 2.0;
    if sum <= 0.0 {
        return 1.0;
    }

    let u = saddle(&sizes, sum);
    let cumulant: f64 = sizes.iter().map(|size| ln_cosh(u * size)).sum();
    let curvature: f64 = sizes
        .iter()
        .map(|size| (size / (u * size).cosh()).powi(2))
        .sum();
    let w = (2.0 * (u * sum - cumulant)).max(0.0).sqrt();
    // on a lattice, `u` is corrected for continuity
    let v = if span > 0.0 {
        2.0 / span * (u * span / 2.0).sinh()
    } else {
        u
    } * curvature.sqrt();

    // near the middle 1/v − 1/w tends to 0, but cannot be computed
    let correction = if w < 1e-4 {
        0.0
    } else {
        normal::density(w) * (1.0 / v - 1.0 / w)
    };
    (normal::two_sided(w) + 2.0 * correction).clamp(f64::MIN_POSITIVE, 1.0)
}

/// Returns `û` with `K′(û) = Σ dᵢ tanh(û dᵢ) = s`. `K′` is concave, so Newton's steps
/// from 0 approach it from below and never pass it.
fn saddle(sizes: &[f64], sum: f64) -> f64 {
    /// The largest number of steps: about 10 are needed, and 1 more for each unit of a large û.
    const ROUNDS: usize = 200;

    let mut u = 0.0;
    for _ in 0..ROUNDS {
        let (mut slope, mut curvature) = (0.0, 0.0);
        for size in sizes {
            let tanh = (u * size).tanh();
            slope += size * tanh;
            curvature += size * size * (1.0 - tanh * tanh);
        }
        let step = (sum - slope) / curvature;
        if !step.is_finite() || step <= 1e-13 * u {
            break;
        }
        u += step;
    }
    u
}

/// Returns the largest number of which all sizes are whole multiples; 0 if there is none
/// or it is so small that sums are practically continuous. Sizes must be in ascending
/// order, up to 1.
fn step(sizes: &[f64]) -> f64 {
    /// The step below which sums are practically continuous.
    const SMALLEST: f64 = 1e-3;
    /// The size below which a rest is a rounding error.
    const ROUNDING: f64 = 1e-9;

    let mut step = 0.0_f64;
    for &size in sizes {
        let (mut large, mut small) = (size.max(step), size.min(step));
        while small > ROUNDING {
            let rest = large % small;
            // a size just below a multiple is a multiple too
            (large, small) = (small, if small - rest < ROUNDING { 0.0 } else { rest });
        }
        step = large;
        if step < SMALLEST {
            return 0.0;
        }
    }
    step
}

/// Returns `ln cosh x` without overflow.
fn ln_cosh(x: f64) -> f64 {
    x.abs() + (-2.0 * x.abs()).exp().ln_1p() - std::f64::consts::LN_2
}

#[cfg(test)]
mod tests {
    use super::*;
    use epitome_base::rng;
    use proptest::prelude::*;

    fn uniform(seed: u64, at: u64) -> f64 {
        rng::mix(seed, at) as f64 / u64::MAX as f64
    }

    /// Returns the share of all `2ⁿ` sums that are at least as far from 0.
    fn brute_force(differences: &[f64]) -> f64 {
        let all = 1_u32 << differences.len();
        let sum: f64 = differences.iter().sum();
        let is_as_far = |signs: &u32| {
            let term = |(at, one): (usize, &f64)| {
                if signs >> at & 1 == 1 { -one } else { *one }
            };
            let other: f64 = differences.iter().enumerate().map(term).sum();
            other.abs() >= sum.abs() - 1e-9
        };
        (0..all).filter(is_as_far).count() as f64 / f64::from(all)
    }

    #[test]
    fn three_differences_of_one_sign_have_a_quarter() {
        assert_eq!(sign_flips(&[1.0, 2.0, 3.0]), (0.25, Exchanges::All));
        // − − − and the five with a 3 against 1, 2 or fewer: |S| ≥ 2
        assert_eq!(sign_flips(&[-1.0, 0.0, 3.0]), (1.0, Exchanges::All));
        assert_eq!(sign_flips(&[]), (1.0, Exchanges::All));
        assert_eq!(sign_flips(&[0.2, -0.2]), (1.0, Exchanges::All));
    }

    #[test]
    fn sixty_differences_of_one_sign_have_the_smallest_p_there_is() {
        let differences: Vec<f64> = (0..60).map(|at| 0.1 + uniform(1, at)).collect();
        assert_eq!(
            sign_flips(&differences),
            (smallest_of_exchanges(60), Exchanges::All)
        );
        assert_eq!(smallest_of_exchanges(5), 0.0625);
        assert_eq!(smallest_of_exchanges(0), 1.0);
    }

    proptest! {
        #[test]
        fn few_differences_are_counted_as_all_exchanges_are(
            differences in prop::collection::vec(-4_i32..=4, 1..11),
            scale in 0.01_f64..3.0,
        ) {
            let differences: Vec<f64> =
                differences.iter().map(|&one| f64::from(one) * scale).collect();
            let (p, by) = sign_flips(&differences);
            prop_assert_eq!(by, Exchanges::All);
            prop_assert!((p - brute_force(&differences)).abs() < 1e-12);
        }
    }

    /// Returns the ratio of the approximation to the exact value.
    fn ratio(differences: &[f64], exact: f64) -> f64 {
        let mut sizes: Vec<f64> = differences.iter().map(|one| one.abs()).collect();
        sizes.sort_unstable_by(f64::total_cmp);
        saddlepoint(&sizes, differences.iter().sum::<f64>().abs()) / exact
    }

    /// Returns the p-value of whole differences by counting the exchanges of each sum.
    fn by_sums(differences: &[i32]) -> f64 {
        let all: i32 = differences.iter().map(|one| one.abs()).sum();
        let sum = differences.iter().sum::<i32>().abs();
        let places = usize::try_from(2 * all + 1).unwrap();
        let mut chance = vec![0.0; places];
        chance[usize::try_from(all).unwrap()] = 1.0;

        for &one in differences {
            let step = one.unsigned_abs() as usize;
            let at = |place: Option<usize>| {
                place
                    .and_then(|place| chance.get(place))
                    .copied()
                    .unwrap_or(0.0)
            };
            chance = (0..places)
                .map(|place| {
                    f64::midpoint(at(place.checked_sub(step)), at(Some(place + step)))
                })
                .collect();
        }

        let beyond = usize::try_from(all + sum).unwrap();
        2.0 * chance[beyond..].iter().sum::<f64>()
    }

    #[test]
    fn the_approximation_is_that_of_all_exchanges_down_to_a_billionth() {
        let mut deepest = 1.0_f64;

        for count in [24, 40, 80] {
            for seed in 0..20 {
                // uneven sizes with a few large ones; the more seeds, the more of one sign
                let of = |at: u64| {
                    let size = 1.0 + 999.0 * uniform(seed, at).powi(2);
                    let is_lost = uniform(seed + 100, at) < 0.42 - 0.02 * seed as f64;
                    if is_lost { -size as i32 } else { size as i32 }
                };
                let whole: Vec<i32> = (0..count).map(of).collect();
                let exact = by_sums(&whole);
                let differences: Vec<f64> =
                    whole.iter().map(|&one| f64::from(one)).collect();
                if exact > 0.2 || sign_flips(&differences).1 == Exchanges::All {
                    continue; // rounds or counting say it
                }
                deepest = deepest.min(exact);
                let found = ratio(&differences, exact);
                assert!(
                    (found - 1.0).abs() < 0.05,
                    "{count} {seed}: {found} of {exact}"
                );
            }
        }

        assert!(deepest < 1e-9, "{deepest}");
    }

    #[test]
    fn equal_differences_have_the_tail_of_the_binomial_law() {
        for (count, positive) in [(60_u32, 40_u32), (60, 50), (300, 180), (300, 240)] {
            let differences: Vec<f64> = (0..count)
                .map(|at| if at < positive { 0.1 } else { -0.1 })
                .collect();
            // P(heads ≥ positive), both sides, summed in logarithms
            let mut term = 2.0 * 0.5_f64.powi(count.cast_signed());
            let mut exact = 0.0;
            for heads in (positive..=count).rev() {
                exact += term;
                term *= f64::from(heads) / f64::from(count - heads + 1);
            }
            let found = ratio(&differences, exact);
            assert!(
                (found - 1.0).abs() < 0.01,
                "{count} {positive}: {found} of {exact}"
            );
        }
    }

    #[test]
    fn the_approximation_is_that_of_a_hundred_thousand_rounds() {
        // F1@5 of lists of 5 to 15 against gold of 5 to 15: many zeros, uneven steps
        for seed in [1, 2, 3] {
            let differences: Vec<f64> = (0..80)
                .map(|at| {
                    let hits = (7.0 * uniform(seed, 3 * at)).floor() - 2.0;
                    let gold = 5.0 + (11.0 * uniform(seed, 3 * at + 1)).floor();
                    2.0 * hits / (5.0 + gold)
                })
                .collect();
            let sum: f64 = differences.iter().sum();
            let rounds = 100_000;
            let as_far = (0..rounds).filter(|&round| {
                let stream = rng::mix(seed + 50, round);
                let term = |(at, one): (usize, &f64)| {
                    let coin = rng::mix(stream, at as u64) >> 63;
                    if coin == 1 { -one } else { *one }
                };
                let other: f64 = differences.iter().enumerate().map(term).sum();
                other.abs() >= sum.abs() - 1e-12
            });
            let exact = as_far.count() as f64 / rounds as f64;
            let (found, by) = sign_flips(&differences);
            assert_eq!(by, Exchanges::Saddlepoint);
            let error = (exact * (1.0 - exact) / rounds as f64).sqrt();
            // 4 standard errors, and a fiftieth for the approximation
            let most = 4.0 * error + 0.02 * exact;
            assert!((found - exact).abs() < most, "{seed}: {found} {exact}");
        }
    }

    #[test]
    fn sums_out_of_all_proportion_have_a_chance_above_zero() {
        let differences: Vec<f64> = (0..5_000).map(|at| uniform(9, at) - 0.1).collect();
        let (p, _) = sign_flips(&differences);
        assert!(p > 0.0 && p < 1e-100, "{p}");
    }

    #[test]
    fn the_step_of_multiples_is_found_and_that_of_others_is_not() {
        assert!((step(&[0.25, 0.5, 1.0]) - 0.25).abs() < 1e-9);
        assert!((step(&[0.4, 0.6, 1.0]) - 0.2).abs() < 1e-9);
        assert_eq!(step(&[0.314_159, 0.577_215, 1.0]), 0.0);
    }
}
