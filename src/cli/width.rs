//! Maximum width of tables and texts.

use std::env;

/// Returns the number of columns: that of the environment variable `COLUMNS`, otherwise that of the
/// terminal, otherwise 80.
pub(super) fn columns() -> usize {
    let of_environment = env::var("COLUMNS")
        .ok()
        .and_then(|text| text.trim().parse().ok());

    of_environment
        .or_else(of_terminal)
        .filter(|columns| *columns > 0)
        .unwrap_or(USUAL)
}

/// Returns the number of columns of the terminal; `None` if standard output is none.
#[cfg(unix)]
fn of_terminal() -> Option<usize> {
    let size = rustix::termios::tcgetwinsize(std::io::stdout()).ok()?;
    Some(usize::from(size.ws_col))
}

/// Returns `None`: how wide a terminal is is asked on Unix systems alone.
#[cfg(not(unix))]
fn of_terminal() -> Option<usize> {
    None
}

/// Number of columns if standard output is no terminal.
const USUAL: usize = 80;

/// Minimum width of wrapped text.
const NARROWEST: usize = 20;

/// Returns `start` followed by `text`, wrapped into lines of at most `columns` columns unless a
/// word is longer; further lines are indented by the length of `start`.
pub(super) fn wrapped(start: &str, text: &str, columns: usize) -> String {
    let indent = start.chars().count();
    let room = columns.saturating_sub(indent).max(NARROWEST);

    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().expect("there is a line at first");
        let used = line.chars().count();
        if used == 0 {
            line.push_str(word);
        } else if used + 1 + word.chars().count() <= room {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }

    let between = format!("\n{:indent$}", "");
    format!("{start}{}\n", lines.join(&between))
}
