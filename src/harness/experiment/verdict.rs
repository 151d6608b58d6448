//! The results of the gates and expected values of an experiment.

use crate::{harness::gate::GateVerdict, metric::Unit, report::symbol_of_unit};

use super::content::Expectation;

/// The results of the gates and expected values of an experiment.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Verdict {
    /// The result of each condition of the gates, with its place in the file.
    pub gates: Vec<(String, GateVerdict)>,
    /// The result of each expected value.
    pub expected: Vec<Expected>,
}

/// An expected value with the value of the run.
#[derive(Debug, Clone, PartialEq)]
pub struct Expected {
    /// The place in the file: `suite.toml:12: `.
    pub place: String,
    /// The expected value.
    pub expectation: Expectation,
    /// The mean on the scale of tables; `None` if no document was scored.
    pub found: Option<f64>,
    /// The unit of the mean and the expected value; `None` if the system has no row.
    pub unit: Option<Unit>,
}

impl Verdict {
    /// Returns whether all gates hold and all values are as expected.
    pub fn holds(&self) -> bool {
        self.gates.iter().all(|(_, verdict)| verdict.holds())
            && self.expected.iter().all(Expected::holds)
    }
}

impl Expected {
    /// Returns whether the value was found within the tolerance.
    pub fn holds(&self) -> bool {
        let Expectation {
            value, tolerance, ..
        } = self.expectation;
        // the rounding of floating point must not decide at the edge of the tolerance
        self.found
            .is_some_and(|found| (found - value).abs() <= tolerance + 1e-9)
    }

    /// Returns a hint if the expected value seems to be a share that should be in percent, such as
    /// 0.3 for 30 %.
    pub fn hint(&self) -> Option<String> {
        let (value, unit) = (self.expectation.value, self.unit?);
        let percent = 100.0 * value;
        let looks_so = unit == Unit::Share
            && (0.0..=1.0).contains(&value)
            && (self.found? - percent).abs() < (self.found? - value).abs();
        looks_so.then(|| {
            let percent = (percent * 1e6).round() / 1e6;
            format!(
                "hint: values are in percent, as tables have them: `value = {percent}`"
            )
        })
    }

    /// Returns a sentence with the value of the run and the expected one: `` `rouge-1` of `lead` on
    /// news is 28.21 %, expected 28.2 ± 0.1 %``.
    pub fn sentence(&self) -> String {
        let Expectation {
            system,
            corpus,
            metric,
            value,
            tolerance,
        } = &self.expectation;
        let unit = self.unit.map(symbol_of_unit);
        let unit = unit.map_or(String::new(), |unit| format!(" {unit}"));
        let found = match self.found {
            Some(found) => format!("{found:.4}{unit}"),
            None => "unknown: no document was scored".to_owned(),
        };
        format!(
            "`{metric}` of `{system}` on {corpus} is {found}, expected {value} ± {tolerance}{unit}"
        )
    }
}
