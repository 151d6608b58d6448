//! The rows of a document, as text.

use serde_json::json;

use crate::metric::Average;

use super::{
    DocumentOutcome, Extract, Layout, keyphrase_json, layout::SystemLayout, marks::FILES,
};

/// The first lines of the files, in the order of [`NAMES`](super::store::NAMES).
pub(super) fn headers(layout: &Layout) -> [Vec<u8>; FILES] {
    let counts = "corpus,document,system,metric,shared,candidate,reference,outputs\n";
    [
        "corpus,document,digest,language,sentences,words\n",
        "corpus,document,system,budget,metric,precision,recall,f1,status\n",
        "",
        "corpus,document,system,status,message\n",
        if has_counts(layout) { counts } else { "" },
    ]
    .map(|line| line.as_bytes().to_vec())
}

/// Whether a metric's average is of counts, which its scores do not hold.
fn has_counts(layout: &Layout) -> bool {
    layout.metrics.iter().any(|metric| metric.average == Average::Micro)
}

/// The lines of one document.
pub(super) fn of(layout: &Layout, outcome: &DocumentOutcome) -> [Vec<u8>; FILES] {
    [
        documents(layout, outcome),
        scores(layout, outcome),
        extracts(layout, outcome),
        failures(layout, outcome),
        counts(layout, outcome),
    ]
}

fn documents(layout: &Layout, outcome: &DocumentOutcome) -> Vec<u8> {
    let about = &outcome.about;
    lines([[
        layout.corpora[outcome.corpus].as_str(),
        &outcome.id,
        &about.digest,
        &about.language,
        &about.sentences.to_string(),
        &about.words.to_string(),
    ]])
}

fn scores(layout: &Layout, outcome: &DocumentOutcome) -> Vec<u8> {
    let corpus = &layout.corpora[outcome.corpus];
    let mut writer = writer();
    for (system, found) in layout.systems.iter().zip(&outcome.systems) {
        for cell in &found.cells {
            let score = cell.score.as_ref();
            add(
                &mut writer,
                [
                    corpus.as_str(),
                    &outcome.id,
                    &system.name,
                    &system.budget,
                    &layout.metrics[cell.metric].name,
                    &number(score.and_then(|score| score.precision)),
                    &number(score.and_then(|score| score.recall)),
                    &number(score.map(|score| score.value)),
                    &cell.status.to_string(),
                ],
            );
        }
    }
    text(writer)
}

fn extracts(layout: &Layout, outcome: &DocumentOutcome) -> Vec<u8> {
    let corpus = &layout.corpora[outcome.corpus];
    let mut out = Vec::new();
    for (system, found) in layout.systems.iter().zip(&outcome.systems) {
        let Some(extract) = &found.extract else { continue };
        let row = extract_row(corpus, &outcome.id, system, extract);
        out.extend_from_slice(row.to_string().as_bytes());
        out.push(b'\n');
    }
    out
}

fn extract_row(
    corpus: &str,
    document: &str,
    system: &SystemLayout,
    extract: &Extract,
) -> serde_json::Value {
    let mut row = extract_json(extract);
    row["corpus"] = corpus.into();
    row["document"] = document.into();
    row["system"] = system.name.as_str().into();
    row["budget"] = system.budget.as_str().into();
    row
}

/// What a system gave, without its names.
pub(super) fn extract_json(extract: &Extract) -> serde_json::Value {
    let mut row = json!({ "words": extract.words() });
    match extract {
        Extract::Summary { picks, documents, ranked, scores, text, .. } => {
            row["sentences"] = picks.len().into();
            row["picks"] = json!(picks);
            if let Some(documents) = documents {
                row["documents"] = json!(documents);
            }
            row["ranked"] = json!(ranked);
            row["scores"] = json!(scores);
            row["text"] = text.as_str().into();
        }
        Extract::Text { text, .. } => row["text"] = text.as_str().into(),
        Extract::Keyphrases { phrases, signature } => {
            row["signature"] = signature.as_str().into();
            row["keyphrases"] = phrases.iter().map(keyphrase_json).collect();
        }
    }
    row
}

fn failures(layout: &Layout, outcome: &DocumentOutcome) -> Vec<u8> {
    let corpus = &layout.corpora[outcome.corpus];
    let mut writer = writer();
    for (system, found) in layout.systems.iter().zip(&outcome.systems) {
        let Some(failure) = &found.failure else { continue };
        let (status, message) = failure.split_once(": ").unwrap_or((failure, ""));
        add(&mut writer, [corpus.as_str(), &outcome.id, &system.name, status, message]);
    }
    text(writer)
}

fn counts(layout: &Layout, outcome: &DocumentOutcome) -> Vec<u8> {
    let corpus = &layout.corpora[outcome.corpus];
    let mut writer = writer();
    for (system, found) in layout.systems.iter().zip(&outcome.systems) {
        for cell in &found.cells {
            let metric = &layout.metrics[cell.metric];
            if metric.average == Average::Micro {
                let counts = cell.statistics;
                add(
                    &mut writer,
                    [
                        corpus.as_str(),
                        &outcome.id,
                        &system.name,
                        &metric.name,
                        &counts.shared.to_string(),
                        &counts.candidate.to_string(),
                        &counts.reference.to_string(),
                        &counts.outputs.to_string(),
                    ],
                );
            }
        }
    }
    text(writer)
}

fn writer() -> csv::Writer<Vec<u8>> {
    csv::Writer::from_writer(Vec::new())
}

fn add<const N: usize>(writer: &mut csv::Writer<Vec<u8>>, record: [&str; N]) {
    writer.write_record(record).expect("writing into memory does not fail");
}

fn text(writer: csv::Writer<Vec<u8>>) -> Vec<u8> {
    writer.into_inner().expect("writing into memory does not fail")
}

fn lines<const N: usize, const M: usize>(records: [[&str; M]; N]) -> Vec<u8> {
    let mut writer = writer();
    for record in records {
        add(&mut writer, record);
    }
    text(writer)
}

/// The shortest decimal that reads back as the same number; empty for none.
fn number(value: Option<f64>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}
