//! Reads an experiment file.

use std::{
    collections::BTreeMap,
    path::{Component, Path, PathBuf},
    time::Duration,
};

use toml::Spanned;

use crate::{embedder::Declaration, name::FileName, whole_file};

use super::{
    content::{
        Expectation, Experiment, ExperimentCorpus, ExperimentLimits, ExperimentPlugin,
        HeldOut, Tuning,
    },
    file::{self, CorpusEntry, File, PluginEntry, line_at},
    place::{ExperimentError, Place, Placed},
    values::{budget_of, columns_of, from_str},
};

impl Experiment {
    /// Reads a file. Relative paths in it are relative to its folder.
    ///
    /// # Errors
    /// Returns an error if it cannot be read, or is refused.
    pub fn read(path: &Path) -> Result<Self, ExperimentError> {
        let text = whole_file::read_text(path).map_err(|error| {
            let hint =
                "hint: the path of an experiment file is wanted, such as `epitome.toml`";
            Place::of(path, None).error(format!("{error}\n{hint}"))
        })?;
        Self::parse(&text, path)
    }

    /// Parses the text of the file at `path`.
    ///
    /// # Errors
    /// Returns an error with its line if the text is not TOML, has an unknown key, a value
    /// of the wrong kind or an empty list.
    pub fn parse(text: &str, path: &Path) -> Result<Self, ExperimentError> {
        let file = file::parse(text, path).map_err(|error| {
            match path.extension().is_some_and(|ending| ending == "toml") {
                true => error,
                false => error.with_hint(&format!(
                    "an experiment file is TOML; `--corpus {}` runs on a corpus",
                    path.display()
                )),
            }
        })?;
        Reading { text, path }.experiment(file)
    }
}

/// The text of a file and its path, for places.
struct Reading<'a> {
    text: &'a str,
    path: &'a Path,
}

impl Reading<'_> {
    fn experiment(&self, file: File) -> Result<Experiment, ExperimentError> {
        let own = self.path.parent().unwrap_or(Path::new(""));
        let folder = match file.folder {
            Some(folder) => shortened(&own.join(folder)),
            None => own.to_owned(),
        };

        let experiment = Experiment {
            file: self.path.to_owned(),
            folder,
            name: file.name.map(|name| self.placed(name)),
            corpora: self.corpora(file.corpora)?,
            budgets: self.list("budgets", file.budgets, budget_of)?,
            systems: self.list("systems", file.systems, from_str)?,
            metrics: self.list("metrics", file.metrics, from_str)?,
            plugins: self.entries(file.plugins, plugin_of),
            metric_plugins: self.entries(file.metric_plugins, plugin_of),
            limits: self.limits(file.limits)?,
            outputs: self.entries(file.outputs, |name, path: String| {
                (name, PathBuf::from(path))
            }),
            scores: self.entries(file.scores, |name, path: String| {
                (name, PathBuf::from(path))
            }),
            embedders: self.embedders(file.embedders)?,
            limit: file.limit,
            seed: file.seed,
            resamples: file
                .resamples
                .map(|it| self.at_most(it, 100_000, "resamples"))
                .transpose()?,
            tolerance: file
                .tolerance
                .map(|it| self.share(it, "tolerance"))
                .transpose()?,
            background: file.background.map(|name| self.placed(name)),
            lang: file
                .lang
                .map(|code| self.parsed(code, from_str))
                .transpose()?
                .map(|placed| placed.value),
            segmenter: file.segmenter,
            lines: file.lines,
            sample: file.sample,
            language: file
                .language
                .map(|code| self.parsed(code, from_str))
                .transpose()?
                .map(|placed| placed.value),
            conditions: self
                .list("where", file.conditions, from_str)?
                .into_iter()
                .map(|placed| placed.value)
                .collect(),
            gates: self.list("gates", file.gates, from_str)?,
            baseline: file.baseline.map(|name| self.placed(name)),
            expected: file
                .expect
                .into_iter()
                .map(|entry| self.expectation(entry))
                .collect::<Result<_, _>>()?,
            tuning: file.tune.map(|entry| self.tuning(entry)).transpose()?,
            only: None,
        };
        self.check_names(&experiment)?;
        Ok(experiment)
    }

    /// Returns the embedders in the order of the file.
    fn embedders(
        &self,
        entries: BTreeMap<Spanned<String>, Spanned<String>>,
    ) -> Result<Vec<Placed<Declaration>>, ExperimentError> {
        let mut entries: Vec<_> = entries.into_iter().collect();
        entries.sort_by_key(|(name, _)| name.span().start);
        let declared = entries.into_iter().map(|(name, source)| {
            let text = format!("{}={}", name.get_ref(), source.get_ref());
            self.parsed(Spanned::new(source.span(), text), from_str)
        });
        declared.collect()
    }

    /// Returns the corpora in the order of the file.
    fn corpora(
        &self,
        table: BTreeMap<Spanned<String>, CorpusEntry>,
    ) -> Result<Vec<Placed<ExperimentCorpus>>, ExperimentError> {
        let entries = self.entries(table, |name, entry| (name, entry));

        let mut corpora = Vec::new();
        for Placed { line, value } in entries {
            let (name, entry) = value;
            let columns = entry.columns.map(|it| self.parsed(it, columns_of));
            let mut budgets = Vec::new();
            for budget in entry.budgets {
                budgets.push(self.parsed(budget, budget_of)?.value);
            }
            corpora.push(Placed {
                line,
                value: ExperimentCorpus {
                    name: Some(name),
                    path: entry.path,
                    columns: columns.transpose()?.map_or(Vec::new(), |it| it.value),
                    budgets,
                    limit: entry.limit,
                },
            });
        }
        Ok(corpora)
    }

    /// Converts the entries of a table by `made`, in the order of the file.
    fn entries<E, T>(
        &self,
        table: BTreeMap<Spanned<String>, E>,
        made: impl Fn(String, E) -> T,
    ) -> Vec<Placed<T>> {
        let mut entries: Vec<_> = table.into_iter().collect();
        entries.sort_by_key(|(name, _)| name.span().start);
        let entries = entries.into_iter().map(|(name, entry)| {
            let Placed { line, value: name } = self.placed(name);
            Placed {
                line,
                value: made(name, entry),
            }
        });
        entries.collect()
    }

    /// Checks the names that become columns, folders or systems.
    fn check_names(&self, experiment: &Experiment) -> Result<(), ExperimentError> {
        let corpora = experiment.corpora.iter();
        let corpora = corpora.map(|it| (it.line, it.value.name.as_deref()));
        let own = experiment.name.iter();
        let own = own.map(|it| (it.line, Some(it.value.as_str())));
        for (line, name) in corpora.chain(own) {
            FileName::new(name.unwrap_or_default())
                .map_err(|error| Place::of(self.path, line).error(error))?;
        }
        Ok(())
    }

    /// Returns a value with its line.
    fn placed<T>(&self, value: Spanned<T>) -> Placed<T> {
        Placed {
            line: Some(line_at(self.text, value.span().start)),
            value: value.into_inner(),
        }
    }

    /// Parses a text of the file.
    fn parsed<T>(
        &self,
        text: Spanned<String>,
        parse: impl Fn(&str) -> Result<T, String>,
    ) -> Result<Placed<T>, ExperimentError> {
        let Placed { line, value } = self.placed(text);
        let value =
            parse(&value).map_err(|problem| Place::of(self.path, line).error(problem))?;
        Ok(Placed { line, value })
    }

    /// Parses a list of texts; none if the key is missing. An empty list is an error.
    fn list<T>(
        &self,
        key: &str,
        list: Option<Spanned<Vec<Spanned<String>>>>,
        parse: impl Fn(&str) -> Result<T, String>,
    ) -> Result<Vec<Placed<T>>, ExperimentError> {
        let Some(list) = list else {
            return Ok(Vec::new());
        };
        let Placed { line, value: list } = self.placed(list);
        if list.is_empty() {
            let problem = format!(
                "`{key}` is an empty list\nhint: without `{key}` the default is used"
            );
            return Err(Place::of(self.path, line).error(problem));
        }
        list.into_iter()
            .map(|text| self.parsed(text, &parse))
            .collect()
    }

    /// Returns a number that must not be above `most`.
    fn at_most(
        &self,
        number: Spanned<u32>,
        most: u32,
        key: &str,
    ) -> Result<u32, ExperimentError> {
        let Placed { line, value } = self.placed(number);
        if value <= most {
            return Ok(value);
        }
        let problem = format!("`{key}` is {value}, not a number from 0 to {most}");
        Err(Place::of(self.path, line).error(problem))
    }

    /// Returns a share, which must be from 0 to 1.
    fn share(&self, number: Spanned<f64>, key: &str) -> Result<f64, ExperimentError> {
        let Placed { line, value } = self.placed(number);
        if (0.0..=1.0).contains(&value) {
            return Ok(value);
        }
        let problem = format!("`{key}` is {value}, not a share from 0 to 1");
        Err(Place::of(self.path, line).error(problem))
    }

    /// Returns the limits of all plugins, whose times must be above 0.
    fn limits(
        &self,
        entry: file::LimitsEntry,
    ) -> Result<ExperimentLimits, ExperimentError> {
        let seconds = |seconds: Spanned<f64>| {
            let Placed { line, value } = self.placed(seconds);
            let time = Duration::try_from_secs_f64(value).ok();
            let problem =
                format!("a time is a number of seconds above 0, and not {value}");
            time.filter(|time| !time.is_zero())
                .ok_or_else(|| Place::of(self.path, line).error(problem))
        };
        let isolation = |text: Spanned<String>| {
            let Placed { line, value } = self.placed(text);
            value
                .parse()
                .map_err(|problem: String| Place::of(self.path, line).error(problem))
        };
        Ok(ExperimentLimits {
            answer: entry.timeout.map(seconds).transpose()?,
            run: entry.run_timeout.map(seconds).transpose()?,
            memory: entry.memory,
            sandbox: entry.sandbox,
            isolation: entry.isolation.map(isolation).transpose()?,
        })
    }

    /// Returns how parameters are tuned: on which documents, and by which metric.
    fn tuning(
        &self,
        entry: Spanned<file::TuneEntry>,
    ) -> Result<Placed<Tuning>, ExperimentError> {
        let Placed { line, value } = self.placed(entry);
        let refuse = |problem: &str| Err(Place::of(self.path, line).error(problem));
        let held_out = match (value.share, value.held_out) {
            (Some(_), Some(_)) => {
                return refuse("`share` and `held-out` are two ways to divide documents");
            }
            (None, None) => HeldOut::default(),
            (Some(share), None) => {
                let share = self.share(share, "share")?;
                let thousandths = (1_000.0 * share).round() as usize;
                if !(1..1_000).contains(&thousandths) {
                    return refuse(
                        "`share` leaves one of the two parts without documents",
                    );
                }
                HeldOut::Beyond(thousandths)
            }
            (None, Some(names)) => {
                let own = |text: &str| Ok(text.to_owned());
                HeldOut::Corpora(self.list("held-out", Some(names), own)?)
            }
        };

        let metric = value.metric.map(|name| self.parsed(name, from_str));
        let metric = metric.transpose()?;
        Ok(Placed {
            line,
            value: Tuning { metric, held_out },
        })
    }

    /// Returns an expected value, whose numbers must be finite and the tolerance not negative.
    fn expectation(
        &self,
        entry: Spanned<file::ExpectEntry>,
    ) -> Result<Placed<Expectation>, ExperimentError> {
        let Placed { line, value } = self.placed(entry);
        let expectation = Expectation {
            system: value.system,
            corpus: value.corpus,
            metric: value.metric,
            value: value.value,
            tolerance: value.tolerance,
        };

        let Expectation {
            value, tolerance, ..
        } = expectation;
        if !value.is_finite() || !tolerance.is_finite() || tolerance < 0.0 {
            let problem = format!(
                "expected is {value} with the tolerance {tolerance}, not a number and a tolerance of at least 0"
            );
            return Err(Place::of(self.path, line).error(problem));
        }

        Ok(Placed {
            line,
            value: expectation,
        })
    }
}

/// Returns the plugin of an entry.
fn plugin_of(name: String, entry: PluginEntry) -> ExperimentPlugin {
    ExperimentPlugin {
        name: Some(name),
        run: entry.run,
        folder: entry.folder.map(PathBuf::from).unwrap_or_default(),
    }
}

/// Returns a path without `.`, and without `..` and the folder before it.
fn shortened(path: &Path) -> PathBuf {
    let mut short = PathBuf::new();
    for part in path.components() {
        let before = short.components().next_back();
        match (part, before) {
            (Component::CurDir, _) => {}
            (Component::ParentDir, Some(Component::Normal(_))) => {
                short.pop();
            }
            (part, _) => short.push(part),
        }
    }
    short
}

#[cfg(test)]
mod tests;
