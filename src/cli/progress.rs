//! A progress bar, on a terminal only.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressStyle};

use crate::run::Progress;

/// A bar over the bytes of the corpora.
pub(super) struct Bar(ProgressBar);

impl Bar {
    /// A bar of `bytes`, invisible when `quiet` or when standard error is no terminal.
    pub(super) fn new(bytes: u64, quiet: bool) -> Self {
        if quiet || !std::io::stderr().is_terminal() {
            return Self(ProgressBar::hidden());
        }
        let template = "{bar:40} {percent:>3} %  {bytes} of {total_bytes}, {eta} left";
        let style = ProgressStyle::with_template(template);
        let bar = ProgressBar::new(bytes);
        Self(bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar())))
    }

    /// Takes the bar off the screen.
    pub(super) fn finish(&self) {
        self.0.finish_and_clear();
    }
}

impl Progress for Bar {
    fn advance(&mut self, bytes: u64) {
        self.0.inc(bytes);
    }
}
