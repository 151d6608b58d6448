//! What rows are of: the names of a plan, in its order.

use epitome_metrics::{Average, Metric, Task};

use super::{HUMAN, Kind, Manifest, Plan};

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
    pub kind: Kind,
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
            Average::Micro => {
                metric.statistics().iter().map(|&name| name.to_owned()).collect()
            }
        }
    }

    /// Whether its average is a micro average.
    pub fn is_micro(&self) -> bool {
        !self.statistics.is_empty()
    }
}

impl Layout {
    /// The layout of a plan.
    pub fn of(plan: &Plan) -> Self {
        let systems = plan.systems.iter().map(|system| SystemLayout {
            name: system.name.clone(),
            task: system.task(),
            budget: plan.budget_of(system),
            kind: system.kind(),
        });
        let metrics = plan.metrics.iter().map(|metric| MetricLayout {
            name: metric.name.clone(),
            task: metric.value.task(),
            statistics: MetricLayout::statistics_of(metric.value.as_ref()),
        });
        Self {
            corpora: plan.corpora.iter().map(|corpus| corpus.name().to_owned()).collect(),
            systems: systems.collect(),
            metrics: metrics.collect(),
        }
    }

    /// The layout of a run that was.
    pub fn of_manifest(manifest: &Manifest) -> Self {
        let systems = manifest.systems.iter().map(|system| SystemLayout {
            name: system.name.clone(),
            task: system.task,
            budget: system.budget.to_string(),
            kind: system.kind,
        });
        let metrics = manifest.metrics.iter().map(|metric| MetricLayout {
            name: metric.name.clone(),
            task: metric.task,
            statistics: metric.statistics.clone(),
        });
        Self {
            corpora: manifest.corpora.iter().map(|corpus| corpus.name.clone()).collect(),
            systems: systems.collect(),
            metrics: metrics.collect(),
        }
    }

    /// Whether people are among the systems.
    pub fn has_people(&self) -> bool {
        let mut references =
            self.systems.iter().filter(|system| system.kind == Kind::Reference);
        references.any(|system| system.name == HUMAN.name)
    }

    /// The metrics that measure a system, with their indices.
    pub fn metrics_of(
        &self,
        system: &SystemLayout,
    ) -> impl Iterator<Item = (usize, &MetricLayout)> {
        let task = system.task;
        self.metrics.iter().enumerate().filter(move |(_, metric)| metric.task == task)
    }
}
