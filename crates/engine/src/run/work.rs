//! What is done with every document, whatever corpus it comes from.

use std::num::NonZero;

use epitome_base::spec::Built;
use epitome_metrics::{Metric, Task};
use epitome_plugin::Length;
use epitome_systems::rank::Budget;
use epitome_text::{AnalysisNeeds, Language, LineEnds, Segmenter};

use super::{
    allowance::Allowance,
    corpus_wide::{Background, Counted},
    layout::{Layout, MetricLayout, SystemLayout},
    system::{Role, System},
};

/// Systems and metrics with everything that decides what they make of one document.
pub struct Work {
    /// The systems, in table order.
    pub systems: Vec<System>,
    /// The metrics, in table order.
    pub metrics: Vec<Built<dyn Metric>>,
    /// Length of a summary.
    pub budget: Budget,
    /// Length of a list of keyphrases.
    pub limit: usize,
    /// How texts are read.
    pub reading: Reading,
    /// Source of document frequencies; `None` if each corpus is its own.
    pub background: Option<Background>,
    /// Frequencies of the whole corpus, if they were counted before the run.
    pub counted: Option<Counted>,
    /// Seed of the bootstrap.
    pub seed: u64,
    /// Threads.
    pub jobs: NonZero<usize>,
    /// How many plugins may work at the same time.
    pub plugin_jobs: NonZero<usize>,
}

/// How a text becomes a document.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reading {
    /// The language of every document; `None` if the corpus decides.
    pub language: Option<Language>,
    /// How sentences are found.
    pub segmenter: Segmenter,
    /// What is made of line ends inside a text.
    pub line_ends: LineEnds,
}

impl Work {
    /// The usual length of a list of keyphrases: deep enough for average precision.
    pub const LIMIT: usize = 50;

    /// The usual budget of a summary.
    pub const BUDGET: Budget = Budget::Sentences(3);

    /// Returns the most that a system may give for a document.
    pub fn allowance(&self, system: &System) -> Allowance {
        match system.task() {
            Task::Summaries => Allowance::Summary(self.budget),
            Task::Keyphrases => Allowance::Keyphrases(self.limit),
        }
    }

    /// Returns the budget of a system in words: `3 sentences`, `50 keyphrases`.
    pub fn budget_of(&self, system: &System) -> String {
        self.allowance(system).to_string()
    }

    /// Returns how much is asked of a plugin.
    pub fn length(&self) -> Length {
        Length {
            budget: self.budget,
            limit: self.limit,
        }
    }

    /// Whether the oracle is a system or a metric compares with it.
    pub(super) fn needs_oracle(&self) -> bool {
        self.systems
            .iter()
            .any(|system| matches!(system.role, Role::Oracle))
            || self
                .metrics
                .iter()
                .any(|metric| metric.value.needs().oracle)
    }

    /// Whether any system is a plugin.
    pub(super) fn has_plugins(&self) -> bool {
        self.systems.iter().any(System::is_plugin)
    }

    /// Returns what any of its systems needs of a document.
    pub fn needs(&self) -> AnalysisNeeds {
        self.systems
            .iter()
            .map(System::needs)
            .fold(AnalysisNeeds::default(), AnalysisNeeds::or)
    }

    /// Returns the names of the systems that no metric measures.
    pub fn unmeasured(&self) -> Vec<&str> {
        let is_measured = |system: &&System| {
            self.metrics
                .iter()
                .any(|metric| metric.value.task() == system.task())
        };
        let unmeasured = self.systems.iter().filter(|system| !is_measured(system));
        unmeasured.map(|system| system.name.as_str()).collect()
    }

    /// Returns the layout of the rows that are made of corpora with these names.
    pub fn layout(&self, corpora: Vec<String>) -> Layout {
        let systems = self.systems.iter().map(|system| SystemLayout {
            name: system.name.clone(),
            task: system.task(),
            budget: self.budget_of(system),
            kind: system.kind(),
        });
        let metrics = self.metrics.iter().map(MetricLayout::of);
        Layout {
            corpora,
            systems: systems.collect(),
            metrics: metrics.collect(),
        }
    }
}

/// Returns as many threads as there are cores.
pub fn cores() -> NonZero<usize> {
    std::thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN)
}
