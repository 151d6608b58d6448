//! Measures what summarisers cost by the length of the document.
//!
//! ```text
//! measure_scaling [--documents FILE] [--system SPEC]… [--limit SECONDS]
//! ```
//!
//! `FILE` is `workloads/summarise_documents.jsonl` of the shared folder. Documents are
//! the 9-sentence report `lee017` and the long texts of 50 to 5,000 sentences; and one of
//! 50,000 sentences, the longest ten times over with every seventh word of each copy made
//! a word of that copy alone. Three sentences are picked.
//!
//! Prints CSV: system, sentences, milliseconds of CPU time of this thread (the mean of
//! as many runs as take 0.4 s, analysis excluded), and the growth of the process's peak
//! memory in MB by the first of them. `(analysis)` is the time of the analysis. A system is not run on a text
//! where the last one took more than `SECONDS` (20) divided by the growth squared. The
//! last row of each system is the exponent of time against length from 1,000 sentences on.

#![expect(clippy::print_stdout, reason = "it prints a table")]

use std::{error::Error, fs, path::PathBuf};

use epitome::{
    rank::Budget,
    registry::Registry,
    spec::Spec,
    text::{Analyser, Document, LineEnds, Segmenter, Source},
};
use serde_json::Value;

fn main() -> Result<(), Box<dyn Error>> {
    let mut file = PathBuf::from("../shared/workloads/summarise_documents.jsonl");
    let mut specs: Vec<Spec> = Vec::new();
    let mut limit = 20.0;
    let mut arguments = std::env::args().skip(1);

    while let Some(argument) = arguments.next() {
        let value = arguments.next().ok_or(format!("{argument} has no value"))?;
        match argument.as_str() {
            "--documents" => file = value.into(),
            "--system" => specs.push(value.parse()?),
            "--limit" => limit = value.parse()?,
            other => return Err(format!("unknown argument {other}").into()),
        }
    }

    let registry = Registry::standard();
    if specs.is_empty() {
        let names = registry
            .summarisers()
            .iter()
            .map(|entry| entry.name.parse());
        specs = names.collect::<Result<_, _>>()?;
    }

    let texts = texts(&fs::read_to_string(file)?)?;
    println!("system,sentences,cpu_ms,peak_mb");
    let mut documents = Vec::new();
    for text in &texts {
        let (document, cost) = measure(|| analyse(text));
        println!("(analysis),{},{cost}", document.sentences().len());
        documents.push(document);
    }

    for spec in &specs {
        let system = registry.summariser(spec)?;
        let mut points: Vec<(f64, f64)> = Vec::new();
        for document in &documents {
            let sentences = document.sentences().len() as f64;
            if let Some(&(last, milliseconds)) = points.last()
                && milliseconds * (sentences / last).powi(2) > limit * 1e3
                && milliseconds > 1e3
            {
                println!("{},{sentences},,", quoted(&system.name));
                continue;
            }
            let budget = Budget::Sentences(3);
            let (_, cost) = measure(|| system.value.summarise(document, budget));
            println!("{},{sentences},{cost}", quoted(&system.name));
            points.push((sentences, cost.milliseconds));
        }
        let long: Vec<_> = points.into_iter().filter(|&(n, _)| n >= 1_000.0).collect();
        println!("{},exponent,{:.2},", quoted(&system.name), exponent(&long));
    }

    Ok(())
}

fn quoted(name: &str) -> String {
    if name.contains(',') {
        format!("\"{name}\"")
    } else {
        name.to_owned()
    }
}

/// Slope of the logarithm of time against that of length, by least squares.
fn exponent(points: &[(f64, f64)]) -> f64 {
    let count = points.len() as f64;
    let logs = || points.iter().map(|&(x, y)| (x.ln(), y.max(1e-6).ln()));
    let (x, y) = logs().fold((0.0, 0.0), |sum, (x, y)| (sum.0 + x, sum.1 + y));
    let (x, y) = (x / count, y / count);
    let (xy, xx) = logs().fold((0.0, 0.0), |sum, (a, b)| {
        (sum.0 + (a - x) * (b - y), sum.1 + (a - x) * (a - x))
    });
    xy / xx
}

struct Cost {
    milliseconds: f64,
    megabytes: f64,
}

impl std::fmt::Display for Cost {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{:.4},{:.1}", self.milliseconds, self.megabytes)
    }
}

fn measure<T>(mut work: impl FnMut() -> T) -> (T, Cost) {
    const ENOUGH: f64 = 400.0; // the clock may go in steps of 4 ms
    let _ = fs::write("/proc/self/clear_refs", "5"); // the peak starts afresh
    let before = memory("VmRSS:");
    let start = cpu_time();
    let mut result = work();
    let megabytes = memory("VmHWM:") - before;
    let mut runs = 1_u32;

    while cpu_time() - start < ENOUGH && runs < 1_000_000 {
        // doubled, so that asking for the time is no part of the time
        for _ in 0..runs.min(1_000) {
            result = work();
        }
        runs += runs.min(1_000);
    }

    let milliseconds = (cpu_time() - start) / f64::from(runs);
    (
        result,
        Cost {
            milliseconds,
            megabytes,
        },
    )
}

/// Milliseconds that this thread has run; 0 where the system does not tell.
fn cpu_time() -> f64 {
    let text = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = text
        .split(' ')
        .next()
        .and_then(|field| field.parse::<f64>().ok());
    nanoseconds.unwrap_or(0.0) / 1e6
}

/// Megabytes in a field of the process's status; 0 where the system does not tell.
fn memory(field: &str) -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(field));
    let kilobytes =
        line.and_then(|line| line.trim().split(' ').next()?.parse::<f64>().ok());
    kilobytes.unwrap_or(0.0) / 1e3
}

fn texts(lines: &str) -> Result<Vec<String>, Box<dyn Error>> {
    let mut texts = Vec::new();

    for line in lines.lines() {
        let row: Value = serde_json::from_str(line)?;
        if row["kind"] == "long" || row["id"] == "lee017" {
            let sentences = row["sentences"].as_array().into_iter().flatten();
            texts.push(
                sentences
                    .filter_map(Value::as_str)
                    .collect::<Vec<_>>()
                    .join("\n"),
            );
        }
    }

    texts.sort_by_key(String::len);
    let longest = texts.last().ok_or("there is no long document")?.clone();
    texts.push(
        (0..10)
            .map(|copy| varied(&longest, copy))
            .collect::<Vec<_>>()
            .join("\n"),
    );

    Ok(texts)
}

/// Every seventh word becomes a word of this copy alone.
fn varied(text: &str, copy: u8) -> String {
    let letter = char::from(b'a' + copy);
    let lines = text.lines().enumerate().map(|(at, line)| {
        let words = line.split(' ').enumerate().map(|(word, form)| {
            let own = (at + word + usize::from(copy)).is_multiple_of(7);
            if own {
                format!("{form}{letter}q{letter}")
            } else {
                form.to_owned()
            }
        });
        words.collect::<Vec<_>>().join(" ")
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn analyse(text: &str) -> Document {
    let language = "en".parse().expect("English is known");
    let segmenter = Segmenter::Lines;
    Analyser::default().analyse(Source {
        id: "",
        title: "",
        text,
        language,
        segmenter,
        line_ends: LineEnds::Auto,
    })
}
