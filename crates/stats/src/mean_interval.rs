//! Intervals of means and of differences of means that hold for twenty documents as well
//! as for thousands.

use super::{
    interval::Bounds, moments::Moments, paired::wins, proportion::of_discordant,
};

/// Returns the interval at `level` of the mean of `a − b`, paired by document; `None`
/// with fewer than two documents.
///
/// It is the interval of the mean of the differences ([`Moments::interval`]) unless all
/// scores are 0 or 1. In that case it is the interval of the difference between the two
/// shares of documents on which one of the systems is better (`proportion::of_discordant`).
pub fn difference_interval(a: &[f64], b: &[f64], level: f64) -> Option<Bounds> {
    let is_binary =
        |scores: &[f64]| scores.iter().all(|score| [0.0, 1.0].contains(score));
    if !(is_binary(a) && is_binary(b)) {
        // `Moments::interval` would treat differences that are all 0 as a proportion
        return Moments::of(a.iter().zip(b).map(|(a, b)| a - b))
            .shape()?
            .bounds(level);
    }

    let count = a.len().min(b.len()) as f64;
    let found = wins(a, b);
    (count >= 2.0)
        .then(|| of_discordant(found.wins as f64, found.losses as f64, count, level))
}

/// A mean that is a part of a weighted mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PartialMean {
    /// The weight; the weights of all parts add up to 1.
    pub weight: f64,
    /// The mean.
    pub mean: f64,
    /// The interval of the mean.
    pub bounds: Bounds,
}

/// Returns the interval of the weighted mean of independent means, computed from the mean and
/// the bounds of each: `Σ wᵢ x̄ᵢ ∓ √(Σ wᵢ² (x̄ᵢ − boundᵢ)²)`. For one mean it is its own
/// interval; without means it is `None`.
///
/// Zou & Donner (2008), *Construction of confidence limits about effect measures: a general
/// approach*, Statistics in Medicine 27(10): the method of variance estimates recovery.
pub fn combined_interval(parts: &[PartialMean]) -> Option<Bounds> {
    if let [PartialMean { bounds, .. }] = parts {
        return Some(*bounds);
    }
    let mean = parts
        .iter()
        .map(|part| part.weight * part.mean)
        .sum::<f64>();
    let half = |bound: fn(&Bounds) -> f64| {
        let squares = parts.iter().map(|part| {
            let half = part.mean - bound(&part.bounds);
            (part.weight * half).powi(2)
        });
        squares.sum::<f64>().sqrt()
    };

    let bounds = (
        mean - half(|bounds| bounds.0),
        mean + half(|bounds| bounds.1),
    );
    (!parts.is_empty()).then_some(bounds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_skewness_it_is_students_interval() {
        // mean 2, s = 1, t = 4.303 with 2 degrees of freedom
        let found = Moments::of([1.0, 2.0, 3.0]).interval(0.95).unwrap();
        let half = 4.302_652_73 / 3.0_f64.sqrt();
        assert!((found.low - 2.0 + half).abs() < 1e-6, "{found:?}");
        assert!((found.high - 2.0 - half).abs() < 1e-6, "{found:?}");
    }

    #[test]
    fn the_bound_on_the_side_of_the_long_tail_moves_out_and_the_other_stays() {
        let scores = [0.1, 0.1, 0.2, 0.2, 0.2, 0.3, 0.9];
        let found = Moments::of(scores).interval(0.95).unwrap();
        let mirrored = Moments::of(scores.map(|score| -score))
            .interval(0.95)
            .unwrap();
        let (mean, n) = (2.0 / 7.0, 7.0_f64);
        let squares: f64 = scores.iter().map(|score| (score - mean).powi(2)).sum();
        let t = 2.446_912 * (squares / 6.0 / n).sqrt();
        assert!((found.low - mean + t).abs() < 1e-6, "{found:?}");
        assert!(found.high > mean + 1.5 * t, "{found:?}");
        assert_eq!((found.low, found.high), (-mirrored.high, -mirrored.low));
    }

    #[test]
    fn equal_hits_leave_room_for_a_difference() {
        let hits = [1.0, 0.0, 1.0, 1.0, 0.0, 0.0, 1.0, 0.0, 1.0, 1.0];
        let (low, high) = difference_interval(&hits, &hits, 0.95).unwrap();
        assert!(low == -high && (0.1..0.3).contains(&high), "{low} {high}");
        // scores that are not hits say how little they vary
        let scores = hits.map(|hit| hit / 2.0);
        assert_eq!(
            difference_interval(&scores, &scores, 0.95),
            Some((0.0, 0.0))
        );
        assert_eq!(difference_interval(&[1.0], &[0.0], 0.95), None);
    }

    #[test]
    fn means_of_means_combine_like_independent_errors() {
        let part = |weight, mean, bounds| PartialMean {
            weight,
            mean,
            bounds,
        };
        let parts = [part(0.5, 0.2, (0.17, 0.25)), part(0.5, 0.4, (0.36, 0.52))];
        // 0.3 − √(0.03² + 0.04²)/2 and 0.3 + √(0.05² + 0.12²)/2
        let (low, high) = combined_interval(&parts).unwrap();
        assert!((low - 0.275).abs() < 1e-12 && (high - 0.365).abs() < 1e-12);
        assert_eq!(
            combined_interval(&[part(1.0, 0.2, (0.1, 0.3))]),
            Some((0.1, 0.3))
        );
        assert_eq!(combined_interval(&[]), None);
    }
}
