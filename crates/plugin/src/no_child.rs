//! The child process of a system without process groups and signals: none can be started,
//! since it could not be ended with everything that it started.

use std::{
    convert::Infallible,
    io,
    time::{Duration, Instant},
};

use super::{
    command::CommandLine,
    failure::{Fault, PluginFailure},
    limits::{PluginLimits, Stop},
    step::{Heard, Step},
};

/// Why no child is started.
const WHY: &str =
    "plugins need a Unix system: they are led by process groups and signals";

/// A child process, of which there is none.
pub(super) struct Child(Infallible);

impl Child {
    /// Returns the error that no process can be started.
    pub(super) fn start(
        _: &CommandLine,
        _: &PluginLimits,
        _: &Stop,
    ) -> Result<Self, PluginFailure> {
        let error = io::Error::new(io::ErrorKind::Unsupported, WHY);
        Err(PluginFailure::of_start(&error))
    }

    /// Returns the failure that no process can be started.
    pub(super) fn output(
        _: &CommandLine,
        _: Duration,
        _: &PluginLimits,
        _: &Stop,
    ) -> Result<String, PluginFailure> {
        Err(PluginFailure::new(Fault::Crash, WHY))
    }

    pub(super) fn exchange(
        &mut self,
        _: &[u8],
        _: Duration,
        _: Option<Instant>,
        _: impl FnMut(&[u8], Instant) -> Result<Step, PluginFailure>,
    ) -> Result<Heard, PluginFailure> {
        match self.0 {}
    }

    pub(super) fn ends_by_itself(self, _: Duration) -> bool {
        match self.0 {}
    }
}
