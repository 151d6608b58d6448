//! The plugins of a run, and how its systems are found among them.

use std::{fmt, sync::Arc};

use crate::registry::Registry;
use epitome_base::spec::{Spec, SpecError};
use epitome_plugin::{Declaration, Plugin, PluginOptions};

use super::{
    human::HUMAN,
    oracle::ORACLE,
    plan::{Plan, PlanError},
    system::{Role, System},
    tasks::Tasks,
};

/// Plugins that were declared, and what holds for all of them.
#[derive(Default)]
pub struct PluginSet {
    /// In the order of the command line.
    pub declarations: Vec<Declaration>,
    /// Systems of the calling program, which take no parameters: named by a spec as a
    /// declaration is, and before one of the same name.
    pub own: Vec<Arc<dyn Plugin>>,
    /// What holds for all.
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
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.declarations.is_empty() && self.own.is_empty()
    }

    /// The systems for `specs`, or all that fit `tasks` where there are none. A plugin that
    /// no spec names takes part as it is. One that has a system's name goes before it.
    ///
    /// # Errors
    /// Returns an error if a spec is refused or means the same as another, or a plugin
    /// does not start.
    pub fn systems(
        &self,
        registry: &Registry,
        specs: &[Spec],
        tasks: Tasks,
    ) -> Result<Vec<System>, PlanError> {
        let mut systems = match specs {
            [] => Plan::systems(registry, &[], tasks)?,
            _ => Vec::new(),
        };
        for spec in specs {
            let named = |plugin: &&Declaration| plugin.name == spec.name;
            let is_own = |plugin: &&Arc<dyn Plugin>| plugin.name() == spec.to_string();
            if let Some(plugin) = self.own.iter().find(is_own) {
                systems.push(own(plugin));
            } else if let Some(plugin) = self.declarations.iter().find(named) {
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

    /// The systems of one plugin that fit `tasks`; all of them where none would.
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

    /// Refuses a name that nobody has, with the nearest of systems and plugins.
    fn check_name(&self, registry: &Registry, spec: &Spec) -> Result<(), SpecError> {
        let built_in = registry
            .summarisers()
            .iter()
            .map(|entry| entry.name)
            .chain(registry.extractors().iter().map(|entry| entry.name))
            .chain([ORACLE.name, HUMAN.name]);
        let own = self.own.iter().map(Plugin::name);
        let plugins = self.declarations.iter().map(|plugin| plugin.name.as_str());
        if built_in.clone().any(|name| name == spec.name) {
            return Ok(());
        }
        Err(SpecError::unknown_name(
            "system",
            &spec.name,
            built_in.chain(own).chain(plugins),
        ))
    }
}

/// A system of the calling program.
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
    use epitome_plugin::{Answer, Answered, Length, PluginOrigin, PluginTask};
    use epitome_systems::rank::Selection;
    use epitome_text::Document;

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
            }
        }

        fn work(&self, documents: &[&Document], _: Length) -> Vec<Answered> {
            let answer = |document: &&Document| {
                let last = document.sentences().len().saturating_sub(1);
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
            documents.iter().map(answer).collect()
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
