//! Runs that were, found and taken up again.

use std::{
    num::NonZero,
    path::{Path, PathBuf},
};

use crate::{
    corpus::{self, Corpus},
    metric::{Metric, Task},
    name::FileName,
    rank::Budget,
    registry::Registry,
    run::{self, Allowance, CorpusRecipe, Manifest, Plan, System, SystemId},
    spec::Built,
};

use super::failure::{Code, Failure};

/// The folder that `name` means: itself, or one of that name among the results; `None`
/// where there is no run.
pub(super) fn folder(name: &str, results: &Path) -> Option<PathBuf> {
    let among_the_results = FileName::new(name).ok().map(|name| results.join(name));
    [Some(PathBuf::from(name)), among_the_results]
        .into_iter()
        .flatten()
        .find(|path| path.join("manifest.json").is_file())
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
    // a run without summarisers needs no budget, and one without extractors no limit
    let (mut budget, mut limit) = (Budget::Sentences(3), Plan::LIMIT);
    for system in &manifest.systems {
        match system.budget {
            Allowance::Summary(of_run) => budget = of_run,
            Allowance::Keyphrases(of_run) => limit = of_run,
        }
    }
    let cores = std::thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN);
    let language = manifest.language.as_deref().map(str::parse).transpose()?;
    let mut plan = Plan {
        systems,
        metrics,
        corpora,
        digests,
        letters: Vec::new(),
        unread: Vec::new(),
        budget,
        limit,
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
    let corpus = corpus::reopen(&recipe.address)?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metric::Task;

    #[test]
    fn a_system_of_a_run_is_that_of_its_task() {
        let system = |task: &str, budget: &str| {
            format!(
                r#"{{"name":"text-rank","task":"{task}","budget":{budget},"document_frequencies":"none"}}"#
            )
        };
        let systems = [
            system("summaries", r#"{"summary":{"words":100}}"#),
            system("keyphrases", r#"{"keyphrases":7}"#),
        ];
        let json = format!(
            r#"{{"format":2,"epitome":"","rustc":"","git":null,"cpu":null,"cores":1,"os":"",
            "argv":[],"start":"","end":null,"complete":true,"jobs":1,"seed":0,"resamples":0,
            "systems":[{}],"metrics":[],"corpora":[],"analysis":[]}}"#,
            systems.join(",")
        );
        let manifest: Manifest = serde_json::from_str(&json).unwrap();
        let registry = Registry::standard();
        for task in [Task::Summaries, Task::Keyphrases] {
            let found = system_of(&registry, &manifest, "text-rank", task).unwrap();
            assert_eq!((found.name.as_str(), found.task()), ("text-rank", task));
        }
        assert!(system_of(&registry, &manifest, "lead", Task::Summaries).is_err());
        let plan = plan(&manifest, Vec::new(), Vec::new(), None).unwrap();
        assert_eq!((plan.budget, plan.limit), (Budget::Words(100), 7));
    }

    fn system_of(
        registry: &Registry,
        manifest: &Manifest,
        name: &str,
        task: Task,
    ) -> Result<System, Failure> {
        system(registry, manifest, SystemId { name, task })
    }
}
