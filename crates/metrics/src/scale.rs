//! Which values a metric can have, which of them are good, and what a failure is worth.

use serde::{Deserialize, Serialize};

/// Which values of a metric are good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Better {
    /// High ones.
    Higher,
    /// Low ones.
    Lower,
    /// Neither: it describes an output.
    Neither,
}

/// The unit of a metric's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// A share of 1, which tables show in percent.
    Share,
    /// Words.
    Words,
    /// A quotient of two counts.
    Ratio,
    /// Bits.
    Bits,
}

/// The values of a metric: their bounds, their direction and their unit.
///
/// A failed output has the worst value, and so has an empty one where less is better:
/// who says nothing repeats nothing. Without a worst value, since no direction is bad or
/// the bad one has no end, such an output is left out of the metric's mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    /// The lowest value; `None` where there is none.
    pub low: Option<f64>,
    /// The highest value; `None` where there is none.
    pub high: Option<f64>,
    /// Which values are good.
    pub better: Better,
    /// What the values are in.
    pub unit: Unit,
}

impl Scale {
    /// From 0 to 1, higher is better, in shares.
    pub const SHARE: Self = Self {
        low: Some(0.0),
        high: Some(1.0),
        better: Better::Higher,
        unit: Unit::Share,
    };

    /// The part of an interval that values can lie in: Student's interval of few documents
    /// that differ much goes beyond the ends of the scale.
    pub fn part_of(&self, (low, high): (f64, f64)) -> (f64, f64) {
        within((self.low, self.high), (low, high))
    }

    /// The value than which no output has a worse one; `None` where there is none.
    pub fn worst(&self) -> Option<f64> {
        match self.better {
            Better::Higher => self.low,
            Better::Lower => self.high,
            Better::Neither => None,
        }
    }
}

/// The part of an interval between two ends; `None` is no end.
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
