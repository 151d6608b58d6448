//! The working folder of a plugin, and its removal, whatever the plugin has put there.

use std::{
    ffi::CString,
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use rustix::{
    fd::{AsFd, OwnedFd},
    fs::{
        AtFlags, CWD, Dir, FileType, Mode, OFlags, chmodat, fstat, openat, statat,
        unlinkat,
    },
    io::Errno,
};
use tempfile::TempDir;

use crate::clock::now;

/// A new folder that is removed when the value is dropped.
#[derive(Debug)]
pub(super) struct Working {
    path: PathBuf,
}

impl Working {
    /// Makes a folder whose name begins with `prefix`.
    pub(super) fn new(prefix: &str) -> io::Result<Self> {
        let folder = tempfile::Builder::new().prefix(prefix).tempdir()?;
        Ok(Self {
            path: TempDir::keep(folder),
        })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Working {
    fn drop(&mut self) {
        let _ = remove(&self.path); // what remains is in the folder for temporary files
    }
}

/// The longest time that a removal takes, even if a surviving process goes on writing.
const LONGEST: Duration = Duration::from_secs(30);

/// A folder that is being removed, above the one that is open.
struct Above {
    /// The identity of the folder, so that `..` is followed to it and to no other.
    id: (u64, u64),
    /// The name of the subfolder that is being removed.
    name: CString,
    /// The names of the subfolders that are removed after it.
    left: Vec<CString>,
}

/// Removes a folder of any depth with no more than two folders open at a time, and
/// without recursion: down into each folder that is not empty, and up by `..`.
pub(super) fn remove(path: &Path) -> rustix::io::Result<()> {
    let deadline = now() + LONGEST;
    let mut above: Vec<Above> = Vec::new();
    let mut here = open(CWD, path)?;
    let mut left = clear(&here)?;

    while now() < deadline {
        if let Some(name) = left.pop() {
            let below = open_anyway(&here, &name)?;
            above.push(Above {
                id: id(&here)?,
                name,
                left,
            });
            left = clear(&below)?;
            here = below;
        } else if let Some(folder) = above.pop() {
            let up = open(&here, c"..")?;
            if id(&up)? != folder.id {
                return Err(Errno::XDEV); // somebody has moved it meanwhile
            }

            unlinkat(&up, &folder.name, AtFlags::REMOVEDIR)?;
            (here, left) = (up, folder.left);
        } else {
            return unlinkat(CWD, path, AtFlags::REMOVEDIR);
        }
    }
    Err(Errno::TIMEDOUT)
}

/// Returns the device and the inode of a folder, which identify it.
fn id(folder: &OwnedFd) -> rustix::io::Result<(u64, u64)> {
    let found = fstat(folder)?;
    Ok((found.st_dev, found.st_ino))
}

/// Opens a folder in another one, whatever its mode.
fn open_anyway(top: &OwnedFd, name: &CString) -> rustix::io::Result<OwnedFd> {
    chmodat(top, name, Mode::RWXU, AtFlags::empty())?;
    open(top, name)
}

/// Removes the contents of a folder except subfolders that are not empty, whose names it
/// returns.
fn clear(folder: &OwnedFd) -> rustix::io::Result<Vec<CString>> {
    let mut left = Vec::new();
    for entry in Dir::read_from(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        if matches!(name.to_bytes(), b"." | b"..") {
            continue;
        }

        let is_folder = match entry.file_type() {
            FileType::Directory => true,
            FileType::Unknown => {
                let found = statat(folder, name, AtFlags::SYMLINK_NOFOLLOW)?;
                FileType::from_raw_mode(found.st_mode) == FileType::Directory
            }
            _ => false,
        };

        let flags = if is_folder {
            AtFlags::REMOVEDIR
        } else {
            AtFlags::empty()
        };

        match unlinkat(folder, name, flags) {
            Err(Errno::NOTEMPTY | Errno::EXIST) if is_folder => {
                left.push(name.to_owned());
            }
            Err(Errno::NOENT) => {}
            other => other?,
        }
    }
    Ok(left)
}

fn open<P: rustix::path::Arg>(folder: impl AsFd, path: P) -> rustix::io::Result<OwnedFd> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    openat(folder, path, flags, Mode::empty())
}

#[cfg(test)]
mod tests {
    use std::{fs, os::unix::fs::symlink};

    use super::*;

    /// Makes folders inside each other, deeper than any path may be long.
    fn nest(path: &Path, depth: usize) {
        let mut folder = open(CWD, path).unwrap();
        for _ in 0..depth {
            rustix::fs::mkdirat(&folder, "deeper", Mode::RWXU).unwrap();
            folder = open(&folder, "deeper").unwrap();
        }
    }

    #[test]
    fn a_folder_of_any_depth_is_removed_on_a_small_stack() {
        let working = Working::new("epitome-plugin-").unwrap();
        let path = working.path().to_owned();
        nest(&path, 4_000); // ten times what recursion would survive on this stack
        let small = std::thread::Builder::new().stack_size(64 << 10);
        small.spawn(move || drop(working)).unwrap().join().unwrap();
        assert!(!path.exists());
    }

    #[test]
    fn what_is_in_it_goes_and_what_a_link_leads_to_stays() {
        let elsewhere = tempfile::tempdir().unwrap();
        fs::write(elsewhere.path().join("kept"), "kept").unwrap();
        let working = Working::new("epitome-plugin-").unwrap();
        let path = working.path().to_owned();
        for name in ["a/b/c", "a/d", "1/2/3", "2"] {
            fs::create_dir_all(path.join(name)).unwrap();
            fs::write(path.join(name).join("file"), "gone").unwrap();
        }
        symlink(elsewhere.path(), path.join("a/link")).unwrap();
        fs::set_permissions(
            path.join("a/b"),
            std::os::unix::fs::PermissionsExt::from_mode(0o0),
        )
        .unwrap();
        drop(working);
        assert!(!path.exists());
        assert!(elsewhere.path().join("kept").exists());
    }
}
