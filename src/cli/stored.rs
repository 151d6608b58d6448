//! Runs that were, found and taken up again.

use std::{
    num::NonZero,
    path::{Path, PathBuf},
};

use crate::{
    corpus::{self, Address, Corpus, CorpusError, Unparsed},
    metric::{Metric, Task},
    name::FileName,
    rank::Budget,
    registry::Registry,
    run::{self, Allowance, CorpusRecipe, Lock, Manifest, Plan, System, SystemId},
    spec::{Built, Spec},
};

use super::{
    failure::{Code, Failure},
    output::say,
    tables,
};

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

/// Makes the run in `folder` fit to be read: finishes a replacement of its rows that was
/// cut off, and derives its tables again where they are not of its rows.
pub(super) fn open(registry: &Registry, folder: &Path) -> Result<(), Failure> {
    let is_fine = !run::is_unsettled(folder)
        && Manifest::read(folder)?.is_none_or(|manifest| tables_fit(&manifest, folder));
    if is_fine {
        return Ok(());
    }
    let _lock = Lock::wait(folder)?;
    mend(registry, folder)
}

/// [`open`] for who has the right to write there.
pub(super) fn mend(registry: &Registry, folder: &Path) -> Result<(), Failure> {
    run::settle(folder)?;
    let Some(mut manifest) = Manifest::read(folder)? else { return Ok(()) };
    if tables_fit(&manifest, folder) {
        return Ok(());
    }
    if let Some(contents) = &manifest.contents {
        contents.check_rows(folder)?;
    }
    say(&format!(
        "note: {}: its tables are derived again from its rows",
        folder.display()
    ));
    let plan = recorded(registry, &manifest)?;
    tables::derive(&plan, folder, &mut manifest)
}

/// Whether there is nothing to derive: the run has not ended, has no rows, or its tables
/// are of them.
fn tables_fit(manifest: &Manifest, folder: &Path) -> bool {
    let contents = manifest.contents.as_ref().filter(|_| manifest.complete);
    contents.is_none_or(|contents| {
        contents.rows.is_empty() || contents.check_tables(folder).is_ok()
    })
}

/// A corpus of a run as its manifest notes it: a name and a digest, without texts.
struct Recorded(CorpusRecipe);

impl Corpus for Recorded {
    fn name(&self) -> &str {
        &self.0.name
    }

    fn origin(&self) -> String {
        self.0.origin.clone()
    }

    fn address(&self) -> Address {
        self.0.address.clone()
    }

    fn digest(&self) -> Result<blake3::Hash, CorpusError> {
        blake3::Hash::from_hex(&self.0.blake3).map_err(|error| CorpusError::Record {
            place: self.0.name.clone(),
            problem: format!("the digest in the manifest is none: {error}"),
        })
    }

    fn bytes(&self) -> u64 {
        0
    }

    fn records(&self) -> Result<Unparsed<'_>, CorpusError> {
        Err(CorpusError::Missing { path: self.0.origin.clone().into() })
    }
}

/// The plan of a run for what is derived from its rows: no corpus is opened, no system
/// runs.
fn recorded(registry: &Registry, manifest: &Manifest) -> Result<Plan, Failure> {
    let names = manifest.metrics.iter().map(|metric| metric.name.parse());
    let names: Vec<Spec> = names.collect::<Result<_, _>>()?;
    let metrics = Plan::metrics(registry, &names)?;
    let systems = manifest.systems.iter();
    let systems = systems
        .map(|system| System::silent(&system.name, system.task, system.kind))
        .collect();

    let mut corpora: Vec<Box<dyn Corpus>> = Vec::new();
    let mut digests = Vec::new();
    for recipe in &manifest.corpora {
        let corpus = Recorded(recipe.clone());
        digests.push(corpus.digest()?);
        corpora.push(Box::new(corpus));
    }
    plan_on(manifest, (corpora, digests), systems, metrics, None)
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
    let mut plan = plan_on(manifest, (corpora, digests), systems, metrics, jobs)?;
    if let Some(recipe) = &manifest.background
        && plan.needs().corpus()
    {
        let (corpus, _) = unchanged(recipe)?;
        plan.background = Some(run::background(&plan, corpus.as_ref())?);
    }
    Ok(plan)
}

/// The plan of a run on these corpora with their digests, without a background.
fn plan_on(
    manifest: &Manifest,
    (corpora, digests): (Vec<Box<dyn Corpus>>, Vec<blake3::Hash>),
    systems: Vec<System>,
    metrics: Vec<Built<dyn Metric>>,
    jobs: Option<NonZero<usize>>,
) -> Result<Plan, Failure> {
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
    Ok(Plan {
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
        line_ends: manifest.lines,
        background: None,
        counted: None,
        seed: manifest.seed,
        jobs: jobs.unwrap_or(cores),
        plugin_jobs: NonZero::<usize>::MIN,
    })
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
