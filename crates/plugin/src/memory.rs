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
    let resident: u64 = members.iter().map(|it| it.resident).sum();
    let shared: u64 = members.iter().map(|it| shared(it.pid)).sum();
    let mut files: BTreeMap<(u64, u64), u64> = BTreeMap::new();
    for process in members {
        files.extend(in_memory(process.pid));
    }

    // what is mapped of the files is resident as well
    let files: u64 = files.values().sum();
    resident.saturating_sub(shared) + shared.max(files)
}

/// Returns the resident memory of one process, in bytes. This reads one small file, while all
/// processes of a plugin require reading that of every process.
pub(super) fn of_one(pid: Pid) -> u64 {
    let pages = fs::read_to_string(processes::path(pid, "statm"))
        .ok()
        .and_then(|text| text.split(' ').nth(1)?.parse::<u64>().ok());
    pages.unwrap_or(0) * rustix::param::page_size() as u64
}

/// Returns the resident bytes of a process that are of files in memory.
fn shared(pid: Pid) -> u64 {
    let status = fs::read_to_string(processes::path(pid, "status")).unwrap_or_default();
    let line = status.lines().find_map(|it| it.strip_prefix("RssShmem:"));
    let kibibytes = line.and_then(|it| it.split_whitespace().next()?.parse::<u64>().ok());
    kibibytes.unwrap_or(0) << 10
}

/// Returns the size in bytes of each file in memory that a process has open, by its device
/// and inode.
fn in_memory(pid: Pid) -> impl Iterator<Item = ((u64, u64), u64)> {
    /// The size of the blocks in which the size of a file is stated.
    const BLOCK: u64 = 512;

    let folder = processes::path(pid, "fd");
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
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
