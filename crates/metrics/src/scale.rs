//! The scale of a metric: which values it can have, which of them are good, and the value
//! of a failure.

use serde::{Deserialize, Serialize};

/// Which values of a metric are good: the direction of its scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Better {
    /// High values are good.
    Higher,
    /// Low values are good.
    Lower,
    /// Neither high nor low values are good: the metric describes an output.
    Neither,
}

/// The unit of a metric's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// A share of 1, which tables show in percent.
    Share,
    /// A number of words.
    Words,
    /// A number of tokens of a language model.
    Tokens,
    /// A quotient of two counts.
    Ratio,
    /// An amount of information in bits.
    Bits,
}

/// The values of a metric: their bounds, their direction and their unit.
///
/// A failed output has the worst value, and so has an empty one if lower is better: a
/// text without words repeats nothing and would otherwise be the best. If there is no
/// worst value, because no direction is bad or the bad one has no bound, such an output
/// is left out of the metric's mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    /// The lowest possible value; `None` if there is no lower bound.
    pub low: Option<f64>,
    /// The highest possible value; `None` if there is no upper bound.
    pub high: Option<f64>,
    /// Which values are good.
    pub better: Better,
    /// The unit of the values.
    pub unit: Unit,
}

impl Scale {
    /// The scale of a share: from 0 to 1, higher is better.
    pub const SHARE: Self = Self {
        low: Some(0.0),
        high: Some(1.0),
        better: Better::Higher,
        unit: Unit::Share,
    };

    /// Returns the part of an interval that is within the bounds of the scale. Student's
    /// interval can exceed them if there are few documents that differ much.
    pub fn part_of(&self, (low, high): (f64, f64)) -> (f64, f64) {
        within((self.low, self.high), (low, high))
    }

    /// Returns the worst value that an output can have; `None` if there is none.
    pub fn worst(&self) -> Option<f64> {
        match self.better {
            Better::Higher => self.low,
            Better::Lower => self.high,
            Better::Neither => None,
        }
    }
}

/// Returns the part of an interval between two bounds, of which `None` is no bound.
pub fn within(ends: (Option<f64>, Option<f64>), (low, high): (f64, f64)) -> (f64, f64) {
    let clamped = |value: f64| {
        let above = ends.0.map_or(value, |low| value.max(low));
        ends.1.map_or(above, |high| above.min(high))
    };
    (clamped(low), clamped(high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_value_is_the_bound_on_the_bad_side() {
        let lower = Scale {
            better: Better::Lower,
            ..Scale::SHARE
        };
        assert_eq!(
            (Scale::SHARE.worst(), lower.worst()),
            (Some(0.0), Some(1.0))
        );
        assert_eq!(
            Scale {
                high: None,
                ..lower
            }
            .worst(),
            None
        );
        assert_eq!(
            Scale {
                better: Better::Neither,
                ..lower
            }
            .worst(),
            None
        );
    }
}
