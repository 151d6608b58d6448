//! Documents, plugins and a look at the processes of the machine.

use std::{
    env, fs,
    io::{self, Write},
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use epitome::{
    plugin::{
        Answer, Answered, AskedDocument, Declaration, Fault, Isolated, Isolation, Length,
        Plugin, PluginError, PluginOptions,
    },
    rank::Budget,
    text::{Analyser, Document, Language, LineEnds, Segmenter, Source},
};

use crate::python::interpreter;

/// The length that everything is asked for.
pub(crate) const LENGTH: Length = Length {
    budget: Budget::Sentences(2),
    limit: 5,
};

/// A document with a fault, or none for `""`.
pub(crate) fn document(fault: &str, at: usize) -> Document {
    let command = if fault.is_empty() {
        String::new()
    } else {
        format!("FAULT:{fault}.\n")
    };
    let text = format!(
        "River {at} rose overnight.\nThe council closed bridge {at}.\n{command}Shops stayed shut.\n"
    );
    let language: Language = "en".parse().unwrap();
    let source = Source {
        id: &format!("d{at}"),
        title: "",
        text: &text,
        language,
        segmenter: Segmenter::Lines,
        line_ends: LineEnds::Auto,
    };
    Analyser::default().analyse(source)
}

/// The hostile plugin in Python, which starts without looking for packages.
pub(crate) fn python() -> String {
    format!("{} -S {}", interpreter(), script("hostile.py"))
}

/// A file beside this one.
pub(crate) fn script(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/plugins");
    folder.join(name).display().to_string()
}

/// The one in Rust, which `cargo test` builds among the examples.
pub(crate) fn rust() -> String {
    let tests = std::env::current_exe().unwrap();
    let path: PathBuf = tests
        .parent()
        .unwrap()
        .parent()
        .unwrap()
        .join("examples/hostile_plugin");
    assert!(
        path.exists(),
        "`cargo build --example hostile_plugin` first"
    );
    path.display().to_string()
}

/// A plugin on trial: with a mark in the environment of all its processes.
pub(crate) struct Trial {
    plugin: Option<Box<dyn Plugin>>,
    mark: String,
}

pub(crate) fn options() -> PluginOptions {
    PluginOptions {
        answer: Some(Duration::from_secs(20)),
        memory: Some("48 MiB".to_owned()),
        grace: Some(Duration::from_millis(200)),
        ..PluginOptions::default()
    }
}

/// Whether this machine has what a test needs. CI names in `EPITOME_CI_NEEDS` what it has, and
/// there its lack is a failure; elsewhere standard error says that the test is skipped, whole or in part.
pub(crate) fn has(what: &str, is_there: bool) -> bool {
    let promised = env::var("EPITOME_CI_NEEDS").unwrap_or_default();
    let is_promised = promised.split(',').any(|it| it == what);
    assert!(
        is_there || !is_promised,
        "EPITOME_CI_NEEDS names {what}, and it is not there"
    );
    if !is_there {
        // what is printed by a macro is kept from the reader if the test passes
        let test = std::thread::current();
        let test = test.name().unwrap_or_default();
        let _ = writeln!(
            io::stderr(),
            "{test}: no {what} here, so that it tests less or nothing"
        );
    }
    is_there
}

/// What plugins are kept from where they have no sandbox and nobody asks for less.
pub(crate) fn isolated() -> Isolated {
    let declaration = Declaration::parse("x=true").unwrap();
    let isolated = declaration.isolation(&PluginOptions::default());
    isolated.unwrap().unwrap()
}

/// The isolation that plugins have where they have no sandbox; `None` if the kernel cannot
/// isolate them, which CI must.
pub(crate) fn isolation() -> Option<Isolation> {
    has("landlock", isolated().is_of_files()).then_some(Isolation::Files)
}

/// Whether signals and abstract sockets are kept in too, and so all processes of a plugin are
/// known.
pub(crate) fn keeps_signals_in() -> bool {
    let isolated = isolated();
    let keeps =
        matches!(isolated, Isolated::Files(version) if version >= Isolated::WITH_SIGNALS);
    has("landlock", keeps)
}

/// As [`options`], with a deadline short enough to be waited for.
pub(crate) fn hasty() -> PluginOptions {
    PluginOptions {
        answer: Some(Duration::from_secs(3)),
        ..options()
    }
}

impl Trial {
    pub(crate) fn open(command: &str, spec: &str) -> Result<Self, PluginError> {
        Self::open_with(command, spec, options())
    }

    pub(crate) fn open_with(
        command: &str,
        spec: &str,
        options: PluginOptions,
    ) -> Result<Self, PluginError> {
        static TRIALS: AtomicUsize = AtomicUsize::new(0);
        let trial = TRIALS.fetch_add(1, Ordering::SeqCst);
        let mark = format!("EPITOME_TRIAL={}-{trial}-", std::process::id());
        let options = PluginOptions {
            sandbox: Some(format!("env {mark}")),
            ..options
        };
        let declaration = Declaration::parse(&format!("hostile={command}")).unwrap();
        let plugins = declaration.open(&spec.parse().unwrap(), &options)?;
        Ok(Self {
            plugin: plugins.into_iter().next(),
            mark,
        })
    }

    /// What becomes of documents with these faults.
    pub(crate) fn ask(&self, faults: &[&str]) -> Vec<Answered> {
        let documents: Vec<Document> = faults
            .iter()
            .enumerate()
            .map(|(at, fault)| document(fault, at))
            .collect();
        let questions: Vec<_> = documents.iter().map(AskedDocument::from).collect();
        self.plugin.as_ref().unwrap().work(&questions, LENGTH)
    }

    /// Ends the plugin; nothing of it may be left.
    pub(crate) fn end(mut self) {
        self.plugin = None;
        self.leaves_nothing();
    }

    pub(crate) fn leaves_nothing(&self) {
        let survivors = survivors(&self.mark);
        assert!(survivors.is_empty(), "{survivors:?}");
    }
}

/// The processes that have `mark` in their environment. One that was killed may take a
/// moment to be gone.
fn survivors(mark: &str) -> Vec<String> {
    let look = || -> Vec<String> {
        let has_mark = |environment: &[u8]| {
            environment
                .split(|&byte| byte == 0)
                .any(|it| it == mark.as_bytes())
        };
        fs::read_dir("/proc")
            .unwrap()
            .flatten()
            .filter(|entry| {
                fs::read(entry.path().join("environ")).is_ok_and(|e| has_mark(&e))
            })
            .map(|entry| {
                fs::read_to_string(entry.path().join("cmdline")).unwrap_or_default()
            })
            .collect()
    };
    for _ in 0..50 {
        if look().is_empty() {
            return Vec::new();
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    look()
}

/// `ok` with its picks, or the name of the fault.
pub(crate) fn in_short(answered: &Answered) -> String {
    match &answered.result {
        Ok(Answer::Picks(selection)) => format!("ok {:?}", selection.picks),
        Ok(other) => format!("{other:?}"),
        Err(failure) => failure.fault.name().to_owned(),
    }
}

/// What the honest answer looks like.
pub(crate) const HONEST: &str = "ok [0, 1]";

/// The row that a fault brings.
pub(crate) fn row_of(fault: &str) -> &'static str {
    let fault = match fault {
        "" | "flood-stderr" | "grandchild" | "nest" | "slow" | "in-pieces"
        | "windows-line-end" | "unknown-field" | "litter" | "remove-folder"
        | "lock-folder" | "many-grandchildren" => return HONEST,
        "hang"
        | "close-stdin"
        | "half-a-line"
        | "drip"
        | "grandchild-and-hang"
        | "ignore-sigterm"
        | "join-our-group"
        | "stop"
        | "become-another"
        | "traced"
        | "traced-by-a-stranger" => Fault::Timeout,
        "exit"
        | "exit-3"
        | "segv"
        | "kill"
        | "answer-and-die"
        | "grandchild-and-exit"
        | "daemon-and-exit"
        | "flee-and-exit"
        | "close-stdout-and-go"
        | "exit-255"
        | "abort"
        | "term"
        | "grandchild-and-segv" => Fault::Crash,
        "eat-memory" | "grandchild-eats-memory" => Fault::OutOfMemory,
        "error" | "long-error" => Fault::Error,
        _ => Fault::Protocol,
    };
    fault.name()
}
