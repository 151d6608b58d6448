//! Formats values of metrics by their units. No other file decides how a unit is printed.

use epitome_metrics::Unit;

/// Converts a value to the scale of tables: a share to percent; other values do not change.
pub fn scaled(unit: Unit, value: f64) -> f64 {
    match unit {
        Unit::Share => 100.0 * value,
        Unit::Words | Unit::Tokens | Unit::Ratio | Unit::Bits => value,
    }
}

/// Returns the number of decimals of a value in tables.
pub(super) fn decimals(unit: Unit) -> usize {
    match unit {
        Unit::Share | Unit::Words | Unit::Tokens | Unit::Ratio => 2,
        Unit::Bits => 3,
    }
}

/// Returns the number of steps of the last decimal from 0 to 1.
#[cfg(any(feature = "html", test))]
pub(super) fn steps(unit: Unit) -> f64 {
    match unit {
        Unit::Share | Unit::Words | Unit::Tokens | Unit::Ratio => 100.0,
        Unit::Bits => 1_000.0,
    }
}

/// Formats a value for tables: `"30.80"` for the share 0.308.
pub fn value(unit: Unit, value: f64) -> String {
    let digits = decimals(unit);
    unsigned_zero(format!("{:.digits$}", scaled(unit, value)))
}

/// Formats a mean with half the width of its interval, `"30.80 ±1.50"`; without an interval, the
/// mean alone.
pub(super) fn with_half(unit: Unit, mean: f64, interval: Option<(f64, f64)>) -> String {
    let mean = value(unit, mean);
    match interval {
        Some(interval) => format!("{mean} ±{}", half(unit, interval)),
        None => mean,
    }
}

/// Formats half the width of an interval.
pub(super) fn half(unit: Unit, (low, high): (f64, f64)) -> String {
    value(unit, (high - low) / 2.0)
}

/// Formats a difference with its sign, `"+1.00"`; `"0.00"` without a sign if it rounds to zero.
pub fn difference(unit: Unit, difference: f64) -> String {
    let text = value(unit, difference);
    let is_nothing = text.chars().all(|sign| matches!(sign, '0' | '.'));
    if is_nothing || text.starts_with('−') {
        text
    } else {
        format!("+{text}")
    }
}

/// Formats an interval of a difference: `"−0.50 to +2.50"`.
pub(super) fn differences(unit: Unit, (low, high): (f64, f64)) -> String {
    format!("{} to {}", difference(unit, low), difference(unit, high))
}

/// Formats an interval of a value: `"29.80 to 32.80"`.
pub(super) fn range(unit: Unit, (low, high): (f64, f64)) -> String {
    format!("{} to {}", value(unit, low), value(unit, high))
}

/// Returns the symbol or the name of a unit.
pub fn symbol(unit: Unit) -> &'static str {
    match unit {
        Unit::Share => "%",
        Unit::Words => "words",
        Unit::Tokens => "tokens",
        Unit::Ratio => "ratio",
        Unit::Bits => "bits",
    }
}

/// Returns the unit of differences; differences of percentages are in points.
pub fn symbol_of_differences(unit: Unit) -> &'static str {
    match unit {
        Unit::Share => "points",
        other => symbol(other),
    }
}

/// Returns the title of the column of a metric, with its unit if that is not percent.
pub(super) fn titled(name: &str, unit: Unit) -> String {
    match symbol(unit) {
        "%" => name.to_owned(),
        symbol if symbol == name => name.to_owned(),
        symbol => format!("{name}, {symbol}"),
    }
}

/// Replaces the hyphen before a formatted number by a minus sign, and removes it before zero.
fn unsigned_zero(text: String) -> String {
    match text.strip_prefix('-') {
        None => text,
        Some(rest) if rest.chars().all(|sign| matches!(sign, '0' | '.')) => {
            rest.to_owned()
        }
        Some(rest) => format!("−{rest}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_alone_are_in_percent() {
        let all = [Unit::Share, Unit::Words, Unit::Ratio, Unit::Bits];
        assert_eq!(
            all.map(|unit| value(unit, 0.308)),
            ["30.80", "0.31", "0.31", "0.308"]
        );
        assert_eq!(
            with_half(Unit::Words, 84.2, Some((81.2, 88.2))),
            "84.20 ±3.50"
        );
        assert_eq!(with_half(Unit::Share, 0.842, None), "84.20");
        assert_eq!(all.map(symbol), ["%", "words", "ratio", "bits"]);
        assert_eq!(
            all.map(|unit| steps(unit).log10()),
            all.map(|unit| decimals(unit) as f64)
        );
    }

    #[test]
    fn differences_have_a_sign_but_nothing_has_none() {
        let of = |share| difference(Unit::Share, share);
        assert_eq!(
            [of(0.01), of(-0.01), of(-0.000_01), of(0.0)],
            ["+1.00", "−1.00", "0.00", "0.00"]
        );
        assert_eq!(differences(Unit::Words, (-2.0, 3.5)), "−2.00 to +3.50");
    }

    #[test]
    fn a_column_names_its_unit_once() {
        assert_eq!(titled("rouge-1", Unit::Share), "rouge-1");
        assert_eq!(titled("density", Unit::Words), "density, words");
        assert_eq!(titled("words", Unit::Words), "words");
    }
}
