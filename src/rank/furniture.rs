//! What systems do about page furniture: one rule for all of them.

use crate::{
    spec::{Kind, Parameter, Params},
    text::Needs,
};

/// What a system that scores sentences or phrases does about page furniture.
///
/// ```text
/// score′ = floor + (score − floor) · (1 − p)²          floor = min(0, lowest score)
/// ```
///
/// `p` is the probability that the thing scored is furniture: a sentence's own, for a
/// phrase the least of its occurrences, since what the text says too is no furniture. From
/// the floor, and not from 0, since a negative score would rise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Furniture {
    /// A soft prior: the more probably furniture, the lower.
    Prior,
    /// What is more probably furniture than not falls to the floor; the rest stays. It
    /// is picked only when nothing else is left.
    Mask,
    /// Nothing.
    Keep,
}

impl Furniture {
    /// How every score-based system is told.
    pub const PARAMETER: Parameter = Parameter {
        name: "furniture",
        kind: Kind::Choice(&["prior", "mask", "keep"]),
        default: "prior",
        about: "what to do about page furniture: weigh it down, leave it out, or nothing",
    };

    /// Weighs scores by the probabilities, in the same order, that what they are scores
    /// of is furniture. Scores that are not finite stay.
    pub fn weigh(self, scores: &mut [f64], probabilities: impl IntoIterator<Item = f32>) {
        let finite = scores.iter().copied().filter(|score| score.is_finite());
        let floor = finite.fold(0.0, f64::min);
        for (score, p) in scores.iter_mut().zip(probabilities) {
            let weight = self.weight(p);
            if weight < 1.0 && score.is_finite() {
                *score = floor + (*score - floor) * weight;
            }
        }
    }

    /// What a system that `needs` something else needs with it.
    pub fn needs(self, needs: Needs) -> Needs {
        Needs { repeated_lines: self != Self::Keep, ..needs }
    }

    /// Whether a system that cannot weigh a sentence goes without it: the prior, where it
    /// would take more than half.
    pub fn drops(self, p: f32) -> bool {
        self.weight(p) < 0.5
    }

    /// What is left of the score of a thing that is furniture with probability `p`.
    pub fn weight(self, p: f32) -> f64 {
        match self {
            Self::Prior => (1.0 - f64::from(p)).powi(2),
            Self::Mask if p > 0.5 => 0.0,
            Self::Mask | Self::Keep => 1.0,
        }
    }
}

impl From<&Params> for Furniture {
    fn from(params: &Params) -> Self {
        match params.text(Self::PARAMETER.name) {
            "mask" => Self::Mask,
            "keep" => Self::Keep,
            _ => Self::Prior,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn weighed(furniture: Furniture, scores: &[f64], probabilities: &[f32]) -> Vec<f64> {
        let mut scores = scores.to_vec();
        furniture.weigh(&mut scores, probabilities.iter().copied());
        scores
    }

    #[test]
    fn half_a_doubt_takes_three_quarters() {
        assert_eq!(weighed(Furniture::Prior, &[4.0, 4.0], &[0.5, 0.0]), [1.0, 4.0]);
        assert_eq!(weighed(Furniture::Mask, &[4.0, 4.0], &[0.6, 0.5]), [0.0, 4.0]);
        assert_eq!(weighed(Furniture::Keep, &[4.0], &[1.0]), [4.0]);
    }

    #[test]
    fn what_cannot_be_weighed_goes_where_less_than_half_would_be_left() {
        let dropped =
            |furniture: Furniture| [0.29, 0.3, 0.5, 0.51].map(|p| furniture.drops(p));
        assert_eq!(dropped(Furniture::Prior), [false, true, true, true]);
        assert_eq!(dropped(Furniture::Mask), [false, false, false, true]);
        assert_eq!(dropped(Furniture::Keep), [false; 4]);
    }

    #[test]
    fn a_negative_score_falls_to_the_lowest() {
        let scores = [-1.0, -2.0, -9.0];
        assert_eq!(
            weighed(Furniture::Prior, &scores, &[0.0, 1.0, 0.0]),
            [-1.0, -9.0, -9.0]
        );
    }

    proptest! {
        #[test]
        fn no_score_rises_and_none_changes_without_furniture(
            pairs in prop::collection::vec((any::<f64>(), 0.0_f32..=1.0), 0..9),
        ) {
            let (scores, probabilities): (Vec<f64>, Vec<f32>) = pairs.into_iter().unzip();
            let clean = vec![0.0; scores.len()];
            for furniture in [Furniture::Prior, Furniture::Mask, Furniture::Keep] {
                let bits = |scores: &[f64]| -> Vec<u64> {
                    scores.iter().map(|score| score.to_bits()).collect()
                };
                prop_assert_eq!(bits(&weighed(furniture, &scores, &clean)), bits(&scores));
                for (after, before) in
                    weighed(furniture, &scores, &probabilities).iter().zip(&scores)
                {
                    // one rounding of the floor's magnitude
                    let noise = 1e-15 * scores.iter().copied().filter(|it| it.is_finite())
                        .fold(0.0, |most: f64, it| most.max(it.abs()));
                    prop_assert!(after.is_nan() || *after <= *before + noise, "{before} became {after}");
                }
            }
        }
    }
}
