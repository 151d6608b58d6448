//! Checks that a plan can be carried out.

use epitome_base::spec::Built;
use epitome_corpora::Corpus;
use epitome_metrics::{ExternalMetric, Metric, Task};

use crate::run::setup::system::System;

use super::{plan::Plan, plan_error::PlanError};

impl Plan {
    /// Checks that no two systems for the same task have the same name.
    ///
    /// # Errors
    /// Returns an error if two do.
    pub(super) fn check_systems(systems: &[System]) -> Result<(), PlanError> {
        for (at, system) in systems.iter().enumerate() {
            let is_twice = systems[..at]
                .iter()
                .any(|other| other.name == system.name && other.task() == system.task());
            if is_twice {
                return Err(PlanError::Twice {
                    name: system.name.clone(),
                });
            }
        }
        Ok(())
    }

    /// Checks that no metric looks at picks, which texts do not show, or at answers.
    ///
    /// # Errors
    /// Returns an error if one does.
    pub(super) fn check_texts(metrics: &[Built<dyn Metric>]) -> Result<(), PlanError> {
        for metric in metrics {
            let (needs, name) = (metric.value.needs(), metric.name.clone());
            if needs.picks {
                return Err(PlanError::NoPicks { name });
            }
            if needs.answers {
                return Err(PlanError::NoAnswers { name });
            }
        }
        Ok(())
    }

    /// Checks that no program is both a system and a metric, which sees the references.
    ///
    /// # Errors
    /// Returns an error if one is: if the command, the files or what it says of its version
    /// are the same.
    pub(super) fn check_roles(
        systems: &[System],
        metrics: &[Built<dyn Metric>],
    ) -> Result<(), PlanError> {
        for metric in metrics {
            let Some(sees) = metric.value.external().map(ExternalMetric::origin) else {
                continue;
            };
            let is_same = |system: &&System| {
                system.origin().is_some_and(|makes| {
                    makes.command == sees.command
                        || makes.version == sees.version
                        || (!makes.program.is_empty() && makes.program == sees.program)
                })
            };
            if let Some(system) = systems.iter().find(is_same) {
                return Err(PlanError::BothRoles {
                    system: system.name.clone(),
                    metric: metric.name.clone(),
                });
            }
        }
        Ok(())
    }

    /// Checks that at least one system returns what a metric measures.
    ///
    /// # Errors
    /// Returns an error if none does.
    pub fn check_measured(&self) -> Result<(), PlanError> {
        let work = &self.work;
        let (Some(system), Some(metric)) = (work.systems.first(), work.metrics.first())
        else {
            return Ok(());
        };
        if work.unmeasured().len() < work.systems.len() {
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

    /// Checks that no two corpora have the same name.
    ///
    /// # Errors
    /// Returns an error if two do.
    pub fn check_names(corpora: &[Box<dyn Corpus>]) -> Result<(), PlanError> {
        Self::check_unique(corpora.iter().map(|corpus| corpus.name()).collect())
    }

    /// Checks that no two of the names of corpora are the same.
    pub(super) fn check_unique(mut names: Vec<&str>) -> Result<(), PlanError> {
        names.sort_unstable();
        match names.windows(2).find(|pair| pair[0] == pair[1]) {
            Some(pair) => Err(PlanError::SameName {
                name: pair[0].to_owned(),
            }),
            None => Ok(()),
        }
    }
}

/// Returns the outputs of a task, in words.
fn words_of(task: Task) -> &'static str {
    match task {
        Task::Summaries => "summaries",
        Task::Keyphrases => "keyphrases",
    }
}
