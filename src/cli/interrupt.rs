//! Ctrl-C and SIGTERM: a run ends in good order.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

use crate::plugin::Stop;

use super::failure::{Code, Failure};

/// Whether a signal has asked the program to end.
pub(super) struct Interrupt {
    stop: Stop,
    signal: Arc<AtomicUsize>,
}

impl Interrupt {
    /// From now on signals are noted and end nothing by themselves.
    pub(super) fn watch() -> Result<Self, Failure> {
        let interrupt = Self { stop: Stop::default(), signal: Arc::default() };
        for signal in [SIGINT, SIGTERM, SIGHUP] {
            let number = usize::try_from(signal).unwrap_or_default();
            signal_hook::flag::register_usize(
                signal,
                Arc::clone(&interrupt.signal),
                number,
            )?;
            signal_hook::flag::register(signal, interrupt.stop.flag())?;
        }
        Ok(interrupt)
    }

    /// For plugins to end at.
    pub(super) fn stop(&self) -> &Stop {
        &self.stop
    }

    /// How the command ends when `documents` were done.
    pub(super) fn failure(&self, documents: u64) -> Failure {
        let signal = u8::try_from(self.signal.load(Ordering::SeqCst)).unwrap_or_default();
        Failure::Message {
            text: format!(
                "interrupted: the rows of {documents} documents are complete\nhint: the same command again goes on from there"
            ),
            code: Code::Interrupted(signal),
        }
    }
}
