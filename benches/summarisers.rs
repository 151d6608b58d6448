//! Times every summariser by length of the document: `cargo bench --bench summarisers`.
//!
//! Documents are those of `workloads/summarise_documents.jsonl` in the shared folder
//! (`../shared`, or what `EPITOME_SHARED` names), sentences given; one news report and
//! one text each of 50, 200 and 1,000 sentences, three sentences wanted. Without the
//! folder there is nothing to time. `(analysis)` is what analysing the document takes.

#![expect(clippy::print_stderr, reason = "it says why there is nothing to time")]

use std::{env, fs, hint::black_box, path::PathBuf, time::Duration};

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use epitome::{
    rank::Budget,
    registry::Registry,
    text::{Analyser, Document, LineEnds, Segmenter, Source},
};
use serde_json::Value;

/// Ids in the workload; `lee017` is a report of 9 sentences.
const DOCUMENTS: [&str; 4] = ["lee017", "long50", "long200", "long1000"];

fn summarisers(criterion: &mut Criterion) {
    let registry = Registry::standard();
    for (id, text) in texts() {
        let mut group = criterion.benchmark_group(&id);
        let mut analyser = Analyser::default();
        let document = analyse(&mut analyser, &text);
        group.bench_function("(analysis)", |bencher| {
            bencher.iter(|| analyse(&mut analyser, black_box(&text)));
        });
        for entry in registry.summarisers() {
            let Ok(system) = entry
                .name
                .parse()
                .and_then(|spec| registry.summariser(&spec))
            else {
                continue; // an entry that needs an argument
            };
            group.bench_function(BenchmarkId::from_parameter(&system.name), |bencher| {
                bencher.iter(|| {
                    system
                        .value
                        .summarise(black_box(&document), Budget::Sentences(3))
                });
            });
        }
        group.finish();
    }
}

/// Id and text, one sentence a line.
fn texts() -> Vec<(String, String)> {
    let folder = env::var_os("EPITOME_SHARED").unwrap_or_else(|| "../../shared".into());
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join(folder)
        .join("workloads/summarise_documents.jsonl");
    let Ok(lines) = fs::read_to_string(&path) else {
        eprintln!("skipped: {} is missing", path.display());
        return Vec::new();
    };
    let rows = lines
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let wanted = rows.filter(|row| DOCUMENTS.iter().any(|id| row["id"] == *id));
    wanted
        .map(|row| (row["id"].as_str().unwrap_or("").to_owned(), joined(&row)))
        .collect()
}

fn joined(row: &Value) -> String {
    let sentences = row["sentences"].as_array().into_iter().flatten();
    sentences
        .filter_map(Value::as_str)
        .collect::<Vec<_>>()
        .join("\n")
}

fn analyse(analyser: &mut Analyser, text: &str) -> Document {
    let language = "en".parse().expect("English is known");
    let segmenter = Segmenter::Lines;
    analyser.analyse(Source {
        id: "",
        title: "",
        text,
        language,
        segmenter,
        line_ends: LineEnds::Auto,
    })
}

fn settings() -> Criterion {
    Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1))
}

criterion_group!(name = benches; config = settings(); targets = summarisers);
criterion_main!(benches);
