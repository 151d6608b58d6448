//! What an external metric says of itself: as fields of a plugin's `ready`, or of the first
//! line of a file of scores.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use epitome_metrics::{
    Better, ExternalDescription, ExternalMeasure, MetricNeeds, Scale, Score, Signature,
    Task, Unit,
};

use super::{failure::note, message::MeasureParts};

/// The fields about a metric, each of which may be missing.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub(super) struct MetricFields {
    pub(super) task: Option<Task>,
    #[serde(default)]
    better: Option<Better>,
    low: Option<f64>,
    high: Option<f64>,
    unit: Option<Unit>,
    needs: Option<Vec<Need>>,
    #[serde(default)]
    signature: BTreeMap<String, Value>,
}

/// What a metric can need beside outputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Need {
    References,
    Source,
}

/// The keys of a signature that are not the metric's own.
pub(super) const TAKEN: [&str; 4] = ["v", "program", "scores", "tool"];

impl MetricFields {
    /// The names of the fields.
    pub(super) const NAMES: [&str; 7] = [
        "task",
        "better",
        "low",
        "high",
        "unit",
        "needs",
        "signature",
    ];

    /// Returns what the fields and what is known beside them describe: `before` are fields
    /// of the signature that come first, and `after` those that come last.
    ///
    /// # Errors
    /// Returns an error that says which field is wrong.
    pub(super) fn description(
        &self,
        name: &str,
        version: &str,
        before: Vec<(String, String)>,
        after: Vec<(String, String)>,
    ) -> Result<ExternalDescription, String> {
        let mut fields = before;
        for (key, value) in signature_fields(&self.signature)? {
            match fields.iter_mut().find(|(known, _)| *known == key) {
                Some(known) => known.1 = value,
                None => fields.push((key, value)),
            }
        }
        fields.extend(after);

        Ok(ExternalDescription {
            task: self.task.unwrap_or(Task::Summaries),
            scale: self.scale()?,
            needs: self.needs(),
            signature: Signature::external(name, fields, version),
        })
    }

    /// Returns the scale. Values from 0 to 1 are shares unless another unit is stated;
    /// without both bounds they are plain numbers.
    fn scale(&self) -> Result<Scale, String> {
        let bounds = (self.low, self.high);
        if let (Some(low), Some(high)) = bounds
            && low >= high
        {
            return Err(format!("`low` is {low}, not below `high`, which is {high}"));
        }
        let usual = match bounds {
            (Some(0.0), Some(1.0)) => Unit::Share,
            _ => Unit::Ratio,
        };
        Ok(Scale {
            low: self.low,
            high: self.high,
            better: self.better.unwrap_or(Better::Higher),
            unit: self.unit.unwrap_or(usual),
        })
    }

    /// Returns what the metric needs: references unless it says otherwise.
    fn needs(&self) -> MetricNeeds {
        let needs = self.needs.as_deref().unwrap_or(&[Need::References]);
        MetricNeeds {
            source: needs.contains(&Need::Source),
            no_reference: !needs.contains(&Need::References),
            texts: true,
            ..MetricNeeds::default()
        }
    }
}

/// Returns what a plugin states as its `signature`, as fields in the order of their keys.
///
/// # Errors
/// Returns an error that says which field is wrong.
pub(super) fn signature_fields(
    stated: &BTreeMap<String, Value>,
) -> Result<Vec<(String, String)>, String> {
    let fields = stated.iter().map(|(key, value)| {
            let is_key = !key.is_empty()
                && key
                    .chars()
                    .all(|it| it.is_ascii_alphanumeric() || it == '-' || it == '_')
                && !TAKEN.contains(&key.as_str());
            if !is_key {
                return Err(format!(
                    "`signature` has the key {key:?}, which is not of letters, digits, `-` and `_`, or is one of `{}`",
                    TAKEN.join("`, `")
                ));
            }
            match value {
                Value::String(text) => Ok((key.clone(), text.clone())),
                Value::Number(_) | Value::Bool(_) => Ok((key.clone(), value.to_string())),
                _ => Err(format!(
                    "`{key}` of `signature` is no text, number or truth value"
                )),
            }
        });
    fields.collect()
}

impl MeasureParts {
    /// Returns the measure, or why the metric has none.
    ///
    /// # Errors
    /// Returns an error if it is both or neither, or the value is beyond the scale.
    pub(super) fn measure(
        self,
        scale: Scale,
    ) -> Result<Result<ExternalMeasure, String>, String> {
        match (self.value, self.error) {
            (Some(value), None) => {
                within(scale, "value", value)?;
                let score = Score {
                    precision: self.precision,
                    recall: self.recall,
                    value,
                };
                let note = self.note.as_deref().and_then(note);
                Ok(Ok(ExternalMeasure { score, note }))
            }
            (None, Some(error)) => Ok(Err(error)),
            (None, None) => Err("it has neither `value` nor `error`".to_owned()),
            (Some(_), Some(_)) => Err("it has both `value` and `error`".to_owned()),
        }
    }
}

/// Checks that a number that is called `what` is within the bounds of a scale.
///
/// # Errors
/// Returns an error with the number and the bound.
pub(super) fn within(scale: Scale, what: &str, value: f64) -> Result<(), String> {
    if !value.is_finite() {
        return Err(format!("`{what}` is {value}, not a finite number"));
    }
    let beyond = |side: &str, name: &str, bound: f64| {
        format!("`{what}` is {value}, {side} `{name}`, which is {bound}")
    };
    match (scale.low, scale.high) {
        (Some(low), _) if value < low => Err(beyond("below", "low", low)),
        (_, Some(high)) if value > high => Err(beyond("above", "high", high)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scale(json: &str) -> Result<Scale, String> {
        serde_json::from_str::<MetricFields>(json).unwrap().scale()
    }

    #[test]
    fn values_are_shares_if_they_are_from_0_to_1() {
        assert_eq!(scale(r#"{"low":0,"high":1}"#), Ok(Scale::SHARE));
        let plain = scale("{}").unwrap();
        assert_eq!(
            (plain.unit, plain.worst(), plain.better),
            (Unit::Ratio, None, Better::Higher)
        );
        let bits = scale(r#"{"low":0,"high":1,"unit":"bits","better":"lower"}"#).unwrap();
        assert_eq!((bits.unit, bits.worst()), (Unit::Bits, Some(1.0)));
    }

    #[test]
    fn bounds_in_the_wrong_order_are_refused() {
        insta::assert_snapshot!(
            scale(r#"{"low":1,"high":0}"#).unwrap_err(),
            @"`low` is 1, not below `high`, which is 0"
        );
    }

    #[test]
    fn a_signature_has_keys_of_its_own_and_plain_values() {
        let refusal = |json: &str| {
            let fields: MetricFields = serde_json::from_str(json).unwrap();
            signature_fields(&fields.signature).unwrap_err()
        };
        assert!(
            refusal(r#"{"signature":{"v":1}}"#).contains("has the key \"v\""),
            "a version has another place"
        );
        insta::assert_snapshot!(
            refusal(r#"{"signature":{"layers":[1,2]}}"#),
            @"`layers` of `signature` is no text, number or truth value"
        );
    }

    #[test]
    fn a_number_beyond_its_bounds_is_told_with_the_bound() {
        assert_eq!(within(Scale::SHARE, "value", 1.0), Ok(()));
        insta::assert_snapshot!(
            within(Scale::SHARE, "value", 1.5).unwrap_err(),
            @"`value` is 1.5, above `high`, which is 1"
        );
        insta::assert_snapshot!(
            within(Scale::SHARE, "value", f64::NAN).unwrap_err(),
            @"`value` is NaN, not a finite number"
        );
    }
}
