//! ROUGE and bootstrap speed, with the fastest peer in the same run.
//!
//! Texts are those of the shared folder (`../shared`, or `EPITOME_SHARED`); without it
//! only the bootstrap is measured. Reading and parsing are not timed.

use std::{env, fs, hint::black_box, path::PathBuf};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use epitome::{
    metric::{
        Metric, MetricSet, Task,
        aggregate::{mean_interval, quantiles},
    },
    rank::Budget,
    registry::Registry,
    summarise::Summariser,
    text::{Analyser, LineEnds, Segmenter, Source},
};
use rougers::{RougeScorer, RougeType};

/// A candidate and its reference.
struct Pair {
    candidate: String,
    reference: String,
}

/// The rows of a file of the shared folder, none without it.
fn rows(file: &str) -> Vec<serde_json::Value> {
    let folder = env::var_os("EPITOME_SHARED").unwrap_or_else(|| "../../shared".into());
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join(folder)
        .join(file);
    let text = fs::read_to_string(path).unwrap_or_default();
    text.lines()
        .map(|line| serde_json::from_str(line).expect("JSON Lines"))
        .collect()
}

fn pairs(file: &str) -> Vec<Pair> {
    let pair = |row: serde_json::Value| {
        let field = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
        Pair {
            candidate: field("candidate"),
            reference: field("reference"),
        }
    };
    rows(file).into_iter().map(pair).collect()
}

/// Twenty systems as a run has them.
const SYSTEMS: &[&str] = &[
    "lead",
    "tail",
    "random",
    "longest",
    "luhn",
    "edmundson",
    "tf-idf",
    "centroid",
    "degree",
    "text-rank",
    "lex-rank",
    "lsa",
    "sum-basic",
    "kl-sum",
    "mmr",
    "submodular",
    "hits",
    "pac-sum",
    "div-rank",
    "epitome",
];

/// News with a reference and three sentences by each of the systems, a line each.
fn extracts(documents: usize) -> Vec<(String, Vec<String>)> {
    let registry = Registry::standard();
    let build = |name: &&str| {
        registry
            .summariser(&name.parse().expect("a spec"))
            .expect("a system")
            .value
    };
    let systems: Vec<_> = SYSTEMS.iter().map(build).collect();
    let mut analyser = Analyser::default();
    let language = "en".parse().expect("a language");
    let job = |row: serde_json::Value| {
        let text = row["text"].as_str().expect("a text");
        let segmenter = Segmenter::Own;
        let document = analyser.analyse(Source {
            id: "",
            title: "",
            text,
            language,
            segmenter,
            line_ends: LineEnds::Auto,
        });
        let extract = |system: &dyn Summariser| {
            let selection = system.summarise(&document, Budget::Sentences(3));
            let mut picks = selection.indices();
            picks.sort_unstable();
            let lines = picks.into_iter().map(|pick| document.sentence_text(pick));
            lines.collect::<Vec<_>>().join("\n")
        };
        let reference = row["summaries"][0].as_str().expect("a summary").to_owned();
        (
            reference,
            systems
                .iter()
                .map(|system| extract(system.as_ref()))
                .collect(),
        )
    };
    let news = rows("corpora/cnndm1000/validation.jsonl");
    news.into_iter().take(documents).map(job).collect()
}

fn metrics(specs: &[&str]) -> Vec<Box<dyn Metric>> {
    let registry = Registry::standard();
    let build = |spec: &&str| {
        let spec = spec.parse().expect("a spec");
        registry.metric(&spec).expect("a metric").value
    };
    specs.iter().map(build).collect()
}

const SPECS: &[&str] = &[
    "rouge-1(stemmer=true)",
    "rouge-2(stemmer=true)",
    "rouge-lsum(stemmer=true)",
];

fn peer(types: &[RougeType]) -> RougeScorer {
    let types = types.to_vec();
    RougeScorer::with_tokenizer(types, rougers::Tokenizer::new(true)).expect("types")
}

const PEER_TYPES: &[RougeType] = &[RougeType::N(1), RougeType::N(2), RougeType::LSum];

/// The sum of all F1, each reference with its candidates.
fn epitome_sum(
    metric_set: &mut MetricSet<'_>,
    metrics: &[Box<dyn Metric>],
    reference: &String,
    candidates: &[&str],
) -> f64 {
    let references = metric_set.references([std::slice::from_ref(reference)]);
    let mut scale = metric_set.prepare(&references);
    let mut sum = 0.0;
    for &text in candidates {
        let candidate = metric_set.candidate([text]);
        for (metric, statistics) in metrics.iter().zip(scale.measure(&candidate)) {
            sum += metric.score(&statistics).value;
        }
    }
    sum
}

fn peer_sum(scorer: &RougeScorer, reference: &str, candidates: &[&str]) -> f64 {
    let reference = scorer.document(reference);
    let mut sum = 0.0;
    for candidate in candidates {
        let found = scorer.score_documents(&reference, &scorer.document(candidate));
        sum += found.iter().map(|(_, score)| score.fmeasure).sum::<f64>();
    }
    sum
}

/// Refuses to time two programs that do not compute the same.
fn check(sums: [f64; 2]) {
    assert!((sums[0] - sums[1]).abs() <= 1e-9 * sums[0], "{sums:?}");
}

fn compare(
    criterion: &mut Criterion,
    name: &str,
    specs: &[&str],
    types: &[RougeType],
    jobs: &[(&String, Vec<&str>)],
) {
    if jobs.is_empty() {
        return;
    }
    let metrics = metrics(specs);
    let scorer = peer(types);
    let ours = || -> f64 {
        let mut metric_set =
            MetricSet::new(Task::Summaries, metrics.iter().map(AsRef::as_ref));
        let each = jobs.iter().map(|(reference, candidates)| {
            epitome_sum(&mut metric_set, &metrics, reference, candidates)
        });
        each.sum()
    };
    let theirs = || -> f64 {
        let each = jobs
            .iter()
            .map(|(reference, all)| peer_sum(&scorer, reference, all));
        each.sum()
    };
    check([ours(), theirs()]);
    let mut group = criterion.benchmark_group(name);
    let pairs: usize = jobs.iter().map(|(_, candidates)| candidates.len()).sum();
    group
        .sample_size(10)
        .throughput(Throughput::Elements(pairs as u64));
    group.bench_function("epitome", |bencher| bencher.iter(|| black_box(ours())));
    group.bench_function("rougers", |bencher| bencher.iter(|| black_box(theirs())));
    group.finish();
}

fn rouge(criterion: &mut Criterion) {
    let short = pairs("workloads/rouge_pairs.jsonl");
    let cold: Vec<_> = short
        .iter()
        .map(|pair| (&pair.reference, vec![pair.candidate.as_str()]))
        .collect();
    compare(criterion, "rouge/one-system", SPECS, PEER_TYPES, &cold);
    let twenty: Vec<_> = short
        .chunks_exact(20)
        .map(|pairs| {
            let candidates = pairs.iter().map(|pair| pair.candidate.as_str());
            (&pairs[0].reference, candidates.collect())
        })
        .collect();
    // of twenty documents: no candidate has anything to do with another
    compare(criterion, "rouge/twenty-texts", SPECS, PEER_TYPES, &twenty);
    let extracts = extracts(500);
    let extracts: Vec<_> = extracts
        .iter()
        .map(|(reference, all)| (reference, all.iter().map(String::as_str).collect()))
        .collect();
    compare(
        criterion,
        "rouge/twenty-systems",
        SPECS,
        PEER_TYPES,
        &extracts,
    );
    let long = pairs("workloads/rouge_long.jsonl");
    let long: Vec<_> = long
        .iter()
        .map(|pair| (&pair.reference, vec![pair.candidate.as_str()]))
        .collect();
    let lsum = &["rouge-lsum(stemmer=true)"];
    compare(
        criterion,
        "rouge/long-lsum",
        lsum,
        &[RougeType::LSum],
        &long,
    );
    compare(criterion, "rouge/long-all", SPECS, PEER_TYPES, &long);
}

/// 11,490 items of 3 metrics with precision, recall and F, 1,000 resamples.
fn bootstrap(criterion: &mut Criterion) {
    let value = |at: usize| (at * 7_919 % 1_000) as f64 / 1_000.0;
    let items: Vec<[f64; 3]> = (0..11_490)
        .map(|at| [value(at), value(at + 1), value(at + 2)])
        .collect();
    let mut group = criterion.benchmark_group("bootstrap");
    group.sample_size(10);
    // the draws are the same for every metric: their columns go side by side
    let nine: Vec<[f64; 9]> = items
        .iter()
        .map(|item| std::array::from_fn(|column| item[column % 3]))
        .collect();
    group.bench_function("rouge-1.5.5", |bencher| {
        bencher.iter(|| black_box(mean_interval(&nine, 1_000, 95.0)));
    });
    group.bench_function("rouge-score", |bencher| {
        let metrics = [items.as_slice(); 3];
        bencher.iter(|| black_box(quantiles(&metrics, 0, 1_000, 0.95)));
    });
    group.finish();
}

criterion_group!(benches, rouge, bootstrap);
criterion_main!(benches);
