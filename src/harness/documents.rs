//! Documents of a stored run: the outputs of systems for one document, and the documents on which
//! one system is furthest behind another.

use std::path::Path;

use crate::{
    metric::{Better, Task},
    run::{
        About, MetricRecipe, Reach, RunManifest, SourceText, StoredRows, SystemOutcome,
        TextsError, texts,
    },
    spec::SpecError,
};

use super::error::Error;

/// A document of a run with the outputs of systems. Made by [`view_document`].
#[derive(Debug)]
pub struct DocumentView {
    /// The name of the corpus.
    pub corpus: String,
    /// The id of the document.
    pub id: String,
    /// Properties of the document.
    pub about: About,
    /// The text and its references, or why they cannot be read.
    pub text: Result<SourceText, TextsError>,
    /// The requested systems in their order; a name has an entry for each of its tasks.
    pub systems: Vec<SystemView>,
}

/// The output of a system for a document.
#[derive(Debug)]
pub struct SystemView {
    /// The canonical name of the system.
    pub name: String,
    /// The kind of its outputs.
    pub task: Task,
    /// The maximum length of the output, as `3 sentences`.
    pub budget: String,
    /// The output and its scores, whose metrics are indices into the manifest.
    pub outcome: SystemOutcome,
}

/// Returns the document `id` of the run in `folder` with the outputs of `systems`.
///
/// # Errors
/// Returns an error if the run has no such document, corpus or system, if several corpora
/// have the document and none is named, or if the rows cannot be read.
pub fn view_document(
    folder: &Path,
    manifest: &RunManifest,
    corpus: Option<&str>,
    id: &str,
    systems: &[String],
    reach: Reach,
) -> Result<DocumentView, Error> {
    let layout = manifest.layout();
    let wanted = corpus.map(|name| corpus_of(manifest, name)).transpose()?;
    for name in systems {
        check_system(manifest, name)?;
    }

    // an id as it is, or else its beginning, if no other begins like it
    let (mut found, mut beginning) = (Vec::new(), Vec::new());
    for outcome in StoredRows::open(folder, layout.clone())? {
        let outcome = outcome?;
        if wanted.is_some_and(|at| at != outcome.corpus) {
            continue;
        }
        if outcome.id == id {
            found.push(outcome);
        } else if outcome.id.starts_with(id) && beginning.len() < 2 {
            beginning.push(outcome);
        }
    }
    if found.is_empty() && beginning.len() == 1 {
        found = beginning;
    }
    let names: Vec<&str> = found
        .iter()
        .map(|it| layout.corpora[it.corpus].as_str())
        .collect();
    if let [first, _, ..] = names[..] {
        return Err(Error::Input(format!(
            "`{id}` is in several corpora of the run: {}\nhint: `--corpus {first}` takes one",
            names.join(", ")
        )));
    }
    let Some(mut outcome) = found.pop() else {
        return Err(Error::Input(format!(
            "the run has no document `{id}`\nhint: `documents.csv` in its folder has all"
        )));
    };

    let mut outcomes: Vec<Option<SystemOutcome>> =
        outcome.systems.drain(..).map(Some).collect();
    let mut views = Vec::new();
    for name in systems {
        for (at, system) in layout.systems.iter().enumerate() {
            let is_it = system.name == *name;
            let Some(own) = is_it.then(|| outcomes[at].take()).flatten() else {
                continue;
            };
            views.push(SystemView {
                name: system.name.clone(),
                task: system.task,
                budget: layout.budget(outcome.corpus, system.task),
                outcome: own,
            });
        }
    }

    Ok(DocumentView {
        corpus: layout.corpora[outcome.corpus].clone(),
        text: text_of(manifest, outcome.corpus, &outcome.id, reach),
        id: outcome.id,
        about: outcome.about,
        systems: views,
    })
}

/// Returns the text of a document of the corpus of index `at`.
fn text_of(
    manifest: &RunManifest,
    at: usize,
    id: &str,
    reach: Reach,
) -> Result<SourceText, TextsError> {
    let mut found = SourceText::default();
    texts(manifest, at, reach, |text| {
        let is_it = text.id == id;
        if is_it {
            found = text;
        }
        !is_it
    })?;
    Ok(found)
}

/// A document on which a system is behind another. Made by [`furthest_behind`].
#[derive(Debug, Clone, PartialEq)]
pub struct Behind {
    /// The name of the corpus.
    pub corpus: String,
    /// The id of the document.
    pub document: String,
    /// The score of the system that is behind.
    pub a: f64,
    /// The score of the other.
    pub b: f64,
}

/// Returns the documents on which the system `a` is furthest behind `b` under the metric
/// of index `metric`, the furthest first, `number` at most. Documents on which the
/// distances are equal to 12 digits are in the order of their ids.
///
/// # Errors
/// Returns an error if the run has no such system or corpus, if the metric does not
/// measure one of them or neither high nor low values of it are better, or if the rows cannot be
/// read.
pub fn furthest_behind(
    folder: &Path,
    manifest: &RunManifest,
    metric: usize,
    systems: [&str; 2],
    corpus: Option<&str>,
    number: usize,
) -> Result<Vec<Behind>, Error> {
    let recipe = &manifest.metrics[metric];
    if recipe.better == Better::Neither {
        let name = &recipe.name;
        return Err(Error::Input(format!(
            "`{name}` describes an output: neither high nor low values are better"
        )));
    }

    let wanted = corpus.map(|name| corpus_of(manifest, name)).transpose()?;
    let [a, b] = [
        system_under(manifest, recipe, systems[0])?,
        system_under(manifest, recipe, systems[1])?,
    ];

    let layout = manifest.layout();
    let mut found: Vec<(f64, Behind)> = Vec::new();
    for outcome in StoredRows::open(folder, layout.clone())?.scores_only() {
        let outcome = outcome?;
        if wanted.is_some_and(|at| at != outcome.corpus) {
            continue;
        }

        let score = |system: usize| {
            let cells = &outcome.systems[system].cells;
            let cell = cells.iter().find(|cell| cell.metric == metric)?;
            cell.score.as_ref().map(|score| score.value)
        };
        let (Some(a), Some(b)) = (score(a), score(b)) else {
            continue;
        };

        let gain = if recipe.better == Better::Lower {
            b - a
        } else {
            a - b
        };
        let gain = (gain * 1e12).round();
        if gain < 0.0 {
            let corpus = layout.corpora[outcome.corpus].clone();
            found.push((
                gain,
                Behind {
                    corpus,
                    document: outcome.id,
                    a,
                    b,
                },
            ));
        }

        // keeps memory bounded: a document that is not among the first cannot become one later
        if found.len() > 2 * number + 1_000 {
            keep_first(&mut found, number);
        }
    }
    keep_first(&mut found, number);
    Ok(found.into_iter().map(|(_, behind)| behind).collect())
}

/// Keeps the documents that are furthest behind.
fn keep_first(found: &mut Vec<(f64, Behind)>, number: usize) {
    found.sort_by(|(gain, one), (other_gain, other)| {
        gain.total_cmp(other_gain)
            .then_with(|| one.document.cmp(&other.document))
            .then_with(|| one.corpus.cmp(&other.corpus))
    });
    found.truncate(number);
}

/// Returns the index of the corpus called `name`.
fn corpus_of(manifest: &RunManifest, name: &str) -> Result<usize, Error> {
    let found = manifest
        .corpora
        .iter()
        .position(|corpus| corpus.name == name);
    let names = manifest.corpora.iter().map(|corpus| corpus.name.as_str());
    found.ok_or_else(|| SpecError::unknown_name("corpus of the run", name, names).into())
}

/// Checks that the run has a system called `name`.
fn check_system(manifest: &RunManifest, name: &str) -> Result<(), Error> {
    let names = || manifest.systems.iter().map(|system| system.name.as_str());
    match names().any(|known| known == name) {
        true => Ok(()),
        false => Err(SpecError::unknown_name("system of the run", name, names()).into()),
    }
}

/// Returns the index of the system called `name` whose outputs a metric measures.
fn system_under(
    manifest: &RunManifest,
    metric: &MetricRecipe,
    name: &str,
) -> Result<usize, Error> {
    check_system(manifest, name)?;
    let found = manifest
        .systems
        .iter()
        .position(|system| system.name == name && system.task == metric.task);
    found.ok_or_else(|| {
        let metric = &metric.name;
        Error::Input(format!(
            "`{metric}` does not measure the outputs of `{name}`"
        ))
    })
}
