//! sacreBLEU 2.6.0, and SummEval's data statistics with JS divergence.

use epitome::{
    metric::{Metric, MetricSet, MetricSource, Statistics, Task, aggregate::average},
    registry::Registry,
};
use serde_json::Value;

use super::shared;

/// `exp`, `ln` and `log2` of two mathematics libraries differ by an ulp, and sums of
/// logarithms run in another order: far below 1e-12 of the value.
const TOLERANCE: f64 = 1e-12;

fn rows(file: &str) -> Option<Vec<Value>> {
    let golden = shared(file)?;
    Some(
        golden
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect(),
    )
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
    let specs = [
        ("chrF2", "chrf"),
        ("chrF2++", "chrf++"),
        ("bleu_effective_order", "bleu"),
    ];
    let metrics = metrics(&specs);
    let Some(rows) = rows("golden/rouge/sacrebleu_2.6.0.jsonl") else {
        return;
    };
    for row in &rows {
        let text = |text: &Value| text.as_str().unwrap().to_owned();
        let references: Vec<String> = row["references"]
            .as_array()
            .unwrap()
            .iter()
            .map(text)
            .collect();
        let mut metric_set =
            MetricSet::new(Task::Summaries, metrics.iter().map(AsRef::as_ref));
        let references =
            metric_set.references(references.iter().map(std::slice::from_ref));
        let candidate = metric_set.candidate([row["candidate"].as_str().unwrap()]);
        let statistics = metric_set.prepare(&references).measure(&candidate);
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
    (
        "",
        170,
        [
            9.211_123_250_883_341,
            38.779_912_914_057_086,
            35.346_990_081_456_894,
        ],
    ),
    (
        "edge-",
        57,
        [
            31.892_115_764_342_275,
            52.539_594_980_347_246,
            48.255_306_802_878_48,
        ],
    ),
    (
        "scitldr-",
        70,
        [
            6.876_872_495_593_981_5,
            38.312_844_344_125_88,
            34.934_912_405_600_514,
        ],
    ),
    (
        "qmsum-",
        35,
        [
            20.090_672_526_621_78,
            38.554_061_748_646_28,
            35.349_084_300_767_38,
        ],
    ),
    (
        "qmsumlong-",
        3,
        [
            0.810_719_184_260_721,
            33.551_048_332_887_59,
            29.939_901_732_376_73,
        ],
    ),
    (
        "e2e-",
        5,
        [
            46.268_323_319_322_85,
            74.078_766_177_909_33,
            71.593_719_875_776_29,
        ],
    ),
];

#[test]
fn every_corpus_has_the_score_of_sacrebleu() {
    let specs = [
        ("BLEU", "bleu(average=micro)"),
        ("chrF2", "chrf(average=micro)"),
        ("chrF2++", "chrf++(average=micro)"),
    ];
    let metrics = metrics(&specs);
    let Some(rows) = rows("golden/rouge/sacrebleu_2.6.0.jsonl") else {
        return;
    };
    for (prefix, count, wanted) in CORPORA {
        let of_corpus = |row: &&Value| row["id"].as_str().unwrap().starts_with(prefix);
        let pairs: Vec<&Value> = rows.iter().filter(of_corpus).collect();
        assert_eq!(pairs.len(), *count, "{prefix}");
        for (at, metric) in metrics.iter().enumerate() {
            let statistics: Vec<Statistics> = pairs
                .iter()
                .map(|row| measured(metric.as_ref(), row))
                .collect();
            let found = 100.0 * average(metric.as_ref(), &statistics).unwrap().value;
            check(&Value::from(*prefix), specs[at].0, found, wanted[at]);
        }
    }
}

fn measured(metric: &dyn Metric, row: &Value) -> Statistics {
    let text = |text: &Value| text.as_str().unwrap().to_owned();
    let references: Vec<String> = row["references"]
        .as_array()
        .unwrap()
        .iter()
        .map(text)
        .collect();
    let mut metric_set = MetricSet::new(Task::Summaries, [metric]);
    let references = metric_set.references(references.iter().map(std::slice::from_ref));
    let candidate = metric_set.candidate([row["candidate"].as_str().unwrap()]);
    metric_set
        .prepare(&references)
        .measure(&candidate)
        .remove(0)
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
    let Some(rows) = rows("golden/rouge/fragments_jsd.jsonl") else {
        return;
    };
    for row in &rows {
        let document = [row["document"].as_str().unwrap().to_owned()];
        let mut metric_set =
            MetricSet::new(Task::Summaries, metrics.iter().map(AsRef::as_ref));
        let source = MetricSource {
            sentences: &document,
            ..MetricSource::default()
        };
        let references = metric_set.references_and_source([], source);
        assert!(
            references.readable.iter().all(|&readable| readable),
            "{}",
            row["id"]
        );
        let candidate = metric_set.candidate([row["summary"].as_str().unwrap()]);
        let statistics = metric_set.prepare(&references).measure(&candidate);
        for (at, (key, _)) in specs.iter().enumerate() {
            let found = metrics[at].score(&statistics[at]).value;
            check(&row["id"], key, found, row[key].as_f64().unwrap());
        }
    }
    assert_eq!(rows.len() * specs.len(), 2_430, "values compared");
}
