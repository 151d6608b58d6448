//! What rows are of: names in table order.

use epitome_base::spec::Built;
use epitome_metrics::{Average, Metric, Task};

use super::{human::HUMAN, system::SystemKind};

/// Corpora, systems and metrics in table order. Indices of a
/// [`DocumentOutcome`](super::DocumentOutcome) are into these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// The corpora.
    pub corpora: Vec<String>,
    /// The systems.
    pub systems: Vec<SystemLayout>,
    /// The metrics.
    pub metrics: Vec<MetricLayout>,
}

/// A system of a [`Layout`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SystemLayout {
    /// Its canonical name.
    pub name: String,
    /// What it does.
    pub task: Task,
    /// Its budget in words: `3 sentences`.
    pub budget: String,
    /// Whether it is a system or what systems are measured against.
    pub kind: SystemKind,
}

/// A metric of a [`Layout`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MetricLayout {
    /// Its canonical name.
    pub name: String,
    /// What it measures.
    pub task: Task,
    /// The names of the statistics whose sums its average is the score of; none if it is the
    /// mean of scores.
    pub statistics: Vec<String>,
}

impl MetricLayout {
    /// The statistics that a micro average of `metric` is computed from.
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

    /// Whether its average is a micro average.
    pub fn is_micro(&self) -> bool {
        !self.statistics.is_empty()
    }
}

impl SystemLayout {
    /// Whether this is what people reach against each other.
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
    /// Whether people are among the systems.
    pub fn has_people(&self) -> bool {
        self.systems.iter().any(SystemLayout::is_people)
    }

    /// The metrics that measure a system, with their indices.
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
