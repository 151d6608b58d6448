//! Processes of plugins that hide: they are ended with it, and their memory counts.

use std::{fs, path::PathBuf, time::Duration};

use epitome::plugin::{
    AskedDocument, Declaration, Fault, Isolation, Plugin, PluginOptions,
};

use crate::python::interpreter;

use super::stage::{LENGTH, document, isolation, script};

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
        let script = self.script();
        let command = format!("x={} {} {way}", interpreter(), script.display());
        let declaration = Declaration::parse(&command).unwrap();
        let mut plugins = declaration.open(&"x".parse().unwrap(), options).unwrap();
        plugins.remove(0)
    }

    /// The number of its processes.
    fn processes(&self) -> usize {
        let script = self.script().display().to_string();
        let is_its = |entry: &fs::DirEntry| {
            let line = fs::read(entry.path().join("cmdline")).unwrap_or_default();
            String::from_utf8_lossy(&line).contains(&script)
        };
        let entries = fs::read_dir("/proc").unwrap().flatten();
        entries.filter(is_its).count()
    }

    /// Whether a process of it is seen within a second.
    fn lives(&self) -> bool {
        (0..100).any(|_| {
            std::thread::sleep(Duration::from_millis(10));
            self.processes() > 0
        })
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
    if isolation() != Some(Isolation::Files) {
        return; // what then holds is said in docs/protocol.md
    }
    for way in ["daemon", "hop"] {
        for _ in 0..5 {
            let fugitive = Fugitive::new();
            let plugin = fugitive.open(way, &options());
            assert_eq!(fault(plugin.as_ref()), None);
            assert!(fugitive.lives(), "{way}");
            drop(plugin);
            assert!(!fugitive.lives(), "{way}");
        }
    }
}

#[test]
fn memory_of_what_hides_is_counted() {
    if isolation() != Some(Isolation::Files) {
        return;
    }
    let fugitive = Fugitive::new();
    let plugin = fugitive.open("daemon-eats", &options());
    assert_eq!(fault(plugin.as_ref()), Some(Fault::OutOfMemory));
}

#[test]
fn files_in_memory_are_counted() {
    for isolation in [isolation(), Some(Isolation::Off)] {
        let options = PluginOptions {
            isolation,
            ..options()
        };
        let fugitive = Fugitive::new();
        let plugin = fugitive.open("file", &options);
        assert_eq!(fault(plugin.as_ref()), Some(Fault::OutOfMemory));
    }
}
