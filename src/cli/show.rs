//! `epitome show RUN DOCUMENT A B`: a document of a run, with what systems made of it.

use std::{fmt::Write as _, path::PathBuf};

use clap::Args;
use serde_json::{Value, json};

use crate::{
    harness::{DocumentView, SystemView, find_run, open_run, view_document},
    metric::{KeyphraseF1, Task, score},
    registry::Registry,
    report::{Grid, GridCell, Results, printable, symbol_of_unit, terminal, value_in},
    run::{Extract, Reach, RunManifest, SourceText, keyphrase_json},
};

use super::{
    failure::{Code, Failure},
    output::{Output, say},
    progress::Notes,
    width::{columns, wrapped},
};

/// What to show.
#[derive(Debug, Args)]
pub(super) struct ShowArgs {
    /// Folder of a run, or its name in the results
    run: String,
    /// Id of the document
    document: String,
    /// Systems, by their names in tables; the first is marked with A, the second with B
    #[arg(required = true, value_name = "SYSTEM")]
    systems: Vec<String>,
    /// Corpus of the document, needed if several have a document with its id
    #[arg(long, value_name = "NAME")]
    corpus: Option<String>,
    /// Also read the text from a corpus outside of the current folder; the manifest of a run by
    /// somebody else may name any file
    #[arg(long)]
    texts: bool,
    /// JSON instead of text
    #[arg(long)]
    json: bool,
    /// Folder of all results
    #[arg(long, value_name = "FOLDER", default_value = "results")]
    results: PathBuf,
}

impl ShowArgs {
    pub(super) fn run(self, registry: &Registry) -> Result<Code, Failure> {
        let folder = find_run(&self.run, &self.results)
            .ok_or_else(|| Failure::input(format!("no run `{}`", self.run)))?;
        open_run(registry, &folder, &mut Notes)?;
        let manifest = Results::read(&folder)?.manifest;
        let reach = if self.texts {
            Reach::Anywhere
        } else {
            Reach::Here
        };
        let corpus = self.corpus.as_deref();
        let view = view_document(
            &folder,
            &manifest,
            corpus,
            &self.document,
            &self.systems,
            reach,
        )?;
        if let Err(error) = &view.text {
            say(&format!("note: the text is not shown: {error}"));
        }

        let mut output = Output::new();
        match self.json {
            true => output.answer("show", &as_json(&view, &manifest))?,
            false => output.text(&printable(&as_text(&view, &manifest)))?,
        }
        output.finish()?;
        Ok(Code::Fine)
    }
}

/// Returns the letter of the system with the index `at`: A, B, …
fn mark(at: usize) -> char {
    char::from_u32('A' as u32 + (at as u32 % 26)).unwrap_or('*')
}

/// Returns the letters of the systems for which `holds` is true, and a space for each other one.
fn marks(view: &DocumentView, holds: impl Fn(&SystemView) -> bool) -> String {
    let marks = view.systems.iter().enumerate();
    marks
        .map(|(at, system)| if holds(system) { mark(at) } else { ' ' })
        .collect()
}

/// Returns the document with its references, the outputs that are no sentences of it, and the
/// scores, as text.
fn as_text(view: &DocumentView, manifest: &RunManifest) -> String {
    let (id, corpus, about) = (&view.id, &view.corpus, &view.about);
    let mut text = format!(
        "{id} in {corpus}: {} sentences, {} words, language {}\n",
        about.sentences, about.words, about.language
    );
    if let Ok(source) = &view.text {
        text += &body(view, source);
    }
    for (at, system) in view.systems.iter().enumerate() {
        text += &output_of(view, at, system);
    }
    text.push('\n');
    text += &terminal(&scores(view, manifest), Some(columns()));
    text + &notes(view, manifest)
}

/// Returns what metrics add to their scores, with the letters of the systems.
fn notes(view: &DocumentView, manifest: &RunManifest) -> String {
    let mut text = String::new();
    for (at, system) in view.systems.iter().enumerate() {
        for cell in &system.outcome.cells {
            if let Some(note) = &cell.note {
                let metric = &manifest.metrics[cell.metric].name;
                text += &wrapped(&format!("{} {metric}: ", mark(at)), note, columns());
            }
        }
    }
    match text.is_empty() {
        true => text,
        false => format!("\nnotes:\n{text}"),
    }
}

/// Returns the sentences with the letters of the systems that selected them, and the references.
fn body(view: &DocumentView, source: &SourceText) -> String {
    let mut text = String::new();
    if !source.title.is_empty() {
        text += &wrapped("title: ", &source.title, columns());
    }
    for (at, sentence) in source.sentences.iter().enumerate() {
        if source.paragraphs.contains(&at) {
            text.push('\n');
        }
        let marks = marks(view, |system| picks(system).contains(&(at as u32)));
        text += &wrapped(&format!(" {marks} {at:>3}  "), sentence, columns());
    }

    let has = |task| view.systems.iter().any(|system| system.task == task);
    if has(Task::Summaries) && !source.summaries.is_empty() {
        text += "\nreferences:\n";
        for (at, summary) in source.summaries.iter().enumerate() {
            text += &wrapped(&format!(" {:>3}  ", at + 1), summary, columns());
        }
    }
    if has(Task::Keyphrases) && !source.keyphrases.is_empty() {
        text += "\ngold keyphrases, and the systems that returned them:\n";
        for gold in &source.keyphrases {
            let has =
                |system: &SystemView| phrases(system).iter().any(|it| is_match(it, gold));
            let _ = writeln!(text, " {}  {gold}", marks(view, has));
        }
    }
    text
}

/// Returns the indices of the sentences that a system selected.
fn picks(system: &SystemView) -> &[u32] {
    match &system.outcome.extract {
        Some(Extract::Summary { picks, .. }) => picks,
        _ => &[],
    }
}

/// Returns the keyphrases of a system, the best first.
fn phrases(system: &SystemView) -> Vec<&str> {
    match &system.outcome.extract {
        Some(Extract::Keyphrases { phrases, .. }) => {
            phrases.iter().map(|phrase| phrase.text.as_str()).collect()
        }
        _ => Vec::new(),
    }
}

/// Returns whether a phrase matches a gold phrase by `keyphrase-f1`, which compares stems.
fn is_match(phrase: &str, gold: &str) -> bool {
    let found = score(&KeyphraseF1::at(1), &[phrase], &[[gold]]);
    found.is_ok_and(|score| score.value > 0.0)
}

/// Maximum number of phrases of a system that are shown.
const MOST_PHRASES: usize = 15;

/// Returns the output of a system, if it is not shown as sentences of the text.
fn output_of(view: &DocumentView, at: usize, system: &SystemView) -> String {
    let title = format!("\n{} {}, at most {}:", mark(at), system.name, system.budget);
    if let Some(failure) = &system.outcome.failure {
        let (fault, message) = (failure.fault.name(), &failure.message);
        return format!("{title} it failed ({fault}): {message}\n");
    }

    match &system.outcome.extract {
        Some(Extract::Summary { text, .. }) if view.text.is_err() => {
            let lines = text.lines().map(|line| wrapped("  ", line, columns()));
            format!("{title}\n{}", lines.collect::<String>())
        }
        Some(Extract::Text { text, .. }) => {
            format!(
                "{title} text of its own\n{}",
                wrapped("  ", text, columns())
            )
        }
        Some(Extract::Keyphrases { phrases, .. }) => {
            let gold = view.text.as_ref().map_or(&[][..], |it| &it.keyphrases);
            let mut shown = String::new();
            for (rank, phrase) in phrases.iter().take(MOST_PHRASES).enumerate() {
                let is_gold = gold.iter().any(|gold| is_match(&phrase.text, gold));
                let sign = if is_gold { '=' } else { ' ' };
                let _ = writeln!(shown, " {sign} {:>3}  {}", rank + 1, phrase.text);
            }
            let more = phrases.len().saturating_sub(MOST_PHRASES);
            let rest = match more {
                0 => String::new(),
                more => format!("      and {more} more; `--json` has all\n"),
            };
            let legend = match &view.text {
                Ok(_) => "`=` is a gold keyphrase",
                Err(_) => "gold keyphrases are not known without the text",
            };
            format!("{title} {legend}\n{shown}{rest}")
        }
        _ => String::new(),
    }
}

/// Returns a table of the scores, with a row for each system.
fn scores(view: &DocumentView, manifest: &RunManifest) -> Grid {
    let metrics: Vec<usize> = (0..manifest.metrics.len())
        .filter(|at| {
            view.systems
                .iter()
                .any(|system| system.task == manifest.metrics[*at].task)
        })
        .collect();

    let titles = metrics.iter().map(|at| {
        let metric = &manifest.metrics[*at];
        format!("{}, {}", metric.name, symbol_of_unit(metric.unit))
    });
    let rows = view.systems.iter().enumerate().map(|(at, system)| {
        let mut cells = vec![format!("{} {}", mark(at), system.name)];
        cells.extend(metrics.iter().map(|metric| cell(system, *metric, manifest)));
        cells.into_iter().map(GridCell::text).collect()
    });
    Grid {
        header: std::iter::once("system".to_owned()).chain(titles).collect(),
        words: 1,
        rows: rows.collect(),
        dispensable: (2..=metrics.len())
            .rev()
            .map(crate::report::Part::Column)
            .collect(),
        ..Grid::default()
    }
}

/// Returns the score of a system by a metric, or the status if there is none.
fn cell(system: &SystemView, metric: usize, manifest: &RunManifest) -> String {
    let found = system
        .outcome
        .cells
        .iter()
        .find(|cell| cell.metric == metric);
    match found.map(|cell| (&cell.score, &cell.status)) {
        Some((Some(score), _)) => value_in(manifest.metrics[metric].unit, score.value),
        Some((None, status)) => status.name().to_owned(),
        None => String::new(),
    }
}

/// Returns the whole view as JSON.
fn as_json(view: &DocumentView, manifest: &RunManifest) -> Value {
    let source = view.text.as_ref().ok();
    let systems = view
        .systems
        .iter()
        .map(|system| system_json(system, source, manifest));
    json!({
        "corpus": view.corpus,
        "document": view.id,
        "language": view.about.language,
        "title": source.map(|it| &it.title),
        "sentences": source.map(|it| &it.sentences),
        "paragraphs": source.map(|it| &it.paragraphs),
        "summaries": source.map(|it| &it.summaries),
        "keyphrases": source.map(|it| &it.keyphrases),
        "systems": systems.collect::<Vec<_>>(),
    })
}

/// Returns the output and scores of a system as JSON.
fn system_json(
    system: &SystemView,
    source: Option<&SourceText>,
    manifest: &RunManifest,
) -> Value {
    let gold = source.map_or(&[][..], |it| &it.keyphrases);
    let (mut output, mut picked, mut found) = (Value::Null, Value::Null, Value::Null);
    match &system.outcome.extract {
        Some(Extract::Summary { picks, text, .. }) => {
            (output, picked) = (json!(text), json!(picks));
        }
        Some(Extract::Text { text, .. }) => output = json!(text),
        Some(Extract::Keyphrases { phrases, .. }) => {
            let phrase = |phrase: &crate::keywords::Keyphrase| {
                let mut value = keyphrase_json(phrase);
                value["gold"] = json!(gold.iter().any(|it| is_match(&phrase.text, it)));
                value
            };
            found = phrases.iter().map(phrase).collect();
        }
        None => {}
    }

    let metrics = system.outcome.cells.iter().map(|cell| {
        let (metric, score) = (&manifest.metrics[cell.metric], cell.score.as_ref());
        json!({
            "metric": metric.name, "signature": metric.signature,
            "status": cell.status.name(),
            "value": score.map(|it| it.value),
            "precision": score.and_then(|it| it.precision),
            "recall": score.and_then(|it| it.recall),
            "note": cell.note,
        })
    });
    json!({
        "system": system.name,
        "task": system.task,
        "budget": system.budget,
        "failure": system.outcome.failure.as_ref().map(|it| &it.message),
        "text": output,
        "picks": picked,
        "keyphrases": found,
        "scores": metrics.collect::<Vec<_>>(),
    })
}
