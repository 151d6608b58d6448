//! Decides whether a run may go on in a folder: only if the folder holds rows of the same
//! plan.

use std::path::{Path, PathBuf};

use crate::run::{planning::plan::Plan, storing::store_error::StoreError};

use super::{
    manifest::RunManifest,
    recipe::{is_of_program, own_program},
};

/// Why a run cannot go on in a folder.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// The folder holds a run of another plan.
    #[error(
        "{folder}: it holds another run: {difference}\nhint: `--fresh` replaces it, another `--name` keeps it"
    )]
    OtherPlan {
        /// The folder of the run.
        folder: PathBuf,
        /// The first lines of the two recipes that differ, in words.
        difference: String,
    },
    /// The manifest of the earlier run cannot be read.
    #[error("{error}\nhint: `--fresh` replaces the run")]
    Manifest {
        /// The reason.
        error: StoreError,
    },
}

/// What a folder already holds of a run. Made by [`earlier_run`].
#[derive(Debug)]
pub enum Earlier {
    /// The folder holds no run.
    Nothing,
    /// The folder holds a run of the same plan.
    Same(Box<RunManifest>),
    /// The folder holds a run of the same plan by other programs, such as another build
    /// of this one or a plugin whose files have changed. Contains the names of these
    /// programs.
    OtherPrograms(Vec<String>),
}

/// Returns what `folder` holds of a run of `plan`.
///
/// # Errors
/// Returns an error if it is of another plan, or cannot be read.
pub fn earlier_run(folder: &Path, plan: &Plan) -> Result<Earlier, FolderError> {
    let manifest =
        RunManifest::read(folder).map_err(|error| FolderError::Manifest { error })?;
    let Some(manifest) = manifest else {
        return Ok(Earlier::Nothing);
    };

    let here = plan.recipe();
    let (before, rest_before) = by_program(&manifest.plan);
    let (programs, rest) = by_program(&here);

    match difference(&rest_before, &rest) {
        None if before != programs => {
            let mut other = programs;
            other.retain(|line| !before.contains(line));
            Ok(Earlier::OtherPrograms(
                other.iter().map(|it| program(it)).collect(),
            ))
        }
        None => Ok(Earlier::Same(Box::new(manifest))),
        Some(difference) => Err(FolderError::OtherPlan {
            folder: folder.to_owned(),
            difference,
        }),
    }
}

/// Returns whether the rows of a run were made by another build of this program.
pub fn is_of_another_build(manifest: &RunManifest) -> bool {
    !manifest.plan.contains(&own_program())
}

/// Splits a recipe into the lines that name the programs and the others.
fn by_program(recipe: &[String]) -> (Vec<String>, Vec<String>) {
    recipe.iter().cloned().partition(|line| is_of_program(line))
}

/// Returns the name in `program <name> <digest>`.
fn program(line: &str) -> String {
    let (name, _) = line.rsplit_once(' ').unwrap_or((line, ""));
    name.trim_start_matches("program ").to_owned()
}

/// Returns the first lines in which two recipes differ, as a sentence; `None` if they are
/// equal.
fn difference(there: &[String], here: &[String]) -> Option<String> {
    let not_in = |lines: &[String], others: &[String]| {
        lines.iter().find(|line| !others.contains(line)).cloned()
    };
    let sentence = match (not_in(there, here), not_in(here, there)) {
        (Some(there), Some(here)) => format!("`{there}` there, `{here}` here"),
        (Some(there), None) => format!("`{there}` is there, not here"),
        (None, Some(here)) => format!("`{here}` is here, not there"),
        (None, None) if there == here => return None,
        (None, None) => "the same in another order".to_owned(),
    };
    Some(sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_difference_is_named() {
        let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
        let found = |there: &str, here: &str| difference(&lines(there), &lines(here));
        assert_eq!(found("a\nb", "a\nb"), None);
        assert_eq!(found("a\nb", "a\nc").unwrap(), "`b` there, `c` here");
        assert_eq!(found("a", "a\nc").unwrap(), "`c` is here, not there");
        assert_eq!(found("a\nb", "b\na").unwrap(), "the same in another order");
    }
}
