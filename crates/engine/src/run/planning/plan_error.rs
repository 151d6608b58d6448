//! Why a plan cannot be made.

use epitome_base::spec::SpecError;
use epitome_corpora::CorpusError;
use epitome_plugin::PluginError;

/// Why a plan cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// A system or metric is refused.
    #[error(transparent)]
    Spec(#[from] SpecError),
    /// A corpus is refused.
    #[error(transparent)]
    Corpus(#[from] CorpusError),
    /// A plugin is refused.
    #[error(transparent)]
    Plugin(#[from] PluginError),
    /// Two corpora would have the same name.
    #[error(
        "two corpora are called `{name}`\nhint: `--corpus other-name=path` gives one another name"
    )]
    SameName {
        /// The name of both corpora.
        name: String,
    },
    /// A metric needs the picked sentences, but there are only texts.
    #[error(
        "`{name}` needs to know which sentences were selected, which texts do not show\nhint: `epitome run` measures it"
    )]
    NoPicks {
        /// The canonical name of the metric.
        name: String,
    },
    /// A metric needs answers to queries, but there are only texts and references.
    #[error(
        "`{name}` needs answers to the query of a document, which pairs of texts do not have\nhint: `epitome run` measures it"
    )]
    NoAnswers {
        /// The canonical name of the metric.
        name: String,
    },
    /// No system returns what a metric measures.
    #[error(
        "nothing to measure: `{system}` returns {does}, and `{metric}` measures {measures}\nhint: `--metric {instead}` measures {does}; `epitome list` shows all systems and metrics"
    )]
    Mismatch {
        /// The name of the first system.
        system: String,
        /// The kind of outputs of that system.
        does: &'static str,
        /// The name of the first metric.
        metric: String,
        /// The kind of outputs that the metric measures.
        measures: &'static str,
        /// A metric that measures the outputs of the system.
        instead: &'static str,
    },
    /// A part of a corpus is to be worked on, but no system is named.
    #[error(
        "a part of a corpus does not show what fits the whole\nhint: name systems by `--system`, metrics by `--metric`"
    )]
    NoSystems,
    /// A part of a corpus is to be worked on, but no metric is named.
    #[error(
        "a part of a corpus does not show which metrics fit the whole\nhint: name them by `--metric`"
    )]
    NoMetrics,
    /// A plugin or outputs have the name of a system that is built in.
    #[error(
        "`{name}` is a built-in system\nhint: another name distinguishes them in every table: `my-{name}=…`"
    )]
    TakenName {
        /// The name.
        name: String,
    },
    /// A plugin or a file of scores has the name of a metric that is built in.
    #[error(
        "`{name}` is a built-in metric\nhint: another name distinguishes them in every table: `my-{name}=…`"
    )]
    TakenMetric {
        /// The name.
        name: String,
    },
    /// A program is a system and a metric of the same run.
    #[error(
        "`{metric}` sees the references, and is the same program as the system `{system}`\nhint: a plugin that has been given references cannot be a system of the same run"
    )]
    BothRoles {
        /// The canonical name of the system.
        system: String,
        /// The canonical name of the metric.
        metric: String,
    },
    /// A budget allows nothing.
    #[error("a budget of {budget} allows no summary: the number must be above 0")]
    NoBudget {
        /// The budget in words.
        budget: String,
    },
    /// A part of a corpus is to be worked on under several budgets.
    #[error(
        "a part of a corpus is worked on under one budget, and {count} are named\nhint: run a worker for each"
    )]
    SeveralBudgets {
        /// The number of budgets.
        count: usize,
    },
    /// The same system, metric or budget is named twice.
    #[error("`{name}` is named twice")]
    Twice {
        /// The canonical name of what is named twice.
        name: String,
    },
}
