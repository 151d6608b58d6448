//! Processes of plugins that hide: they are ended with it, and their memory counts.

use std::{fs, path::PathBuf, time::Duration};

use epitome::plugin::{
    AskedDocument, Declaration, Fault, Isolation, Plugin, PluginOptions,
};

use rustix::process::{Pid, Signal, kill_process};

use crate::python::interpreter;

use super::stage::{LENGTH, document, isolation, keeps_signals_in, script};

/// A copy of the fugitive, whose processes are known by its path.
struct Fugitive {
    folder: tempfile::TempDir,
}

impl Fugitive {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::copy(script("fugitive.py"), folder.path().join("fugitive.py")).unwrap();
        Self { folder }
    }

    fn script(&self) -> PathBuf {
        self.folder.path().join("fugitive.py")
    }

    fn open(&self, way: &str, options: &PluginOptions) -> Box<dyn Plugin> {
        let toml = format!(
            "name = \"x\"\nrun = [\"{}\", \"fugitive.py\", \"{way}\"]\nwrite = [\"/dev/shm\"]\n",
            interpreter()
        );
        let file = self.folder.path().join("plugin.toml");
        fs::write(&file, toml).unwrap();
        let declaration = Declaration::read(&file).unwrap();
        let mut plugins = declaration.open(&"x".parse().unwrap(), options).unwrap();
        plugins.remove(0)
    }

    /// Its processes.
    fn processes(&self) -> Vec<Pid> {
        let script = self.script().display().to_string();
        let is_its = |entry: &fs::DirEntry| {
            let line = fs::read(entry.path().join("cmdline")).unwrap_or_default();
            String::from_utf8_lossy(&line).contains(&script)
        };
        let entries = fs::read_dir("/proc").unwrap().flatten().filter(is_its);
        entries
            .filter_map(|it| Pid::from_raw(it.file_name().to_str()?.parse().ok()?))
            .collect()
    }

    /// Whether a process of it is seen within a second.
    fn lives(&self) -> bool {
        (0..100).any(|_| {
            std::thread::sleep(Duration::from_millis(10));
            !self.processes().is_empty()
        })
    }

    /// Whether no process of it is seen for half a second: what was killed may take a moment to
    /// end on a machine that has other things to do, and what was not is seen for ever.
    fn is_gone(&self) -> bool {
        let mut unseen = 0;
        for _ in 0..1_000 {
            std::thread::sleep(Duration::from_millis(10));
            unseen = match self.processes().is_empty() {
                true => unseen + 1,
                false => 0,
            };
            if unseen == 50 {
                return true;
            }
        }
        false
    }
}

fn options() -> PluginOptions {
    PluginOptions {
        answer: Some(Duration::from_secs(20)),
        grace: Some(Duration::from_millis(200)),
        memory: Some("100 MiB".to_owned()),
        isolation: isolation(),
        ..PluginOptions::default()
    }
}

/// The fault of the only document.
fn fault(plugin: &dyn Plugin) -> Option<Fault> {
    let document = document("", 0);
    let answered = plugin.work(&[AskedDocument::from(&document)], LENGTH);
    answered[0]
        .result
        .as_ref()
        .err()
        .map(|failure| failure.fault)
}

#[test]
fn nothing_that_hides_outlives_its_plugin() {
    if !keeps_signals_in() {
        return; // what then holds is said in docs/protocol.md
    }
    for way in ["daemon", "hop"] {
        for _ in 0..5 {
            let fugitive = Fugitive::new();
            let plugin = fugitive.open(way, &options());
            assert_eq!(fault(plugin.as_ref()), None);
            assert!(fugitive.lives(), "{way}");
            drop(plugin);
            assert!(fugitive.is_gone(), "{way}");
        }
    }
}

#[test]
fn memory_of_what_hides_is_counted() {
    if !keeps_signals_in() {
        return;
    }
    let fugitive = Fugitive::new();
    let plugin = fugitive.open("daemon-eats", &options());
    assert_eq!(fault(plugin.as_ref()), Some(Fault::OutOfMemory));
    assert!(fugitive.is_gone());
}

#[test]
fn memory_of_a_child_in_another_session_is_counted_without_isolation_too() {
    for isolation in [isolation(), Some(Isolation::Off)] {
        let options = PluginOptions {
            isolation,
            ..options()
        };
        let fugitive = Fugitive::new();
        let plugin = fugitive.open("child-holds", &options);
        assert_eq!(fault(plugin.as_ref()), Some(Fault::OutOfMemory));
        assert!(fugitive.is_gone());
    }
}

#[test]
fn without_isolation_a_library_neither_counts_nor_ends_what_hides() {
    let options = PluginOptions {
        isolation: Some(Isolation::Off),
        ..options()
    };
    let fugitive = Fugitive::new();
    let plugin = fugitive.open("daemon-holds", &options);
    assert_eq!(fault(plugin.as_ref()), None);
    drop(plugin);
    let left = fugitive.processes();
    for pid in &left {
        let _ = kill_process(*pid, Signal::KILL);
    }
    assert_eq!(left.len(), 1, "as docs/protocol.md says");
}

/// Checks that a plugin that takes memory in one of these ways is ended with all its processes,
/// isolated or not.
fn check_counted(ways: [&str; 2]) {
    for way in ways {
        for isolation in [isolation(), Some(Isolation::Off)] {
            let options = PluginOptions {
                isolation,
                ..options()
            };
            let fugitive = Fugitive::new();
            let plugin = fugitive.open(way, &options);
            assert_eq!(fault(plugin.as_ref()), Some(Fault::OutOfMemory), "{way}");
            assert!(fugitive.is_gone(), "{way}");
        }
    }
}

#[test]
fn files_in_memory_are_counted() {
    check_counted(["file", "file-without-name"]);
}

#[test]
fn memory_is_counted_if_the_first_thread_has_ended() {
    check_counted(["thread-holds", "thread-holds-file"]);
}
