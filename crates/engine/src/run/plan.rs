//! What a run is to do.

use std::{num::NonZero, sync::Arc};

use crate::registry::Registry;
use epitome_base::spec::{Built, Spec, SpecError};
use epitome_corpora::{Corpus, CorpusError};
use epitome_metrics::{Metric, Task};
use epitome_plugin::{Length, PluginError};
use epitome_systems::rank::Budget;
use epitome_text::{CorpusStatistics, Language, LineEnds, Needs, Segmenter};

use super::{
    Allowance, CorpusRecipe, CorpusWide, HUMAN, ORACLE, ReferenceLetters, Role, System,
    Tasks, Unread,
};

/// Everything that decides what a run writes, but the number of threads.
pub struct Plan {
    /// The systems, in table order.
    pub systems: Vec<System>,
    /// The metrics, in table order.
    pub metrics: Vec<Built<dyn Metric>>,
    /// The corpora.
    pub corpora: Vec<Box<dyn Corpus>>,
    /// Content digests of the corpora.
    pub digests: Vec<blake3::Hash>,
    /// The letters of the references of each corpus; empty if nothing is measured.
    pub letters: Vec<ReferenceLetters>,
    /// Metrics that drop some of these letters.
    pub unread: Vec<Unread>,
    /// Length of a summary.
    pub budget: Budget,
    /// Length of a list of keyphrases.
    pub limit: usize,
    /// The language of every document, where it is not left to the corpus.
    pub language: Option<Language>,
    /// How sentences are found.
    pub segmenter: Segmenter,
    /// What is made of line ends inside a text.
    pub line_ends: LineEnds,
    /// Where document frequencies come from; from each corpus itself where it is none.
    pub background: Option<Background>,
    /// Frequencies of the whole corpus, where they were counted before the run.
    pub counted: Option<Counted>,
    /// Seed of the bootstrap.
    pub seed: u64,
    /// Threads.
    pub jobs: NonZero<usize>,
    /// How many plugins may work at the same time.
    pub plugin_jobs: NonZero<usize>,
}

/// The metrics of a run, and what they do not read.
pub struct UsualMetrics {
    /// The metrics.
    pub metrics: Vec<Built<dyn Metric>>,
    /// What they, or those that they replace, do not read.
    pub unread: Vec<Unread>,
}

/// Frequencies of a corpus that is not the one run on.
#[derive(Clone)]
pub struct Background {
    /// What was counted.
    pub statistics: Arc<CorpusStatistics>,
    /// Which corpus that was.
    pub corpus: CorpusRecipe,
}

/// Frequencies of the corpus that is run on, counted in a pass of its own.
#[derive(Clone)]
pub struct Counted {
    /// What was counted.
    pub corpus: CorpusWide,
    /// Digest of the file that they were read from.
    pub digest: blake3::Hash,
}

/// Why a plan cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// A system or metric is refused.
    #[error(transparent)]
    Spec(#[from] SpecError),
    /// A corpus is refused.
    #[error(transparent)]
    Corpus(#[from] CorpusError),
    /// A plugin is.
    #[error(transparent)]
    Plugin(#[from] PluginError),
    /// Two corpora would share a name.
    #[error(
        "two corpora are called `{name}`\nhint: `--corpus other-name=path` gives one another name"
    )]
    SameName {
        /// The name.
        name: String,
    },
    /// A metric looks at picked sentences where there are only texts.
    #[error(
        "`{name}` looks at which sentences were picked, and texts do not say\nhint: `epitome run` measures it"
    )]
    NoPicks {
        /// The metric's canonical name.
        name: String,
    },
    /// No system does what a metric measures.
    #[error(
        "nothing to measure: `{system}` gives {does}, and `{metric}` is of {measures}\nhint: `--metric {instead}` measures {does}; `epitome list` shows all systems and metrics"
    )]
    Mismatch {
        /// The first system.
        system: String,
        /// What it gives.
        does: &'static str,
        /// The first metric.
        metric: String,
        /// What it measures.
        measures: &'static str,
        /// A metric of what the system gives.
        instead: &'static str,
    },
    /// The same system or metric was named twice.
    #[error("`{name}` is named twice")]
    Twice {
        /// Its canonical name.
        name: String,
    },
}

impl Plan {
    /// Every system and metric that fits the corpora, three sentences a summary.
    ///
    /// # Errors
    /// A corpus cannot be read.
    pub fn standard(
        registry: &Registry,
        corpora: Vec<Box<dyn Corpus>>,
    ) -> Result<Self, PlanError> {
        let systems = Self::systems(registry, &[], Self::tasks(&corpora)?)?;
        let digests =
            corpora.iter().map(|corpus| corpus.digest()).collect::<Result<_, _>>()?;
        let jobs = std::thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN);
        let letters = Self::letters(&corpora, jobs)?;
        let named: Vec<(&str, ReferenceLetters)> =
            corpora.iter().map(|corpus| corpus.name()).zip(letters.clone()).collect();
        let UsualMetrics { metrics, unread } =
            Self::usual_metrics(registry, &systems, &named)?;
        Ok(Self {
            systems,
            metrics,
            corpora,
            digests,
            letters,
            unread,
            budget: Budget::Sentences(3),
            limit: Self::LIMIT,
            language: None,
            segmenter: Segmenter::Own,
            line_ends: LineEnds::Auto,
            background: None,
            counted: None,
            seed: 0,
            jobs,
            plugin_jobs: NonZero::<usize>::MIN,
        })
    }

    /// The usual length of a list of keyphrases: deep enough for average precision.
    pub const LIMIT: usize = 50;

    /// The systems for `specs`, or all that fit `tasks` where there are none, and then the
    /// greedy oracle too, and people where they wrote several references. A name that two families share means those that fit.
    ///
    /// # Errors
    /// A spec is refused, or means the same as another.
    pub fn systems(
        registry: &Registry,
        specs: &[Spec],
        tasks: Tasks,
    ) -> Result<Vec<System>, PlanError> {
        let mut systems = Vec::new();
        if specs.is_empty() {
            let every =
                |name: &str| Spec { name: name.to_owned(), arguments: Vec::new() };
            if tasks.summaries || !tasks.any() {
                for entry in registry.summarisers() {
                    systems.push(System::summariser(registry, &every(entry.name))?);
                }
                if !registry.summarisers().iter().any(|it| it.name == ORACLE.name) {
                    systems.push(System::oracle(&every(ORACLE.name))?);
                }
                if tasks.agreement {
                    systems.push(System::human(&every(HUMAN.name))?);
                }
            }
            if tasks.keyphrases || !tasks.any() {
                for entry in registry.extractors() {
                    systems.push(System::extractor(registry, &every(entry.name))?);
                }
            }
        }
        for spec in specs {
            systems.extend(System::named(registry, spec, tasks)?);
        }
        Self::check_systems(&systems)?;
        Ok(systems)
    }

    /// Checks that no two systems for the same task share a name.
    ///
    /// # Errors
    /// Two do.
    pub(super) fn check_systems(systems: &[System]) -> Result<(), PlanError> {
        for (at, system) in systems.iter().enumerate() {
            let same = |other: &System| {
                other.name == system.name && other.task() == system.task()
            };
            if systems[..at].iter().any(same) {
                return Err(PlanError::Twice { name: system.name.clone() });
            }
        }
        Ok(())
    }

    /// The letters of the references of each corpus, counted on `jobs` threads.
    ///
    /// # Errors
    /// A corpus cannot be opened.
    pub fn letters(
        corpora: &[Box<dyn Corpus>],
        jobs: NonZero<usize>,
    ) -> Result<Vec<ReferenceLetters>, CorpusError> {
        corpora.iter().map(|it| ReferenceLetters::count(it.as_ref(), jobs)).collect()
    }

    /// The usual metrics for the tasks of `systems`, and what they do not read.
    ///
    /// A metric of ASCII words is replaced by its form for every script if one of the
    /// corpora [wants it](ReferenceLetters::want_every_script): for all corpora of the run,
    /// since averages and ranks over corpora are of one metric.
    ///
    /// # Errors
    /// A metric of the registry refuses to be built without parameters.
    pub fn usual_metrics(
        registry: &Registry,
        systems: &[System],
        corpora: &[(&str, ReferenceLetters)],
    ) -> Result<UsualMetrics, PlanError> {
        let mut metrics = Vec::new();
        for entry in registry.usual_metrics() {
            let spec = Spec { name: entry.name.to_owned(), arguments: Vec::new() };
            let metric = registry.metric(&spec)?;
            if systems.iter().any(|system| system.task() == metric.value.task()) {
                metrics.push(metric);
            }
        }
        let mut unread = Unread::of(registry, &metrics, corpora);

        if corpora.iter().any(|(_, letters)| letters.want_every_script()) {
            for metric in &mut metrics {
                if !metric.value.tokenisation().drops_beyond_ascii() {
                    continue;
                }
                let spec = metric.name.parse()?;
                let Some(reading) = registry.metric_of_any_script(&spec) else {
                    continue;
                };
                for it in unread.iter_mut().filter(|it| it.metric == metric.name) {
                    it.replaced = true;
                }
                *metric = reading;
            }
        }
        Ok(UsualMetrics { metrics, unread })
    }

    /// The metrics for `specs`.
    ///
    /// # Errors
    /// A spec is refused, or means the same as another.
    pub fn metrics(
        registry: &Registry,
        specs: &[Spec],
    ) -> Result<Vec<Built<dyn Metric>>, PlanError> {
        let mut metrics: Vec<Built<dyn Metric>> = Vec::new();
        for spec in specs {
            let metric = registry.metric(spec)?;
            if metrics.iter().any(|other| other.name == metric.name) {
                return Err(PlanError::Twice { name: metric.name });
            }
            metrics.push(metric);
        }
        Ok(metrics)
    }

    /// The metrics for `specs` where outputs are texts that no system of the run picked.
    ///
    /// # Errors
    /// A spec is refused, means the same as another, or looks at picks.
    pub fn metrics_of_texts(
        registry: &Registry,
        specs: &[Spec],
    ) -> Result<Vec<Built<dyn Metric>>, PlanError> {
        let metrics = Self::metrics(registry, specs)?;
        let of_picks = metrics.iter().find(|metric| metric.value.needs().picks);
        match of_picks {
            Some(metric) => Err(PlanError::NoPicks { name: metric.name.clone() }),
            None => Ok(metrics),
        }
    }

    /// What any of the corpora has.
    ///
    /// # Errors
    /// A corpus cannot be opened.
    pub fn tasks(corpora: &[Box<dyn Corpus>]) -> Result<Tasks, CorpusError> {
        corpora.iter().try_fold(Tasks::default(), |tasks, corpus| {
            Ok(tasks.or(Tasks::of(corpus.as_ref())?))
        })
    }

    /// The names of the systems that no metric of the plan measures.
    pub fn unmeasured(&self) -> Vec<&str> {
        let is_measured = |system: &&System| {
            self.metrics.iter().any(|metric| metric.value.task() == system.task())
        };
        let unmeasured = self.systems.iter().filter(|system| !is_measured(system));
        unmeasured.map(|system| system.name.as_str()).collect()
    }

    /// Checks that some system does what some metric measures.
    ///
    /// # Errors
    /// None does.
    pub fn check_measured(&self) -> Result<(), PlanError> {
        let (Some(system), Some(metric)) = (self.systems.first(), self.metrics.first())
        else {
            return Ok(());
        };
        if self.unmeasured().len() < self.systems.len() {
            return Ok(());
        }
        Err(PlanError::Mismatch {
            system: system.name.clone(),
            does: words_of(system.task()),
            metric: metric.name.clone(),
            measures: words_of(metric.value.task()),
            instead: match system.task() {
                Task::Summaries => "rouge-1",
                Task::Keyphrases => "keyphrase-f1@10",
            },
        })
    }

    /// Checks that no two corpora share a name.
    ///
    /// # Errors
    /// Two do.
    pub fn check_names(corpora: &[Box<dyn Corpus>]) -> Result<(), PlanError> {
        let mut names: Vec<&str> = corpora.iter().map(|corpus| corpus.name()).collect();
        names.sort_unstable();
        match names.windows(2).find(|pair| pair[0] == pair[1]) {
            Some(pair) => Err(PlanError::SameName { name: pair[0].to_owned() }),
            None => Ok(()),
        }
    }

    /// The most that a system may give for a document.
    pub fn allowance(&self, system: &System) -> Allowance {
        match system.task() {
            Task::Summaries => Allowance::Summary(self.budget),
            Task::Keyphrases => Allowance::Keyphrases(self.limit),
        }
    }

    /// The budget of a system, in words: `3 sentences`, `50 keyphrases`.
    pub fn budget_of(&self, system: &System) -> String {
        self.allowance(system).to_string()
    }

    /// How much is asked of a plugin.
    pub fn length(&self) -> Length {
        Length { budget: self.budget, limit: self.limit }
    }

    /// Whether the picks of an oracle are wanted.
    pub(super) fn wants_oracle(&self) -> bool {
        self.systems.iter().any(|system| matches!(system.role, Role::Oracle(_)))
            || self.metrics.iter().any(|metric| metric.value.needs().oracle)
    }

    /// What any of its systems wants.
    pub fn needs(&self) -> Needs {
        self.systems.iter().map(System::needs).fold(Needs::default(), Needs::or)
    }

    /// `<corpus>-<digest of the plan>`: the same plan on the same data has the same name,
    /// whatever build of whatever program carries it out.
    pub fn name(&self) -> String {
        let names: Vec<&str> = self.corpora.iter().map(|corpus| corpus.name()).collect();
        let mut recipe = self.recipe();
        recipe.retain(|line| !is_of_program(line));
        let digest = blake3::hash(recipe.join("\n").as_bytes()).to_hex();
        format!("{}-{}", names.join("+"), &digest.as_str()[..10])
    }

    /// Everything that decides the rows: version, systems, metrics, budgets, seeds, the
    /// contents of the corpora, and the programs: this one's source and those of plugins.
    pub fn recipe(&self) -> Vec<String> {
        let mut recipe = vec![format!("epitome {}", env!("CARGO_PKG_VERSION"))];
        recipe.extend(self.corpora.iter().zip(&self.digests).map(|(corpus, digest)| {
            format!("corpus {} {}", corpus.name(), digest.to_hex())
        }));
        recipe.extend(self.work());
        recipe
    }

    /// The lines of the [recipe](Self::recipe) that are not about the corpora: equal where
    /// parts of a corpus are worked on as the whole would be.
    pub fn work(&self) -> Vec<String> {
        let mut recipe = Vec::new();
        recipe.extend(self.systems.iter().map(|system| {
            let origin =
                system.origin().map(|it| format!(" {} {}", it.version, it.command));
            let (budget, origin) = (self.budget_of(system), origin.unwrap_or_default());
            format!("system {} {budget}{origin}", system.name)
        }));
        recipe.extend(
            self.metrics
                .iter()
                .map(|metric| format!("metric {}", metric.value.signature())),
        );
        recipe.push(own_program());
        for system in &self.systems {
            if let Some(origin) = system.origin().filter(|it| !it.program.is_empty()) {
                recipe.push(format!("program {} {}", system.name, origin.program));
            }
        }
        if let Some(background) = &self.background {
            recipe.push(format!("background {}", background.corpus.blake3));
        }
        recipe.push(format!(
            "language {:?} segmenter {:?} lines {:?} seed {}",
            self.language, self.segmenter, self.line_ends, self.seed
        ));
        recipe
    }
}

/// The line of a recipe that says which build of this program carries it out.
pub(super) fn own_program() -> String {
    format!("program epitome {BUILD}")
}

/// Digest of the source that this program was built from.
const BUILD: &str = env!("EPITOME_BUILD");

/// Whether a line of a recipe says which program carries it out.
pub(super) fn is_of_program(line: &str) -> bool {
    line.starts_with("program ")
}

/// What a system of a task gives, in words.
fn words_of(task: Task) -> &'static str {
    match task {
        Task::Summaries => "summaries",
        Task::Keyphrases => "keyphrases",
    }
}
