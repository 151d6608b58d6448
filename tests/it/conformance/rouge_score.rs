//! Every vector of `rouge-score` 0.1.2, to 1e-12.

use epitome::{
    metric::{Metric, MetricSet, Score, Task},
    registry::Registry,
};
use serde_json::Value;

use super::shared;

const METRICS: [(&str, &str); 6] = [
    ("rouge1", "rouge-1"),
    ("rouge2", "rouge-2"),
    ("rouge3", "rouge-3"),
    ("rouge4", "rouge-4"),
    ("rougeL", "rouge-l"),
    ("rougeLsum", "rouge-lsum"),
];

/// The sums of doubles differ from numpy's in no operation; 1e-12 is far above one ulp.
const TOLERANCE: f64 = 1e-12;

#[test]
fn every_vector_is_that_of_rouge_score() {
    let Some(golden) = shared("golden/rouge/rouge_score_0.1.2.jsonl") else {
        return;
    };
    let mut compared = 0;
    for line in golden.lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        let stemmer = row["options"]["use_stemmer"].as_bool().unwrap();
        let metrics = METRICS.map(|(_, name)| metric(name, stemmer));
        let references = texts(&row["references"]);
        for (reference, wanted) in references
            .iter()
            .zip(row["per_reference"].as_array().unwrap())
        {
            compared += check(&row, &metrics, std::slice::from_ref(reference), wanted);
        }
        if let Some(wanted) = row.get("score_multi") {
            compared += check(&row, &metrics, &references, wanted);
        }
    }
    assert_eq!(compared, 5_592, "scores compared: 932 texts by 6 metrics");
}

fn metric(name: &str, stemmer: bool) -> Box<dyn Metric> {
    let spec = format!("{name}(stemmer={stemmer})").parse().unwrap();
    Registry::standard().metric(&spec).unwrap().value
}

fn texts(list: &Value) -> Vec<String> {
    list.as_array()
        .unwrap()
        .iter()
        .map(|text| text.as_str().unwrap().to_owned())
        .collect()
}

fn check(
    row: &Value,
    metrics: &[Box<dyn Metric>],
    references: &[String],
    wanted: &Value,
) -> usize {
    let mut metric_set =
        MetricSet::new(Task::Summaries, metrics.iter().map(AsRef::as_ref));
    let references = metric_set.references(references.iter().map(std::slice::from_ref));
    let candidate = metric_set.candidate([row["candidate"].as_str().unwrap()]);
    let statistics = metric_set.prepare(&references).measure(&candidate);
    for (at, (theirs, _)) in METRICS.iter().enumerate() {
        let Score {
            precision,
            recall,
            value,
        } = metrics[at].score(&statistics[at]);
        let found = [precision.unwrap(), recall.unwrap(), value];
        for (found, key) in found.into_iter().zip(["p", "r", "f"]) {
            let wanted = wanted[theirs][key].as_f64().unwrap();
            let id = &row["id"];
            let off = (found - wanted).abs();
            assert!(
                off <= TOLERANCE,
                "{id} {theirs}.{key}: {found}, expected {wanted}"
            );
        }
    }
    METRICS.len()
}
