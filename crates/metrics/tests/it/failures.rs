//! A failure is never better than an answer.

use crate::cases::{Case, ODD, built, measure, metrics};

use epitome_metrics::{Better, METRICS, Metric, Scale};

/// Returns whether a value is better than another one; false if no direction is better.
fn is_better(scale: Scale, value: f64, than: f64) -> bool {
    match scale.better {
        Better::Higher => value > than + 1e-9,
        Better::Lower => value < than - 1e-9,
        Better::Neither => false,
    }
}

/// Checks that neither a failure nor an empty output is better than the output of `case`.
pub(crate) fn check_failures(metrics: &[(String, Box<dyn Metric>)], case: &Case) {
    let nothing = Case {
        candidate: Vec::new(),
        picks: Some(Vec::new()),
        ..case.clone()
    };
    let answers = measure(metrics, case);
    for ((at, answer), (_, empty)) in answers.into_iter().zip(measure(metrics, &nothing))
    {
        let (name, metric) = &metrics[at];
        let scale = metric.scale();
        let failed = metric.failed().map(|score| score.value);
        assert_eq!(failed, scale.worst(), "{name}");
        if answer.outputs == 0.0 {
            continue;
        }
        let value = metric.score(&answer).value;
        let empty = (empty.outputs > 0.0).then(|| metric.score(&empty).value);
        for bad in failed.into_iter().chain(empty) {
            assert!(
                !is_better(scale, bad, value),
                "{name}: {bad} against {value}"
            );
        }
    }
}

#[test]
fn neither_a_failure_nor_nothing_is_better_than_an_odd_answer() {
    let metrics = metrics();
    for candidate in ODD {
        for text in ODD {
            let list = |text: &str| vec![text.to_owned()];
            let case = Case {
                candidate: list(candidate),
                references: vec![list(text)],
                source: list(text),
                picks: Some(vec![0]),
                oracle: Some(vec![0]),
                boilerplate: Some(vec![true]),
                answers: list(text),
                evidence: Some(vec![0]),
            };
            check_failures(&metrics, &case);
        }
    }
}

#[test]
fn a_metric_without_a_worst_value_has_no_direction_or_no_end() {
    let unbounded: Vec<String> = METRICS
        .iter()
        .filter_map(|entry| built(entry.name))
        .filter(|(_, metric)| metric.failed().is_none())
        .map(|(name, _)| name)
        .collect();
    let mut descriptions = vec![
        "coverage",
        "density",
        "compression",
        "novel-ngrams",
        "position",
        "lead-overlap",
        "words",
    ];
    if cfg!(feature = "vocabularies") {
        descriptions.extend(["tokens", "token-compression"]);
    }
    assert_eq!(unbounded, descriptions);
}
