//! The axes of charts: from values to pixels.

/// The spacing of the values of an axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::html) enum Spacing {
    /// Equal differences have equal lengths.
    Linear,
    /// Equal ratios have equal lengths.
    Logarithmic,
}

/// An axis that maps the values from `low` to `high` to the pixels from `start` to `end`.
#[derive(Debug, Clone, Copy)]
pub(super) struct AxisScale {
    spacing: Spacing,
    low: f64,
    high: f64,
    start: f64,
    end: f64,
}

impl AxisScale {
    /// Returns an axis that contains all finite `values` (the positive ones, if it is logarithmic)
    /// with a margin of 6 % at both ends. Without such values it goes from 1 to 2 with a margin.
    /// A linear axis of values of at least 0 does not begin below 0.
    pub(super) fn around(
        values: impl IntoIterator<Item = f64>,
        spacing: Spacing,
        (start, end): (f64, f64),
    ) -> Self {
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for value in values {
            if value.is_finite() && (spacing == Spacing::Linear || value > 0.0) {
                (low, high) = (low.min(value), high.max(value));
            }
        }
        if low > high {
            (low, high) = (1.0, 2.0);
        }

        (low, high) = match spacing {
            Spacing::Linear => {
                let margin = match high - low {
                    0.0 => high.abs().max(1.0) * 0.1,
                    width => width * 0.06,
                };
                let floor = if low >= 0.0 { 0.0 } else { f64::NEG_INFINITY };
                ((low - margin).max(floor), high + margin)
            }
            Spacing::Logarithmic => {
                let margin = (high / low).powf(0.06).max(1.05);
                (low / margin, high * margin)
            }
        };

        Self {
            spacing,
            low,
            high,
            start,
            end,
        }
    }

    /// Returns a linear axis from `low` to `high`, without a margin.
    pub(super) fn exactly((low, high): (f64, f64), (start, end): (f64, f64)) -> Self {
        Self {
            spacing: Spacing::Linear,
            low,
            high,
            start,
            end,
        }
    }

    /// Returns the pixel of a value.
    pub(super) fn at(&self, value: f64) -> f64 {
        let place = |value: f64| match self.spacing {
            Spacing::Linear => value,
            Spacing::Logarithmic => value.max(f64::MIN_POSITIVE).ln(),
        };
        let (low, high) = (place(self.low), place(self.high));
        self.start + (self.end - self.start) * (place(value) - low) / (high - low)
    }

    /// Returns about `count` round values within the axis.
    pub(super) fn ticks(&self, count: usize) -> Vec<f64> {
        match self.spacing {
            Spacing::Linear => self.steps(count),
            Spacing::Logarithmic => {
                let decades = self.powers(&[1.0]);
                match decades.len() {
                    0 | 1 => {
                        let finer = self.powers(&[1.0, 2.0, 5.0]);
                        if finer.len() > 1 {
                            finer
                        } else {
                            self.steps(count)
                        }
                    }
                    2 => self.powers(&[1.0, 3.0]),
                    _ => decades,
                }
            }
        }
    }

    /// Returns about `count` multiples of 1, 2 or 5 times a power of ten, within the axis.
    fn steps(&self, count: usize) -> Vec<f64> {
        let rough = (self.high - self.low) / count as f64;
        let power = 10_f64.powf(rough.log10().floor());
        let step = [1.0, 2.0, 5.0, 10.0]
            .into_iter()
            .map(|digit| digit * power)
            .find(|step| *step >= rough * 0.999)
            .unwrap_or(power);
        let first = (self.low / step).ceil() as i64;
        let last = (self.high / step + 1e-9).floor() as i64;
        (first..=last).map(|at| at as f64 * step).collect()
    }

    /// Returns the products of `digits` and powers of ten, within the axis.
    fn powers(&self, digits: &[f64]) -> Vec<f64> {
        let (first, last) = (
            self.low.log10().floor() as i32,
            self.high.log10().ceil() as i32,
        );
        (first..=last)
            .flat_map(|power| digits.iter().map(move |digit| digit * 10_f64.powi(power)))
            .filter(|value| (self.low..=self.high).contains(value))
            .collect()
    }
}

/// Formats a value with at most four decimals and a suffix for thousands or millions: `0.02`, `15`,
/// `20 k`, `3 M`.
pub(super) fn short(value: f64) -> String {
    let (value, unit) = match value.abs() {
        size if size >= 999_999.5 => (value / 1e6, " M"),
        size if size >= 9_999.5 => (value / 1e3, " k"),
        _ => (value, ""),
    };
    let text = format!("{value:.4}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    format!("{text}{unit}").replace('-', "−")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_inside() {
        let scale = AxisScale::exactly((0.0, 0.37), (0.0, 100.0));
        assert_eq!(
            scale
                .ticks(4)
                .iter()
                .map(|tick| short(*tick))
                .collect::<Vec<_>>(),
            ["0", "0.1", "0.2", "0.3"]
        );
        let speeds =
            AxisScale::around([120.0, 2_000_000.0], Spacing::Logarithmic, (0.0, 100.0));
        let ticks: Vec<String> = speeds.ticks(4).into_iter().map(short).collect();
        assert_eq!(ticks, ["100", "1000", "10 k", "100 k", "1 M"]);
    }

    #[test]
    fn ends_are_pixels_and_ratios_are_equally_long() {
        let scale = AxisScale::exactly((0.0, 10.0), (100.0, 0.0));
        assert_eq!(
            (scale.at(0.0), scale.at(10.0), scale.at(2.5)),
            (100.0, 0.0, 75.0)
        );
        let speeds = AxisScale::around([1.0, 100.0], Spacing::Logarithmic, (0.0, 100.0));
        let half = speeds.at(10.0) - speeds.at(1.0);
        assert!((half - (speeds.at(100.0) - speeds.at(10.0))).abs() < 1e-9);
    }

    #[test]
    fn an_axis_without_values_is_finite() {
        for spacing in [Spacing::Linear, Spacing::Logarithmic] {
            for values in [vec![], vec![f64::NAN], vec![0.0], vec![3.0, 3.0]] {
                let scale = AxisScale::around(values, spacing, (0.0, 100.0));
                assert!(scale.at(1.5).is_finite());
                assert!(scale.ticks(4).len() < 40);
            }
        }
    }
}
