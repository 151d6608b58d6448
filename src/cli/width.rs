//! How wide tables may be.

use std::env;

/// The columns that `COLUMNS` says, those of the terminal, or the usual 80 where standard
/// output is none.
pub(super) fn columns() -> usize {
    let said = env::var("COLUMNS")
        .ok()
        .and_then(|text| text.trim().parse().ok());
    let found = || {
        let size = rustix::termios::tcgetwinsize(std::io::stdout()).ok()?;
        Some(usize::from(size.ws_col))
    };
    said.or_else(found)
        .filter(|columns| *columns > 0)
        .unwrap_or(USUAL)
}

const USUAL: usize = 80;
