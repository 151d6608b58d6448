//! Keyword extractors beside the crates `yake-rust` and `rake`: `cargo bench --bench keywords`.
//!
//! Texts are the 500 test abstracts of Inspec and a paper of SemEval-2010 in the shared
//! folder (`../shared`, or what `EPITOME_SHARED` names); without it there is nothing to
//! time. Extractors are given
//! documents that are analysed, as a run gives them; `with analysis` is from the bare
//! text, as the crates do. `EPITOME_LONG=1` reads one text of 11 MB with each extractor, once.

#![expect(clippy::print_stderr, reason = "it says why there is nothing to time")]

use std::{env, fs, hint::black_box, path::PathBuf, sync::Arc, time::Duration};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use epitome::{
    keywords::KeywordExtractor,
    registry::Registry,
    run::clock,
    text::{
        Analyser, AnalysisNeeds, CorpusNeeds, CorpusStatistics, CorpusView, Document,
        LineEnds, Segmenter, Source,
    },
};
use serde_json::Value;

const LIMIT: usize = 20;

/// The texts of a corpus, each after its title.
fn texts(corpus: &str) -> Vec<String> {
    let folder = env::var_os("EPITOME_SHARED").unwrap_or_else(|| "../../shared".into());
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join(folder)
        .join("corpora")
        .join(corpus);
    let Ok(lines) = fs::read_to_string(&path) else {
        eprintln!("skipped: {} is missing", path.display());
        return Vec::new();
    };
    let rows = lines
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let text = |row: Value| {
        let field = |key: &str| row[key].as_str().unwrap_or("").to_owned();
        format!("{}. {}", field("title"), field("text"))
    };
    rows.map(text).collect()
}

fn source(text: &str) -> Source<'_> {
    let language = "en".parse().expect("English is known");
    Source {
        id: "",
        title: "",
        text,
        language,
        segmenter: Segmenter::Own,
        line_ends: LineEnds::Auto,
    }
}

/// Analysed with parts of speech, and with the document frequencies of all texts.
fn documents(texts: &[String]) -> Vec<(Document, CorpusView)> {
    let needs = CorpusNeeds {
        phrases: true,
        ..CorpusNeeds::default()
    };
    let mut statistics = CorpusStatistics::new(needs);
    let mut analyser = Analyser::new(AnalysisNeeds { tags: true });
    for text in texts {
        let document = analyser.analyse(source(text));
        statistics.add(&document);
    }
    let statistics = Arc::new(statistics);
    texts
        .iter()
        .map(|text| {
            let document = analyser.analyse(source(text));
            let corpus = CorpusView::of(Some(&statistics), &document);
            (document, corpus)
        })
        .collect()
}

fn extractors() -> Vec<(&'static str, Box<dyn KeywordExtractor>)> {
    let registry = Registry::standard();
    let build = |name: &'static str| {
        let spec = name.parse().expect("a name is a spec");
        registry
            .extractor(&spec)
            .ok()
            .map(|built| (name, built.value))
    };
    registry
        .extractors()
        .iter()
        .filter_map(|entry| build(entry.name))
        .collect()
}

fn count(
    extractor: &dyn KeywordExtractor,
    documents: &[(Document, CorpusView)],
) -> usize {
    documents
        .iter()
        .map(|(document, corpus)| extractor.extract(document, corpus, LIMIT).len())
        .sum()
}

fn abstracts(criterion: &mut Criterion) {
    let texts = texts("inspec/test.jsonl");
    if texts.is_empty() {
        return;
    }
    let documents = documents(&texts);
    let mut group = criterion.benchmark_group("abstracts");
    group.throughput(Throughput::Elements(texts.len() as u64));
    for (name, extractor) in extractors() {
        group.bench_function(BenchmarkId::from_parameter(name), |bencher| {
            bencher.iter(|| count(extractor.as_ref(), black_box(&documents)));
        });
        if matches!(name, "yake" | "rake") {
            let mut analyser = Analyser::default();
            group.bench_function(format!("{name}, with analysis"), |bencher| {
                bencher.iter(|| -> usize {
                    let each = texts.iter().map(|text| {
                        let document = analyser.analyse(source(text));
                        extractor
                            .extract(&document, &CorpusView::none(), LIMIT)
                            .len()
                    });
                    each.sum()
                });
            });
        }
    }
    let list = || {
        let words = stop_words::lookup("en").unwrap_or_default();
        words.iter().map(|&word| word.to_owned())
    };
    let stop_words = yake_rust::StopWords::custom(list().collect());
    let config = yake_rust::Config::default();
    group.bench_function("crate yake-rust", |bencher| {
        bencher.iter(|| -> usize {
            let found =
                |text| yake_rust::get_n_best(LIMIT, text, &stop_words, &config).len();
            texts.iter().map(|text| found(text)).sum()
        });
    });
    let mut stop_words = rake::StopWords::new();
    list().for_each(|word| {
        stop_words.insert(word);
    });
    let rake = rake::Rake::new(stop_words);
    group.bench_function("crate rake", |bencher| {
        bencher.iter(|| -> usize { texts.iter().map(|text| rake.run(text).len()).sum() });
    });
    group.finish();
}

/// A paper of the trial part of SemEval-2010, cut after 8,000 words.
fn paper(criterion: &mut Criterion) {
    const WORDS: usize = 8_000;
    let texts = texts("semeval2010/trial.jsonl");
    let cut = texts.iter().find_map(|text| {
        let word = text.split_whitespace().nth(WORDS)?;
        let end = word.as_ptr() as usize - text.as_ptr() as usize;
        Some(text[..end].to_owned())
    });
    let Some(paper) = cut else { return };
    let documents = documents(&[paper]);
    let mut group = criterion.benchmark_group("paper of 8,000 words");
    for (name, extractor) in extractors() {
        group.bench_function(BenchmarkId::from_parameter(name), |bencher| {
            bencher.iter(|| count(extractor.as_ref(), black_box(&documents)));
        });
    }
    group.finish();
}

/// All abstracts again and again up to 11 MB, a paragraph each.
fn long(_: &mut Criterion) {
    const BYTES: usize = 11_000_000;
    let texts = texts("inspec/test.jsonl");
    if texts.is_empty() || env::var_os("EPITOME_LONG").is_none() {
        return;
    }
    let mut text = String::with_capacity(BYTES + 10_000);
    for part in texts.iter().cycle() {
        if text.len() > BYTES {
            break;
        }
        text.push_str(part);
        text.push_str("\n\n");
    }
    let documents = documents(&[text]);
    for (name, extractor) in extractors() {
        let start = clock::now();
        let found = count(extractor.as_ref(), &documents);
        eprintln!(
            "11 MB/{name}: {found} phrases in {:.2} s",
            start.elapsed().as_secs_f64()
        );
    }
}

fn settings() -> Criterion {
    Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1))
}

criterion_group!(name = benches; config = settings(); targets = abstracts, paper, long);
criterion_main!(benches);
