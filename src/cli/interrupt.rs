//! Handling of SIGINT (Ctrl-C), SIGTERM and SIGHUP: a run ends after the current document.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

#[cfg(unix)]
use signal_hook::consts::SIGHUP;
use signal_hook::consts::{SIGINT, SIGTERM};

use crate::{
    harness::{self, ErrorKind},
    plugin::Stop,
};

use super::failure::{Code, Failure};

/// The signals that end a run after the current document.
const SIGNALS: &[i32] = &[
    SIGINT,
    SIGTERM,
    #[cfg(unix)]
    SIGHUP,
];

/// Records whether a signal has requested the end of the program. The default records nothing.
#[derive(Default)]
pub(super) struct Interrupt {
    stop: Stop,
    signal: Arc<AtomicUsize>,
}

impl Interrupt {
    /// Installs the handlers: from now on signals are recorded and do not end the process.
    pub(super) fn watch() -> Result<Self, Failure> {
        let interrupt = Self::default();
        for &signal in SIGNALS {
            let number = usize::try_from(signal).unwrap_or_default();
            let refuse = |error| Failure::input(format!("signal {signal}: {error}"));
            let number_of = Arc::clone(&interrupt.signal);

            signal_hook::flag::register_usize(signal, number_of, number)
                .map_err(refuse)?;
            signal_hook::flag::register(signal, interrupt.stop.flag()).map_err(refuse)?;
        }
        Ok(interrupt)
    }

    /// Returns the flag that is set by a signal, at which plugins end.
    pub(super) fn stop(&self) -> &Stop {
        &self.stop
    }

    /// Checks that no signal ended the plugins of metrics.
    ///
    /// # Errors
    /// Returns an error with the exit code of the signal if one did, so that not all is scored.
    pub(super) fn check(&self) -> Result<(), Failure> {
        if !self.stop.is_wished() {
            return Ok(());
        }
        let kept = "not everything is scored".to_owned();
        Err(self.failure(harness::Error::Interrupted { kept }))
    }

    /// Converts an error; if a signal stopped the run, the exit code is that of the signal.
    pub(super) fn failure(&self, error: harness::Error) -> Failure {
        let signal = u8::try_from(self.signal.load(Ordering::SeqCst)).unwrap_or_default();
        match error.kind() {
            ErrorKind::Interrupted => Failure::Message {
                text: error.to_string(),
                code: Code::Interrupted(signal),
            },
            _ => error.into(),
        }
    }
}
