//! Formats the rows of a document: lines of CSV and JSON for each file of rows.

use serde::Serialize;
use serde_json::Value;

use crate::run::{
    outcomes::{
        failure::RowFailure,
        outcome::{DocumentOutcome, Extract, Status, keyphrase_json},
    },
    setup::layout::Layout,
};

use super::row_files::FILES;

/// Returns the first lines of the files, in the order of
/// [`NAMES`](super::row_files::NAMES); empty for a file without a header.
pub(super) fn headers() -> [Vec<u8>; FILES] {
    [
        "corpus,document,digest,language,sentences,words\n",
        "corpus,document,system,budget,metric,precision,recall,value,status\n",
        "",
        "corpus,document,system,status,message,metric\n",
        "corpus,document,system,metric,statistic,value\n",
        "corpus,document,system,metric,precision,recall,value\n",
        "corpus,document,system,metric,note\n",
    ]
    .map(|line| line.as_bytes().to_vec())
}

/// The name of the row of `counts.csv` that contains the number of measured outputs. It
/// comes before the metric's own statistics.
pub(super) const OUTPUTS: &str = "outputs";

/// Returns the lines of one document for each file of rows.
pub(super) fn of(layout: &Layout, outcome: &DocumentOutcome) -> [Vec<u8>; FILES] {
    [
        documents(layout, outcome),
        scores(layout, outcome),
        extracts(layout, outcome),
        failures(layout, outcome),
        counts(layout, outcome),
        leaving_one_out(layout, outcome),
        notes(layout, outcome),
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
        let budget = layout.budget(outcome.corpus, system.task);
        for cell in &found.cells {
            let score = cell.score.as_ref();
            add(
                &mut writer,
                [
                    corpus.as_str(),
                    &outcome.id,
                    &system.name,
                    &budget,
                    &layout.metrics[cell.metric].name,
                    &number(score.and_then(|score| score.precision)),
                    &number(score.and_then(|score| score.recall)),
                    &number(score.map(|score| score.value)),
                    cell.status.name(),
                ],
            );
        }
    }
    text(writer)
}

fn extracts(layout: &Layout, outcome: &DocumentOutcome) -> Vec<u8> {
    let corpus = layout.corpora[outcome.corpus].as_str();
    let mut out = Vec::new();
    for (system, found) in layout.systems.iter().zip(&outcome.systems) {
        let Some(extract) = &found.extract else {
            continue;
        };
        let budget = layout.budget(outcome.corpus, system.task);
        let row = ExtractLine {
            budget: Some(&budget),
            corpus: Some(corpus),
            document: Some(&outcome.id),
            system: Some(&system.name),
            ..ExtractLine::of(extract)
        };
        serde_json::to_writer(&mut out, &row).expect("writing into memory does not fail");
        out.push(b'\n');
    }
    out
}

/// The output of a system as a line of JSON. Keys are in alphabetical order, which is
/// that of the fields.
#[derive(Serialize, Default)]
pub(in crate::run) struct ExtractLine<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    budget: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    corpus: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    document: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    documents: Option<&'a [usize]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    keyphrases: Option<Vec<Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    picks: Option<&'a [u32]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ranked: Option<&'a [u32]>,
    /// The scores of all sentences; present in every summary.
    #[serde(skip_serializing_if = "Option::is_none")]
    scores: Option<Scores<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sentences: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    signature: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    system: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    words: usize,
}

/// The scores of sentences, which are `null` if the system has none.
#[derive(Serialize)]
struct Scores<'a>(Option<&'a [f64]>);

impl<'a> ExtractLine<'a> {
    /// Returns the line without the names of corpus, document and system.
    pub(in crate::run) fn of(extract: &'a Extract) -> Self {
        let line = Self {
            words: extract.words(),
            ..Self::default()
        };
        match extract {
            Extract::Summary {
                picks,
                documents,
                ranked,
                scores,
                text,
                ..
            } => Self {
                sentences: Some(picks.len()),
                picks: Some(picks),
                documents: documents.as_deref(),
                ranked: Some(ranked),
                scores: Some(Scores(scores.as_deref())),
                text: Some(text),
                ..line
            },
            Extract::Text { text, .. } => Self {
                text: Some(text),
                ..line
            },
            Extract::Keyphrases { phrases, signature } => Self {
                signature: Some(signature),
                keyphrases: Some(phrases.iter().map(keyphrase_json).collect()),
                ..line
            },
        }
    }
}

fn failures(layout: &Layout, outcome: &DocumentOutcome) -> Vec<u8> {
    let corpus = &layout.corpora[outcome.corpus];
    let mut writer = writer();
    for (system, found) in layout.systems.iter().zip(&outcome.systems) {
        let mut row = |failure: &RowFailure, metric: &str| {
            let (status, message) = (failure.fault.name(), failure.message.as_str());
            let names = [corpus.as_str(), &outcome.id, &system.name];
            add(
                &mut writer,
                [names[0], names[1], names[2], status, message, metric],
            );
        };

        // a system that failed has one row, although every metric has a cell
        if let Some(failure) = &found.failure {
            row(failure, "");
            continue;
        }

        for cell in &found.cells {
            let Status::Failed(failure) = &cell.status else {
                continue;
            };
            row(failure, &layout.metrics[cell.metric].name);
        }
    }
    text(writer)
}

fn counts(layout: &Layout, outcome: &DocumentOutcome) -> Vec<u8> {
    let corpus = &layout.corpora[outcome.corpus];
    let mut writer = writer();
    for (system, found) in layout.systems.iter().zip(&outcome.systems) {
        for cell in &found.cells {
            let metric = &layout.metrics[cell.metric];
            if !metric.is_micro() {
                continue;
            }

            let statistics = &cell.statistics;
            let mut row = |name: &str, value: f64| {
                let value = value.to_string();
                let cells = [
                    corpus,
                    &outcome.id,
                    &system.name,
                    &metric.name,
                    name,
                    &value,
                ];
                add(&mut writer, cells);
            };
            row(OUTPUTS, statistics.outputs);
            for (at, name) in metric.statistics.iter().enumerate() {
                row(name, statistics.at(at));
            }
        }
    }
    text(writer)
}

fn leaving_one_out(layout: &Layout, outcome: &DocumentOutcome) -> Vec<u8> {
    let corpus = &layout.corpora[outcome.corpus];
    let mut writer = writer();
    for (system, found) in layout.systems.iter().zip(&outcome.systems) {
        for cell in &found.cells {
            let Some(score) = &cell.leaving_one_out else {
                continue;
            };
            add(
                &mut writer,
                [
                    corpus.as_str(),
                    &outcome.id,
                    &system.name,
                    &layout.metrics[cell.metric].name,
                    &number(score.precision),
                    &number(score.recall),
                    &number(Some(score.value)),
                ],
            );
        }
    }
    text(writer)
}

fn notes(layout: &Layout, outcome: &DocumentOutcome) -> Vec<u8> {
    let corpus = &layout.corpora[outcome.corpus];
    let mut writer = writer();
    for (system, found) in layout.systems.iter().zip(&outcome.systems) {
        for cell in &found.cells {
            let Some(note) = &cell.note else {
                continue;
            };
            let metric = &layout.metrics[cell.metric].name;
            add(
                &mut writer,
                [corpus, &outcome.id, &system.name, metric, note],
            );
        }
    }
    text(writer)
}

fn writer() -> csv::Writer<Vec<u8>> {
    csv::Writer::from_writer(Vec::new())
}

fn add<const N: usize>(writer: &mut csv::Writer<Vec<u8>>, record: [&str; N]) {
    writer
        .write_record(record)
        .expect("writing into memory does not fail");
}

fn text(writer: csv::Writer<Vec<u8>>) -> Vec<u8> {
    writer
        .into_inner()
        .expect("writing into memory does not fail")
}

fn lines<const N: usize, const M: usize>(records: [[&str; M]; N]) -> Vec<u8> {
    let mut writer = writer();
    for record in records {
        add(&mut writer, record);
    }
    text(writer)
}

/// Returns the shortest decimal that is read back as the same number, or an empty text
/// for `None`.
fn number(value: Option<f64>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}
