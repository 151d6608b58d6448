//! What the host side of a plugin costs: processor time of our own process for documents
//! of 1 KB that an echo in Rust answers.
//!
//! Processor time, because the child works beside us and wall time is mostly its: the user
//! and system time of this process alone, from `/proc/self/stat`, over enough documents for
//! its ticks of 10 ms not to matter.

#![expect(clippy::print_stdout, reason = "a bench reports")]

use std::{fs, path::PathBuf, time::Duration};

use epitome::{
    plugin::{AskedDocument, BATCH, Declaration, Length, Plugin, PluginOptions},
    rank::Budget,
    text::{Analyser, Document, LineEnds, Segmenter, Source},
};

const DOCUMENTS: usize = 40_000;

fn main() {
    let echo = echo();
    let declaration = Declaration::of_command("echo", vec![echo.display().to_string()]);
    let spec = "echo".parse().expect("a plain name is a spec");
    let plugin = declaration
        .open(&spec, &PluginOptions::default())
        .expect("the echo starts")
        .remove(0);
    let documents: Vec<Document> = (0..BATCH).map(document).collect();
    let questions: Vec<AskedDocument<'_>> =
        documents.iter().map(AskedDocument::from).collect();
    let bytes: usize = documents
        .iter()
        .map(|document| document.full_text().len())
        .sum();

    pass(plugin.as_ref(), &questions, DOCUMENTS / 20);
    let before = processor_time();
    pass(plugin.as_ref(), &questions, DOCUMENTS);
    let spent = processor_time().saturating_sub(before);
    println!(
        "host side: {:.1} µs of processor time a document of {} bytes ({DOCUMENTS} documents)",
        spent.as_secs_f64() * 1e6 / DOCUMENTS as f64,
        bytes / BATCH
    );
}

fn pass(plugin: &dyn Plugin, questions: &[AskedDocument<'_>], count: usize) {
    let length = Length {
        budget: Budget::Sentences(3),
        limit: 10,
    };
    for _ in 0..count / BATCH {
        let answers = plugin.work(questions, length);
        assert!(answers.iter().all(|answered| answered.result.is_ok()));
    }
}

/// About 1 KB in eight sentences.
fn document(at: usize) -> Document {
    let sentence = |line: usize| {
        format!(
            "Report {at}.{line}: the river rose two metres overnight, the council closed the old stone bridge and the shops stayed shut.\n"
        )
    };
    let text: String = (0..8).map(sentence).collect();
    Analyser::default().analyse(Source {
        id: "",
        title: "",
        text: &text,
        language: "en".parse().expect("English is known"),
        segmenter: Segmenter::Lines,
        line_ends: LineEnds::Auto,
    })
}

/// User and system time of this process; its children not counted.
fn processor_time() -> Duration {
    const TICK: Duration = Duration::from_millis(10);
    let stat = fs::read_to_string("/proc/self/stat").expect("Linux has it");
    let (_, fields) = stat.rsplit_once(')').expect("the name is in brackets");
    let ticks = fields
        .split_whitespace()
        .skip(11)
        .take(2)
        .flat_map(str::parse::<u32>);
    TICK * ticks.sum::<u32>()
}

/// The hostile plugin without a command is an echo; `cargo bench` does not build examples.
fn echo() -> PathBuf {
    let bench = std::env::current_exe().expect("a bench is a file");
    let folder = bench
        .parent()
        .and_then(|deps| deps.parent())
        .expect("it lies in target");
    let path = folder.join("examples/hostile_plugin");
    assert!(
        path.exists(),
        "`cargo build --release --example hostile_plugin` first"
    );
    path
}
