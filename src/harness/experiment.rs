//! Experiments: a file, `epitome.toml`, that says what to run, on what, and what must come
//! of it.
//!
//! ```no_run
//! use epitome::{corpus::CorpusOpener, harness::Experiment, plugin::PluginOptions, registry::Registry};
//!
//! let registry = Registry::standard();
//! let experiment = Experiment::read("epitome.toml".as_ref())?;
//! experiment.check_specs(&registry)?;
//! let request = experiment.request(PluginOptions::default())?;
//! let plan = request.plan(&registry, experiment.open(&CorpusOpener::default())?)?;
//! experiment.check(&registry, &plan)?;
//! # Ok::<_, Box<dyn std::error::Error>>(())
//! ```

mod content;
mod file;
mod judging;
mod opening;
mod place;
mod planning;
mod reading;
mod sweep;
mod tuning;
mod values;
mod verdict;
mod written;

pub use content::{
    Expectation, Experiment, ExperimentCorpus, ExperimentLimits, ExperimentPlugin,
    HeldOut, Tuning,
};
pub use place::{ExperimentError, Place, Placed};
pub use sweep::Sweep;
pub use tuning::Choice;
pub use verdict::{Expected, Verdict};
