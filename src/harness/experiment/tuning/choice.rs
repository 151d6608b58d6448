//! Chooses the best system of each sweep on the development part.

use std::{cmp::Ordering, collections::BTreeMap};

use crate::{
    harness::{error::Error, finished::Finished},
    metric::Better,
    registry::Registry,
    report::Leaderboard,
    run::MetricRecipe,
    spec::{Spec, SpecError},
};

use crate::harness::experiment::{
    content::Experiment, planning::system_name, sweep::Sweep,
};

/// The system of a sweep with the best mean on the development part.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// Sweep as it was written.
    pub sweep: String,
    /// Name of the metric of the choice.
    pub metric: String,
    /// Chosen system.
    pub chosen: Spec,
    /// System without the parameters of the sweep.
    pub default: Spec,
    /// Number of documents of the development part.
    pub documents: u64,
    /// Mean of the chosen system over them: macro average over corpora.
    pub mean: f64,
}

impl Experiment {
    /// Returns the system of each sweep with the best mean over the development corpora; of equal
    /// ones, the first.
    ///
    /// # Errors
    /// Returns an error if a corpus has too few documents, or the metric does not measure a
    /// sweep or says of no value that it is better.
    pub fn choose(
        &self,
        registry: &Registry,
        development: &Finished,
    ) -> Result<Vec<Choice>, Error> {
        let sweeps = self.systems.iter().filter(|it| it.value.specs.len() > 1);
        let choices = sweeps.map(|sweep| {
            let metric = self.metric_of(registry, &sweep.value, development)?;
            let better = match metric.better {
                Better::Higher => 1.0,
                Better::Lower => -1.0,
                Better::Neither => {
                    let name = &metric.name;
                    let problem = format!("of `{name}` neither more nor less is better");
                    return Err(self.place(sweep).error(problem).into());
                }
            };

            let scored = sweep.value.specs.iter().filter_map(|spec| {
                let name = system_name(registry, &spec.to_string());
                let (mean, documents) =
                    average(&development.leaderboard, &name, &metric.name)?;
                Some((spec, mean, documents))
            });

            let best = scored.reduce(|best, other| {
                match (better * other.1).total_cmp(&(better * best.1)) {
                    Ordering::Greater => other,
                    _ => best,
                }
            });
            let Some((chosen, mean, documents)) = best else {
                let problem =
                    format!("`{}` measured no system of the sweep", metric.name);
                return Err(self.place(sweep).error(problem).into());
            };

            Ok(Choice {
                sweep: sweep.value.to_string(),
                metric: metric.name.clone(),
                default: without_sweep(&sweep.value),
                chosen: chosen.clone(),
                documents,
                mean,
            })
        });
        let choices: Vec<Choice> = choices.collect::<Result<_, Error>>()?;
        self.check_sizes("development", development, &choices)?;
        Ok(choices)
    }

    /// Returns the metric of the choice for a sweep: the one that the experiment names, or the
    /// first that measures it.
    fn metric_of<'a>(
        &self,
        registry: &Registry,
        sweep: &Sweep,
        run: &'a Finished,
    ) -> Result<&'a MetricRecipe, Error> {
        let metrics = &run.manifest.metrics;
        if let Some(wanted) = self.tuning().metric {
            let built = registry.metric(&wanted.value);
            // of a plugin the name is the one that was written
            let name = built.map_or_else(|_| wanted.value.to_string(), |it| it.name);
            let known = metrics.iter().map(|it| it.name.as_str());
            let error = SpecError::unknown_name("metric of the run", &name, known);
            return metrics
                .iter()
                .find(|it| it.name == name)
                .ok_or_else(|| self.place(&wanted).error(error).into());
        }

        let names: Vec<String> = sweep.specs.iter().map(ToString::to_string).collect();
        let names: Vec<String> = names
            .iter()
            .map(|name| system_name(registry, name))
            .collect();
        let measures = |metric: &&MetricRecipe| {
            let mut rows = run.leaderboard.rows.iter();
            rows.any(|row| row.metric == metric.name && names.contains(&row.system))
        };
        metrics.iter().find(measures).ok_or_else(|| {
            Error::NothingToDo(format!("no metric measures the sweep `{sweep}`"))
        })
    }
}

/// Returns the mean of a system over the corpora, each counting the same, and the number
/// of documents; `None` if it is unknown on one of them.
fn average(leaderboard: &Leaderboard, system: &str, metric: &str) -> Option<(f64, u64)> {
    let rows = leaderboard.rows.iter();
    let rows = rows.filter(|row| row.system == system && row.metric == metric);
    let means: Vec<(f64, u64)> = rows
        .map(|row| Some((row.mean?, row.n)))
        .collect::<Option<_>>()?;
    let sum: f64 = means.iter().map(|(mean, _)| mean).sum();
    (!means.is_empty()).then(|| {
        (
            sum / means.len() as f64,
            documents(leaderboard, system, metric),
        )
    })
}

/// Returns the number of documents on which a metric measured a system. A corpus under several
/// budgets, `news@50w` and `news@100w`, has its documents once.
fn documents(leaderboard: &Leaderboard, system: &str, metric: &str) -> u64 {
    let rows = leaderboard.rows.iter();
    let rows = rows.filter(|row| row.system == system && row.metric == metric);
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for row in rows {
        let name = row
            .corpus
            .rsplit_once('@')
            .map_or(row.corpus.as_str(), |it| it.0);
        let count = counts.entry(name).or_default();
        *count = row.n.max(*count);
    }
    counts.values().sum()
}

/// Returns the system of a sweep without the parameters that have several values in it.
fn without_sweep(sweep: &Sweep) -> Spec {
    let first = &sweep.specs[0];
    let is_fixed = |argument: &&(String, String)| {
        sweep
            .specs
            .iter()
            .all(|spec| spec.arguments.contains(argument))
    };
    Spec {
        name: first.name.clone(),
        arguments: first.arguments.iter().filter(is_fixed).cloned().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_has_the_parameters_that_are_not_swept() {
        let sweep: Sweep = "text-rank(damping=0.5|0.7, position=lead)".parse().unwrap();
        assert_eq!(
            without_sweep(&sweep).to_string(),
            "text-rank(position=lead)"
        );
    }
}
