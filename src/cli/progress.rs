//! Progress bars and notes of runs.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressStyle};

use crate::{harness::Listener, run::Progress};

use super::{interrupt::Wish, output::say};

/// A progress bar over the bytes of the corpora, on a terminal only. A signal stops the run.
pub(super) struct Bar {
    bar: ProgressBar,
    wish: Wish,
}

impl Bar {
    /// Returns a bar for a number of bytes. It is invisible if `quiet`, or if standard error is no
    /// terminal.
    pub(super) fn new(bytes: u64, quiet: bool, wish: &Wish) -> Self {
        let wish = wish.clone();
        if quiet || !std::io::stderr().is_terminal() {
            return Self {
                bar: ProgressBar::hidden(),
                wish,
            };
        }
        let template = "{bar:40} {percent:>3} %  {bytes} of {total_bytes}, {eta} left";
        let style = ProgressStyle::with_template(template);
        let bar = ProgressBar::new(bytes);
        let bar = bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        Self { bar, wish }
    }

    /// Removes the bar from the screen.
    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

impl Progress for Bar {
    fn advance(&mut self, bytes: u64) {
        self.bar.inc(bytes);
    }
}

impl Listener for Bar {
    fn advance(&mut self, bytes: u64) {
        self.bar.inc(bytes);
    }

    fn note(&mut self, note: &str) {
        say(note);
    }

    fn stops(&self) -> bool {
        self.wish.is_wished()
    }
}

/// Prints notes, for commands without a bar.
pub(super) struct Notes;

impl Listener for Notes {
    fn note(&mut self, note: &str) {
        say(note);
    }
}
