//! The manifest of a run, `manifest.json`: the recipe of its numbers. It is written when
//! the run begins and again when it ends, and later commands read it.

use std::{fs, io, path::Path};

use serde::{Deserialize, Serialize};

use epitome_base::{spec::Built, whole_file};
use epitome_corpora::Corpus;
use epitome_metrics::Metric;
use epitome_plugin::Length;
use epitome_text::{LANGUAGES, LineEnds, Segmenter};

use crate::registry::Registry;

use crate::run::{
    judging::judge_plan::JudgePlan,
    planning::{plan::Plan, unread::Unread},
    setup::{
        allowance::Allowance,
        embedders::{EmbedderRecipe, used},
        layout::{Layout, MetricLayout, SystemLayout},
        manifest_entries::{
            CorpusRecipe, LanguageRecipe, MetricRecipe, SystemRecipe, add_isolation,
        },
        work::Work,
    },
    storing::{
        contents::Contents,
        store_error::{StoreError, write_at_once},
    },
    threads::clock,
};

use super::program;

/// The recipe of a run or of a meta-evaluation, as its manifest contains it. Made by
/// [`RunManifest::begin`] or [`RunManifest::of_judging`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunManifest {
    /// The version of the file's format: [`RunManifest::FORMAT`].
    pub format: u32,
    /// The version of the program.
    pub epitome: String,
    /// The version of the compiler that built the program.
    pub rustc: String,
    /// The revision that the program was built from, if it is known.
    pub git: Option<String>,
    /// The model of the processor, if it is known.
    pub cpu: Option<String>,
    /// The number of cores of the machine.
    pub cores: usize,
    /// The operating system.
    pub os: String,
    /// The command line.
    pub argv: Vec<String>,
    /// The time at which the run began.
    pub start: String,
    /// The times at which the run was resumed.
    #[serde(default)]
    pub resumed: Vec<String>,
    /// The time at which the run ended; `None` if it has not.
    pub end: Option<String>,
    /// Whether the run has ended.
    pub complete: bool,
    /// The number of threads.
    pub jobs: usize,
    /// The seed of everything that is drawn at random.
    pub seed: u64,
    /// The number of resamples of the intervals.
    pub resamples: u32,
    /// Everything that decides the rows, line by line. The digest of these lines names
    /// the folder.
    #[serde(default)]
    pub plan: Vec<String>,
    /// The code of the language of every document; `None` if it was left to the corpora.
    #[serde(default)]
    pub language: Option<String>,
    /// The segmenter that found the sentences.
    #[serde(default)]
    pub segmenter: Segmenter,
    /// How line ends inside a text were read. Builds without this field took each for the
    /// end of a sentence.
    #[serde(default = "every_line_end")]
    pub lines: LineEnds,
    /// The systems, in table order.
    pub systems: Vec<SystemRecipe>,
    /// The metrics, in table order.
    pub metrics: Vec<MetricRecipe>,
    /// The embedders that systems or metrics name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub embedders: Vec<EmbedderRecipe>,
    /// The metrics that drop letters of references.
    #[serde(default)]
    pub unread: Vec<Unread>,
    /// The corpora, in table order.
    pub corpora: Vec<CorpusRecipe>,
    /// The corpus of document frequencies, if it is not the one that was run on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub background: Option<CorpusRecipe>,
    /// The stemmer and stop list of each language.
    pub analysis: Vec<LanguageRecipe>,
    /// The digests of the files of the run, once it is complete.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contents: Option<Contents>,
}

impl RunManifest {
    /// The version of the file's format that this program writes and reads.
    pub const FORMAT: u32 = 2;

    /// Returns the recipe of a run that begins now.
    pub fn begin(plan: &Plan, argv: Vec<String>, resamples: u32) -> Self {
        let work = &plan.work;
        let systems = work.systems.iter().map(|system| {
            let origin = system.origin();
            let isolation = origin.as_ref().and_then(|it| it.isolation);
            let (version, command) = origin.map(|it| (it.version, it.command)).unzip();
            SystemRecipe {
                name: system.name.clone(),
                task: system.task(),
                kind: system.kind(),
                budget: Allowance::of(system.task(), work.length),
                document_frequencies: match &work.background {
                    _ if !system.corpus_needs().any() => "none",
                    Some(_) => "background",
                    None => "self",
                }
                .to_owned(),
                version,
                command,
                isolation: isolation.map(|it| it.to_string()),
            }
        });
        let corpora = plan
            .corpora
            .iter()
            .map(|it| (it.corpus.as_ref(), &it.digest));
        let analysis = LANGUAGES.iter().map(|entry| LanguageRecipe {
            language: entry.code.to_owned(),
            stemmer: entry.stemmer_name(),
            stop_words: entry.stop_list_name(),
        });

        let mut manifest = Self {
            seed: work.seed,
            jobs: work.jobs.get(),
            resamples,
            unread: plan.unread.clone(),
            plan: plan.recipe(),
            language: work
                .reading
                .language
                .map(|language| language.code().to_owned()),
            segmenter: work.reading.segmenter,
            lines: work.reading.line_ends,
            systems: systems.collect(),
            embedders: work.embedders.iter().map(EmbedderRecipe::of).collect(),
            background: work.background.as_ref().map(|it| it.corpus.clone()),
            analysis: analysis.collect(),
            ..Self::now(&work.metrics, corpora, argv)
        };
        for (recipe, planned) in manifest.corpora.iter_mut().zip(&plan.corpora) {
            recipe.letters = planned.letters;
            recipe.learnt = planned.learnt;
            let Length { budget, limit } = planned.length;
            recipe.budget = Some(budget).filter(|own| *own != work.length.budget);
            recipe.limit = Some(limit).filter(|own| *own != work.length.limit);
        }
        manifest
    }

    /// Returns a registry in which the metrics of the run can be built again to score
    /// stored statistics: an embedder that is not in `registry` is known by its entry.
    #[must_use]
    pub fn registry(&self, registry: &Registry) -> Registry {
        let mut all = registry.clone();
        for entry in &self.embedders {
            if registry.embedders().get(&entry.name).is_none() {
                all = all.with_embedder(entry.recorded());
            }
        }
        all
    }

    /// Adds the entries of the embedders that metrics name which were added to the run.
    pub fn add_embedders(&mut self, registry: &Registry, metrics: &[Built<dyn Metric>]) {
        for named in used(registry.embedders(), &[], metrics).iter() {
            if self.embedders.iter().all(|known| known.name != named.name) {
                self.embedders.push(EmbedderRecipe::of(named));
            }
        }
    }

    /// Returns the layout of the rows of the run.
    pub fn layout(&self) -> Layout {
        let systems = self.systems.iter().map(|system| SystemLayout {
            name: system.name.clone(),
            task: system.task,
            kind: system.kind,
        });
        let metrics = self.metrics.iter().map(|metric| MetricLayout {
            name: metric.name.clone(),
            task: metric.task,
            statistics: metric.statistics.clone(),
        });
        Layout {
            corpora: self
                .corpora
                .iter()
                .map(|corpus| corpus.name.clone())
                .collect(),
            lengths: self.lengths(),
            systems: systems.collect(),
            metrics: metrics.collect(),
        }
    }

    /// Returns the most that a system may return for a document of a corpus that has no
    /// length of its own; the defaults for a task without a system.
    pub fn length(&self) -> Length {
        let mut length = Work::LENGTH;
        for system in &self.systems {
            match system.budget {
                Allowance::Summary(budget) => length.budget = budget,
                Allowance::Keyphrases(limit) => length.limit = limit,
            }
        }
        length
    }

    /// Returns the most that a system may return for a document of each corpus.
    pub fn lengths(&self) -> Vec<Length> {
        let usual = self.length();
        self.corpora
            .iter()
            .map(|corpus| Length {
                budget: corpus.budget.unwrap_or(usual.budget),
                limit: corpus.limit.unwrap_or(usual.limit),
            })
            .collect()
    }

    /// Returns the name of the run in tables: a digest of everything that decides them:
    /// corpora, systems, metrics, budgets, seed, programs, resamples. A run to which a
    /// metric was added has the name that it would have with that metric from the start.
    pub fn run(&self) -> String {
        let of_metric = |line: &&String| line.starts_with("metric ");
        let lines = self.plan.iter().filter(|line| !of_metric(line));
        let mut recipe = lines.cloned().collect::<Vec<_>>();
        let metrics = self.metrics.iter();
        recipe.extend(metrics.map(|metric| format!("metric {}", metric.signature)));
        recipe.push(format!("resamples {}", self.resamples));
        let recipe = recipe.join("\n");
        blake3::hash(recipe.as_bytes()).to_hex().as_str()[..10].to_owned()
    }

    /// Returns the recipe of a meta-evaluation that begins now. No system runs and no
    /// text is analysed.
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
        let corpora = corpora.map(|(corpus, digest)| CorpusRecipe::of(corpus, *digest));
        Self {
            format: Self::FORMAT,
            epitome: env!("CARGO_PKG_VERSION").to_owned(),
            rustc: program::compiler().to_owned(),
            git: program::revision().map(str::to_owned),
            cpu: cpu_model(),
            cores: std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
            os: std::env::consts::OS.to_owned(),
            argv,
            start: clock::timestamp(),
            resumed: Vec::new(),
            end: None,
            complete: false,
            jobs: 1,
            seed: 0,
            resamples: 0,
            plan: Vec::new(),
            language: None,
            segmenter: Segmenter::default(),
            lines: LineEnds::default(),
            systems: Vec::new(),
            embedders: Vec::new(),
            metrics: metrics.iter().map(MetricRecipe::of).collect(),
            unread: Vec::new(),
            corpora: corpora.collect(),
            background: None,
            analysis: Vec::new(),
            contents: None,
        }
    }

    /// Records that the run has ended.
    pub fn end(&mut self) {
        self.end = Some(clock::timestamp());
        self.complete = true;
    }

    /// Records what the plugins of `plan` are kept from now, if it is something else than when
    /// earlier rows were made.
    pub fn add_isolation(&mut self, plan: &Plan) {
        let now = Self::begin(plan, Vec::new(), self.resamples);
        for system in &mut self.systems {
            let now = now.systems.iter().find(|it| it.name == system.name);
            add_isolation(&mut system.isolation, now.map(|it| &it.isolation));
        }
        for metric in &mut self.metrics {
            let now = now.metrics.iter().find(|it| it.name == metric.name);
            add_isolation(&mut metric.isolation, now.map(|it| &it.isolation));
        }
        for embedder in &mut self.embedders {
            let now = now.embedders.iter().find(|it| it.name == embedder.name);
            add_isolation(&mut embedder.isolation, now.map(|it| &it.isolation));
        }
    }

    /// Records that the run is resumed.
    pub fn resume(&mut self) {
        self.resumed.push(clock::timestamp());
        self.complete = false;
        self.contents = None;
    }

    /// Reads `manifest.json` in `folder`. Returns `None` if there is none.
    ///
    /// # Errors
    /// Returns an error if the file cannot be read, or is no manifest of this version.
    pub fn read(folder: &Path) -> Result<Option<Self>, StoreError> {
        let path = folder.join(FILE);
        let text = match whole_file::read_text(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(StoreError::new(&path, error)),
        };
        let refuse = |error| StoreError::new(&path, io::Error::from(error));
        let format = serde_json::from_str::<Format>(&text)
            .map_err(refuse)?
            .format;
        if format != Self::FORMAT {
            let (version, wanted) = (env!("CARGO_PKG_VERSION"), Self::FORMAT);
            let problem = format!(
                "it is a manifest of format {format}, and epitome {version} reads format {wanted}"
            );
            return Err(StoreError::broken(&path, problem));
        }
        serde_json::from_str(&text).map(Some).map_err(refuse)
    }

    /// Writes `manifest.json` into `folder`, so that a reader sees the old or the new
    /// file and never a part.
    ///
    /// # Errors
    /// Returns an error if the file cannot be written.
    pub fn write(&self, folder: &Path) -> Result<(), StoreError> {
        let path = folder.join(FILE);
        let refuse = |error: io::Error| StoreError::new(&path, error);
        let mut text =
            serde_json::to_string_pretty(self).map_err(|e| refuse(e.into()))?;
        text.push('\n');
        write_at_once(&path, text.as_bytes())
    }
}

const FILE: &str = "manifest.json";

fn every_line_end() -> LineEnds {
    LineEnds::Sentences
}

/// The part of a manifest that every format has. Manifests of the first format lack it.
#[derive(Deserialize)]
struct Format {
    #[serde(default = "first_format")]
    format: u32,
}

fn first_format() -> u32 {
    1
}

fn cpu_model() -> Option<String> {
    let text = fs::read_to_string("/proc/cpuinfo").ok()?;
    let line = text.lines().find(|line| line.starts_with("model name"))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}
