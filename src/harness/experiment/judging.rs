//! Checks the gates and the expected values of an experiment before the run, and judges
//! them after it.

use std::path::{Path, PathBuf};

use crate::{
    harness::{
        condition::{Gate, GateCondition},
        error::Error,
        finished::Finished,
        sides::Named,
        stored::find_run,
    },
    metric::Task,
    registry::Registry,
    report::{ComparisonSettings, SignificanceTest, scaled},
    run::{Plan, SystemKind},
    spec::SpecError,
};

use super::{
    content::{Expectation, Experiment},
    place::{ExperimentError, Placed},
    planning::system_name,
    verdict::{Expected, Verdict},
};

/// Number of rounds in which a gate on speed times two systems in alternation.
const ROUNDS: usize = 30;

impl Experiment {
    /// Checks that gates and expected values are about systems, corpora and metrics of the
    /// plan. Values of systems that [`only`](Self::only) leaves out are not checked.
    ///
    /// # Errors
    /// Returns an error with the line of the first that is not.
    pub fn check(&self, registry: &Registry, plan: &Plan) -> Result<(), ExperimentError> {
        match (&self.baseline, self.gates.first()) {
            (None, Some(gate)) => {
                let problem = "a gate compares systems with a `baseline`, and there is none\nhint: `baseline = \"lead\"` names a system, or a run by its folder";
                return Err(self.place(gate).error(problem));
            }
            (Some(baseline), None) => {
                let problem = "a `baseline` is used by `gates`, and there are none";
                return Err(self.place(baseline).error(problem));
            }
            _ => {}
        }

        let metrics = || plan.work.metrics.iter().map(|it| it.name.as_str());
        for gate in &self.gates {
            let conditions = gate.value.0.iter().filter(|it| !it.is_speed());
            for GateCondition { subject, .. } in conditions {
                if !metrics().any(|name| is_meant(subject, name)) {
                    let error = unknown("metric of the run", subject, metrics());
                    return Err(self.place(gate).error(error));
                }
            }
        }

        for placed in &self.expected {
            self.check_expected(registry, plan, placed)?;
        }
        Ok(())
    }

    /// Leaves out the gates and the expected values that are not about systems, corpora and
    /// metrics of the plan, and returns a note for each. For plans that options have made
    /// different from the file.
    pub fn keep_what_applies(&mut self, registry: &Registry, plan: &Plan) -> Vec<String> {
        let mut alone = Self {
            baseline: self.baseline.clone(),
            file: self.file.clone(),
            only: self.only.clone(),
            ..Self::default()
        };
        let mut notes = Vec::new();

        for placed in std::mem::take(&mut self.expected) {
            if alone.check_expected(registry, plan, &placed).is_ok() {
                self.expected.push(placed);
                continue;
            }
            let Expectation {
                system,
                corpus,
                metric,
                ..
            } = &placed.value;
            notes.push(format!(
                "note: {}not expected of this run: `{metric}` of `{system}` on {corpus}",
                self.place(&placed)
            ));
        }

        for placed in std::mem::take(&mut self.gates) {
            alone.gates = vec![placed.clone()];
            match alone.check(registry, plan) {
                Ok(()) => self.gates.push(placed),
                Err(_) => notes.push(format!(
                    "note: {}the gate is about nothing that this run measures",
                    self.place(&placed)
                )),
            }
        }
        if self.gates.is_empty() {
            self.baseline = None;
        }
        notes
    }

    /// Checks that an expected value is about a system, corpus and metric of the plan.
    fn check_expected(
        &self,
        registry: &Registry,
        plan: &Plan,
        placed: &Placed<Expectation>,
    ) -> Result<(), ExperimentError> {
        let refuse = |error: SpecError| Err(self.place(placed).error(error));
        let Expectation {
            system,
            corpus,
            metric,
            ..
        } = named(registry, &placed.value);

        let corpora = || plan.corpora.iter().map(|it| it.corpus.name());
        if !corpora().any(|name| name == corpus) {
            return refuse(unknown("corpus of the run", &corpus, corpora()));
        }

        let metrics = || plan.work.metrics.iter().map(|it| it.name.as_str());
        if !metrics().any(|name| name == metric) {
            return refuse(unknown("metric of the run", &metric, metrics()));
        }

        let systems = || plan.work.systems.iter().map(|it| it.name.as_str());
        if !systems().any(|name| name == system) && self.only.is_none() {
            return refuse(unknown("system of the run", &system, systems()));
        }
        Ok(())
    }

    /// Judges the gates and the expected values by a run that has ended. `results` is the
    /// folder in which a baseline that is a run is looked up.
    ///
    /// # Errors
    /// Returns an error if the baseline is neither a system of the run nor a run, or if the runs
    /// cannot be compared.
    pub fn judge(
        &self,
        registry: &Registry,
        finished: &Finished,
        results: &Path,
    ) -> Result<Verdict, Error> {
        let mut verdict = Verdict::default();
        for gate in &self.gates {
            for condition in &gate.value.0 {
                let condition = Gate(vec![condition.clone()]);
                for named in self.sides(registry, finished, results, &condition.0[0])? {
                    let settings = ComparisonSettings {
                        test: SignificanceTest::Randomisation,
                        seed: finished.manifest.seed,
                        resamples: ComparisonSettings::RESAMPLES,
                        jobs: crate::run::cores(),
                    };
                    let judged = condition.judge(registry, &named, settings, ROUNDS)?;
                    verdict.gates.push((self.place(gate).to_string(), judged));
                }
            }
        }

        for placed in &self.expected {
            let expectation = named(registry, &placed.value);
            let row = finished.leaderboard.rows.iter().find(|row| {
                row.system == expectation.system
                    && row.corpus == expectation.corpus
                    && row.metric == expectation.metric
            });

            // a system that `only` left out has no row and is not judged
            let Some(row) = row else {
                let is_there = finished
                    .manifest
                    .systems
                    .iter()
                    .any(|system| system.name == expectation.system);
                if is_there {
                    verdict.expected.push(Expected {
                        place: self.place(placed).to_string(),
                        expectation,
                        found: None,
                        unit: None,
                    });
                }
                continue;
            };
            verdict.expected.push(Expected {
                place: self.place(placed).to_string(),
                expectation,
                found: row.mean.map(|mean| scaled(row.unit, mean)),
                unit: Some(row.unit),
            });
        }
        Ok(verdict)
    }

    /// Returns what a condition compares: each other system with the baseline, or the run
    /// with the baseline.
    fn sides(
        &self,
        registry: &Registry,
        finished: &Finished,
        results: &Path,
        condition: &GateCondition,
    ) -> Result<Vec<Named>, Error> {
        let Some(baseline) = &self.baseline else {
            return Ok(Vec::new());
        };
        let manifest = &finished.manifest;
        let name = system_name(registry, &baseline.value);
        let run = finished.folder.clone();
        if let Some(other) = self.baseline_run(
            &name,
            baseline,
            manifest.systems.iter().map(|it| it.name.as_str()),
            results,
        )? {
            return Ok(vec![Named {
                runs: vec![run, other],
                systems: Vec::new(),
            }]);
        }

        let tasks = manifest.metrics.iter();
        let tasks = tasks.filter(|it| is_meant(&condition.subject, &it.name));
        let tasks: Vec<Task> = tasks.map(|it| it.task).collect();
        let others = manifest.systems.iter().filter(|it| {
            let mut systems = manifest.systems.iter();
            it.kind == SystemKind::System
                && it.name != name
                && (condition.is_speed() || tasks.contains(&it.task))
                && systems.any(|other| other.name == name && other.task == it.task)
        });
        Ok(others
            .map(|it| Named {
                runs: vec![run.clone()],
                systems: vec![it.name.clone(), name.clone()],
            })
            .collect())
    }

    /// Returns the folder of the run that is the baseline; `None` if it is one of the
    /// `systems`.
    fn baseline_run<'a>(
        &self,
        name: &str,
        baseline: &Placed<String>,
        mut systems: impl Iterator<Item = &'a str>,
        results: &Path,
    ) -> Result<Option<PathBuf>, ExperimentError> {
        if systems.any(|system| system == name) {
            return Ok(None);
        }
        let here = self.folder.join(&baseline.value);
        let names = [here.to_string_lossy().into_owned(), baseline.value.clone()];
        let found = names.iter().find_map(|name| find_run(name, results));
        found.map(Some).ok_or_else(|| {
            self.place(baseline).error(format!(
                "`baseline` is `{}`, neither a system of the run nor the folder of a run",
                baseline.value
            ))
        })
    }

    /// Checks that the baseline is a system of the plan, or a run.
    ///
    /// # Errors
    /// Returns an error if it is neither.
    pub fn check_baseline(
        &self,
        registry: &Registry,
        plan: &Plan,
        results: &Path,
    ) -> Result<(), ExperimentError> {
        let Some(baseline) = &self.baseline else {
            return Ok(());
        };
        let name = system_name(registry, &baseline.value);
        let systems = plan.work.systems.iter().map(|it| it.name.as_str());
        self.baseline_run(&name, baseline, systems, results)?;
        Ok(())
    }
}

/// Returns an expectation by the canonical names of its system and metric.
fn named(registry: &Registry, expectation: &Expectation) -> Expectation {
    let metric = expectation.metric.parse().ok();
    let metric = metric.and_then(|spec| registry.metric(&spec).ok());
    Expectation {
        system: system_name(registry, &expectation.system),
        metric: metric.map_or(expectation.metric.clone(), |built| built.name),
        ..expectation.clone()
    }
}

/// Returns whether the subject of a condition is a metric: by its name, or its name
/// without parameters.
fn is_meant(subject: &str, name: &str) -> bool {
    name == subject || name.split('(').next() == Some(subject)
}

/// Returns the error that a name is unknown, with the nearest known name.
fn unknown<'a>(
    what: &'static str,
    name: &str,
    names: impl Iterator<Item = &'a str>,
) -> SpecError {
    SpecError::unknown_name(what, name, names)
}
