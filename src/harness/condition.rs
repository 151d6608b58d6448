//! Conditions that a comparison must meet: `rouge-2.value > -0.5 @ p<0.01; speed > -5%`.

use std::str::FromStr;

use crate::report::Field;

/// Conditions that all have to hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Gate(pub Vec<GateCondition>);

/// One condition on the difference of A from B.
#[derive(Debug, Clone, PartialEq)]
pub struct GateCondition {
    /// The metric's name, or `speed`.
    pub subject: String,
    /// Which number of the metric.
    pub field: Field,
    /// Whether the difference has to be above the threshold or below it.
    pub direction: Direction,
    /// The threshold.
    pub threshold: Threshold,
    /// The condition fails only where a test says so with a p-value below this.
    pub alpha: Option<f64>,
    /// As it was written.
    pub text: String,
}

/// On which side of the threshold a difference has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// `>`
    Above,
    /// `<`
    Below,
}

/// How far A may be from B.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Threshold {
    /// In points: hundredths of a score.
    Points(f64),
    /// In percent of what B has.
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

fn condition(text: &str) -> Result<GateCondition, String> {
    let refuse = |problem: &str| format!("`{text}`: {problem}{HINT}");
    let at = text
        .find(['>', '<'])
        .ok_or_else(|| refuse("there is no `>`"))?;
    let direction = match text[at..].starts_with('>') {
        true => Direction::Above,
        false => Direction::Below,
    };
    let (subject, field) = subject(text[..at].trim());
    if subject.is_empty() {
        return Err(refuse("there is no metric before the sign"));
    }
    let (threshold, alpha) = match text[at + 1..].split_once('@') {
        Some((threshold, level)) => {
            let level = level.trim().strip_prefix('p').map(str::trim_start);
            let level = level.and_then(|level| level.strip_prefix('<'));
            let alpha = level.and_then(|level| level.trim().parse().ok());
            let alpha = alpha.filter(|alpha| (0.0..=1.0).contains(alpha));
            let alpha = alpha.ok_or_else(|| refuse("behind `@` is not `p<0.01`"))?;
            (threshold.trim(), Some(alpha))
        }
        None => (text[at + 1..].trim(), None),
    };
    let number = |text: &str| {
        let number = text.trim().replace('−', "-").parse::<f64>().ok();
        number.filter(|number| number.is_finite())
    };
    let threshold = match threshold.strip_suffix('%') {
        Some(percent) => number(percent).map(Threshold::Percent),
        None => number(threshold).map(Threshold::Points),
    };
    let threshold = threshold
        .ok_or_else(|| refuse("the threshold is not a number of points or percent"))?;
    if subject == SPEED && matches!(threshold, Threshold::Points(_)) {
        return Err(refuse("a speed is compared in percent"));
    }
    Ok(GateCondition {
        subject: subject.to_owned(),
        field,
        direction,
        threshold,
        alpha,
        text: text.to_owned(),
    })
}

/// What a condition on speed is about.
const SPEED: &str = "speed";

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
    /// Whether the condition is about speed.
    pub(super) fn is_speed(&self) -> bool {
        self.subject == SPEED
    }

    /// The threshold as a difference, where B has `base`.
    pub(super) fn difference(&self, base: f64) -> f64 {
        match self.threshold {
            Threshold::Points(points) => points / 100.0,
            Threshold::Percent(percent) => percent / 100.0 * base,
        }
    }

    /// Whether a difference is on the wrong side of a threshold.
    pub(super) fn is_beyond(&self, difference: f64, threshold: f64) -> bool {
        match self.direction {
            Direction::Above => difference <= threshold,
            Direction::Below => difference >= threshold,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_parted_by_semicolons() {
        let Gate(found) = "rouge-2.value > -0.5 @ p<0.01; speed > -5%"
            .parse()
            .unwrap();
        assert_eq!(found.len(), 2);
        assert_eq!(
            (found[0].subject.as_str(), found[0].alpha),
            ("rouge-2", Some(0.01))
        );
        assert_eq!(found[0].threshold, Threshold::Points(-0.5));
        assert!(found[1].is_speed());
        assert_eq!(found[1].threshold, Threshold::Percent(-5.0));
    }

    #[test]
    fn a_metric_may_have_signs_in_its_name() {
        let Gate(found) = "keyphrase-f1@5.recall>1;redundancy < 2 %".parse().unwrap();
        assert_eq!(found[0].subject, "keyphrase-f1@5");
        assert_eq!(found[0].field, Field::Recall);
        assert_eq!(found[1].direction, Direction::Below);
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
        ] {
            assert!(text.parse::<Gate>().is_err(), "{text:?} was taken");
        }
        insta::assert_snapshot!("rouge-1 > x".parse::<Gate>().unwrap_err(), @"
        `rouge-1 > x`: the threshold is not a number of points or percent
        hint: such as `rouge-2.value > -0.5 @ p<0.01; speed > -5%`
        ");
    }
}
