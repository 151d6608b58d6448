//! The memory that a process group uses, from `/proc`.

use std::fs;

use rustix::process::Pid;

/// Returns the resident memory of all processes of a group, in bytes. Pages that two of
/// them share are counted twice.
pub(super) fn of_group(group: Pid) -> u64 {
    let Ok(entries) = fs::read_dir("/proc") else {
        return 0;
    };
    entries
        .flatten()
        .filter_map(|entry| resident(&entry, group))
        .sum()
}

/// Returns the resident memory of the leader of a group alone, in bytes. This reads one
/// small file, while the whole group requires reading that of every process.
pub(super) fn of_leader(group: Pid) -> u64 {
    let path = format!("/proc/{}/statm", group.as_raw_nonzero());
    let pages = fs::read_to_string(path)
        .ok()
        .and_then(|text| text.split(' ').nth(1)?.parse::<u64>().ok());
    pages.unwrap_or(0) * rustix::param::page_size() as u64
}

/// The index of the group in `/proc/<pid>/stat`, counted after the name, which may
/// contain anything but is followed by the last `)`.
const GROUP: usize = 2;

/// The index of the resident pages in `/proc/<pid>/stat`, counted like [`GROUP`].
const RESIDENT: usize = 21;

/// Returns the resident bytes of a process if it belongs to the group.
fn resident(entry: &fs::DirEntry, group: Pid) -> Option<u64> {
    let name = entry.file_name();
    name.to_str()?.parse::<u32>().ok()?;
    let stat = fs::read_to_string(entry.path().join("stat")).ok()?;
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace();
    let found: i32 = fields.nth(GROUP)?.parse().ok()?;
    let pages: u64 = fields.nth(RESIDENT - GROUP - 1)?.parse().ok()?;
    (found == group.as_raw_nonzero().get())
        .then(|| pages * rustix::param::page_size() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_group_holds_at_least_what_we_do() {
        let group = rustix::process::getpgrp();
        let own = of_leader(rustix::process::getpid());
        assert!(own > 100_000, "{own}");
        assert!(of_group(group) > own / 2, "{}", of_group(group));
    }
}
