//! How wide tables and texts may be.

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

/// The least width that text is wrapped to.
const NARROWEST: usize = 20;

/// Returns `text` behind `start`, in lines of at most so many columns, unless a word is
/// longer; further lines are indented as far as the first.
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
