//! The plugins that a user has declared, and how the systems of a run are found among
//! them.

use std::{fmt, sync::Arc};

use crate::registry::Registry;
use epitome_base::spec::{Spec, SpecError};
use epitome_plugin::{Declaration, Plugin, PluginOptions};

use crate::run::setup::{
    human::HUMAN,
    oracle::ORACLE,
    system::{Role, System},
    tasks::Tasks,
};

use super::{plan::Plan, plan_error::PlanError};

/// The declared plugins and their common options.
#[derive(Default, Clone)]
pub struct PluginSet {
    /// The declarations, in the order of the command line.
    pub declarations: Vec<Declaration>,
    /// Systems of the calling program, which take no parameters. A spec names one as it
    /// names a declaration.
    pub own: Vec<Arc<dyn Plugin>>,
    /// The options of all plugins.
    pub options: PluginOptions,
}

impl fmt::Debug for PluginSet {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let own: Vec<&str> = self.own.iter().map(Plugin::name).collect();
        out.debug_struct("PluginSet")
            .field("declarations", &self.declarations)
            .field("own", &own)
            .field("options", &self.options)
            .finish()
    }
}

impl PluginSet {
    /// Returns whether there is no plugin.
    pub fn is_empty(&self) -> bool {
        self.declarations.is_empty() && self.own.is_empty()
    }

    /// Returns the systems for `specs`, or all that fit `tasks` if there are no specs. A
    /// plugin that no spec names takes part without parameters.
    ///
    /// # Errors
    /// Returns an error if a spec is refused or means the same as another, if a plugin does
    /// not start, or if it has the name of a system that is built in.
    pub fn systems(
        &self,
        registry: &Registry,
        specs: &[Spec],
        tasks: Tasks,
    ) -> Result<Vec<System>, PlanError> {
        let is_taken =
            |plugin: &&Declaration| built_in(registry).any(|it| it == plugin.name);
        if let Some(Declaration { name, .. }) = self.declarations.iter().find(is_taken) {
            return Err(PlanError::TakenName { name: name.clone() });
        }
        let is_taken =
            |plugin: &&Arc<dyn Plugin>| built_in(registry).any(|it| it == plugin.name());
        if let Some(plugin) = self.own.iter().find(is_taken) {
            let name = plugin.name().to_owned();
            return Err(PlanError::TakenName { name });
        }
        let mut systems = match specs {
            [] => Plan::systems(registry, &[], tasks)?,
            _ => Vec::new(),
        };

        for spec in specs {
            let plugin = self.declarations.iter().find(|it| it.name == spec.name);
            let is_own = |plugin: &&Arc<dyn Plugin>| plugin.name() == spec.to_string();
            if let Some(plugin) = self.own.iter().find(is_own) {
                systems.push(own(plugin));
            } else if let Some(plugin) = plugin {
                systems.extend(self.open(plugin, spec, tasks)?);
            } else {
                self.check_name(registry, spec)?;
                let spec = std::slice::from_ref(spec);
                systems.extend(Plan::systems(registry, spec, tasks)?);
            }
        }

        for plugin in &self.own {
            if !specs.iter().any(|spec| spec.to_string() == plugin.name()) {
                systems.push(own(plugin));
            }
        }
        for plugin in &self.declarations {
            if !specs.iter().any(|spec| spec.name == plugin.name) {
                let spec = Spec {
                    name: plugin.name.clone(),
                    arguments: Vec::new(),
                };
                systems.extend(self.open(plugin, &spec, tasks)?);
            }
        }

        Plan::check_systems(&systems)?;
        Ok(systems)
    }

    /// Returns the systems of one plugin that fit `tasks`, or all of them if none does.
    fn open(
        &self,
        plugin: &Declaration,
        spec: &Spec,
        tasks: Tasks,
    ) -> Result<Vec<System>, PlanError> {
        let opened = plugin.open(spec, &self.options)?.into_iter();
        let systems: Vec<System> = opened
            .map(|plugin| System {
                name: plugin.name().to_owned(),
                role: Role::Plugin(plugin),
            })
            .collect();

        let fits = |system: &System| !tasks.any() || tasks.has(system.task());
        if !systems.iter().any(fits) {
            return Ok(systems);
        }
        Ok(systems.into_iter().filter(fits).collect())
    }

    /// Refuses a name that is neither a system nor a plugin, with the nearest name of
    /// both.
    fn check_name(&self, registry: &Registry, spec: &Spec) -> Result<(), SpecError> {
        let plugins = self.declarations.iter().map(|plugin| plugin.name.as_str());
        let own = self.own.iter().map(Plugin::name);

        if built_in(registry).any(|name| name == spec.name) {
            return Ok(());
        }
        let known = built_in(registry)
            .map(|name| -> &str { name })
            .chain(own)
            .chain(plugins);
        Err(SpecError::unknown_name("system", &spec.name, known))
    }
}

/// The names of the systems that are no plugins.
fn built_in(registry: &Registry) -> impl Iterator<Item = &'static str> {
    let summarisers = registry.summarisers().iter().map(|entry| entry.name);
    let extractors = registry.extractors().iter().map(|entry| entry.name);
    summarisers
        .chain(extractors)
        .chain([ORACLE.name, HUMAN.name])
}

/// Returns a system of the calling program.
fn own(plugin: &Arc<dyn Plugin>) -> System {
    System {
        name: plugin.name().to_owned(),
        role: Role::Plugin(Box::new(Arc::clone(plugin))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::{Done, Progress, Request, RunError, execute};
    use epitome_plugin::{
        Answer, Answered, AskedDocument, Length, PluginOrigin, PluginTask,
    };
    use epitome_systems::rank::Selection;

    /// Picks the last sentence.
    struct Last;

    impl Plugin for Last {
        fn name(&self) -> &'static str {
            "last"
        }

        fn task(&self) -> PluginTask {
            PluginTask::Summarise
        }

        fn origin(&self) -> PluginOrigin {
            let [version, command, program] = ["1", "a closure", ""].map(str::to_owned);
            PluginOrigin {
                version,
                command,
                program,
                isolation: None,
                outputs: None,
            }
        }

        fn work(&self, questions: &[AskedDocument<'_>], _: Length) -> Vec<Answered> {
            let answer = |question: &AskedDocument<'_>| {
                let last = question.document.sentences().len().saturating_sub(1);
                let picks = vec![last as u32];
                let result = Ok(Answer::Picks(Selection {
                    picks,
                    scores: None,
                }));
                Answered {
                    result,
                    clocks: None,
                }
            };
            questions.iter().map(answer).collect()
        }
    }

    struct Quiet;

    impl Progress for Quiet {
        fn advance(&mut self, _: u64) {}
    }

    #[test]
    fn a_system_of_the_calling_program_is_a_system_of_the_run() {
        let systems = |specs: &[&str]| -> Vec<String> {
            let specs: Vec<Spec> = specs.iter().map(|it| it.parse().unwrap()).collect();
            let plugged = PluginSet {
                own: vec![Arc::new(Last)],
                ..PluginSet::default()
            };
            let tasks = Tasks {
                summaries: true,
                ..Tasks::default()
            };
            let found = plugged
                .systems(&Registry::standard(), &specs, tasks)
                .unwrap();
            found.into_iter().map(|system| system.name).collect()
        };
        assert_eq!(systems(&["last", "lead"]), ["last", "lead"]);
        assert_eq!(systems(&["lead"]), ["lead", "last"]);
        assert!(systems(&[]).len() > 2, "it stands beside those that fit");

        let request = Request {
            systems: vec!["last".parse().unwrap()],
            metrics: vec!["rouge-1".parse().unwrap()],
            plugins: PluginSet {
                own: vec![Arc::new(Last)],
                ..PluginSet::default()
            },
            ..Request::default()
        };
        let corpora = vec![epitome_corpora::open("sampler[0..3]").unwrap()];
        let plan = request.plan(&Registry::standard(), corpora).unwrap();
        let mut picks = Vec::new();
        let sink = |outcome: crate::run::DocumentOutcome| {
            picks.push(outcome.systems[0].extract.is_some());
            Ok::<_, RunError<String>>(())
        };
        execute(
            &plan.work,
            &plan.sources(),
            Done::default(),
            &mut Quiet,
            sink,
        )
        .unwrap_or_else(|_| panic!("the sampler is whole"));
        assert_eq!(picks, [true; 3]);
    }
}
