//! The harness as a library does what the program does.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use epitome::{
    corpus,
    harness::{
        Error, ErrorKind, Listener, Quiet, Session, SessionOptions, add_metrics, open_run,
    },
    registry::Registry,
    run::{DocumentOutcome, MetricSources, Plan, Request},
};

const SYSTEMS: [&str; 2] = ["lead", "text-rank(damping=0.9)"];
const METRICS: [&str; 2] = ["rouge-1", "rouge-2"];

fn plan() -> Plan {
    let request = Request {
        systems: SYSTEMS.iter().map(|name| name.parse().unwrap()).collect(),
        metrics: METRICS.iter().map(|name| name.parse().unwrap()).collect(),
        ..Request::default()
    };
    let corpora = vec![corpus::open("sampler").unwrap()];
    request.plan(&Registry::standard(), corpora).unwrap()
}

fn open(folder: &Path) -> Result<Session, Error> {
    Session::open(
        &Registry::standard(),
        plan(),
        folder,
        SessionOptions::default(),
        &mut Quiet,
    )
}

/// Every file of a run but its manifest, which has times in it.
fn tables(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let names = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name());
    let names = names.map(|name| name.into_string().unwrap());
    let tables = names.filter(|name| name != "manifest.json" && name != ".lock");
    tables
        .map(|name| (name.clone(), fs::read(folder.join(&name)).unwrap()))
        .collect()
}

/// Checks that two folders have the same files, and names the first line that differs.
fn assert_same(found: &BTreeMap<String, Vec<u8>>, wanted: &BTreeMap<String, Vec<u8>>) {
    assert!(found.keys().eq(wanted.keys()), "{:?}", found.keys());
    for (name, bytes) in found {
        let [found, wanted] =
            [bytes, &wanted[name]].map(|it| String::from_utf8_lossy(it));
        for (at, (line, other)) in (1..).zip(found.lines().zip(wanted.lines())) {
            assert_eq!(line, other, "{name}, line {at}");
        }
        assert_eq!(found.len(), wanted.len(), "{name}");
    }
}

/// The folder of what the program makes of the same request.
fn of_the_program(results: &Path) -> PathBuf {
    let mut command = Command::new(env!("CARGO_BIN_EXE_epitome"));
    command
        .args(["run", "--quiet", "--name", "program", "--results"])
        .arg(results);
    for name in SYSTEMS {
        command.args(["--system", name]);
    }
    for name in METRICS {
        command.args(["--metric", name]);
    }
    assert!(command.output().unwrap().status.success());
    results.join("program")
}

#[test]
fn a_session_writes_the_folder_that_the_program_writes() {
    let results = tempfile::tempdir().unwrap();
    let folder = results.path().join("library");
    let finished = open(&folder).unwrap().conclude(&mut Quiet).unwrap();
    assert_eq!(
        finished.comparisons.len(),
        2 * finished.manifest.corpora.len()
    );
    assert!(
        finished
            .tables(None)
            .unwrap()
            .contains("text-rank(damping=0.9)")
    );
    assert_same(&tables(&folder), &tables(&of_the_program(results.path())));
}

#[test]
fn the_example_writes_the_folder_that_the_program_writes() {
    let results = tempfile::tempdir().unwrap();
    let folder = results.path().join("example");
    let tests = std::env::current_exe().unwrap();
    let example = tests
        .parent()
        .unwrap()
        .parent()
        .unwrap()
        .join("examples/run_from_rust");
    assert!(
        example.exists(),
        "`cargo build --example run_from_rust` first"
    );
    let output = Command::new(&example).arg(&folder).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert_same(&tables(&folder), &tables(&of_the_program(results.path())));
}

/// Stops after so many documents.
struct Impatient(usize);

impl Listener for Impatient {
    fn document(&mut self, _: &DocumentOutcome) {
        self.0 -= 1;
    }

    fn stops(&self) -> bool {
        self.0 == 0
    }
}

#[test]
fn a_session_that_its_listener_stopped_is_taken_up_again() {
    let results = tempfile::tempdir().unwrap();
    let [stopped, clean] = ["stopped", "clean"].map(|name| results.path().join(name));
    let error = open(&stopped).unwrap().run(&mut Impatient(5)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Interrupted, "{error}");
    let finished = open(&stopped).unwrap().conclude(&mut Quiet).unwrap();
    assert_eq!(finished.before, 5);
    open(&clean).unwrap().conclude(&mut Quiet).unwrap();
    assert_same(&tables(&stopped), &tables(&clean));
}

#[test]
fn a_session_that_is_stopped_while_tables_are_made_is_taken_up_again() {
    let results = tempfile::tempdir().unwrap();
    let [stopped, clean] = ["stopped", "clean"].map(|name| results.path().join(name));
    let finished = open(&clean).unwrap().conclude(&mut Quiet).unwrap();
    let all = usize::try_from(finished.documents).unwrap();

    let session = open(&stopped).unwrap();
    let error = session.conclude(&mut Impatient(all)).err().unwrap();
    assert_eq!(error.kind(), ErrorKind::Interrupted, "{error}");
    assert!(!stopped.join("comparisons.csv").exists());

    let finished = open(&stopped).unwrap().conclude(&mut Quiet).unwrap();
    assert_eq!(finished.before, finished.documents);
    assert_same(&tables(&stopped), &tables(&clean));
}

#[test]
fn a_metric_joins_a_run_without_a_system_being_run() {
    let results = tempfile::tempdir().unwrap();
    let folder = results.path().join("run");
    open(&folder).unwrap().conclude(&mut Quiet).unwrap();
    let registry = Registry::standard();
    let specs = ["rouge-l".parse().unwrap()];
    let finished = add_metrics(
        &registry,
        &folder,
        &specs,
        &MetricSources::default(),
        None,
        &mut Quiet,
    )
    .unwrap();
    let added = finished
        .leaderboard
        .rows
        .iter()
        .filter(|row| row.metric == "rouge-l");
    assert_eq!(added.count(), 2 * finished.manifest.corpora.len());
    let again = add_metrics(
        &registry,
        &folder,
        &specs,
        &MetricSources::default(),
        None,
        &mut Quiet,
    );
    assert_eq!(again.err().unwrap().kind(), ErrorKind::NothingToDo);
}

#[test]
fn tables_that_are_not_of_the_rows_are_derived_again_without_a_corpus() {
    struct Notes(Vec<String>);
    impl Listener for Notes {
        fn note(&mut self, note: &str) {
            self.0.push(note.to_owned());
        }
    }
    let results = tempfile::tempdir().unwrap();
    let folder = results.path().join("run");
    open(&folder).unwrap().conclude(&mut Quiet).unwrap();
    let before = tables(&folder);
    fs::write(folder.join("leaderboard.csv"), "of other rows").unwrap();
    let mut notes = Notes(Vec::new());
    open_run(&Registry::standard(), &folder, &mut notes).unwrap();
    assert_same(&tables(&folder), &before);
    assert!(notes.0[0].contains("derived again"), "{:?}", notes.0);
}
