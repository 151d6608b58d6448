//! The memory that processes use, from `/proc`.

use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
};

use rustix::process::Pid;

use super::processes::{self, Process};

/// Returns the memory of processes in bytes. A page that two of them share is counted
/// twice, and a file in memory that one has open once if it is not mapped.
pub(super) fn of(members: &[Process]) -> u64 {
    let places: Vec<Place> = members.iter().map(|it| Place::of(it.pid)).collect();
    let resident: u64 = places.iter().map(|it| it.resident).sum();
    let shared: u64 = places.iter().map(|it| shared(&it.path)).sum();
    let files: BTreeMap<(u64, u64), u64> =
        places.iter().flat_map(|it| in_memory(&it.path)).collect();

    // what is mapped of the files is resident as well
    let files: u64 = files.values().sum();
    resident.saturating_sub(shared) + shared.max(files)
}

/// Returns the resident memory of one process, in bytes. This reads one small file, while all
/// processes of a plugin require reading that of every process.
pub(super) fn of_one(pid: Pid) -> u64 {
    Place::of(pid).resident
}

/// The folder of `/proc` that tells of the memory and the open files of a process.
struct Place {
    path: PathBuf,
    /// The resident memory in bytes.
    resident: u64,
}

impl Place {
    /// Returns the folder of a process, or that of one of its threads if the first one has
    /// ended: the process then seems to have neither memory nor files.
    fn of(pid: Pid) -> Self {
        let own = Self::at(PathBuf::from(processes::path(pid, "")));
        if own.resident > 0 {
            return own;
        }
        let threads = fs::read_dir(own.path.join("task")).into_iter().flatten();
        let mut threads = threads.flatten().map(|it| Self::at(it.path()));
        threads.find(|it| it.resident > 0).unwrap_or(own)
    }

    fn at(path: PathBuf) -> Self {
        let resident = resident(&path);
        Self { path, resident }
    }
}

/// Returns the resident memory that a folder of `/proc` tells of, in bytes.
fn resident(place: &Path) -> u64 {
    let pages = fs::read_to_string(place.join("statm"))
        .ok()
        .and_then(|text| text.split(' ').nth(1)?.parse::<u64>().ok());
    pages.unwrap_or(0) * rustix::param::page_size() as u64
}

/// Returns the resident bytes of a process that are of files in memory.
fn shared(place: &Path) -> u64 {
    let status = fs::read_to_string(place.join("status")).unwrap_or_default();
    let line = status.lines().find_map(|it| it.strip_prefix("RssShmem:"));
    let kibibytes = line.and_then(|it| it.split_whitespace().next()?.parse::<u64>().ok());
    kibibytes.unwrap_or(0) << 10
}

/// Returns the size in bytes of each file in memory that a process has open, by its device
/// and inode.
fn in_memory(place: &Path) -> impl Iterator<Item = ((u64, u64), u64)> {
    /// The size of the blocks in which the size of a file is stated.
    const BLOCK: u64 = 512;

    let entries = fs::read_dir(place.join("fd"));
    let entries = entries.into_iter().flatten().flatten();
    let is_in_memory = |link: &PathBuf| {
        let link = link.to_string_lossy();
        link.starts_with("/memfd:") || link.starts_with("/dev/shm/")
    };
    entries.filter_map(move |entry| {
        let path = entry.path();
        fs::read_link(&path).ok().filter(is_in_memory)?;
        let found = fs::metadata(Path::new(&path)).ok()?;
        Some(((found.dev(), found.ino()), found.blocks() * BLOCK))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn we_hold_at_least_what_is_resident() {
        let us = Process::read(rustix::process::getpid()).unwrap();
        let own = of_one(us.pid);
        assert!(own > 100_000, "{own}");
        assert!(of(&[us]) > own / 2, "{}", of(&[us]));
    }
}
