//! The averages and intervals that the two ROUGE tools print.

use epitome::metric::aggregate::{
    Estimate, item_order, mean_interval, quantiles, share_interval,
};
use serde_json::Value;

use super::shared;

fn rows(file: &str) -> Option<Vec<Value>> {
    let golden = shared(file)?;
    Some(
        golden
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect(),
    )
}

/// The value after an option of a command line.
fn option<'a>(row: &'a Value, name: &str) -> Option<&'a str> {
    let argv = row["argv"].as_array().unwrap();
    let at = argv.iter().position(|option| option == name)?;
    argv[at + 1].as_str()
}

/// The items of one metric in the script's order, as numbers.
fn items(row: &Value, metric: &str) -> Vec<[f64; 3]> {
    let scores = row["per_eval"].as_array().unwrap();
    // the script numbers its evaluations from 1
    let names: Vec<String> = (1..=scores.len()).map(|at| format!("{at}.X")).collect();
    let number = |at: usize, column: usize| {
        scores[at][metric][column]
            .as_str()
            .unwrap()
            .parse()
            .unwrap()
    };
    let order = item_order(&names);
    order
        .into_iter()
        .map(|at| [0, 1, 2].map(|column| number(at, column)))
        .collect()
}

fn line(metric: &str, column: &str, confidence: &str, estimate: Estimate) -> String {
    let Estimate { average, low, high } = estimate;
    format!(
        "X {metric} Average_{column}: {average:.5} ({confidence}%-conf.int. {low:.5} - {high:.5})"
    )
}

#[test]
fn every_line_is_that_of_the_script() {
    let Some(rows) = rows("golden/rouge/bootstrap_perl.jsonl") else {
        return;
    };
    let mut compared = 0;
    for row in &rows {
        let resamples = option(row, "-r").unwrap_or("1000").parse().unwrap();
        let confidence = option(row, "-c").unwrap_or("95");
        let percent = confidence.parse().unwrap();
        for wanted in row["summary_lines"].as_array().unwrap() {
            let wanted = wanted.as_str().unwrap();
            let metric = wanted.split(' ').nth(1).unwrap();
            let items = items(row, metric);
            let found = match option(row, "-t") {
                Some("2") => {
                    let sum = |column: usize| -> f64 {
                        items.iter().map(|item| item[column]).sum()
                    };
                    let [reference, candidate, shared] = [0, 1, 2].map(sum);
                    vec![format!(
                        "X {metric} M_count: {reference} P_count: {candidate} H_count: {shared}"
                    )]
                }
                Some("1") => {
                    let counts: Vec<_> = items
                        .iter()
                        .map(|[reference, candidate, shared]| {
                            [*shared, *candidate, *reference]
                        })
                        .collect();
                    lines(
                        metric,
                        confidence,
                        share_interval(&counts, resamples, percent, 0.5),
                    )
                }
                _ => lines(
                    metric,
                    confidence,
                    mean_interval(&items, resamples, percent),
                ),
            };
            assert!(
                found.iter().any(|line| line == wanted),
                "{found:#?}, expected {wanted}"
            );
            compared += 1;
        }
    }
    assert_eq!(compared, 42, "lines in the golden file");
}

fn lines(metric: &str, confidence: &str, estimates: [Estimate; 3]) -> Vec<String> {
    let lines = ["R", "P", "F"].into_iter().zip(estimates);
    lines
        .map(|(column, estimate)| line(metric, column, confidence, estimate))
        .collect()
}

#[test]
fn every_quantile_is_that_of_rouge_score() {
    let Some(rows) = rows("golden/rouge/bootstrap_rouge_score.jsonl") else {
        return;
    };
    for row in &rows {
        let order: Vec<&str> = row["order"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it.as_str().unwrap())
            .collect();
        let inputs = row["inputs"].as_array().unwrap();
        let columns: Vec<Vec<[f64; 3]>> = order
            .iter()
            .map(|&metric| {
                let item = |scores: &Value| {
                    [0, 1, 2].map(|column| scores[metric][column].as_f64().unwrap())
                };
                inputs.iter().map(item).collect()
            })
            .collect();
        let columns: Vec<&[[f64; 3]]> = columns.iter().map(Vec::as_slice).collect();
        let seed = row["np_random_seed"].as_u64().unwrap() as u32;
        let resamples = row["n_samples"].as_u64().unwrap() as usize;
        let confidence = row["confidence_interval"].as_f64().unwrap();
        let found = quantiles(&columns, seed, resamples, confidence);
        for (metric, found) in order.iter().zip(found) {
            for (column, found) in found.iter().enumerate() {
                let ends = [("low", found.low), ("mid", found.mid), ("high", found.high)];
                for (end, found) in ends {
                    let wanted = row["expected"][metric][end][column].as_f64().unwrap();
                    // the same operations in the same order: equal to the last bit
                    assert_eq!(
                        found.to_bits(),
                        wanted.to_bits(),
                        "{metric} {end} {column}: {found}, expected {wanted}"
                    );
                }
            }
        }
    }
}
