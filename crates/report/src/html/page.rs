//! The whole page, written piece by piece: first what people read, then what is packed.

use std::{
    io::{self, Write},
    num::NonZero,
};

use minijinja::{Value, context, value::Serde};
use serde::Serialize;
use serde_json::json;

use crate::{
    changes::grids,
    grid::Grid,
    results::{Results, ResultsError},
    same_documents::first_with_same,
    table_file::TableError,
};
use epitome_engine::run::{
    Allowance, FailureRow, NotInRun, Reach, StoreError, SystemKind, unread_notes,
};

use epitome_metrics::Task;

use super::{
    charts::svg::escaped,
    documents::{DocumentChunks, pack},
    gathered::gather,
    overall::Overall,
    packed::Chunk,
    recipe::{RecipeView, recipe},
    scaling::{ScalingPoint, read_scaling},
    section::{Section, Source},
    templates::{CSS, JS, environment, hash},
};

/// Why a page could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The results cannot be read.
    #[error(transparent)]
    Results(#[from] ResultsError),
    /// A table cannot be read.
    #[error(transparent)]
    Table(#[from] TableError),
    /// Rows cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A table has a corpus, system or metric that the manifest does not have.
    #[error(transparent)]
    NotInRun(#[from] NotInRun),
    /// A template cannot be rendered with its data.
    #[error("the template of the report: {0}")]
    Template(#[from] minijinja::Error),
    /// The page cannot be written.
    #[error("the report cannot be written: {0}")]
    Write(#[from] io::Error),
}

/// A run, for the templates.
#[derive(Serialize)]
struct RunView {
    name: String,
    recipe: RecipeView,
}

/// A filter of the page, for the templates.
#[derive(Serialize)]
struct Filter {
    key: &'static str,
    name: &'static str,
    values: Vec<String>,
}

/// The data of the templates.
#[derive(Serialize)]
struct Context<'a> {
    title: String,
    version: &'static str,
    css: &'static str,
    css_hash: String,
    js_hash: String,
    counts: Counts,
    notes: Vec<String>,
    sections: &'a [Section],
    overall: &'a [Overall],
    shelves: &'a [DocumentChunks],
    filters: Vec<Filter>,
    changes: &'a [Grid],
    failures: Failures<'a>,
    runs: Vec<RunView>,
    data: String,
}

/// The numbers at the top of the page, for the templates.
#[derive(Serialize)]
struct Counts {
    systems: usize,
    /// Documents, each counted once, under however many budgets.
    documents: usize,
    metrics: usize,
    /// Budgets, if a corpus has several; otherwise empty.
    budgets: Vec<String>,
}

/// The failures of all runs, for the templates.
#[derive(Serialize)]
struct Failures<'a> {
    count: usize,
    rows: Vec<&'a FailureRow>,
}

/// The maximum number of failures in the page; all are in `failures.csv`.
const FAILURES: usize = 500;

/// Writes the page of `runs`. Times by length are those given, or a run's own
/// `scaling.csv`; texts are read from the corpora within `reach`. Returns for each corpus
/// whose texts are not all in the page its name and the reason.
///
/// # Errors
/// Returns an error if a run cannot be read, or the page not be written.
pub fn write_report(
    runs: &[Results],
    scaling: &[ScalingPoint],
    jobs: NonZero<usize>,
    reach: Reach,
    out: &mut impl Write,
) -> Result<Vec<(String, String)>, ReportError> {
    let environment = environment();
    let (mut sections, mut changes) = (Vec::new(), Vec::new());
    let mut overall = Vec::new();
    let (mut shelves, mut chunks) = (Vec::new(), Vec::new());
    for (at, results) in runs.iter().enumerate() {
        let gathered = gather(results.documents()?)?;
        let own = read_scaling(&results.folder.join("scaling.csv"))?;
        let name = name(results);
        let source = Source {
            at,
            name: if runs.len() > 1 { &name } else { "" },
            results,
            gathered: &gathered,
            standings: &results.standings,
            scaling: if scaling.is_empty() { &own } else { scaling },
            jobs,
        };
        let boards = source.boards();
        sections.extend(source.sections(&boards)?);
        changes.extend(grids(&boards));
        overall.extend(source.overall(&boards));
        for (corpus, gathered) in gathered.iter().enumerate() {
            let (shelf, packed) = pack(&results.manifest, (at, corpus), gathered, reach);
            shelves.push(shelf);
            chunks.extend(packed);
        }
    }

    for section in &sections {
        for (code, table) in &section.by_language {
            let caption = format!("{}, {code}", section.title);
            let table = Value::from(Serde(table));
            let html = environment
                .get_template("table.html")?
                .render(context! { table, caption })?;
            chunks.push(Chunk::pack(format!("{}-{code}", section.id), &html));
        }
    }

    let page = Page {
        runs,
        sections,
        overall,
        changes,
        shelves,
    };

    let environment = &environment;
    environment
        .get_template("page.html")?
        .render_captured_to(page.context(), &mut *out)?;

    for Chunk { name, data } in &chunks {
        let name = escaped(name);
        writeln!(
            out,
            r#"<script type="text/plain" id="{name}">{data}</script>"#
        )?;
    }

    environment
        .get_template("end.html")?
        .render_captured_to(context! { js => JS }, &mut *out)?;

    let missing = page.shelves.into_iter().filter_map(|shelf| {
        let reason = shelf.missing?;
        Some((shelf.corpus, reason))
    });
    Ok(missing.collect())
}

/// Returns the name of the folder of a run.
fn name(results: &Results) -> String {
    let folder = results
        .folder
        .file_name()
        .unwrap_or(results.folder.as_os_str());
    folder.to_string_lossy().into_owned()
}

/// The contents of a page.
struct Page<'a> {
    runs: &'a [Results],
    sections: Vec<Section>,
    overall: Vec<Overall>,
    changes: Vec<Grid>,
    shelves: Vec<DocumentChunks>,
}

impl Page<'_> {
    /// Returns the data of the templates.
    fn context(&self) -> Value {
        let Self {
            runs,
            sections,
            overall,
            changes,
            shelves,
        } = self;

        let names: Vec<String> = runs.iter().map(name).collect();
        let of_run = |results: &Results| RunView {
            name: name(results),
            recipe: recipe(&results.recorded, &results.timings),
        };

        let failures = || runs.iter().flat_map(|results| &results.failures);

        let systems = runs.iter().flat_map(|it| &it.manifest.systems);
        let mut systems: Vec<(&str, Task)> = systems
            .filter(|it| it.kind == SystemKind::System)
            .map(|it| (it.name.as_str(), it.task))
            .collect();
        systems.sort_unstable();
        systems.dedup();

        let metrics = runs
            .iter()
            .flat_map(|it| &it.manifest.metrics)
            .map(|it| &it.name);
        let unread = runs
            .iter()
            .flat_map(|run| unread_notes(&run.manifest.unread));
        let shown = runs.iter().filter_map(|run| run.note.clone());

        let unfinished = runs.iter().filter(|results| !results.manifest.complete);
        let notes = unfinished.map(|it| {
            format!(
                "{} has not come to its end: its tables are of what there is.",
                name(it)
            )
        });

        Value::from(Serde(Context {
            title: names.join(" and "),
            version: env!("CARGO_PKG_VERSION"),
            css: CSS,
            css_hash: hash(CSS),
            js_hash: hash(JS),
            counts: Counts {
                systems: systems.len(),
                documents: self.documents(),
                metrics: distinct(metrics).len(),
                budgets: self.budgets(),
            },
            notes: notes
                .chain(unread)
                .chain(shown)
                .map(|note| note.replace('`', ""))
                .collect(),
            sections,
            overall,
            shelves,
            filters: self.filters(),
            changes,
            failures: Failures {
                count: failures().count(),
                rows: failures().take(FAILURES).collect(),
            },
            runs: runs.iter().map(of_run).collect(),
            data: self.data(),
        }))
    }

    /// Returns the number of documents of all runs. Those of a corpus under several budgets, or in
    /// several runs, are counted once.
    fn documents(&self) -> usize {
        let corpora = self.runs.iter().flat_map(|run| &run.manifest.corpora);
        let firsts = first_with_same(corpora).into_iter().enumerate();
        let counted = self.shelves.iter().zip(firsts);
        let counted = counted.filter(|(_, (at, first))| at == first);
        counted.map(|(shelf, _)| shelf.documents).sum()
    }

    /// Returns the budgets of summaries, each once, if a corpus has several in a run; otherwise
    /// none.
    fn budgets(&self) -> Vec<String> {
        let is_repeated = |results: &&Results| {
            let firsts = first_with_same(&results.manifest.corpora);
            firsts.iter().enumerate().any(|(at, first)| at != *first)
        };
        let repeated = self.runs.iter().filter(is_repeated);
        let budgets = repeated.flat_map(|results| results.manifest.lengths());
        let budgets: Vec<String> = budgets
            .map(|length| Allowance::of(Task::Summaries, length).to_string())
            .collect();
        distinct(budgets.iter())
    }

    /// Returns a filter for each property that has more than one value.
    fn filters(&self) -> Vec<Filter> {
        let sections = || self.sections.iter();
        let filters = [
            (
                "corpus",
                "corpus",
                distinct(sections().map(|it| &it.corpus)),
            ),
            (
                "languages",
                "language",
                distinct(sections().flat_map(|it| &it.languages)),
            ),
            (
                "budget",
                "budget",
                distinct(sections().map(|it| &it.budget)),
            ),
        ];

        let filter = |(key, name, values)| Filter { key, name, values };
        let several = |filter: &Filter| filter.values.len() > 1;
        filters.into_iter().map(filter).filter(several).collect()
    }

    /// Returns the data of the script as JSON in which `<` is escaped, so that it cannot end an
    /// HTML element.
    fn data(&self) -> String {
        let sections: Vec<_> = self.sections.iter().map(|it| &it.scripted).collect();
        let data = json!({ "sections": sections, "shelves": self.shelves });
        data.to_string().replace('<', "\\u003c")
    }
}

/// Returns each value once, in the order of first occurrence.
fn distinct<'a>(values: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for value in values {
        if !found.contains(value) {
            found.push(value.clone());
        }
    }
    found
}
