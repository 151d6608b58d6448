//! What a program that was killed has left: its plugins, and their working folders. They are
//! ended and removed when the next program starts a plugin. A program that ends without waiting
//! for its own plugins does the same with them.

use std::{env, fs, io, path::Path, sync::Once};

use rustix::io::Errno;

use crate::{
    group::MARK,
    sweep::{marks, sweep},
    working,
};

/// The beginning of the names of working folders.
pub(super) const PREFIX: &str = "epitome-plugin-";

/// A process, told apart from every other that has or had its number: the number, the time
/// at which it started, and the namespace that its number is of.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Owner {
    pid: u32,
    started: u64,
    namespace: u64,
}

impl Owner {
    /// Returns this process; `None` if the system does not say what is needed.
    fn this() -> Option<Self> {
        let pid = std::process::id();
        Some(Self {
            pid,
            started: started(pid).ok()?,
            namespace: namespace()?,
        })
    }

    /// Returns the owner that the name of a working folder contains.
    fn of(name: &str) -> Option<Self> {
        let mut numbers = name.strip_prefix(PREFIX)?.splitn(4, '-');
        Some(Self {
            pid: numbers.next()?.parse().ok()?,
            started: numbers.next()?.parse().ok()?,
            namespace: numbers.next()?.parse().ok()?,
        })
    }

    /// Returns whether the process has ended. Of a process of another namespace, such as that of a
    /// container, nothing is known.
    fn has_ended(&self) -> bool {
        namespace() == Some(self.namespace) && self.is_gone(&started(self.pid))
    }

    /// Returns whether `started`, what the system says of the process with this number, shows
    /// that the process has ended. If it cannot be read, as without free file descriptors, the
    /// process may live.
    fn is_gone(&self, started: &io::Result<u64>) -> bool {
        match started {
            Ok(started) => *started != self.started,
            Err(error) => [Some(Errno::NOENT), Some(Errno::SRCH)]
                .contains(&Errno::from_io_error(error)),
        }
    }
}

/// Returns the beginning of the name of a working folder of this process.
pub(super) fn prefix() -> String {
    match Owner::this() {
        Some(owner) => format!(
            "{PREFIX}{}-{}-{}-",
            owner.pid, owner.started, owner.namespace
        ),
        None => PREFIX.to_owned(),
    }
}

/// Ends and removes what processes that have ended have left, once for each process that calls
/// this.
pub(super) fn end() {
    static ONCE: Once = Once::new();
    ONCE.call_once(end_now);
}

fn end_now() {
    end_those_of(Owner::has_ended);
}

/// Kills the marked processes of this process, and removes their working folders.
pub(super) fn end_ours() {
    if let Some(this) = Owner::this() {
        end_those_of(|owner| *owner == this);
    }
}

/// Kills the marked processes of every owner that `is_meant`, and removes their working folders.
fn end_those_of(is_meant: impl Fn(&Owner) -> bool) {
    let is_meant = |name: &str| Owner::of(name).is_some_and(|owner| is_meant(&owner));
    for mark in marks(MARK) {
        if Path::new(&mark)
            .file_name()
            .is_some_and(|name| is_meant(&name.to_string_lossy()))
        {
            sweep(MARK, &mark);
        }
    }

    let Ok(entries) = fs::read_dir(env::temp_dir()) else {
        return;
    };
    for entry in entries.flatten() {
        if is_meant(&entry.file_name().to_string_lossy()) {
            let _ = working::remove(&entry.path()); // it may be of another user
        }
    }
}

/// Returns when a process started, in ticks since the machine did.
///
/// # Errors
///
/// If there is no such process or the system does not say.
fn started(pid: u32) -> io::Result<u64> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat"))?;
    // the name, the second field, is in parentheses and may contain anything; the time is the
    // 22nd field
    let after_name = stat.rsplit_once(')').map(|(_, after_name)| after_name);
    let time = after_name.and_then(|it| it.split_whitespace().nth(22 - 3));
    let time = time.and_then(|it| it.parse().ok());
    time.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidData))
}

/// Returns the namespace that numbers of processes are of.
fn namespace() -> Option<u64> {
    let link = fs::read_link("/proc/self/ns/pid").ok()?;
    let link = link.to_string_lossy();
    link.strip_prefix("pid:[")?.strip_suffix(']')?.parse().ok()
}

#[cfg(test)]
mod tests {
    use std::process::{Child, Command};

    use super::*;

    /// A process that sleeps, as a plugin with this working folder would.
    fn sleeping(folder: &Path) -> Child {
        Command::new("sleep")
            .arg("600")
            .env(MARK, folder)
            .spawn()
            .unwrap()
    }

    fn folder(owner: &Owner) -> tempfile::TempDir {
        let Owner {
            pid,
            started,
            namespace,
        } = owner;
        tempfile::Builder::new()
            .prefix(&format!("{PREFIX}{pid}-{started}-{namespace}-"))
            .tempdir()
            .unwrap()
    }

    #[test]
    fn what_an_ended_process_left_is_ended_and_removed() {
        let this = Owner::this().unwrap();
        let ended = Owner {
            started: this.started - 1, // another had the number before
            ..this.clone()
        };
        let (ours, left) = (folder(&this), folder(&ended).keep());
        fs::write(left.join("x"), "x").unwrap();
        let (mut of_ours, mut of_ended) = (sleeping(ours.path()), sleeping(&left));

        end_now();
        assert!(of_ended.wait().unwrap().code().is_none(), "it was killed");
        assert!(!left.exists());
        assert!(of_ours.try_wait().unwrap().is_none(), "ours lives");
        assert!(ours.path().exists());

        of_ours.kill().unwrap();
        of_ours.wait().unwrap();
    }

    #[test]
    fn of_another_namespace_nothing_is_known() {
        let this = Owner::this().unwrap();
        let elsewhere = Owner {
            started: 0,
            namespace: this.namespace + 1,
            ..this.clone()
        };
        assert!(!elsewhere.has_ended() && !this.has_ended());
        assert_eq!(Owner::of(&prefix()), Some(this));
        assert_eq!(Owner::of("epitome-plugin-Xy12zw"), None);
    }

    #[test]
    fn what_cannot_be_read_has_not_ended() {
        let this = Owner::this().unwrap();
        let seen = |error: Errno| this.is_gone(&Err(error.into()));
        assert!(
            seen(Errno::NOENT) && seen(Errno::SRCH),
            "there is no such process"
        );
        for error in [Errno::MFILE, Errno::NFILE, Errno::NOMEM, Errno::ACCESS] {
            assert!(!seen(error), "{error}");
        }
        assert!(!this.is_gone(&Ok(this.started)) && this.is_gone(&Ok(0)));
    }
}
