//! Arguments about embedders, of all commands whose systems or metrics may name one.

use std::path::Path;

use clap::Args;

use crate::{
    embedder::{self, Declaration, EmbedderSource},
    harness::{Experiment, Placed},
    plugin::PluginOptions,
    registry::Registry,
};

use super::{failure::Failure, interrupt::Interrupt};

/// Sources of vectors.
#[derive(Debug, Args)]
pub(super) struct EmbedderArgs {
    /// `name=static:PATH`: a table of vectors that systems and metrics use as
    /// `embedder=name`; `name=onnx:FOLDER`, a model; or `name=plugin:PATH`, a plugin; repeatable
    #[arg(long, value_name = "EMBEDDER")]
    embedder: Vec<Declaration>,
}

impl EmbedderArgs {
    /// Returns whether one of the embedders is a plugin.
    pub(super) fn has_plugins(&self) -> bool {
        let is_plugin = |it: &Declaration| matches!(it.source, EmbedderSource::Plugin(_));
        self.embedder.iter().any(is_plugin)
    }

    /// Returns what [`EmbedderArgs::registry`] does, for a command that starts no other plugins,
    /// with the record of signals, at which the embedders end.
    pub(super) fn watched(
        &self,
        registry: &Registry,
        options: PluginOptions,
    ) -> Result<(Interrupt, Registry), Failure> {
        let interrupt = Interrupt::watch_if(self.has_plugins())?;
        let stop = interrupt.stop().clone();
        let registry = self.registry(registry, &PluginOptions { stop, ..options })?;
        Ok((interrupt, registry))
    }

    /// Returns a registry with the embedders, which are read or started. `options` apply to
    /// those that are programs.
    pub(super) fn registry(
        &self,
        registry: &Registry,
        options: &PluginOptions,
    ) -> Result<Registry, Failure> {
        let mut registry = registry.clone();
        for declaration in &self.embedder {
            registry = registry.with_embedder(embedder::open(declaration, options)?);
        }
        Ok(registry.keeping_embeddings())
    }

    /// Adds the embedders to an experiment; they replace its own of the same name.
    pub(super) fn override_in(&self, experiment: &mut Experiment) -> Result<(), Failure> {
        // an experiment in another folder resolves relative paths there
        let here = match experiment.folder == Path::new("") {
            true => experiment.folder.clone(),
            false => std::env::current_dir().map_err(Failure::of)?,
        };
        for declaration in &self.embedder {
            let embedders = &mut experiment.embedders;
            embedders.retain(|it| it.value.name != declaration.name);
            embedders.push(Placed::nowhere(declaration.clone().in_folder(&here)));
        }
        Ok(())
    }
}
