//! The plugins that a user has declared, and how the systems of a run are found among
//! them.

use crate::registry::Registry;
use epitome_base::spec::{Spec, SpecError};
use epitome_plugin::{Declaration, PluginOptions};

use super::{
    human::HUMAN,
    oracle::ORACLE,
    plan::{Plan, PlanError},
    system::{Role, System},
    tasks::Tasks,
};

/// The declared plugins and their common options.
#[derive(Debug, Default)]
pub struct PluginSet {
    /// The declarations, in the order of the command line.
    pub declarations: Vec<Declaration>,
    /// The options of all plugins.
    pub options: PluginOptions,
}

impl PluginSet {
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
        let mut systems = match specs {
            [] => Plan::systems(registry, &[], tasks)?,
            _ => Vec::new(),
        };

        for spec in specs {
            let plugin = self.declarations.iter().find(|it| it.name == spec.name);
            if let Some(plugin) = plugin {
                systems.extend(self.open(plugin, spec, tasks)?);
            } else {
                self.check_name(registry, spec)?;
                let spec = std::slice::from_ref(spec);
                systems.extend(Plan::systems(registry, spec, tasks)?);
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

        if built_in(registry).any(|name| name == spec.name) {
            return Ok(());
        }
        let known = built_in(registry)
            .map(|name| -> &str { name })
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
