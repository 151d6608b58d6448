//! The layout of a run's rows: the names of corpora, systems and metrics in table order.

use epitome_base::spec::Built;
use epitome_metrics::{Average, Metric, Task};
use epitome_plugin::Length;

use super::{allowance::Allowance, human::HUMAN, system::SystemKind};

/// The corpora, systems and metrics of a run in table order. The indices of a
/// [`DocumentOutcome`](crate::run::DocumentOutcome) refer to these lists. Made from a plan or
/// a manifest.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    /// The names of the corpora.
    pub corpora: Vec<String>,
    /// The most that a system may return for a document of each corpus.
    pub lengths: Vec<Length>,
    /// The systems.
    pub systems: Vec<SystemLayout>,
    /// The metrics.
    pub metrics: Vec<MetricLayout>,
}

/// What the rows of a run contain about one system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SystemLayout {
    /// The canonical name of the system.
    pub name: String,
    /// The kind of its outputs.
    pub task: Task,
    /// Whether it is a system, or a reference that systems are compared with.
    pub kind: SystemKind,
}

/// What the rows of a run contain about one metric.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MetricLayout {
    /// The canonical name of the metric.
    pub name: String,
    /// The kind of outputs that it measures.
    pub task: Task,
    /// The names of the statistics whose sums the average is computed from; empty if the
    /// average is the mean of scores.
    pub statistics: Vec<String>,
}

impl MetricLayout {
    /// Returns the names of the statistics that a micro average of `metric` is computed
    /// from; none if its average is the mean of scores.
    pub(super) fn statistics_of(metric: &dyn Metric) -> Vec<String> {
        match metric.average() {
            Average::Macro => Vec::new(),
            Average::Micro => metric
                .statistics()
                .iter()
                .map(|&name| name.to_owned())
                .collect(),
        }
    }

    /// Returns whether the average of the metric is a micro average.
    pub fn is_micro(&self) -> bool {
        !self.statistics.is_empty()
    }
}

impl SystemLayout {
    /// Returns whether this is the human upper bound: what references reach against each
    /// other.
    pub fn is_people(&self) -> bool {
        self.kind == SystemKind::Reference && self.name == HUMAN.name
    }
}

impl MetricLayout {
    /// Returns the layout of a metric.
    pub fn of(metric: &Built<dyn Metric>) -> Self {
        Self {
            name: metric.name.clone(),
            task: metric.value.task(),
            statistics: Self::statistics_of(metric.value.as_ref()),
        }
    }
}

impl Layout {
    /// Returns the budget of the outputs of a task for the documents of a corpus, in
    /// words: `3 sentences`, `50 keyphrases`.
    pub fn budget(&self, corpus: usize, task: Task) -> String {
        Allowance::of(task, self.lengths[corpus]).to_string()
    }

    /// Returns whether the human upper bound is among the systems.
    pub fn has_people(&self) -> bool {
        self.systems.iter().any(SystemLayout::is_people)
    }

    /// Returns the metrics that measure the outputs of `system`, with their indices.
    pub fn metrics_of(
        &self,
        system: &SystemLayout,
    ) -> impl Iterator<Item = (usize, &MetricLayout)> {
        let task = system.task;
        self.metrics
            .iter()
            .enumerate()
            .filter(move |(_, metric)| metric.task == task)
    }
}
