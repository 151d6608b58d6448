//! What an experiment consists of.

use std::{path::PathBuf, time::Duration};

use crate::{
    corpus::SubsetCondition,
    embedder::Declaration,
    plugin::Isolation,
    rank::Budget,
    spec::Spec,
    text::{Language, LineEnds, Segmenter},
};

use crate::harness::condition::Gate;

use super::{
    place::{Place, Placed},
    sweep::Sweep,
};

/// An experiment: systems, corpora, metrics, settings, and conditions on the results. Read from a
/// file by [`Experiment::read`]; the default has no corpora and all systems.
///
/// Settings that are `None` and lists that are empty have the defaults of `epitome run`.
#[derive(Debug, Clone, Default)]
pub struct Experiment {
    /// The file, for messages; empty if there is none.
    pub file: PathBuf,
    /// The folder that relative paths start from.
    pub folder: PathBuf,
    /// The name of the run's folder.
    pub name: Option<Placed<String>>,
    /// The corpora, in table order.
    pub corpora: Vec<Placed<ExperimentCorpus>>,
    /// The budgets of corpora that have none of their own.
    pub budgets: Vec<Placed<Budget>>,
    /// The systems; if empty, all that fit.
    pub systems: Vec<Placed<Sweep>>,
    /// The metrics; if empty, the usual ones.
    pub metrics: Vec<Placed<Spec>>,
    /// The plugins.
    pub plugins: Vec<Placed<ExperimentPlugin>>,
    /// The plugins that are metrics.
    pub metric_plugins: Vec<Placed<ExperimentPlugin>>,
    /// What every plugin may take.
    pub limits: ExperimentLimits,
    /// The names of systems whose outputs were made elsewhere, with their files.
    pub outputs: Vec<Placed<(String, PathBuf)>>,
    /// The names of metrics whose scores were made elsewhere, with their files.
    pub scores: Vec<Placed<(String, PathBuf)>>,
    /// The embedders that systems and metrics name, whose paths are relative to the folder.
    pub embedders: Vec<Placed<Declaration>>,
    /// The most keyphrases of a document.
    pub limit: Option<usize>,
    /// The seed of everything that is drawn at random.
    pub seed: Option<u64>,
    /// The number of resamples of the intervals.
    pub resamples: Option<u32>,
    /// The share of a corpus that a system may fail on.
    pub tolerance: Option<f64>,
    /// The corpus that provides document frequencies.
    pub background: Option<Placed<String>>,
    /// The language of every document.
    pub lang: Option<Language>,
    /// How sentences are found.
    pub segmenter: Option<Segmenter>,
    /// How line ends inside a text are read.
    pub lines: Option<LineEnds>,
    /// The number of documents that are drawn of each corpus.
    pub sample: Option<usize>,
    /// The language that documents must state.
    pub language: Option<Language>,
    /// The conditions that documents must satisfy.
    pub conditions: Vec<SubsetCondition>,
    /// The conditions that the run must meet.
    pub gates: Vec<Placed<Gate>>,
    /// The baseline that gates compare with: a system of the run, or another run.
    pub baseline: Option<Placed<String>>,
    /// The values that the run must have.
    pub expected: Vec<Placed<Expectation>>,
    /// How its sweeps are tuned; `None` for the usual way.
    pub tuning: Option<Placed<Tuning>>,
    /// The pattern that names of systems must match: `*` stands for any text, and a name
    /// without parameters for all parameters.
    pub only: Option<String>,
}

/// How the sweeps of an experiment are tuned.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tuning {
    /// The metric to choose by; `None` for the first.
    pub metric: Option<Placed<Spec>>,
    /// What is held out.
    pub held_out: HeldOut,
}

/// The documents that a tuned system is reported on, and not chosen on.
#[derive(Debug, Clone, PartialEq)]
pub enum HeldOut {
    /// All but this share of the texts of each corpus, in thousandths.
    Beyond(usize),
    /// Corpora of the experiment, by their names.
    Corpora(Vec<Placed<String>>),
}

impl Default for HeldOut {
    fn default() -> Self {
        Self::Beyond(500)
    }
}

/// A corpus of an experiment.
#[derive(Debug, Clone, PartialEq)]
pub struct ExperimentCorpus {
    /// The name in tables; `None` for that of the corpus.
    pub name: Option<String>,
    /// The path or name, as for `epitome run --corpus`.
    pub path: String,
    /// Pairs of a role and the column or field with it, such as `text` and `body`; other columns
    /// are recognised by their names.
    pub columns: Vec<(String, String)>,
    /// Its budgets; if empty, those of the experiment.
    pub budgets: Vec<Budget>,
    /// The most keyphrases of its documents; `None` for the limit of the experiment.
    pub limit: Option<usize>,
}

/// A plugin of an experiment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExperimentPlugin {
    /// The name of its systems or its metric; `None` for the name in its `plugin.toml`.
    pub name: Option<String>,
    /// The path of a `plugin.toml`, or a command line.
    pub run: String,
    /// The folder that the command runs in, relative to that of the experiment.
    pub folder: PathBuf,
}

/// What every plugin of an experiment may take; a limit that is `None` is that of the plugin
/// or the usual one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ExperimentLimits {
    /// The time until the next answer.
    pub answer: Option<Duration>,
    /// The time for all documents.
    pub run: Option<Duration>,
    /// The memory as text, such as `512 MiB`.
    pub memory: Option<String>,
    /// The command line that is put before that of each plugin.
    pub sandbox: Option<String>,
    /// What the kernel keeps each plugin from.
    pub isolation: Option<Isolation>,
}

/// A value that a run must have.
#[derive(Debug, Clone, PartialEq)]
pub struct Expectation {
    /// The system, with its parameters.
    pub system: String,
    /// The corpus, by its name in tables.
    pub corpus: String,
    /// The metric, with its parameters.
    pub metric: String,
    /// The mean as tables show it: shares in percent.
    pub value: f64,
    /// How far the mean may be from it, in the same unit.
    pub tolerance: f64,
}

impl Experiment {
    /// The usual number of resamples.
    pub const RESAMPLES: u32 = 1_000;

    /// Returns the place of something in the file.
    pub(super) fn place<T>(&self, of: &Placed<T>) -> Place {
        Place::of(&self.file, of.line)
    }

    /// Returns the place of the file.
    pub(super) fn anywhere(&self) -> Place {
        Place::of(&self.file, None)
    }
}
