//! The work on every document, whichever corpus it comes from.

use std::num::NonZero;

use epitome_base::{embedding::Embedders, spec::Built};
use epitome_corpora::Corpus;
use epitome_metrics::Metric;
use epitome_plugin::Length;
use epitome_systems::rank::Budget;
use epitome_text::{AnalysisNeeds, CorpusNeeds, Language, LineEnds, Segmenter};

use super::{
    corpus_wide::{Background, Counted},
    layout::{Layout, MetricLayout, SystemLayout},
    run_corpus::RunCorpus,
    system::{Role, System},
};

/// The systems and metrics with everything that decides what they make of one document.
/// Made from a [`Request`](crate::run::Request).
pub struct Work {
    /// The systems, in table order.
    pub systems: Vec<System>,
    /// The metrics, in table order.
    pub metrics: Vec<Built<dyn Metric>>,
    /// The most that a system may return for a document of a corpus that has no length of
    /// its own.
    pub length: Length,
    /// How texts are read.
    pub reading: Reading,
    /// The source of document frequencies; `None` if each corpus provides its own.
    pub background: Option<Background>,
    /// The frequencies of the whole corpus, if they were counted before the run.
    pub counted: Option<Counted>,
    /// The embedders that systems or metrics name.
    pub embedders: Embedders,
    /// The seed of the bootstrap.
    pub seed: u64,
    /// The number of threads.
    pub jobs: NonZero<usize>,
    /// The number of plugins that may work at the same time.
    pub plugin_jobs: NonZero<usize>,
}

/// How a text becomes a document.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reading {
    /// The language of every document; `None` if the corpus decides.
    pub language: Option<Language>,
    /// How sentences are found.
    pub segmenter: Segmenter,
    /// How line ends inside a text are read.
    pub line_ends: LineEnds,
}

impl Work {
    /// The usual number of keyphrases: enough for average precision.
    pub const LIMIT: usize = 50;

    /// The usual budget of a summary.
    pub const BUDGET: Budget = Budget::Sentences(3);

    /// The usual length of outputs.
    pub const LENGTH: Length = Length {
        budget: Self::BUDGET,
        limit: Self::LIMIT,
    };

    /// Returns a corpus under the length of this work.
    pub fn on<'a>(&self, corpus: &'a dyn Corpus) -> RunCorpus<'a> {
        RunCorpus {
            corpus,
            length: self.length,
        }
    }

    /// Returns whether the oracle is a system or a metric compares with it.
    pub(in crate::run) fn needs_oracle(&self) -> bool {
        self.systems
            .iter()
            .any(|system| matches!(system.role, Role::Oracle))
            || self
                .metrics
                .iter()
                .any(|metric| metric.value.needs().oracle)
    }

    /// Returns whether any system is a plugin.
    pub(in crate::run) fn has_plugins(&self) -> bool {
        self.systems.iter().any(System::is_plugin)
    }

    /// Returns what any of the systems needs of a document.
    pub fn needs(&self) -> AnalysisNeeds {
        self.systems
            .iter()
            .map(System::needs)
            .fold(AnalysisNeeds::default(), AnalysisNeeds::or)
    }

    /// Returns what must be counted in a corpus for any of the systems.
    pub fn corpus_needs(&self) -> CorpusNeeds {
        self.systems
            .iter()
            .map(System::corpus_needs)
            .fold(CorpusNeeds::default(), CorpusNeeds::or)
    }

    /// Returns the names of the systems that no metric measures.
    pub fn unmeasured(&self) -> Vec<&str> {
        let unmeasured = self.systems.iter().filter(|system| {
            let mut metrics = self.metrics.iter();
            !metrics.any(|metric| metric.value.task() == system.task())
        });
        unmeasured.map(|system| system.name.as_str()).collect()
    }

    /// Returns the layout of the rows for corpora with these names and lengths.
    pub fn layout(&self, corpora: Vec<(String, Length)>) -> Layout {
        let (corpora, lengths) = corpora.into_iter().unzip();
        let systems = self.systems.iter().map(|system| SystemLayout {
            name: system.name.clone(),
            task: system.task(),
            kind: system.kind(),
        });
        let metrics = self.metrics.iter().map(MetricLayout::of);
        Layout {
            corpora,
            lengths,
            systems: systems.collect(),
            metrics: metrics.collect(),
        }
    }
}

/// Returns the number of cores, which is the usual number of threads.
pub fn cores() -> NonZero<usize> {
    std::thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN)
}
