//! Output of a command at the end of a run.

use crate::harness::{Finished, failed_systems};

use super::{
    failure::{Code, Failure},
    output::{Output, say},
    width::columns,
};

/// Prints the tables and notes of a run, and returns the exit code: that of failed systems if one
/// failed on more than the share `tolerance` of a corpus. If `notes` is `None`, no notes are
/// printed, only errors.
pub(super) fn conclude(
    finished: &Finished,
    tolerance: f64,
    notes: Option<&[String]>,
) -> Result<Code, Failure> {
    let mut output = Output::new();
    output.text(&finished.tables(Some(columns()))?)?;
    output.finish()?;

    if let Some(notes) = notes {
        for note in &finished.notes {
            say(&format!("note: {note}"));
        }
        for note in notes {
            say(note);
        }
        say(&format!("results in {}", finished.folder.display()));
    }
    if let Some(text) = finished.nothing_measured.clone() {
        return Err(Failure::Message {
            text,
            code: Code::NothingToDo,
        });
    }
    let failures = finished.failures;
    if failures == 0 {
        return Ok(Code::Fine);
    }
    let file = finished.folder.join("failures.csv");
    let is_tolerated = finished.worst_failures <= tolerance;
    let word = if is_tolerated { "note" } else { "error" };
    for failed in failed_systems(&finished.folder)? {
        say(&format!("{word}: {}", failed.sentence()));
    }
    say(&format!(
        "{word}: {failures} {} in all: see {}\nhint: `--retry-failed` runs failed systems again on those documents",
        if failures == 1 { "failure" } else { "failures" },
        file.display()
    ));
    Ok(if is_tolerated {
        Code::Fine
    } else {
        Code::SystemFailed
    })
}
