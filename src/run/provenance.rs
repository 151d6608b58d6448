//! Where a run's numbers come from: `manifest.json`.

use std::{fs, path::Path, process::Command};

use serde::Serialize;

use crate::{corpus::Corpus, metric::Metric, spec::Built, text::LANGUAGES};

use super::{JudgePlan, Plan, StoreError, clock};

/// The recipe of a run.
#[derive(Debug, Serialize)]
pub struct Manifest {
    epitome: &'static str,
    rustc: &'static str,
    git: Option<String>,
    cpu: Option<String>,
    cores: usize,
    os: &'static str,
    argv: Vec<String>,
    start: String,
    end: Option<String>,
    complete: bool,
    jobs: usize,
    seed: u64,
    resamples: u32,
    systems: Vec<SystemRecipe>,
    metrics: Vec<MetricRecipe>,
    corpora: Vec<CorpusRecipe>,
    analysis: Vec<LanguageRecipe>,
}

#[derive(Debug, Serialize)]
struct SystemRecipe {
    name: String,
    budget: String,
    document_frequencies: &'static str,
}

#[derive(Debug, Serialize)]
struct MetricRecipe {
    name: String,
    signature: String,
}

#[derive(Debug, Serialize)]
struct CorpusRecipe {
    name: String,
    origin: String,
    blake3: String,
}

/// What a language's words went through.
#[derive(Debug, Serialize)]
struct LanguageRecipe {
    language: &'static str,
    stemmer: String,
    stop_words: String,
}

impl Manifest {
    /// The recipe of a run that begins now.
    pub fn begin(plan: &Plan, argv: Vec<String>, resamples: u32) -> Self {
        let systems = plan.systems.iter().map(|system| SystemRecipe {
            name: system.name.clone(),
            budget: plan.budget_of(system),
            document_frequencies: match &plan.background {
                _ if !system.needs().corpus() => "none",
                Some(_) => "background",
                None => "self",
            },
        });
        let corpora = plan.corpora.iter().map(AsRef::as_ref).zip(&plan.digests);
        let analysis = LANGUAGES.iter().map(|entry| LanguageRecipe {
            language: entry.code,
            stemmer: entry.stemmer_name(),
            stop_words: entry.stop_list_name(),
        });
        Self {
            seed: plan.seed,
            jobs: plan.jobs.get(),
            resamples,
            systems: systems.collect(),
            analysis: analysis.collect(),
            ..Self::now(&plan.metrics, corpora, argv)
        }
    }

    /// The recipe of a judgement of metrics that begins now. No system runs and no text is
    /// analysed.
    pub fn of_judging(plan: &JudgePlan, argv: Vec<String>) -> Self {
        Self {
            seed: plan.seed,
            jobs: plan.jobs.get(),
            resamples: plan.resamples,
            ..Self::now(&plan.metrics, plan.corpora(), argv)
        }
    }

    fn now<'a>(
        metrics: &[Built<dyn Metric>],
        corpora: impl Iterator<Item = (&'a dyn Corpus, &'a blake3::Hash)>,
        argv: Vec<String>,
    ) -> Self {
        let metrics = metrics.iter().map(|metric| MetricRecipe {
            name: metric.name.clone(),
            signature: metric.value.signature().to_string(),
        });
        let corpora = corpora.map(|(corpus, digest)| {
            let (name, origin) = (corpus.name().to_owned(), corpus.origin());
            CorpusRecipe { name, origin, blake3: digest.to_hex().to_string() }
        });
        Self {
            epitome: env!("CARGO_PKG_VERSION"),
            rustc: env!("EPITOME_RUSTC"),
            git: git_revision(),
            cpu: cpu_model(),
            cores: std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
            os: std::env::consts::OS,
            argv,
            start: clock::timestamp(),
            end: None,
            complete: false,
            jobs: 1,
            seed: 0,
            resamples: 0,
            systems: Vec::new(),
            metrics: metrics.collect(),
            corpora: corpora.collect(),
            analysis: Vec::new(),
        }
    }

    /// Notes that the run has come to its end.
    pub fn end(&mut self) {
        self.end = Some(clock::timestamp());
        self.complete = true;
    }

    /// Writes `manifest.json` into `folder`.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn write(&self, folder: &Path) -> Result<(), StoreError> {
        let path = folder.join("manifest.json");
        let refuse = |error: std::io::Error| StoreError::new(&path, error);
        let mut text =
            serde_json::to_string_pretty(self).map_err(|e| refuse(e.into()))?;
        text.push('\n');
        fs::write(&path, text).map_err(refuse)
    }
}

/// The revision of the repository that the run was started in, if any.
fn git_revision() -> Option<String> {
    let output =
        Command::new("git").args(["describe", "--always", "--dirty"]).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    Some(text.trim().to_owned()).filter(|revision| !revision.is_empty())
}

fn cpu_model() -> Option<String> {
    let text = fs::read_to_string("/proc/cpuinfo").ok()?;
    let line = text.lines().find(|line| line.starts_with("model name"))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}
