//! The identity of a plugin's program: a digest of the files that run.

use std::{
    fs,
    path::{Path, PathBuf},
};

use walkdir::WalkDir;

use super::command::CommandLine;

/// Returns the BLAKE3 digest of the files that a command names and of `more` in its
/// folder, each with its path as it was written. A folder is replaced by all files below it
/// except hidden ones and those that Python generates. The digest is empty if there are
/// no files.
///
/// # Errors
/// Returns an error if a file cannot be read; the error has its path.
pub(super) fn digest(
    command: &CommandLine,
    more: &[PathBuf],
) -> Result<String, (PathBuf, String)> {
    let refuse = |path: &Path, error: &dyn std::error::Error| {
        (path.to_owned(), format!("it is part of a plugin: {error}"))
    };

    let mut files = command
        .files()
        .map_err(|error| refuse(&command.folder, &error))?;

    for path in more {
        let top = command.folder.join(path);
        let walk = WalkDir::new(&top).sort_by_file_name().into_iter();
        let walk = walk.filter_entry(|entry| {
            let name = entry.file_name().to_string_lossy();
            entry.depth() == 0 || !(name.starts_with('.') || name == "__pycache__")
        });

        for entry in walk {
            let entry = entry.map_err(|error| refuse(&top, &error))?;
            if !entry.file_type().is_dir() {
                files.push(entry.into_path());
            }
        }
    }

    if files.is_empty() {
        return Ok(String::new());
    }

    let mut hasher = blake3::Hasher::new();
    for path in files {
        let content = fs::read(&path).map_err(|error| refuse(&path, &error))?;

        // with its length before it, so that no bytes can move from one file to the next
        hasher
            .update(&(content.len() as u64).to_le_bytes())
            .update(&content);
    }
    Ok(hasher.finalize().to_hex()[..32].to_owned())
}
