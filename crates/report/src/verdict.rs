//! The sentence about which system is best.

use epitome_engine::run::{MetricRecipe, SystemKind};
use epitome_metrics::Better;

use super::line::{BoardLine, BoardScore};

/// Maximum number of systems that a verdict names; others are counted.
const NAMED: usize = 3;

/// Returns which system is best by a metric, and which are not shown to differ from it. Systems that
/// failed on every document are left out. Returns `None` if there are fewer than two systems, or if neither high nor low values of the metric are
/// better. `column` is the index of the metric in the scores of a line.
pub(super) fn verdict(
    metric: &MetricRecipe,
    column: usize,
    lines: &[BoardLine],
) -> Option<String> {
    let scored = lines.iter().filter(|line| line.kind == SystemKind::System);
    let scored = scored.map(|line| (line.system.as_str(), &line.scores[column]));
    let is_ranked =
        |scored: &BoardScore| scored.mean.is_some() && scored.all_failed.is_none();
    let systems: Vec<(&str, &BoardScore)> =
        scored.filter(|(_, scored)| is_ranked(scored)).collect();
    if systems.len() < 2 || metric.better == Better::Neither {
        return None;
    }

    let named = |is_it: fn(&BoardScore) -> bool| -> Vec<&str> {
        let found = systems.iter().filter(|(_, scored)| is_it(scored));
        found.map(|(name, _)| *name).collect()
    };
    let (best, near) = (named(|it| it.best), named(|it| it.near));
    let was_compared = systems.iter().any(|(_, scored)| scored.letters.is_some());
    let (is, has) = if best.len() == 1 {
        ("is", "has")
    } else {
        ("are", "have")
    };
    let others = systems.len() - best.len();
    let said = match near.len() {
        _ if !was_compared => format!("{has} the best mean; no difference is shown"),
        count if count == others => {
            format!("{is} best; no other system is shown to differ")
        }
        0 => format!("{is} best; every other system is shown to be worse"),
        count => format!(
            "{is} best; {} {} not shown to differ, every other system is shown to be worse",
            listed(&near),
            if count == 1 { "is" } else { "are" }
        ),
    };
    Some(format!("by {} {} {said}", metric.name, listed(&best)))
}

/// Returns names in backticks, at most [`NAMED`], and the number of others.
fn listed(names: &[&str]) -> String {
    let shown: Vec<String> = names
        .iter()
        .take(NAMED)
        .map(|name| format!("`{name}`"))
        .collect();
    match (names.len().saturating_sub(NAMED), shown.as_slice()) {
        (0, [rest @ .., last]) if !rest.is_empty() => {
            format!("{} and {last}", rest.join(", "))
        }
        (0, _) => shown.join(", "),
        (more, _) => format!("{} and {more} more", shown.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::tests::{example, metric};
    use epitome_metrics::Task;

    fn line(system: &str, mean: f64, letters: &str) -> BoardLine {
        let scored = BoardScore {
            mean: Some(mean),
            best: letters.contains('a') && mean > 0.9,
            near: letters.contains('a') && mean <= 0.9,
            letters: Some(letters.to_owned()).filter(|letters| !letters.is_empty()),
            n: 9,
            ..BoardScore::default()
        };
        BoardLine {
            system: system.to_owned(),
            scores: vec![scored],
            ..example()[0].lines[0].clone()
        }
    }

    fn said(lines: &[BoardLine]) -> String {
        verdict(&metric("rouge-1", Task::Summaries), 0, lines).unwrap_or_default()
    }

    #[test]
    fn the_verdict_names_the_best_and_those_that_may_be_as_good() {
        let [a, b, c] = [
            line("x", 1.0, "a"),
            line("y", 0.8, "ab"),
            line("z", 0.1, "b"),
        ];

        assert_eq!(
            said(&[a.clone(), b.clone(), c.clone()]),
            "by rouge-1 `x` is best; `y` is not shown to differ, every other system is shown to be worse"
        );

        assert_eq!(
            said(&[a.clone(), b]),
            "by rouge-1 `x` is best; no other system is shown to differ"
        );

        assert_eq!(
            said(&[a.clone(), c]),
            "by rouge-1 `x` is best; every other system is shown to be worse"
        );

        let human = BoardLine {
            kind: SystemKind::Reference,
            ..line("human", 2.0, "")
        };

        assert_eq!(said(&[a, human]), "", "a reference is no system");
    }
}
