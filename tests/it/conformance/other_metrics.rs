//! sacreBLEU 2.6.0, and SummEval's data statistics with JS divergence.

use epitome::{
    metric::{Metric, Panel, Source, Statistics, Task, aggregate::average},
    registry::Registry,
};
use serde_json::Value;

use super::shared;

/// `exp`, `ln` and `log2` of two mathematics libraries differ by an ulp, and sums of
/// logarithms run in another order: far below 1e-12 of the value.
const TOLERANCE: f64 = 1e-12;

fn rows(file: &str) -> Option<Vec<Value>> {
    let golden = shared(file)?;
    Some(golden.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

fn metrics(specs: &[(&str, &str)]) -> Vec<Box<dyn Metric>> {
    let registry = Registry::standard();
    let build = |spec: &str| registry.metric(&spec.parse().unwrap()).unwrap().value;
    specs.iter().map(|(_, spec)| build(spec)).collect()
}

fn check(id: &Value, name: &str, found: f64, wanted: f64) {
    let off = (found - wanted).abs() / wanted.abs().max(1.0);
    assert!(off <= TOLERANCE, "{id} {name}: {found}, expected {wanted}");
}

#[test]
fn every_score_is_that_of_sacrebleu() {
    let specs =
        [("chrF2", "chrf"), ("chrF2++", "chrf++"), ("bleu_effective_order", "bleu")];
    let metrics = metrics(&specs);
    let Some(rows) = rows("golden/rouge/sacrebleu_2.6.0.jsonl") else { return };
    for row in &rows {
        let text = |text: &Value| text.as_str().unwrap().to_owned();
        let references: Vec<String> =
            row["references"].as_array().unwrap().iter().map(text).collect();
        let mut panel = Panel::new(Task::Summaries, metrics.iter().map(AsRef::as_ref));
        let references = panel.references(references.iter().map(std::slice::from_ref));
        let candidate = panel.candidate([row["candidate"].as_str().unwrap()]);
        let statistics = panel.scale(&references).measure(&candidate);
        for (at, (key, _)) in specs.iter().enumerate() {
            let found = 100.0 * metrics[at].score(&statistics[at]).value;
            check(&row["id"], key, found, row["scores"][key].as_f64().unwrap());
        }
    }
    assert_eq!(rows.len() * specs.len(), 510, "scores compared");
}

/// BLEU, chrF2 and chrF2++ in percent of corpora of golden pairs, by how their ids begin:
/// `BLEU().corpus_score(…)`, `CHRF()` and `CHRF(word_order=2)` of sacreBLEU 2.6.0, a missing
/// reference being `None`.
const CORPORA: &[(&str, usize, [f64; 3])] = &[
    ("", 170, [9.211123250883341, 38.779912914057086, 35.346990081456894]),
    ("edge-", 57, [31.892115764342275, 52.539594980347246, 48.25530680287848]),
    ("scitldr-", 70, [6.8768724955939815, 38.31284434412588, 34.934912405600514]),
    ("qmsum-", 35, [20.09067252662178, 38.55406174864628, 35.34908430076738]),
    ("qmsumlong-", 3, [0.810719184260721, 33.55104833288759, 29.93990173237673]),
    ("e2e-", 5, [46.26832331932285, 74.07876617790933, 71.59371987577629]),
];

#[test]
fn every_corpus_has_the_score_of_sacrebleu() {
    let specs = [
        ("BLEU", "bleu(average=micro)"),
        ("chrF2", "chrf(average=micro)"),
        ("chrF2++", "chrf++(average=micro)"),
    ];
    let metrics = metrics(&specs);
    let Some(rows) = rows("golden/rouge/sacrebleu_2.6.0.jsonl") else { return };
    for (prefix, count, wanted) in CORPORA {
        let of_corpus = |row: &&Value| row["id"].as_str().unwrap().starts_with(prefix);
        let pairs: Vec<&Value> = rows.iter().filter(of_corpus).collect();
        assert_eq!(pairs.len(), *count, "{prefix}");
        for (at, metric) in metrics.iter().enumerate() {
            let statistics: Vec<Statistics> =
                pairs.iter().map(|row| measured(metric.as_ref(), row)).collect();
            let found = 100.0 * average(metric.as_ref(), &statistics).unwrap().value;
            check(&Value::from(*prefix), specs[at].0, found, wanted[at]);
        }
    }
}

fn measured(metric: &dyn Metric, row: &Value) -> Statistics {
    let text = |text: &Value| text.as_str().unwrap().to_owned();
    let references: Vec<String> =
        row["references"].as_array().unwrap().iter().map(text).collect();
    let mut panel = Panel::new(Task::Summaries, [metric]);
    let references = panel.references(references.iter().map(std::slice::from_ref));
    let candidate = panel.candidate([row["candidate"].as_str().unwrap()]);
    panel.scale(&references).measure(&candidate).remove(0)
}

#[test]
fn every_statistic_is_that_of_summeval() {
    let specs = [
        ("coverage", "coverage"),
        ("density", "density"),
        ("compression", "compression"),
        ("jsd_log2_unsmoothed", "js-divergence"),
        ("novel_1gram_type_ratio", "novel-ngrams(n=1)"),
        ("novel_2gram_type_ratio", "novel-ngrams(n=2)"),
        ("novel_3gram_type_ratio", "novel-ngrams(n=3)"),
        ("repeated_1gram_type_ratio", "repeated-ngrams(n=1)"),
        ("repeated_2gram_type_ratio", "repeated-ngrams(n=2)"),
        ("repeated_3gram_type_ratio", "repeated-ngrams(n=3)"),
    ];
    let metrics = metrics(&specs);
    let Some(rows) = rows("golden/rouge/fragments_jsd.jsonl") else { return };
    for row in &rows {
        let document = [row["document"].as_str().unwrap().to_owned()];
        let mut panel = Panel::new(Task::Summaries, metrics.iter().map(AsRef::as_ref));
        let source = Source { sentences: &document, ..Source::default() };
        let references = panel.references_and_source([], source);
        assert!(references.readable.iter().all(|&readable| readable), "{}", row["id"]);
        let candidate = panel.candidate([row["summary"].as_str().unwrap()]);
        let statistics = panel.scale(&references).measure(&candidate);
        for (at, (key, _)) in specs.iter().enumerate() {
            let found = metrics[at].score(&statistics[at]).value;
            check(&row["id"], key, found, row[key].as_f64().unwrap());
        }
    }
    assert_eq!(rows.len() * specs.len(), 2_430, "values compared");
}
