//! Tunes parameters: the best system of each sweep is chosen on a development part of the documents
//! and reported on a held-out part, which has no text of the former.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use crate::{
    corpus::SubsetCondition,
    harness::{error::Error, finished::Finished},
    metric::Better,
    registry::Registry,
    report::{Leaderboard, Row, TunedRow, tuned_rows},
    run::{Layout, MetricRecipe, StoredRows},
    spec::{Spec, SpecError},
};

use super::{
    content::{Experiment, HeldOut, Tuning},
    place::{ExperimentError, Placed},
    planning::system_name,
    sweep::Sweep,
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
    /// The minimum number of documents of each corpus in either part.
    pub const FEWEST: u64 = 10;

    /// Returns how the experiment is tuned.
    fn tuning(&self) -> Tuning {
        self.tuning
            .as_ref()
            .map(|it| it.value.clone())
            .unwrap_or_default()
    }

    /// Returns the experiment on the development part, with the systems of the sweeps only.
    ///
    /// # Errors
    /// Returns an error if there is no sweep, or a corpus that is to be held out is none of
    /// the experiment's or the only one.
    pub fn development(&self) -> Result<Self, ExperimentError> {
        let mut part = self.part("development", "<", |is_held_out| !is_held_out)?;
        part.systems.retain(|it| it.value.specs.len() > 1);
        match part.systems.is_empty() {
            false => Ok(part),
            true => Err(self.anywhere().error(
                "there is no sweep to tune\nhint: `systems = [\"text-rank(damping=0.5|0.85)\"]` is one",
            )),
        }
    }

    /// Returns the experiment on the held-out part: the chosen systems, the same systems without
    /// the parameters of the sweeps, and all systems that are not in a sweep.
    ///
    /// # Errors
    /// Returns the errors of [`Self::development`].
    pub fn held_out(
        &self,
        registry: &Registry,
        choices: &[Choice],
    ) -> Result<Self, ExperimentError> {
        let mut part = self.part("held-out", ">=", |is_held_out| is_held_out)?;
        let others = self.systems.iter().filter(|it| it.value.specs.len() == 1);
        let others = others.flat_map(|it| it.value.specs.clone());
        let own = choices
            .iter()
            .flat_map(|it| [it.chosen.clone(), it.default.clone()]);

        let mut names: Vec<String> = Vec::new();
        part.systems.clear();
        for spec in own.chain(others) {
            let name = system_name(registry, &spec.to_string());
            if !names.contains(&name) {
                names.push(name);
                part.systems.push(Placed::nowhere(Sweep::of(spec)));
            }
        }
        Ok(part)
    }

    /// Returns the experiment on one of the two parts, with a folder of its own.
    fn part(
        &self,
        name: &str,
        sign: &str,
        is_wanted: impl Fn(bool) -> bool,
    ) -> Result<Self, ExperimentError> {
        let mut part = Self {
            gates: Vec::new(),
            baseline: None,
            expected: Vec::new(),
            tuning: None,
            name: Some(Placed::nowhere(format!("{}-{name}", self.base_name()))),
            ..self.clone()
        };

        match self.tuning().held_out {
            HeldOut::Beyond(thousandths) => {
                let condition = format!("part{sign}{thousandths}");
                let condition: Result<SubsetCondition, String> = condition.parse();
                let condition = condition.map_err(|it| self.anywhere().error(it))?;
                part.conditions.push(condition);
            }
            HeldOut::Corpora(held_out) => {
                self.check_held_out(&held_out)?;
                part.corpora.retain(|corpus| {
                    let is_it = |it: &Placed<String>| {
                        corpus.value.name.as_ref() == Some(&it.value)
                    };
                    is_wanted(held_out.iter().any(is_it))
                });
            }
        }
        Ok(part)
    }

    /// Returns the name of the experiment, or one made from the name of its file.
    fn base_name(&self) -> String {
        let stem = self.file.file_stem().unwrap_or_default();
        let of_file = || format!("tune-{}", stem.to_string_lossy());
        self.name
            .as_ref()
            .map_or_else(of_file, |name| name.value.clone())
    }

    /// Checks that the held-out corpora are corpora of the experiment, and that one is left for the
    /// choice.
    fn check_held_out(&self, held_out: &[Placed<String>]) -> Result<(), ExperimentError> {
        let names = || {
            self.corpora
                .iter()
                .filter_map(|it| it.value.name.as_deref())
        };

        for name in held_out {
            if !names().any(|known| known == name.value) {
                let error = SpecError::unknown_name(
                    "corpus of the experiment",
                    &name.value,
                    names(),
                );
                return Err(self.place(name).error(error));
            }
        }

        let is_left = names().any(|name| held_out.iter().all(|it| it.value != name));
        match (is_left, held_out.first()) {
            (false, Some(first)) => {
                let problem = "every corpus is held out: none is left to choose on";
                Err(self.place(first).error(problem))
            }
            _ => Ok(()),
        }
    }

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

    /// Returns the results of the choices on the held-out part: a row for each of its corpora.
    ///
    /// # Errors
    /// Returns an error if a corpus has too few documents, if a text is in both parts, or
    /// rows cannot be read.
    pub fn tuned(
        &self,
        registry: &Registry,
        choices: &[Choice],
        [development, held_out]: [&Finished; 2],
    ) -> Result<Vec<TunedRow>, Error> {
        self.check_sizes("held-out", held_out, choices)?;
        self.check_apart(development, held_out)?;

        let mut rows = Vec::new();
        for choice in choices {
            let name = |spec: &Spec| system_name(registry, &spec.to_string());
            let names = [name(&choice.chosen), name(&choice.default)];
            let found = tuned_rows(
                &held_out.leaderboard,
                &held_out.comparisons,
                &choice.metric,
                [&names[0], &names[1]],
            );
            rows.extend(found.into_iter().map(|row| TunedRow {
                sweep: choice.sweep.clone(),
                development_documents: choice.documents,
                development_mean: choice.mean,
                ..row
            }));
        }
        Ok(rows)
    }

    /// Checks that each corpus has at least [`FEWEST`](Self::FEWEST) documents with a score.
    fn check_sizes(
        &self,
        part: &str,
        run: &Finished,
        choices: &[Choice],
    ) -> Result<(), Error> {
        let is_chosen_by =
            |row: &&Row| choices.iter().any(|choice| choice.metric == row.metric);
        let rows = run.leaderboard.rows.iter().filter(is_chosen_by);
        match rows.min_by_key(|row| row.n) {
            Some(row) if row.n < Self::FEWEST => {
                let (corpus, n, fewest) = (&row.corpus, row.n, Self::FEWEST);
                let noun = if n == 1 { "document" } else { "documents" };
                Err(self
                    .anywhere()
                    .error(format!(
                        "the {part} part of `{corpus}` has {n} {noun} with a score by `{}`, fewer than {fewest}\nhint: a larger corpus, another `share` in `[tune]`, or corpora of their own as `held-out`",
                        row.metric
                    ))
                    .into())
            }
            _ => Ok(()),
        }
    }

    /// Checks by the digests of the documents that no text is in both parts.
    fn check_apart(
        &self,
        development: &Finished,
        held_out: &Finished,
    ) -> Result<(), Error> {
        let mut known: BTreeSet<String> = BTreeSet::new();
        each_document(
            &development.folder,
            development.manifest.layout(),
            |_, digest| {
                known.insert(digest.to_owned());
            },
        )?;

        let mut shared: Option<String> = None;
        each_document(
            &held_out.folder,
            held_out.manifest.layout(),
            |id, digest| {
                if known.contains(digest) {
                    shared.get_or_insert_with(|| id.to_owned());
                }
            },
        )?;

        match shared {
            None => Ok(()),
            Some(id) => Err(self
                .anywhere()
                .error(format!(
                    "the held-out document `{id}` is in the development part too: a system would be reported on what it was chosen on"
                ))
                .into()),
        }
    }
}

/// Calls `visit` with the id and the digest of each document of a run.
fn each_document(
    folder: &Path,
    layout: Layout,
    mut visit: impl FnMut(&str, &str),
) -> Result<(), Error> {
    for outcome in StoredRows::open(folder, layout)?.scores_only() {
        let outcome = outcome?;
        visit(&outcome.id, &outcome.about.digest);
    }
    Ok(())
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

    #[test]
    fn parts_have_names_and_conditions_of_their_own() {
        let text = "systems = ['lead', 'text-rank(damping=0.5|0.7)']\n[corpora]\na = 'a.jsonl'\n[tune]\nshare = 0.7\n";
        let experiment = Experiment::parse(text, Path::new("suites/e.toml")).unwrap();
        let part = experiment.development().unwrap();
        assert_eq!(part.name.unwrap().value, "tune-e-development");
        assert_eq!(part.conditions[0].to_string(), "part<700");
        assert_eq!(part.systems.len(), 1);
        let part = experiment.held_out(&Registry::standard(), &[]).unwrap();
        assert_eq!(part.conditions[0].to_string(), "part>=700");
    }
}
