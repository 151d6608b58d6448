//! The two parts of an experiment: one to choose on, one to report on.

use crate::{corpus::SubsetCondition, registry::Registry, spec::SpecError};

use crate::harness::experiment::{
    content::{Experiment, HeldOut},
    place::{ExperimentError, Placed},
    planning::system_name,
    sweep::Sweep,
};

use super::choice::Choice;

impl Experiment {
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
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

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
