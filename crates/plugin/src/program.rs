//! Which program a plugin is: a digest of the files that run.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use walkdir::WalkDir;

use super::command::CommandLine;

/// BLAKE3 over the files that a command names and `more` of its folder, each with its path
/// as it was written; a folder is all files below it but hidden ones and those that Python
/// makes of others. Empty where there are none.
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
        let is_made = |name: &str| name.starts_with('.') || name == "__pycache__";
        let walk = WalkDir::new(&top).sort_by_file_name().into_iter();
        let walk = walk.filter_entry(|entry| {
            entry.depth() == 0 || !is_made(&entry.file_name().to_string_lossy())
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
        let refuse = |error: io::Error| refuse(&path, &error);
        let content = fs::read(&path).map_err(refuse)?;
        hasher
            .update(&(content.len() as u64).to_le_bytes())
            .update(&content);
    }
    Ok(hasher.finalize().to_hex()[..32].to_owned())
}
