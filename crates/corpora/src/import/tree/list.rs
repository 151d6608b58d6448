//! Lists the files in a folder or an archive.

use std::{
    cell::{Cell, RefCell},
    fs::File,
    io::{self, BufReader, Read, Seek, SeekFrom},
    mem,
    path::{Component, Path},
};

use super::{
    At, Entry, ImportLimits, Packed, Tree,
    archives::{Zip, files_of_tar},
    ends,
};
use crate::{import::error::ImportError, packing::Packing};

impl Tree {
    /// Lists what is at `path`: a folder, `.zip`, `.tar`, `.tar.gz`, `.tgz`, `.tar.zst`,
    /// or a single file, which may end in `.gz` or `.zst`.
    ///
    /// # Errors
    /// Returns an error if it is not there, cannot be read, or is a broken archive.
    pub fn open(path: &Path, limits: ImportLimits) -> Result<Self, ImportError> {
        let metadata = path
            .metadata()
            .map_err(|error| ImportError::unreadable(path, error))?;

        let mut tree = Self {
            origin: path.to_owned(),
            files: Vec::new(),
            packed: Packed::No,
            limits,
            unpacked: Cell::new(0),
            refused: Vec::new(),
        };

        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .to_lowercase();

        if metadata.is_dir() {
            tree.list_folder();
        } else if ends(&name, ".zip") {
            tree.list_zip()?;
        } else if let Some(unpacked) = tree.unpacked(&name)? {
            let inner = Packing::stripped(&name);
            if ends(inner, ".tar") || ends(inner, ".tgz") {
                tree.list_tar(unpacked)?;
            } else {
                let length = unpacked
                    .metadata()
                    .map_err(|e| ImportError::unreadable(path, e))?
                    .len();
                tree.files.push(Entry {
                    path: inner.to_owned(),
                    at: At::Tar(0, length),
                });
                tree.packed = Packed::Tar(RefCell::new(unpacked));
            }
        } else {
            let at = At::Disk(path.to_owned());
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            tree.files.push(Entry {
                path: name.into_owned(),
                at,
            });
        }

        tree.files.sort_by(|a, b| a.path.cmp(&b.path));
        tree.keep_last_of_each_path();
        Ok(tree)
    }

    /// Leaves out each file of an archive whose path occurs again later in it: unpacking
    /// would have replaced it.
    fn keep_last_of_each_path(&mut self) {
        let refused = &mut self.refused;
        self.files.dedup_by(|later, kept| {
            let is_same = later.path == kept.path;
            if is_same {
                mem::swap(later, kept);
                refused.push(format!(
                    "{}: replaced by a later file of that name",
                    kept.path
                ));
            }
            is_same
        });
    }

    /// Lists the files of a folder at any depth. Symbolic links are followed; one that
    /// leads back to a folder above it is left out with its reason.
    fn list_folder(&mut self) {
        for entry in walkdir::WalkDir::new(&self.origin).follow_links(true) {
            match entry {
                Ok(entry) if entry.file_type().is_file() => {
                    let below = entry.path().strip_prefix(&self.origin);
                    let below = below.unwrap_or(entry.path());
                    let path = slashed(below);
                    if !is_litter(&path) {
                        // a path that is not UTF-8 was changed to be shown, and cannot be
                        // opened by that name
                        let at = match below.to_str() == Some(path.as_str()) {
                            true => At::Below,
                            false => At::Disk(entry.path().to_owned()),
                        };
                        self.files.push(Entry { path, at });
                    }
                }
                Ok(_) => {}
                Err(error) => self.refused.push(error.to_string()),
            }
        }
    }

    fn list_zip(&mut self) -> Result<(), ImportError> {
        let archive = Zip::open(&self.origin)?;
        for (index, name) in archive.names().enumerate() {
            if !name.ends_with('/') {
                self.enter(name, At::Zip(index));
            }
        }
        self.packed = Packed::Zip(archive);
        Ok(())
    }

    fn list_tar(&mut self, file: File) -> Result<(), ImportError> {
        for (name, offset, length) in files_of_tar(&self.origin, &file)? {
            self.enter(&name, At::Tar(offset, length));
        }
        self.packed = Packed::Tar(RefCell::new(file));
        Ok(())
    }

    /// Adds a file of an archive, unless its name leaves the archive's folder.
    fn enter(&mut self, name: &str, at: At) {
        let path = slashed(Path::new(&name.replace('\\', "/")));
        let leaves = Path::new(&path)
            .components()
            .any(|part| !matches!(part, Component::Normal(_) | Component::CurDir));
        if leaves {
            self.refused
                .push(format!("{name}: the path leaves the archive"));
        } else if !is_litter(&path) {
            self.files.push(Entry { path, at });
        }
    }

    /// Returns the bytes of a `.tar`, or those inside `.gz` and `.zst` in a nameless
    /// temporary file; `None` for any other file.
    fn unpacked(&self, name: &str) -> Result<Option<File>, ImportError> {
        let fail = |error| ImportError::unreadable(&self.origin, error);
        if ends(name, ".tar") {
            return File::open(&self.origin).map(Some).map_err(fail);
        }

        let packing = if ends(name, ".gz") || ends(name, ".tgz") {
            Packing::Gz
        } else if ends(name, ".zst") {
            Packing::Zst
        } else {
            return Ok(None);
        };

        let broken = |error: io::Error| ImportError::Archive {
            path: self.origin.clone(),
            kind: "packed",
            problem: error.to_string(),
        };
        let packed = BufReader::new(File::open(&self.origin).map_err(fail)?);
        let mut reader = packing.unpacking(packed).map_err(broken)?;

        let limit = self.limits.archive << 20;
        // one byte more than the limit shows that there is more
        let mut unpacked = tempfile::tempfile().map_err(fail)?;
        let length = io::copy(&mut reader.by_ref().take(limit + 1), &mut unpacked)
            .map_err(broken)?;

        if length > limit {
            let place = self.origin.display().to_string();
            return Err(ImportError::TooLarge {
                place,
                limit: self.limits.archive,
            });
        }

        unpacked.seek(SeekFrom::Start(0)).map_err(fail)?;
        Ok(Some(unpacked))
    }
}

fn slashed(path: &Path) -> String {
    let path = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' {
        path.into_owned()
    } else {
        path.replace(std::path::MAIN_SEPARATOR, "/")
    }
}

/// Returns whether a file is one that operating systems leave behind.
fn is_litter(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name == ".DS_Store" || name == "Thumbs.db" || path.starts_with("__MACOSX/")
}
