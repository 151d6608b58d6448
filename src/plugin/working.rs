//! The folder that a plugin works in, and its removal, whatever a plugin has put there.

use std::{
    ffi::CString,
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use rustix::{
    fd::{AsFd, OwnedFd},
    fs::{
        AtFlags, CWD, Dir, FileType, Mode, OFlags, chmodat, openat, renameat, statat,
        unlinkat,
    },
    io::Errno,
};
use tempfile::TempDir;

use crate::clock::now;

/// A new folder that is removed when dropped.
#[derive(Debug)]
pub(super) struct Working {
    path: PathBuf,
}

impl Working {
    pub(super) fn new() -> io::Result<Self> {
        let folder = tempfile::Builder::new().prefix("epitome-plugin-").tempdir()?;
        Ok(Self { path: TempDir::keep(folder) })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Working {
    fn drop(&mut self) {
        let _ = remove(&self.path); // what is left is in the folder for temporary files
    }
}

/// A survivor that goes on writing does not keep us longer.
const LONGEST: Duration = Duration::from_secs(30);

/// Removes a folder of any depth. Folders in it that hold something are moved up to it, so
/// that no more than two are open at a time and nothing recurs.
fn remove(path: &Path) -> rustix::io::Result<()> {
    let top = open(CWD, path)?;
    let deadline = now() + LONGEST;
    let mut moved = 0_u64;
    let mut left = clear(&top)?;
    while let Some(name) = left.pop() {
        if now() > deadline {
            break;
        }
        let folder = open_anyway(&top, &name)?;
        left.extend(lift(&folder, &top, &mut moved)?);
        match unlinkat(&top, &name, AtFlags::REMOVEDIR) {
            Err(Errno::NOTEMPTY | Errno::EXIST) => left.push(name), // written to meanwhile
            other => other?,
        }
    }
    unlinkat(CWD, path, AtFlags::REMOVEDIR)
}

/// Moves the folders in `folder` up to `top` and removes all else in it; their new names.
fn lift(
    folder: &OwnedFd,
    top: &OwnedFd,
    moved: &mut u64,
) -> rustix::io::Result<Vec<CString>> {
    let mut names = Vec::new();
    for below in clear(folder)? {
        loop {
            *moved += 1;
            let name = CString::new(moved.to_string()).expect("digits hold no zero byte");
            match renameat(folder, &below, top, &name) {
                Ok(()) => break names.push(name),
                // something has that name already
                Err(Errno::NOTEMPTY | Errno::EXIST | Errno::NOTDIR) => {}
                // a folder that may not be written cannot be moved
                Err(Errno::ACCESS) => {
                    chmodat(folder, &below, Mode::RWXU, AtFlags::empty())?;
                }
                Err(error) => return Err(error),
            }
        }
    }
    Ok(names)
}

/// Opens a folder in another, for all its mode says.
fn open_anyway(top: &OwnedFd, name: &CString) -> rustix::io::Result<OwnedFd> {
    chmodat(top, name, Mode::RWXU, AtFlags::empty())?;
    open(top, name)
}

/// Removes what is in a folder but the folders that hold something, whose names it returns.
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
        let flags = if is_folder { AtFlags::REMOVEDIR } else { AtFlags::empty() };
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

    /// Folders in folders, deeper than any path may be long.
    fn nest(path: &Path, depth: usize) {
        let mut folder = open(CWD, path).unwrap();
        for _ in 0..depth {
            rustix::fs::mkdirat(&folder, "deeper", Mode::RWXU).unwrap();
            folder = open(&folder, "deeper").unwrap();
        }
    }

    #[test]
    fn a_folder_of_any_depth_is_removed_on_a_small_stack() {
        let working = Working::new().unwrap();
        let path = working.path().to_owned();
        nest(&path, 15_000);
        let small = std::thread::Builder::new().stack_size(64 << 10);
        small.spawn(move || drop(working)).unwrap().join().unwrap();
        assert!(!path.exists());
    }

    #[test]
    fn what_is_in_it_goes_and_what_a_link_leads_to_stays() {
        let elsewhere = tempfile::tempdir().unwrap();
        fs::write(elsewhere.path().join("kept"), "kept").unwrap();
        let working = Working::new().unwrap();
        let path = working.path().to_owned();
        for name in ["a/b/c", "a/d", "1/2/3", "2"] {
            fs::create_dir_all(path.join(name)).unwrap();
            fs::write(path.join(name).join("file"), "gone").unwrap();
        }
        symlink(elsewhere.path(), path.join("a/link")).unwrap();
        fs::set_permissions(
            path.join("a/b"),
            std::os::unix::fs::PermissionsExt::from_mode(0),
        )
        .unwrap();
        drop(working);
        assert!(!path.exists());
        assert!(elsewhere.path().join("kept").exists());
    }
}
