//! Turns an experiment into a request.

use std::path::{Path, PathBuf};

use crate::{
    corpus::CorpusOpener,
    embedder,
    metric::Task,
    plugin::{Declaration, PluginOptions, ScoresFile},
    registry::Registry,
    run::{
        HUMAN, MetricSources, ORACLE, Plan, PlanError, PluginSet, Reading, Request,
        System, Tasks, Work,
    },
    spec::{Spec, SpecError, is_named},
};

use super::{
    content::{Experiment, ExperimentCorpus, ExperimentPlugin},
    place::{ExperimentError, Place, Placed},
};

impl Experiment {
    /// Returns a registry with the embedders of the experiment, which are read or started.
    /// `options` apply to programs, unless the experiment has limits of its own; the corpora
    /// that `opener` finds are hidden from them.
    ///
    /// # Errors
    /// Returns an error with the line of the first that is refused.
    pub fn with_embedders(
        &self,
        registry: &Registry,
        opener: &CorpusOpener,
        options: PluginOptions,
    ) -> Result<Registry, ExperimentError> {
        let mut options = self.plugin_options(options);
        options.hidden.extend(self.files(opener));
        let mut registry = registry.clone();
        for placed in &self.embedders {
            let declaration = placed.value.clone().in_folder(&self.folder);
            let named = embedder::open(&declaration, &options)
                .map_err(|error| self.place(placed).error(error))?;
            registry = registry.with_embedder(named);
        }
        Ok(registry)
    }

    /// Returns the files and folders of the corpora, of the background and of scores.
    fn files(&self, opener: &CorpusOpener) -> Vec<PathBuf> {
        let corpora = self.corpora.iter().map(|it| &it.value.path);
        let background = self.background.iter().map(|it| &it.value);
        let corpora = corpora.chain(background);
        let files = corpora.flat_map(|name| opener.files(&self.in_folder(name)));
        let scores = self.scores.iter();
        let scores = scores.map(|it| ScoresFile::file_of(&it.value.1));
        files
            .chain(scores.map(|path| self.folder.join(path)))
            .collect()
    }

    /// Checks for every system and metric that it exists, that its parameters are valid and that it
    /// is named once. Systems and metrics of plugins are checked when the plugins start.
    ///
    /// # Errors
    /// Returns an error with the line of the first that is refused.
    pub fn check_specs(&self, registry: &Registry) -> Result<(), ExperimentError> {
        let mut names: Vec<(String, Option<Task>)> = Vec::new();
        let mut once = |name: String, task: Option<Task>, place: Place| {
            if names.contains(&(name.clone(), task)) {
                return Err(place.error(PlanError::Twice { name }));
            }
            names.push((name, task));
            Ok(())
        };

        for sweep in &self.systems {
            for spec in sweep
                .value
                .specs
                .iter()
                .filter(|it| !self.is_plugin(&it.name))
            {
                let systems = self
                    .built(registry, spec)
                    .map_err(|error| self.place(sweep).error(error))?;
                for system in systems {
                    let task = system.task();
                    once(system.name, Some(task), self.place(sweep))?;
                }
            }
        }
        for metric in self
            .metrics
            .iter()
            .filter(|it| !self.is_declared(&it.value.name))
        {
            let built = registry
                .metric(&metric.value)
                .map_err(|error| self.unknown_metric(registry, error))
                .map_err(|error| self.place(metric).error(error))?;
            once(built.name, None, self.place(metric))?;
        }
        Ok(())
    }

    /// Returns the systems that a spec names: a summariser, an extractor or both, if the parameters
    /// are valid for them.
    fn built(&self, registry: &Registry, spec: &Spec) -> Result<Vec<System>, PlanError> {
        let of = |tasks| Plan::systems(registry, std::slice::from_ref(spec), tasks);
        let summaries = of(Tasks {
            summaries: true,
            ..Tasks::default()
        });
        let keyphrases = of(Tasks {
            keyphrases: true,
            ..Tasks::default()
        });

        match (summaries, keyphrases) {
            (Ok(summarisers), Ok(extractors)) => {
                let is_new = |it: &System| {
                    summarisers.iter().all(|other| other.task() != it.task())
                };
                let extractors: Vec<System> =
                    extractors.into_iter().filter(is_new).collect();
                Ok(summarisers.into_iter().chain(extractors).collect())
            }
            (Ok(systems), Err(_)) | (Err(_), Ok(systems)) => Ok(systems),
            (Err(PlanError::Spec(SpecError::UnknownName { .. })), Err(_)) => {
                Err(self.unknown_system(registry, &spec.name).into())
            }
            (Err(error), Err(_)) => Err(error),
        }
    }

    /// Returns the error that a system is neither built in nor a plugin, with the most similar
    /// names.
    fn unknown_system(&self, registry: &Registry, name: &str) -> SpecError {
        let summarisers = registry.summarisers().iter().map(|entry| entry.name);
        let extractors = registry.extractors().iter().map(|entry| entry.name);
        let plugins = self.plugins.iter();
        let plugins = plugins.filter_map(|it| it.value.name.as_deref());
        let outputs = self.outputs.iter().map(|it| it.value.0.as_str());
        let built_in = summarisers
            .chain(extractors)
            .chain([ORACLE.name, HUMAN.name]);
        let names = built_in.map(|name| -> &str { name });
        SpecError::unknown_name("system", name, names.chain(plugins).chain(outputs))
    }

    /// Returns the error that a metric is unknown with the names of declared ones too; any
    /// other error as it is.
    fn unknown_metric(&self, registry: &Registry, error: SpecError) -> SpecError {
        let SpecError::UnknownName { name, .. } = &error else {
            return error;
        };
        let built_in = registry
            .metrics()
            .iter()
            .map(|entry| -> &str { entry.name });
        let plugins = self.metric_plugins.iter();
        let plugins = plugins.filter_map(|it| it.value.name.as_deref());
        let scores = self.scores.iter().map(|it| it.value.0.as_str());
        SpecError::unknown_name("metric", name, built_in.chain(plugins).chain(scores))
    }

    /// Returns whether a system is a plugin or a file of outputs. A plugin whose name is only in
    /// its `plugin.toml` may be any.
    fn is_plugin(&self, name: &str) -> bool {
        let plugins = self.plugins.iter();
        let mut plugins = plugins.map(|it| it.value.name.as_deref());
        let mut outputs = self.outputs.iter();
        plugins.any(|plugin| plugin.is_none_or(|plugin| plugin == name))
            || outputs.any(|it| it.value.0 == name)
    }

    /// Returns whether a metric is not built in, but declared.
    fn is_declared(&self, name: &str) -> bool {
        let mut plugins = self.metric_plugins.iter();
        let mut scores = self.scores.iter();
        plugins.any(|it| it.value.name.as_deref().is_none_or(|it| it == name))
            || scores.any(|it| it.value.0 == name)
    }

    /// Returns the metrics that are declared.
    ///
    /// # Errors
    /// Returns an error if a plugin is refused.
    fn metric_sources(
        &self,
        options: PluginOptions,
    ) -> Result<MetricSources, ExperimentError> {
        let scores = self.scores.iter().map(|it| {
            let (name, path) = &it.value;
            (name.clone(), self.folder.join(path))
        });
        Ok(MetricSources {
            plugins: self.declarations(&self.metric_plugins)?,
            options,
            scores: scores.collect(),
        })
    }

    /// Returns the declarations of plugins.
    fn declarations(
        &self,
        plugins: &[Placed<ExperimentPlugin>],
    ) -> Result<Vec<Declaration>, ExperimentError> {
        let declarations = plugins.iter().map(|plugin| {
            self.declaration(&plugin.value)
                .map_err(|problem| self.place(plugin).error(problem))
        });
        declarations.collect()
    }

    /// Returns options of all plugins, in which those of the experiment take precedence.
    fn plugin_options(&self, options: PluginOptions) -> PluginOptions {
        PluginOptions {
            answer: self.limits.answer.or(options.answer),
            run: self.limits.run.or(options.run),
            memory: self.limits.memory.clone().or(options.memory),
            sandbox: self.limits.sandbox.clone().or(options.sandbox),
            isolation: self.limits.isolation.or(options.isolation),
            seed: self.seed.unwrap_or(0),
            ..options
        }
    }

    /// Returns the request. `options` apply to all plugins unless the experiment has limits of its
    /// own.
    ///
    /// # Errors
    /// Returns an error if a plugin is refused.
    pub fn request(&self, options: PluginOptions) -> Result<Request, ExperimentError> {
        let specs = self.systems.iter().flat_map(|sweep| &sweep.value.specs);
        let mut declarations = self.declarations(&self.plugins)?;

        for outputs in &self.outputs {
            let (name, path) = &outputs.value;
            let text = format!("{name}={}", self.folder.join(path).display());
            declarations.push(
                Declaration::parse_outputs(&text)
                    .map_err(|error| self.place(outputs).error(error))?,
            );
        }

        let options = self.plugin_options(options);
        Ok(Request {
            systems: specs.cloned().collect(),
            metrics: self.metrics.iter().map(|it| it.value.clone()).collect(),
            metric_sources: self.metric_sources(options.clone())?,
            plugins: PluginSet {
                declarations,
                own: Vec::new(),
                options,
            },
            budgets: self.budgets.iter().map(|it| it.value).collect(),
            limit: self.limit.unwrap_or(Work::LIMIT),
            background: self.background.as_ref().map(|it| self.in_folder(&it.value)),
            reading: Reading {
                language: self.lang,
                segmenter: self.segmenter.unwrap_or_default(),
                line_ends: self.lines.unwrap_or_default(),
            },
            seed: self.seed.unwrap_or(0),
            ..Request::default()
        })
    }

    /// Returns the declaration of a plugin, which is a command, a `plugin.toml` or the folder of
    /// one.
    fn declaration(&self, plugin: &ExperimentPlugin) -> Result<Declaration, String> {
        let folder = self.folder.join(&plugin.folder);
        // a command may end with the name of such a file
        let is_named_so = Path::new(&plugin.run)
            .extension()
            .is_some_and(|ending| ending == "toml");
        let path = folder.join(&plugin.run);
        let is_path = path.join("plugin.toml").is_file()
            || is_named_so && (!plugin.run.contains(' ') || path.is_file());

        let text = match (&plugin.name, is_path) {
            (_, true) => path.display().to_string(),
            (Some(name), false) => format!("{name}={}", plugin.run),
            (None, false) => plugin.run.clone(),
        };

        let declared = Declaration::parse(&text).map_err(|error| error.to_string())?;
        match &plugin.name {
            Some(name) if *name != declared.name => Err(format!(
                "`{name}` is called `{}` in its `plugin.toml`",
                declared.name
            )),
            _ if is_path => Ok(declared),
            _ => Ok(declared.in_folder(&folder)),
        }
    }

    /// Returns the argument of a corpus, relative to the folder of the experiment if there is such
    /// a file or folder.
    pub(super) fn in_folder(&self, path: &str) -> String {
        let there = self.folder.join(path).display().to_string();
        match exists(&there) {
            true => there,
            false => path.to_owned(),
        }
    }

    /// Removes the corpora with these names.
    ///
    /// # Errors
    /// Returns an error if the experiment has no corpus of a name, or no other.
    pub fn without_corpora(&mut self, names: &[String]) -> Result<(), ExperimentError> {
        for name in names {
            let known = || {
                self.corpora
                    .iter()
                    .filter_map(|it| it.value.name.as_deref())
            };
            if !known().any(|it| it == name) {
                let error =
                    SpecError::unknown_name("corpus of the experiment", name, known());
                return Err(Place::default().error(error));
            }
        }

        let is_left_out = |it: &Placed<ExperimentCorpus>| {
            it.value.name.as_ref().is_some_and(|it| names.contains(it))
        };
        if !names.is_empty() && self.corpora.iter().all(is_left_out) {
            let problem = "every corpus is left out: none is left to run on";
            return Err(self.anywhere().error(problem));
        }
        self.corpora.retain(|it| !is_left_out(it));
        Ok(())
    }

    /// Removes from a plan the systems that [`only`](Self::only) does not match, except for the
    /// baseline, and the metrics for which no system is left.
    ///
    /// # Errors
    /// Returns an error if nothing matches.
    pub fn leave_out(
        &self,
        registry: &Registry,
        plan: &mut Plan,
    ) -> Result<(), ExperimentError> {
        let Some(pattern) = &self.only else {
            return Ok(());
        };

        let systems = &mut plan.work.systems;
        if !systems.iter().any(|it| is_named(pattern, &it.name)) {
            let names = systems.iter().map(|it| it.name.as_str());
            let error = SpecError::unknown_name("system of the run", pattern, names);
            return Err(Place::default().error(error));
        }

        let baseline = self.baseline.as_ref();
        let baseline = baseline.map(|it| system_name(registry, &it.value));
        systems.retain(|it| {
            is_named(pattern, &it.name) || baseline.as_ref() == Some(&it.name)
        });

        let metrics = &mut plan.work.metrics;
        metrics.retain(|metric| {
            let task = metric.value.task();
            plan.work.systems.iter().any(|system| system.task() == task)
        });
        Ok(())
    }
}

/// Returns whether the file or folder of a corpus exists; a range and perturbations after the path
/// are ignored.
fn exists(argument: &str) -> bool {
    let bare = argument.split(['[', '+']).next().unwrap_or(argument);
    Path::new(argument).exists() || Path::new(bare).exists()
}

/// Returns the canonical name of a built-in system; for other systems, the text itself.
pub(super) fn system_name(registry: &Registry, text: &str) -> String {
    let spec = text.parse::<Spec>();
    let systems = spec.map_err(PlanError::from).and_then(|spec| {
        Plan::systems(registry, std::slice::from_ref(&spec), Tasks::default())
    });
    match systems.ok().and_then(|systems| systems.into_iter().next()) {
        Some(system) => system.name,
        None => text.to_owned(),
    }
}
