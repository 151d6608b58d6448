//! Runs that were, found and taken up again.

use std::{
    num::NonZero,
    path::{Path, PathBuf},
};

use crate::{
    corpus::{self, Corpus},
    metric::{Metric, Task},
    rank::Budget,
    registry::Registry,
    run::{self, CorpusRecipe, Manifest, Plan, System, SystemId},
    spec::Built,
};

use super::failure::{Code, Failure};

/// The folder that `name` means: itself, or one of that name among the results; `None`
/// where there is no run.
pub(super) fn folder(name: &str, results: &Path) -> Option<PathBuf> {
    let holds_a_run = |path: &PathBuf| path.join("manifest.json").is_file();
    [PathBuf::from(name), results.join(name)].into_iter().find(holds_a_run)
}

/// The run among the results that began last.
pub(super) fn newest(results: &Path) -> Option<PathBuf> {
    let folders = std::fs::read_dir(results).ok()?;
    let mut runs: Vec<(String, PathBuf)> = folders
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let manifest = Manifest::read(&path).ok()??;
            let is_run = !manifest.systems.is_empty();
            is_run.then_some((manifest.start, path))
        })
        .collect();
    runs.sort();
    runs.pop().map(|(_, path)| path)
}

/// The plan of a run with other systems and metrics: its corpora, which must not have
/// changed, nor its background where a system wants one, its budget and its reading of
/// texts.
pub(super) fn plan(
    manifest: &Manifest,
    systems: Vec<System>,
    metrics: Vec<Built<dyn Metric>>,
    jobs: Option<NonZero<usize>>,
) -> Result<Plan, Failure> {
    let mut corpora: Vec<Box<dyn Corpus>> = Vec::new();
    let mut digests = Vec::new();
    for recipe in &manifest.corpora {
        let (corpus, digest) = unchanged(recipe)?;
        corpora.push(corpus);
        digests.push(digest);
    }
    let of_task = |task: Task| manifest.systems.iter().find(|system| system.task == task);
    let budget = of_task(Task::Summaries).and_then(|system| system.budget.parse().ok());
    let limit = of_task(Task::Keyphrases)
        .and_then(|system| system.budget.split(' ').next()?.parse().ok());
    let cores = std::thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN);
    let language = manifest.language.as_deref().map(str::parse).transpose()?;
    let mut plan = Plan {
        systems,
        metrics,
        corpora,
        digests,
        letters: Vec::new(),
        unread: Vec::new(),
        budget: budget.unwrap_or(Budget::Sentences(3)),
        limit: limit.unwrap_or(Plan::LIMIT),
        language,
        segmenter: manifest.segmenter,
        background: None,
        counted: None,
        seed: manifest.seed,
        jobs: jobs.unwrap_or(cores),
        plugin_jobs: NonZero::<usize>::MIN,
    };
    if let Some(recipe) = &manifest.background
        && plan.needs().corpus()
    {
        let (corpus, _) = unchanged(recipe)?;
        plan.background = Some(run::background(&plan, corpus.as_ref())?);
    }
    Ok(plan)
}

/// A corpus of a run, which must be as it was then, with its digest.
fn unchanged(recipe: &CorpusRecipe) -> Result<(Box<dyn Corpus>, blake3::Hash), Failure> {
    let corpus = corpus::reopen(&recipe.name, &recipe.origin)?;
    let digest = corpus.digest()?;
    if digest.to_hex().as_str() != recipe.blake3 {
        let text = format!("{}: it has changed since the run", recipe.origin);
        return Err(Failure::Message { text, code: Code::NotComparable });
    }
    Ok((corpus, digest))
}

/// A system of a run, built anew.
pub(super) fn system(
    registry: &Registry,
    manifest: &Manifest,
    id: SystemId<'_>,
) -> Result<System, Failure> {
    let recipe = &manifest.systems[manifest.system(id)?];
    let spec = recipe.name.parse()?;
    Ok(match recipe.task {
        Task::Summaries => System::summariser(registry, &spec)?,
        Task::Keyphrases => System::extractor(registry, &spec)?,
    })
}
