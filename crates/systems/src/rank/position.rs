//! A prior for the position of sentences: one rule for all systems that score.

use epitome_base::spec::{Parameter, ParameterKind, Params};

/// A prior for the position of sentences. Made from the parameter `position`.
///
/// ```text
/// score′(n) = floor + (score(n) − floor) · n^−power          floor = min(0, lowest score)
/// ```
///
/// `n` numbers the sentences from 1. Weights apply to the distance from the floor and not
/// from 0, since otherwise a negative score would rise. The power law is the prior of
/// GRASSHOPPER (Zhu et al. 2007).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Position {
    power: f64,
}

impl Position {
    /// The parameter of the prior, which every system that scores sentences has.
    pub const PARAMETER: Parameter = Parameter {
        name: "position",
        kind: ParameterKind::Number(0.0, 10.0),
        default: "0",
        about: "exponent: the score of the n-th sentence is multiplied by n to the power of minus this",
    };

    /// Returns whether the prior changes nothing.
    pub fn is_none(self) -> bool {
        self.power == 0.0
    }

    /// Weighs the scores of sentences, which are in the order of the document. Scores
    /// that are not finite are left unchanged.
    pub fn weigh(self, scores: &mut [f64]) {
        let finite = scores.iter().copied().filter(|score| score.is_finite());
        let floor = finite.fold(0.0, f64::min);
        for (at, score) in scores.iter_mut().enumerate() {
            if score.is_finite() {
                let weight = ((at + 1) as f64).powf(-self.power);
                *score = floor + (*score - floor) * weight;
            }
        }
    }
}

impl From<&Params> for Position {
    fn from(params: &Params) -> Self {
        Self {
            power: params.number(Self::PARAMETER.name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weighed(power: f64, scores: &[f64]) -> Vec<f64> {
        let mut scores = scores.to_vec();
        Position { power }.weigh(&mut scores);
        scores
    }

    #[test]
    fn the_later_the_less() {
        assert_eq!(weighed(1.0, &[6.0, 6.0, 6.0]), [6.0, 3.0, 2.0]);
        assert_eq!(weighed(0.0, &[-1.0, 6.0]), [-1.0, 6.0]);
    }

    #[test]
    fn a_negative_score_falls_to_the_lowest() {
        assert_eq!(weighed(1.0, &[-4.0, 0.0, -4.0]), [-4.0, -2.0, -4.0]);
        assert_eq!(weighed(1.0, &[f64::NAN, f64::INFINITY])[1], f64::INFINITY);
    }
}
