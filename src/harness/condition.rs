//! The conditions of a gate, which a comparison must meet:
//! `rouge-2.value > -0.5 @ p<0.01; speed > -5%`.

use std::{cmp::Ordering, str::FromStr};

use crate::{
    metric::Unit,
    report::{Field, p_value},
};

/// The conditions of a gate, all of which must hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Gate(pub Vec<GateCondition>);

/// One condition on the difference of system A from system B.
#[derive(Debug, Clone, PartialEq)]
pub struct GateCondition {
    /// The name of a metric, or `speed`.
    pub subject: String,
    /// Which number of the metric is compared.
    pub field: Field,
    /// Whether the difference must be above or below the threshold.
    pub direction: Direction,
    /// The threshold of the difference.
    pub threshold: Threshold,
    /// What a test must show, if one is required.
    pub proof: Option<Proof>,
    /// The text of the condition as it was written.
    pub text: String,
}

/// What a test must show, at a level for its p-value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Proof {
    /// The condition fails only if the difference is shown to be beyond the threshold,
    /// written `rouge-2 > -0.5 @ p<0.01`: the system must not be shown to be worse.
    OfFailure(f64),
    /// The condition holds only if the difference is shown not to be beyond the threshold,
    /// written `rouge-2 shown > 0 @ p<0.01`: the system must be shown to be better.
    OfSuccess(f64),
}

impl Proof {
    /// Returns the level of the test.
    pub fn level(self) -> f64 {
        match self {
            Self::OfFailure(level) | Self::OfSuccess(level) => level,
        }
    }
}

/// The side of the threshold on which a difference must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// The difference must be above the threshold, written `>`.
    Above,
    /// The difference must be below the threshold, written `<`.
    Below,
}

/// The threshold of the difference of A from B, with its unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Threshold {
    /// The threshold in points, which are hundredths of a share, or in the unit of the metric.
    Points(f64),
    /// The threshold in percent of B's value.
    Percent(f64),
}

const HINT: &str = "\nhint: such as `rouge-2.value > -0.5 @ p<0.01; speed > -5%`";

impl FromStr for Gate {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let conditions = text
            .split(';')
            .map(str::trim)
            .filter(|text| !text.is_empty());
        let conditions: Vec<GateCondition> =
            conditions.map(condition).collect::<Result<_, _>>()?;
        match conditions.is_empty() {
            true => Err(format!("there is no condition{HINT}")),
            false => Ok(Self(conditions)),
        }
    }
}

/// Parses one condition; the error text quotes it.
fn condition(text: &str) -> Result<GateCondition, String> {
    let refuse = |problem: &str| format!("`{text}`: {problem}{HINT}");
    let at = text
        .find(['>', '<'])
        .ok_or_else(|| refuse("there is no `>`"))?;
    let direction = match text[at..].starts_with('>') {
        true => Direction::Above,
        false => Direction::Below,
    };

    let subject_text = text[..at].trim();
    let must_show = subject_text.strip_suffix(" shown");
    let (subject, field) = subject(must_show.unwrap_or(subject_text).trim());
    if subject.is_empty() {
        return Err(refuse("there is no metric before the sign"));
    }

    let (threshold, alpha) = match text[at + 1..].split_once('@') {
        Some((threshold, level)) => {
            let level = level.trim().strip_prefix('p').map(str::trim_start);
            let level = level.and_then(|level| level.strip_prefix('<'));
            let alpha = level.and_then(|level| level.trim().parse().ok());
            let alpha = alpha.filter(|alpha| (0.0..=1.0).contains(alpha));
            let alpha = alpha
                .ok_or_else(|| refuse("after `@` there is no level such as `p<0.01`"))?;
            (threshold.trim(), Some(alpha))
        }
        None => (text[at + 1..].trim(), None),
    };

    let threshold = match threshold.strip_suffix('%') {
        Some(percent) => number(percent).map(Threshold::Percent),
        None => number(threshold).map(Threshold::Points),
    };
    let threshold = threshold
        .ok_or_else(|| refuse("the threshold is not a number of points or percent"))?;

    let proof = match (must_show, alpha) {
        (Some(_), None) => {
            return Err(refuse("`shown` needs a level such as `@ p<0.01`"));
        }
        (Some(_), Some(level)) => Some(Proof::OfSuccess(level)),
        (None, level) => level.map(Proof::OfFailure),
    };

    // times differ between machines, the ratio of two systems hardly does
    if subject == SPEED && matches!(threshold, Threshold::Points(_)) {
        return Err(refuse("a speed is compared in percent"));
    }
    if subject == SPEED && must_show.is_some() {
        return Err(refuse(
            "a speed has an interval and no p-value: leave out `shown`",
        ));
    }

    Ok(GateCondition {
        subject: subject.to_owned(),
        field,
        direction,
        threshold,
        proof,
        text: text.to_owned(),
    })
}

/// Returns a finite number; the minus sign may be a hyphen or the mathematical one.
fn number(text: &str) -> Option<f64> {
    let number = text.trim().replace('−', "-").parse::<f64>().ok();
    number.filter(|number| number.is_finite())
}

/// The subject of a condition on speed.
const SPEED: &str = "speed";

/// Returns the subject of a condition and the number that is compared, which is the value
/// by default.
fn subject(text: &str) -> (&str, Field) {
    let fields = [
        (".value", Field::Value),
        (".precision", Field::Precision),
        (".recall", Field::Recall),
    ];
    let found = fields
        .into_iter()
        .find_map(|(ending, field)| Some((text.strip_suffix(ending)?, field)));
    found.unwrap_or((text, Field::Value))
}

impl GateCondition {
    /// Returns whether the condition is on speed and not on a metric.
    pub(super) fn is_speed(&self) -> bool {
        self.subject == SPEED
    }

    /// Returns the threshold as a difference, if B's value is `base` in `unit`.
    pub(super) fn difference(&self, base: f64, unit: Unit) -> f64 {
        match (self.threshold, unit) {
            (Threshold::Points(points), Unit::Share) => points / 100.0,
            (Threshold::Points(number), _) => number,
            (Threshold::Percent(percent), _) => percent / 100.0 * base,
        }
    }

    /// Returns whether a difference is on the wrong side of a threshold.
    pub(super) fn is_beyond(&self, difference: f64, threshold: f64) -> bool {
        match self.direction {
            Direction::Above => difference <= threshold,
            Direction::Below => difference >= threshold,
        }
    }
}

/// Returns on which side of a threshold, also given in words, a difference is, and
/// whether a test shows it, if one was asked for: `below −0.50, which is not shown
/// (p = 0.54)`.
pub(super) fn side(
    difference: f64,
    limit: &str,
    threshold: f64,
    is_shown: Option<bool>,
    p: f64,
) -> String {
    let side = match difference.total_cmp(&threshold) {
        Ordering::Less => "below",
        Ordering::Equal => "at",
        Ordering::Greater => "above",
    };
    let p = match p_value(p) {
        p if p.starts_with('<') => format!("p {p}"),
        p => format!("p = {p}"),
    };
    match is_shown {
        Some(true) => format!("shown to be {side} {limit} ({p})"),
        Some(false) => format!("{side} {limit}, which is not shown ({p})"),
        None => format!("{side} {limit}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_separated_by_semicolons() {
        let Gate(found) = "rouge-2.value > -0.5 @ p<0.01; speed > -5%"
            .parse()
            .unwrap();
        assert_eq!(found.len(), 2);
        assert_eq!(
            (found[0].subject.as_str(), found[0].proof),
            ("rouge-2", Some(Proof::OfFailure(0.01)))
        );
        assert_eq!(found[0].threshold, Threshold::Points(-0.5));
        assert!(found[1].is_speed());
        assert_eq!(found[1].threshold, Threshold::Percent(-5.0));
    }

    #[test]
    fn points_are_of_shares_and_other_units_are_as_they_are() {
        let Gate(found) = "words > -5".parse().unwrap();
        assert_eq!(found[0].difference(80.0, Unit::Share), -0.05);
        assert_eq!(found[0].difference(80.0, Unit::Words), -5.0);
    }

    #[test]
    fn a_metric_may_have_signs_in_its_name() {
        let Gate(found) = "keyphrase-f1@5.recall>1;redundancy < 2 %".parse().unwrap();
        assert_eq!(found[0].subject, "keyphrase-f1@5");
        assert_eq!(found[0].field, Field::Recall);
        assert_eq!(found[1].direction, Direction::Below);
    }

    #[test]
    fn what_must_be_shown_is_shown_by_a_test() {
        let Gate(found) = "rouge-2.recall shown > 0.5 @ p<0.05".parse().unwrap();
        assert_eq!(
            (found[0].subject.as_str(), found[0].field),
            ("rouge-2", Field::Recall)
        );
        assert_eq!(found[0].proof, Some(Proof::OfSuccess(0.05)));
    }

    #[test]
    fn what_is_no_condition_is_refused() {
        for text in [
            "",
            "rouge-1",
            "> 3",
            "rouge-1 > x",
            "rouge-1 > 1 @ 0.01",
            "speed > 5",
            "rouge-1 shown > 0",
            "speed shown > -5% @ p<0.01",
        ] {
            assert!(text.parse::<Gate>().is_err(), "{text:?} was taken");
        }
        insta::assert_snapshot!("rouge-1 > x".parse::<Gate>().unwrap_err(), @"
        `rouge-1 > x`: the threshold is not a number of points or percent
        hint: such as `rouge-2.value > -0.5 @ p<0.01; speed > -5%`
        ");
    }
}
