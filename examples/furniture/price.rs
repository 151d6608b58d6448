//! What the prior costs where there is no furniture.

use std::{error::Error, path::Path};

use epitome::{
    metric::{Metric, Panel, Task},
    rank::Budget,
    registry::Registry,
    text::Document,
};
use serde_json::Value;

use crate::{clean, resample};

/// Corpora of summaries, whether each sentence is made a line, and the budget.
const SUMMARIES: [(&str, bool, usize); 6] = [
    ("cnndm1000/validation", false, 3),
    ("cnndm1000/validation", true, 3),
    ("scitldr_a/test", false, 1),
    ("klexikon/validation20", false, 20),
    ("opinosis/all", false, 2),
    ("qmsum/val", false, 3),
];
const KEYPHRASES: [&str; 2] = ["wikinews_fr/all", "semeval2010/trial"];

pub(crate) fn print(corpora: &Path) -> Result<(), Box<dyn Error>> {
    println!("\n| corpus | system | metric | keep | prior | prior − keep (95 %) |");
    println!("|---|---|---|---|---|---|");
    for (name, lines, sentences) in SUMMARIES {
        let documents = clean::documents(corpora, name, lines)?;
        let split = if lines { ", a sentence a line" } else { "" };
        let title = format!("{name}{split}, {sentences} sentences");
        for system in ["text-rank", "lex-rank", "tf-idf", "sum-basic"] {
            compare(&title, &documents, system, &SummaryTask { sentences })?;
        }
    }
    for name in KEYPHRASES {
        let documents = clean::documents(corpora, name, false)?;
        for system in ["text-rank", "tf-idf"] {
            compare(name, &documents, system, &KeyphraseTask)?;
        }
    }
    Ok(())
}

/// A kind of output: how it is made and by what it is measured.
trait Output {
    const TASK: Task;
    const METRICS: &'static [&'static str];
    fn references(&self, record: &Value) -> Vec<Vec<String>>;
    fn outputs(
        &self,
        system: &str,
        documents: &[(Document, Value)],
    ) -> Result<Vec<Vec<String>>, Box<dyn Error>>;
}

struct SummaryTask {
    sentences: usize,
}

struct KeyphraseTask;

fn texts(list: &Value) -> Vec<String> {
    let texts = list.as_array().into_iter().flatten();
    texts.filter_map(Value::as_str).map(str::to_owned).collect()
}

impl Output for SummaryTask {
    const TASK: Task = Task::Summaries;
    const METRICS: &'static [&'static str] = &["rouge-1", "rouge-2", "rouge-lsum"];

    fn references(&self, record: &Value) -> Vec<Vec<String>> {
        texts(&record["summaries"]).into_iter().map(|text| vec![text]).collect()
    }

    fn outputs(
        &self,
        system: &str,
        documents: &[(Document, Value)],
    ) -> Result<Vec<Vec<String>>, Box<dyn Error>> {
        let system = Registry::standard().summariser(&system.parse()?)?.value;
        let budget = Budget::Sentences(self.sentences);
        let summary = |(document, _): &(Document, Value)| {
            let picks = system.summarise(document, budget).in_document_order();
            let text = |pick| document.sentence_text(pick as usize).to_owned();
            picks.into_iter().map(text).collect()
        };
        Ok(documents.iter().map(summary).collect())
    }
}

impl Output for KeyphraseTask {
    const TASK: Task = Task::Keyphrases;
    const METRICS: &'static [&'static str] = &["keyphrase-f1@10"];

    fn references(&self, record: &Value) -> Vec<Vec<String>> {
        vec![texts(&record["keyphrases"])]
    }

    fn outputs(
        &self,
        system: &str,
        documents: &[(Document, Value)],
    ) -> Result<Vec<Vec<String>>, Box<dyn Error>> {
        let system = Registry::standard().extractor(&system.parse()?)?.value;
        let keys = |(document, _): &(Document, Value)| {
            system.extract(document, 10).into_iter().map(|key| key.text).collect()
        };
        Ok(documents.iter().map(keys).collect())
    }
}

fn compare<O: Output>(
    title: &str,
    documents: &[(Document, Value)],
    system: &str,
    task: &O,
) -> Result<(), Box<dyn Error>> {
    let mut metrics: Vec<Box<dyn Metric>> = Vec::new();
    for name in O::METRICS {
        metrics.push(Registry::standard().metric(&name.parse()?)?.value);
    }
    let keep = task.outputs(&format!("{system}(furniture=keep)"), documents)?;
    let prior = task.outputs(&format!("{system}(furniture=prior)"), documents)?;
    let mut panel = Panel::new(O::TASK, metrics.iter().map(AsRef::as_ref));
    let mut scores = vec![Vec::new(); metrics.len()];
    for (at, (_, record)) in documents.iter().enumerate() {
        let references = task.references(record);
        if references.iter().all(Vec::is_empty) {
            continue;
        }
        let references = panel.references(references.iter().map(Vec::as_slice));
        let both = [&keep[at], &prior[at]]
            .map(|output| panel.candidate(output.iter().map(String::as_str)));
        let mut scale = panel.scale(&references);
        let both = both.map(|candidate| scale.measure(&candidate));
        for (metric, scores) in scores.iter_mut().enumerate() {
            let score = |which: usize| metrics[metric].score(&both[which][metric]).value;
            scores.push([100.0 * score(0), 100.0 * score(1)]);
        }
    }
    for (name, scores) in O::METRICS.iter().zip(&scores) {
        let count = scores.len() as f64;
        let mean =
            |which: usize| scores.iter().map(|both| both[which]).sum::<f64>() / count;
        let (low, high) = resample::interval(scores.len(), |drawn| {
            let pairs = scores.iter().zip(drawn);
            pairs.map(|([a, b], &times)| f64::from(times) * (b - a)).sum::<f64>() / count
        });
        println!(
            "| {title} | {system} | {name} | {:.2} | {:.2} | {:+.2} ({low:+.2} to {high:+.2}) |",
            mean(0),
            mean(1),
            mean(1) - mean(0)
        );
    }
    Ok(())
}
