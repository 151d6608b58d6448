//! What a plugin can open, signal and read of other processes.

use std::{
    fs,
    os::{
        linux::net::SocketAddrExt,
        unix::{
            fs::symlink,
            net::{SocketAddr, UnixListener},
        },
    },
    path::{Path, PathBuf},
};

use epitome::{
    plugin::{
        AskedDocument, Declaration, Isolated, Isolation, Plugin, PluginError,
        PluginOptions,
    },
    text::{Analyser, LineEnds, Segmenter, Source},
};

use crate::python::interpreter;

use super::stage::{LENGTH, isolation, keeps_signals_in, script};

/// The folder of a plugin, in a folder with what is none of its business.
struct Place {
    top: tempfile::TempDir,
    options: PluginOptions,
}

/// What a refused file comes to.
const REFUSED: &str = "EACCES";

impl Place {
    /// Makes the place of a plugin whose declaration has these lines too.
    fn new(more: &str) -> Self {
        let top = tempfile::tempdir().unwrap();
        let place = Self {
            options: PluginOptions::default(),
            top,
        };
        let files = [
            ("secret.jsonl", "the references"),
            ("model/words", "a model"),
            ("mine/model.bin", "its own"),
            ("mine/beside.py", "x = 1"),
            ("mine/data/corpus.jsonl", "the references"),
            ("mine/data/words", "its own"),
            ("mine/results/a/scores.csv", "rows"),
        ];
        for (path, text) in files {
            let path = place.path(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        fs::copy(script("intruder.py"), place.path("mine/intruder.py")).unwrap();
        let toml = format!(
            "name = \"intruder\"\nrun = [\"{}\", \"intruder.py\"]\n{more}\n",
            interpreter()
        );
        fs::write(place.path("mine/plugin.toml"), toml).unwrap();
        place
    }

    fn path(&self, path: &str) -> PathBuf {
        self.top.path().join(path)
    }

    fn open(&self) -> Result<Box<dyn Plugin>, PluginError> {
        let declaration = Declaration::read(&self.path("mine/plugin.toml")).unwrap();
        let spec = "intruder".parse().unwrap();
        Ok(declaration.open(&spec, &self.options)?.remove(0))
    }

    /// What becomes of these attempts; `{top}` is the place.
    fn tries(&self, attempts: &[&str]) -> Vec<String> {
        let message = self.message(attempts);
        let end = message.find(']').unwrap();
        serde_json::from_str(&message[..=end]).unwrap()
    }

    /// What the plugin says of these attempts.
    fn message(&self, attempts: &[&str]) -> String {
        let lines = attempts.iter().map(|it| format!("TRY {it}\n"));
        let text = lines
            .collect::<String>()
            .replace("{top}", &self.top.path().display().to_string());
        let document = Analyser::default().analyse(Source {
            id: "a",
            title: "",
            text: &text,
            language: "en".parse().unwrap(),
            segmenter: Segmenter::Lines,
            line_ends: LineEnds::Auto,
        });
        let plugin = self.open().unwrap();
        let answered = plugin.work(&[AskedDocument::from(&document)], LENGTH);
        answered[0].result.as_ref().unwrap_err().message.clone()
    }
}

#[test]
fn it_reads_the_system_and_its_own_folder_and_writes_its_working_folder() {
    let place = Place::new("");
    let found = place.tries(&[
        "read /etc/passwd",
        "list /usr/lib",
        "start /bin/ls",
        "read {top}/mine/model.bin",
        "list {top}/mine/data",
        "import beside",
        "import json.tool",
        "write new.txt",
        "make folder",
        "remove new.txt",
        "write /dev/null",
    ]);
    assert_eq!(found, ["ok"; 11]);
}

#[test]
fn it_opens_nothing_else() {
    let place = Place::new("");
    if isolation().is_none() {
        return;
    }
    symlink(place.path("secret.jsonl"), place.path("mine/link")).unwrap();
    let found = place.tries(&[
        "read {top}/secret.jsonl",
        "read {top}/mine/link",
        "list {top}",
        "write {top}/secret.jsonl",
        "truncate {top}/secret.jsonl",
        "remove {top}/secret.jsonl",
        "make {top}/folder",
        "write {top}/mine/model.bin",
        "write {top}/mine/new",
        "write /dev/shm/epitome-test",
    ]);
    assert_eq!(found, [REFUSED; 10]);
    let linked = place.tries(&["link {top}/secret.jsonl"]);
    assert_ne!(linked, ["ok"]);
    let secret = fs::read_to_string(place.path("secret.jsonl")).unwrap();
    assert_eq!(secret, "the references");
}

#[test]
fn corpora_and_results_are_hidden_even_in_its_own_folder() {
    let mut place = Place::new("read = [\"data\", \"..\"]");
    if isolation().is_none() {
        return;
    }
    place.options.hidden = vec![
        place.path("mine/data/corpus.jsonl"),
        place.path("mine/results"),
        place.path("mine/not/there/yet"),
    ];
    let found = place.tries(&[
        "read {top}/mine/data/corpus.jsonl",
        "read {top}/mine/results/a/scores.csv",
        "list {top}/mine/results/a",
    ]);
    assert_eq!(found[..2], [REFUSED; 2]);
    let found = place.tries(&[
        "read {top}/mine/data/words",
        "read {top}/mine/model.bin",
        "list {top}/mine",
        "import beside",
        "read {top}/secret.jsonl",
    ]);
    assert_eq!(found, ["ok"; 5], "what is not hidden may be declared");
}

#[test]
fn its_declaration_names_more_to_read_and_to_write() {
    let place = Place::new("read = [\"../secret.jsonl\"]\nwrite = [\"../model\"]");
    let found = place.tries(&[
        "read {top}/secret.jsonl",
        "read {top}/model/words",
        "write {top}/model/words",
        "write {top}/model/new",
    ]);
    assert_eq!(found, ["ok"; 4]);
    if isolation().is_some() {
        assert_eq!(place.tries(&["write {top}/secret.jsonl"]), [REFUSED]);
    }
}

#[test]
fn a_declared_path_must_exist_and_not_be_empty() {
    let place = Place::new("write = [\"no-such-folder\"]");
    if isolation().is_some() {
        let error = place.open().err().unwrap().to_string();
        assert!(
            error.contains("`write` names") && error.contains("no-such-folder"),
            "{error}"
        );
    }
    let place = Place::new("read = [\"\"]");
    let error = Declaration::read(&place.path("mine/plugin.toml")).unwrap_err();
    assert!(
        error.to_string().contains("`read` has an empty path"),
        "{error}"
    );
}

#[test]
fn files_that_the_answers_depend_on_may_be_read() {
    let place = Place::new("files = [\"../model\"]");
    assert_eq!(place.tries(&["read {top}/model/words"]), ["ok"]);
}

#[test]
fn no_isolation_is_asked_for_by_name() {
    let mut place = Place::new("");
    place.options.isolation = Some(Isolation::Off);
    assert_eq!(place.tries(&["read {top}/secret.jsonl"]), ["ok"]);
    let origin = place.open().unwrap().origin();
    assert_eq!(origin.isolation, Some(Isolated::Off));
}

#[test]
fn a_sandbox_takes_the_place_of_isolation_unless_both_are_asked_for() {
    let mut place = Place::new("");
    place.options.sandbox = Some("env A=B".to_owned());
    assert_eq!(place.tries(&["read {top}/secret.jsonl"]), ["ok"]);
    assert_eq!(
        place.open().unwrap().origin().isolation,
        Some(Isolated::BySandbox)
    );
    if isolation().is_some() {
        place.options.isolation = Some(Isolation::Files);
        assert_eq!(place.tries(&["read {top}/secret.jsonl"]), [REFUSED]);
    }
}

#[test]
fn a_refused_file_is_explained() {
    let place = Place::new("");
    if isolation().is_none() {
        return;
    }
    let message = place.message(&["read {top}/secret.jsonl"]);
    assert!(
        message.contains("`read` and `write` in plugin.toml let it open more files"),
        "{message}"
    );
    let place = Place::new("");
    let code = "open('../secret.jsonl')";
    fs::write(
        place.path("mine/intruder.py"),
        format!(
            "import os\nos.chdir('{}')\n{code}",
            place.path("mine").display()
        ),
    )
    .unwrap();
    let error = place.open().err().unwrap().to_string();
    assert!(
        error.contains("`read` and `write` in plugin.toml"),
        "{error}"
    );
}

#[test]
fn it_reads_nothing_of_our_process_and_sends_it_no_signal() {
    if isolation().is_none() {
        return;
    }
    let place = Place::new("");
    let us = std::process::id();
    let in_proc = |file: &str| format!("/proc/{us}/{file}");
    let found = place.tries(&[
        &format!("read {}", in_proc("environ")),
        &format!("read {}", in_proc("mem")),
        &format!("read {}", in_proc("maps")),
        &format!("read {}", in_proc("fd/0")),
        &format!("read {}", in_proc("root/etc/passwd")),
    ]);
    for outcome in &found {
        assert!(["EACCES", "EPERM"].contains(&outcome.as_str()), "{found:?}");
    }
    if keeps_signals_in() {
        let name = format!("epitome-test-{us}");
        let address = SocketAddr::from_abstract_name(&name).unwrap();
        let _listener = UnixListener::bind_addr(&address).unwrap();
        let found = place.tries(&[&format!("signal {us}"), &format!("connect {name}")]);
        assert_eq!(found, ["EPERM"; 2]);
    }
}

/// A process of ours that hides nothing, as one has that uses the library: without isolation a
/// plugin of the same user reads it.
#[test]
fn a_plugin_of_a_library_reads_its_process_if_it_is_not_isolated() {
    let mut place = Place::new("");
    place.options.isolation = Some(Isolation::Off);
    let us = std::process::id();
    let found = place.tries(&[
        &format!("read /proc/{us}/environ"),
        &format!("signal {us}"),
        &format!("limit {us}"),
    ]);
    assert_eq!(found, ["ok"; 3]);
}

#[test]
fn the_version_command_is_isolated_and_the_build_is_not() {
    let place = Place::new(
        "build = [\"sh\", \"-c\", \"cat ../secret.jsonl > built\"]\nversion = [\"sh\", \"-c\", \"cat ../secret.jsonl\"]",
    );
    if isolation().is_none() {
        return;
    }
    let error = place.open().err().unwrap().to_string();
    assert!(error.contains("its `version` command failed"), "{error}");
    assert!(
        error.contains("`read` and `write` in plugin.toml"),
        "{error}"
    );
    let built = fs::read_to_string(Path::new(&place.path("mine/built"))).unwrap();
    assert_eq!(built, "the references");
}
