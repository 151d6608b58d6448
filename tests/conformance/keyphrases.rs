//! Keyphrase scores of other tools' outputs against the published measurements.
//!
//! The outputs are of half of the documents (255 of 500, 42 of 100) and the figures of
//! all, so none can be equal. The mean of `n` of `N` documents is off the mean of all by
//! a standard deviation of `σ · √(1/n − 1/N)`; 4 of these, over 160 comparisons, are
//! passed by chance once in a hundred runs, and by a wrong denominator always.

use epitome::{
    metric::{Metric, Panel, Statistics, Task, aggregate::average},
    registry::Registry,
};
use serde_json::Value;

use super::shared;

const METRICS: [&str; 7] = [
    "keyphrase-f1@5",
    "keyphrase-f1@10",
    "keyphrase-f1@15",
    "keyphrase-f1(at=10, denominator=cut)",
    "keyphrase-map",
    "keyphrase-mrr",
    "keyphrase-ndcg@10",
];

/// Tool, then in percent F@5, F@10, F@15, F@10 over 10, MAP, MRR, nDCG@10.
const INSPEC: &[(&str, [f64; 7])] = &[
    ("kex_FirstN", [22.97, 27.77, 30.04, 27.42, 23.40, 57.38, 35.11]),
    ("kex_LexRank", [24.70, 32.40, 34.40, 32.10, 26.26, 52.90, 37.79]),
    ("kex_TF", [15.00, 23.13, 27.67, 22.83, 16.39, 35.18, 24.64]),
    ("pke_spacy_FirstPhrases", [24.34, 28.33, 29.61, 28.12, 24.29, 59.12, 36.42]),
    ("pke_spacy_KPMiner", [6.67, 6.26, 6.08, 5.14, 4.32, 27.12, 9.46]),
    ("pke_spacy_MultipartiteRank", [25.56, 29.15, 30.70, 28.90, 25.86, 66.69, 38.79]),
    ("pke_spacy_SingleRank", [27.81, 34.48, 35.66, 34.27, 29.63, 63.96, 42.89]),
    ("pke_spacy_TfIdf", [13.19, 16.75, 18.08, 16.75, 11.74, 35.79, 19.91]),
    ("pke_spacy_YAKE", [18.20, 19.75, 20.29, 19.75, 16.39, 58.46, 27.94]),
    ("py_multi_rake", [24.38, 31.82, 32.84, 31.65, 25.24, 53.87, 37.88]),
    ("py_rake_nltk", [14.03, 21.46, 23.50, 21.43, 14.12, 30.86, 22.73]),
    ("py_summa", [7.91, 10.13, 11.18, 9.90, 6.19, 28.91, 12.80]),
    ("py_yake", [17.74, 19.70, 20.08, 19.70, 15.76, 57.33, 27.48]),
    ("rs_ke_tfidf", [2.62, 3.52, 3.57, 3.52, 1.55, 9.29, 3.97]),
    ("rs_rake", [16.37, 24.81, 27.73, 24.74, 17.38, 34.82, 26.54]),
    ("rs_yake_rust", [17.80, 19.72, 19.93, 19.72, 15.83, 57.50, 27.53]),
];

const SEMEVAL: &[(&str, [f64; 7])] = &[
    ("kex_FirstN", [10.44, 12.76, 14.41, 12.76, 7.47, 49.33, 19.06]),
    ("pke_spacy_FirstPhrases", [11.38, 13.80, 14.62, 13.80, 8.18, 48.53, 20.17]),
    ("pke_spacy_KPMiner", [18.53, 23.46, 23.16, 23.46, 14.31, 66.94, 33.18]),
    ("pke_spacy_TfIdf", [14.24, 18.31, 20.04, 18.31, 10.81, 51.49, 24.70]),
    ("py_yake", [8.87, 10.39, 11.24, 10.39, 5.69, 44.33, 15.77]),
    ("rs_ke_textrank", [10.16, 11.82, 12.03, 11.82, 5.52, 36.92, 15.94]),
];

/// Micro F1@5 on Inspec.
const MICRO: &[(&str, f64)] = &[
    ("pke_spacy_YAKE", 16.3),
    ("pke_spacy_TextRank", 25.5),
    ("pke_spacy_SingleRank", 26.0),
    ("pke_spacy_TopicRank", 24.1),
    ("pke_spacy_PositionRank", 25.5),
    ("pke_spacy_MultipartiteRank", 24.5),
    ("pke_spacy_TfIdf", 11.6),
];

fn metric(spec: &str) -> Box<dyn Metric> {
    Registry::standard().metric(&spec.parse().unwrap()).unwrap().value
}

fn rows(file: &str) -> Option<Vec<Value>> {
    let text = shared(&format!("golden/keywords/{file}.jsonl"))?;
    Some(text.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

/// Gold phrases of each document, as the figures have them.
fn golds(folder: &str, key: &str) -> Option<Vec<(String, Vec<String>)>> {
    let phrase = |gold: &Value| match gold {
        Value::Array(variants) => {
            let variants: Vec<_> = variants.iter().filter_map(Value::as_str).collect();
            variants.join("+")
        }
        _ => gold.as_str().unwrap().to_owned(),
    };
    let document = |row: &Value| {
        let gold = row["gold"][key].as_array().unwrap().iter().map(phrase).collect();
        (row["id"].to_string(), gold)
    };
    Some(rows(&format!("{folder}/documents"))?.iter().map(document).collect())
}

/// Every document's statistics, metric by metric.
fn statistics(
    metrics: &[Box<dyn Metric>],
    golds: &[(String, Vec<String>)],
    file: &str,
) -> Option<Vec<Vec<Statistics>>> {
    let outputs = rows(file)?;
    let mut panel = Panel::new(Task::Keyphrases, metrics.iter().map(AsRef::as_ref));
    let mut by_metric = vec![Vec::new(); metrics.len()];
    for (id, gold) in golds {
        let output = outputs.iter().find(|row| {
            let found = row["id"].to_string();
            found == *id
        });
        let pairs = output.map(|row| row["kp"].as_array().unwrap()).into_iter().flatten();
        let phrases: Vec<&str> = pairs.map(|pair| pair[0].as_str().unwrap()).collect();
        let references = panel.references([gold.as_slice()]);
        let candidate = panel.candidate(phrases);
        let found = panel.scale(&references).measure(&candidate);
        for (all, one) in by_metric.iter_mut().zip(found) {
            all.push(one);
        }
    }
    Some(by_metric)
}

/// Mean, and what it may be off that of all `population` documents.
fn mean_and_margin(
    metric: &dyn Metric,
    statistics: &[Statistics],
    population: f64,
) -> (f64, f64) {
    let n = statistics.len() as f64;
    let mean = average(metric, statistics).unwrap().value;
    let square = |one: &Statistics| (metric.score(one).value - mean).powi(2);
    let variance = statistics.iter().map(square).sum::<f64>() / (n - 1.0);
    (100.0 * mean, 400.0 * (variance * (1.0 / n - 1.0 / population)).sqrt())
}

fn check(
    folder: &str,
    key: &str,
    parameters: &str,
    population: f64,
    figures: &[(&str, [f64; 7])],
) {
    let Some(golds) = golds(folder, key) else { return };
    let metrics: Vec<_> = METRICS
        .iter()
        .map(|spec| {
            let joined = spec.replace(')', &format!(", {parameters})"));
            metric(&if spec.contains('(') {
                joined
            } else {
                format!("{spec}({parameters})")
            })
        })
        .collect();
    let mut widest: f64 = 0.0;
    for (tool, wanted) in figures {
        let Some(found) = statistics(&metrics, &golds, &format!("{folder}/{tool}"))
        else {
            return;
        };
        for (at, wanted) in wanted.iter().enumerate() {
            let (mean, margin) =
                mean_and_margin(metrics[at].as_ref(), &found[at], population);
            widest = widest.max((mean - wanted).abs() / margin * 4.0);
            assert!(
                (mean - wanted).abs() <= margin,
                "{folder} {tool} {}: {mean:.2} ± {margin:.2}, expected {wanted}",
                METRICS[at]
            );
        }
    }
    println!("{folder}: the widest difference is {widest:.1} standard deviations");
}

#[test]
fn scores_on_inspec_are_those_measured_before() {
    check("inspec", "uncontr", "protocol=jcdl2020", 500.0, INSPEC);
}

#[test]
fn scores_on_semeval_are_those_measured_before() {
    let stemmed = "stemmer=porter, variants=plus";
    check("sem3", "combined_stem", stemmed, 100.0, SEMEVAL);
}

#[test]
fn micro_averages_on_inspec_are_those_measured_before() {
    let Some(golds) = golds("inspec", "uncontr") else { return };
    let micro = "keyphrase-f1@5(average=micro)";
    let metrics = [metric(micro), metric("keyphrase-f1@5(protocol=sifrank-micro)")];
    for (tool, wanted) in MICRO {
        let Some(found) = statistics(&metrics, &golds, &format!("inspec/{tool}")) else {
            return;
        };
        let macro_average = metric("keyphrase-f1@5");
        let (_, margin) = mean_and_margin(macro_average.as_ref(), &found[0], 500.0);
        for (metric, found) in metrics.iter().zip(&found) {
            let value = 100.0 * average(metric.as_ref(), found).unwrap().value;
            // the margin of the macro average serves: documents are of similar size
            assert!(
                (value - wanted).abs() <= margin,
                "{tool}: {value}, {wanted} ± {margin}"
            );
        }
    }
}
