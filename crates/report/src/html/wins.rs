//! The documents with the largest differences between two systems.

use serde::Serialize;

use epitome_engine::run::MetricRecipe;

use crate::unit;

/// Two systems on the documents where they differ most by one metric.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Extremes {
    pub(super) a: String,
    pub(super) b: String,
    pub(super) metric: String,
    /// Unit of the scores.
    pub(super) unit: &'static str,
    /// Documents on which the first system is better.
    pub(super) wins: Vec<Extreme>,
    /// Documents on which the second system is better.
    pub(super) losses: Vec<Extreme>,
}

/// A document, and the scores of the two systems on it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Extreme {
    pub(super) at: usize,
    pub(super) id: String,
    pub(super) a: String,
    pub(super) b: String,
    pub(super) difference: String,
}

/// The number of documents in each list.
const SHOWN: usize = 8;

/// Returns the documents with the largest differences of two columns; equal ones are in the order
/// of the documents.
pub(super) fn extremes(
    [a, b]: [&str; 2],
    metric: &MetricRecipe,
    ids: &[String],
    [of_a, of_b]: [&[f64]; 2],
) -> Extremes {
    let mut order: Vec<(usize, f64)> = of_a
        .iter()
        .zip(of_b)
        .map(|(a, b)| a - b)
        .enumerate()
        .filter(|(_, difference)| !difference.is_nan())
        .collect();

    order.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    // the difference of what is shown, so that a reader can check it
    let shown_steps = unit::scaled(metric.unit, 1.0) * unit::steps(metric.unit);
    let rounded = |value: f64| (value * shown_steps).round() / shown_steps;
    let extreme = |&(at, _): &(usize, f64)| Extreme {
        at,
        id: ids[at].clone(),
        a: unit::value(metric.unit, of_a[at]),
        b: unit::value(metric.unit, of_b[at]),
        difference: unit::difference(metric.unit, rounded(of_a[at]) - rounded(of_b[at])),
    };

    // what rounds to nothing is no win
    let least = 0.5 / unit::steps(metric.unit) / unit::scaled(metric.unit, 1.0);
    let wins = order
        .iter()
        .take_while(|(_, difference)| *difference >= least);
    let wins = wins.take(SHOWN).map(extreme).collect();
    order.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
    let losses = order
        .iter()
        .take_while(|(_, difference)| *difference <= -least);
    let losses = losses.take(SHOWN).map(extreme).collect();
    Extremes {
        a: a.to_owned(),
        b: b.to_owned(),
        metric: metric.name.clone(),
        unit: unit::symbol(metric.unit),
        wins,
        losses,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::tests::metric;
    use epitome_metrics::Task;

    #[test]
    fn the_largest_differences_come_first_and_ties_are_neither() {
        let ids: Vec<String> = ["p", "q", "r", "s", "t"].map(str::to_owned).to_vec();
        let a = [0.5, 0.2, 0.3, 0.9, f64::NAN];
        let b = [0.4, 0.6, 0.300_001, 0.1, 0.5];
        let rouge = metric("rouge-1", Task::Summaries);
        let found = extremes(["x", "y"], &rouge, &ids, [&a, &b]);
        let names =
            |all: &[Extreme]| all.iter().map(|one| one.id.clone()).collect::<Vec<_>>();
        assert_eq!(names(&found.wins), ["s", "p"]);
        assert_eq!(names(&found.losses), ["q"]);
        assert_eq!(found.losses[0].difference, "−40.00");
        assert_eq!(found.wins[0].difference, "+80.00");
    }
}
