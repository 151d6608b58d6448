//! What the declaration of a plugin and the run say about files.

use std::{
    env,
    path::{Path, PathBuf, absolute},
};

/// What the declaration of a plugin and the run say about files.
#[derive(Debug, Clone, Default)]
#[cfg_attr(
    not(target_os = "linux"),
    expect(dead_code, reason = "nothing keeps a plugin from files there")
)]
pub(super) struct Access {
    /// The folder of the declaration, if there is one.
    pub(super) own: Option<PathBuf>,
    /// Files and folders that the declaration lets it read.
    pub(super) read: Vec<PathBuf>,
    /// Files and folders that the declaration lets it write.
    pub(super) write: Vec<PathBuf>,
    /// Files and folders that it may not read, wherever they lie.
    pub(super) hidden: Vec<PathBuf>,
}

impl Access {
    /// Returns what a declaration in `folder` says: the folder is its own, and paths are
    /// relative to it. A path that begins with `~/` is below the home folder of the user.
    ///
    /// # Errors
    /// Returns an error if a path is empty, or the home folder is needed and not known.
    pub(super) fn declared(
        folder: &Path,
        read: &[PathBuf],
        write: &[PathBuf],
    ) -> Result<Self, String> {
        let placed = |paths: &[PathBuf], key| {
            let paths = paths.iter().map(|path| placed(folder, path, key));
            paths.collect::<Result<Vec<_>, String>>()
        };
        Ok(Self {
            own: Some(folder.to_owned()),
            read: placed(read, "read")?,
            write: placed(write, "write")?,
            hidden: Vec::new(),
        })
    }
}

/// Returns an absolute path for one that a declaration in `folder` has under `key`.
fn placed(folder: &Path, path: &Path, key: &str) -> Result<PathBuf, String> {
    if path.as_os_str().is_empty() {
        return Err(format!("`{key}` has an empty path"));
    }
    let path = match path.strip_prefix("~") {
        Ok(below) => env::home_dir()
            .ok_or_else(|| format!("`{key}` has `~`, and the home folder is not known"))?
            .join(below),
        Err(_) => folder.join(path),
    };
    absolute(&path).map_err(|error| format!("`{key}`: {}: {error}", path.display()))
}
