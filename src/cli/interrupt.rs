//! Handling of SIGINT (Ctrl-C), SIGTERM and SIGHUP: a command ends in good order if it hears the
//! signal, and soon in any case.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
        mpsc,
    },
    thread,
    time::Duration,
};

#[cfg(unix)]
use signal_hook::consts::SIGHUP;
use signal_hook::{
    consts::{SIGINT, SIGTERM},
    flag, low_level,
};

use crate::{
    harness::{self, ErrorKind},
    plugin::{Stop, end_all, is_ending},
};

use super::{
    failure::{Code, Failure},
    output::say,
};

/// The signals that end a command.
const SIGNALS: &[i32] = &[
    SIGINT,
    SIGTERM,
    #[cfg(unix)]
    SIGHUP,
];

/// The time within which a command hears a signal. One that does not, because it waits for a
/// file or computes something long, is ended. While a plugin is being ended, it does not count.
const PATIENCE: Duration = Duration::from_secs(1);

/// The longest time from a signal to the end of the program.
const LONGEST: Duration = Duration::from_secs(10);

/// The interval at which signals are looked for.
const TICK: Duration = Duration::from_millis(50);

/// The wish that a command ends, and whether the command has heard it. The default is never
/// wished.
#[derive(Debug, Clone, Default)]
pub(super) struct Wish {
    stop: Stop,
    is_heard: Arc<AtomicBool>,
}

impl Wish {
    /// Returns whether the command should end. Whoever asks then ends it.
    pub(super) fn is_wished(&self) -> bool {
        let is_wished = self.stop.is_wished();
        if is_wished {
            self.is_heard.store(true, Ordering::SeqCst);
        }
        is_wished
    }
}

/// Records whether a signal has requested the end of the program. The default records nothing.
///
/// When it is dropped, signals end the program by themselves again.
#[derive(Default)]
pub(super) struct Interrupt {
    wish: Wish,
    signal: Arc<AtomicUsize>,
    is_over: Arc<AtomicBool>,
}

impl Interrupt {
    /// Installs the handlers: from now on signals are recorded, and end the process only if the
    /// command does not.
    pub(super) fn watch() -> Result<Self, Failure> {
        let interrupt = Self::default();
        for &signal in SIGNALS {
            let number = usize::try_from(signal).unwrap_or_default();
            let refuse = |error| Failure::input(format!("signal {signal}: {error}"));
            let number_of = Arc::clone(&interrupt.signal);
            let is_over = Arc::clone(&interrupt.is_over);

            flag::register_conditional_default(signal, is_over).map_err(refuse)?;
            flag::register_usize(signal, number_of, number).map_err(refuse)?;
            flag::register(signal, interrupt.stop().flag()).map_err(refuse)?;
        }
        interrupt.end_if_unheard()?;
        Ok(interrupt)
    }

    /// Returns [`Interrupt::watch()`] for a command that starts plugins, which have to be ended
    /// before it; without plugins a signal ends the program by itself.
    pub(super) fn watch_if(has_plugins: bool) -> Result<Self, Failure> {
        match has_plugins {
            true => Self::watch(),
            false => Ok(Self::default()),
        }
    }

    /// Returns the flag that is set by a signal, at which plugins end.
    pub(super) fn stop(&self) -> &Stop {
        &self.wish.stop
    }

    /// Returns the wish that a signal expresses, for those who end the command at it.
    pub(super) fn wish(&self) -> &Wish {
        &self.wish
    }

    /// Checks that no signal ended the plugins of metrics.
    ///
    /// # Errors
    /// Returns an error with the exit code of the signal if one did, so that not all is scored.
    pub(super) fn check(&self) -> Result<(), Failure> {
        if !self.wish.is_wished() {
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

    /// Starts the thread that ends the program after a signal that the command does not hear. All
    /// that a command writes is made to be taken up again after such an end, as after SIGKILL.
    fn end_if_unheard(&self) -> Result<(), Failure> {
        let (wish, signal) = (self.wish.clone(), Arc::clone(&self.signal));
        let is_over = Arc::clone(&self.is_over);
        let goes_on = move || {
            thread::sleep(TICK);
            !is_over.load(Ordering::SeqCst)
        };
        let watch = move || {
            let (mut unheard, mut all) = (Duration::ZERO, Duration::ZERO);
            while goes_on() {
                let number = signal.load(Ordering::SeqCst);
                if number == 0 {
                    continue;
                }
                all += TICK;
                unheard += TICK;
                if wish.is_heard.load(Ordering::SeqCst) || is_ending() {
                    unheard = Duration::ZERO;
                }
                if unheard > PATIENCE || all > LONGEST {
                    end_all(|| exit(number));
                }
            }
        };
        let started = thread::Builder::new()
            .name("signals".to_owned())
            .spawn(watch);
        started.map(|_| ()).map_err(|error| {
            Failure::input(format!(
                "the thread that listens to signals cannot be started: {error}"
            ))
        })
    }
}

impl Drop for Interrupt {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::SeqCst);
        SIGNALLED.fetch_max(self.signal.load(Ordering::SeqCst), Ordering::SeqCst);
    }
}

/// The number of the signal that came during the command that has ended; 0 if none did.
static SIGNALLED: AtomicUsize = AtomicUsize::new(0);

/// Returns the exit code of a signal that came during the command, which has failed; `None` if
/// none did. Whatever the command says has failed, such as the start of a plugin, the reason may
/// be the signal.
pub(super) fn signalled() -> Option<Code> {
    let signal = SIGNALLED.swap(0, Ordering::SeqCst);
    let signal = u8::try_from(signal).ok().filter(|signal| *signal > 0);
    signal.map(Code::Interrupted)
}

/// Ends the program with the exit code of a signal.
fn exit(signal: usize) {
    // another thread may hold standard error, and its reader may not read
    let (told, is_told) = mpsc::channel();
    let tell = move || {
        say("error: interrupted");
        let _ = told.send(());
    };
    if thread::Builder::new().spawn(tell).is_ok() {
        let _ = is_told.recv_timeout(PATIENCE / 10);
    }
    let signal = u8::try_from(signal).unwrap_or_default();
    low_level::exit(Code::Interrupted(signal).number().into());
}
