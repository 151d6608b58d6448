//! What the lines of a child process mean for an exchange with it.

use std::time::Duration;

/// What a line means for the exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// More lines are expected.
    More,
    /// Everything necessary has arrived; the last line is waited for no longer than this.
    Enough(Duration),
    /// The line was the last.
    Last,
}

/// How an exchange ended.
#[cfg_attr(not(unix), expect(dead_code, reason = "no child is started there"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Heard {
    /// The exchange ended with its last line.
    All,
    /// The exchange ended without its last line, but with everything necessary.
    Enough,
}
