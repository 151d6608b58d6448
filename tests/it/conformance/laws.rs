//! The laws of `tests/registry.rs` on every open document.

use std::{env, fs, path::Path, path::PathBuf};

use epitome::{
    corpus::{self, Record},
    rank::Budget,
    registry::Registry,
    spec::Spec,
    summarise::Summariser,
    text::{Analyser, Document, Language, LineEnds, Segmenter, Source},
};

use super::{is_conformance_run, shared};

const BUDGETS: [Budget; 2] = [Budget::Sentences(3), Budget::Words(100)];

/// Longer ones are left to the law of the hundred thousand words: this is to be quick.
const MOST_SENTENCES: usize = 1_000;

/// One document in so many is checked by `cargo test`, all by `scripts/conformance`.
const EVERY: usize = 10;

#[test]
fn every_summariser_keeps_the_rules_on_every_open_document() {
    if shared("corpora/MANIFEST.json").is_none() {
        return;
    }
    let systems = systems();
    let files = files();
    let every = if is_conformance_run() { 1 } else { EVERY };
    let seen: Vec<usize> = std::thread::scope(|scope| {
        let half = |first: usize| {
            let files = files.iter().skip(first).step_by(2);
            let (systems, files) = (&systems, files.collect::<Vec<_>>());
            scope.spawn(move || {
                files.into_iter().map(|it| check(it, systems, every)).sum()
            })
        };
        let halves = [half(0), half(1)];
        halves.map(|half| half.join().unwrap()).to_vec()
    });
    let seen: usize = seen.iter().sum();
    println!("{seen} documents, {} summarisers", systems.len());
    assert!(seen > 4_000 / every, "{seen}");
}

fn systems() -> Vec<(&'static str, Box<dyn Summariser>)> {
    let registry = Registry::standard();
    let build = |name: &'static str| {
        let spec = Spec {
            name: name.to_owned(),
            arguments: Vec::new(),
        };
        (name, registry.summariser(&spec).unwrap().value)
    };
    registry
        .summarisers()
        .iter()
        .map(|entry| build(entry.name))
        .collect()
}

/// The JSON Lines files of documents.
fn files() -> Vec<PathBuf> {
    let folder = env::var_os("EPITOME_SHARED").unwrap_or_else(|| "../shared".into());
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join(folder)
        .join("corpora");
    let mut files = Vec::new();
    for set in fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()) {
        if set.is_dir() {
            files.extend(fs::read_dir(set).unwrap().map(|it| it.unwrap().path()));
        }
    }
    let is_lines = |path: &PathBuf| path.extension().is_some_and(|it| it == "jsonl");
    files.retain(is_lines);
    files.sort_unstable();
    files
}

/// Checks one in `every` documents of a file; returns how many were checked.
fn check(file: &Path, systems: &[(&str, Box<dyn Summariser>)], every: usize) -> usize {
    let corpus = corpus::open(&file.display().to_string()).unwrap();
    let mut analyser = Analyser::default();
    let mut count = 0;
    for source in corpus.records().unwrap().step_by(every) {
        // judgements and pairs have no text
        let Ok(record) = source.unwrap().parse() else {
            return count;
        };
        let document = analyse(&mut analyser, &record);
        if document.sentences().len() > MOST_SENTENCES {
            continue;
        }
        count += 1;
        for (name, system) in systems {
            for budget in BUDGETS {
                check_one(&document, name, system.as_ref(), budget);
            }
        }
    }
    count
}

fn analyse(analyser: &mut Analyser, record: &Record) -> Document {
    let language = record.language.parse();
    let source = Source {
        id: &record.id,
        title: &record.title,
        text: &record.text,
        language: language
            .unwrap_or_else(|_| Language::detect_with(&record.title, &record.text)),
        segmenter: Segmenter::Own,
        line_ends: LineEnds::Auto,
    };
    analyser.analyse_cluster(source, &record.documents)
}

fn check_one(document: &Document, name: &str, system: &dyn Summariser, budget: Budget) {
    let place = format!("{name} on {}, {budget}", document.id());
    let selection = system.summarise(document, budget);
    assert_eq!(selection.broken_rule(document, budget), None, "{place}");
    if matches!(budget, Budget::Sentences(_)) {
        assert_eq!(
            selection,
            system.summarise(document, budget),
            "{place}: twice"
        );
        let is_empty = document.sentences().is_empty();
        assert_eq!(selection.picks.is_empty(), is_empty, "{place}");
    }
    let text = |pick: &u32| document.sentence_text(*pick as usize);
    let mut texts: Vec<&str> = selection.picks.iter().map(text).collect();
    texts.sort_unstable();
    assert!(
        texts.windows(2).all(|pair| pair[0] != pair[1]),
        "{place}: repeats"
    );
    let is_finite = |scores: &Vec<f64>| scores.iter().all(|score| score.is_finite());
    assert!(selection.scores.as_ref().is_none_or(is_finite), "{place}");
}
