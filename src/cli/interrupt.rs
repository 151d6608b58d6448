//! Ctrl-C and SIGTERM: a run ends in good order.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

use crate::{
    harness::{self, ErrorKind},
    plugin::Stop,
};

use super::failure::{Code, Failure};

/// Whether a signal has asked the program to end.
pub(super) struct Interrupt {
    stop: Stop,
    signal: Arc<AtomicUsize>,
}

impl Interrupt {
    /// From now on signals are noted and end nothing by themselves.
    pub(super) fn watch() -> Result<Self, Failure> {
        let interrupt = Self {
            stop: Stop::default(),
            signal: Arc::default(),
        };
        for signal in [SIGINT, SIGTERM, SIGHUP] {
            let number = usize::try_from(signal).unwrap_or_default();
            let refuse = |error| Failure::input(format!("signal {signal}: {error}"));
            let number_of = Arc::clone(&interrupt.signal);
            signal_hook::flag::register_usize(signal, number_of, number)
                .map_err(refuse)?;
            signal_hook::flag::register(signal, interrupt.stop.flag()).map_err(refuse)?;
        }
        Ok(interrupt)
    }

    /// For plugins to end at.
    pub(super) fn stop(&self) -> &Stop {
        &self.stop
    }

    /// Returns how a command ends with `error`: with the code of the signal, if it was
    /// interrupted.
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
