//! Vectors by a program: `--embedder NAME=plugin:PATH`.

use std::fs;

use super::{
    plugin_stories::embedder::{corpus, story},
    story::{Story, epitome},
};

const RUN: &str = "run --corpus c.jsonl --sentences 1 --system lead --system text-rank(edges=embedding,embedder=p) \
     --metric rouge-1 --embedder p=plugin:embedder.toml --name r -q";

/// The statuses of the system on vectors, document by document.
fn statuses(story: &Story) -> Vec<String> {
    let table = story.result("scores.csv");
    let rows = table.lines().filter(|line| line.contains("embedder=p"));
    rows.map(|row| row.rsplit(',').next().unwrap().to_owned())
        .collect()
}

#[test]
fn a_run_by_a_programs_vectors_is_the_same_at_any_number_of_threads() {
    let story = story(&["", "", "", "", "", ""], "");
    let rows = |jobs: usize| {
        let run = format!("{RUN} --fresh --jobs {jobs}");
        story.does(&run).succeeds();
        story.result("scores.csv")
    };
    let one = rows(1);
    assert_eq!(one, rows(4));
    let manifest = story.result("manifest.json");
    assert!(
        manifest.contains(
            "plugin:hostile-embedder,version:1.0,width:26,letters:latin,program:"
        ),
        "{manifest}"
    );
}

#[test]
fn a_text_is_asked_for_once() {
    let story = story(&["", ""], "");
    let run = RUN.replace(
        "--system lead",
        "--system pac-sum(edges=embedding,embedder=p)",
    );
    story.does(&format!("{run} --jobs 1")).succeeds();
    let log = fs::read_to_string(story.path("log")).unwrap();
    let asked = log
        .lines()
        .filter(|line| line.contains("bridge was closed"));
    assert_eq!(asked.count(), 1, "{log}");
}

#[test]
fn what_an_embedder_does_wrong_costs_its_document_and_no_other() {
    let wrong = [
        ("nan", "protocol"),
        ("huge", "number out of range"),
        ("few", "1 vectors for 2 texts"), // another document had the third
        ("narrow", "vector 0 has 25 numbers, and `width` is 26"),
        ("flat", "no answer as it must be"),
        ("nothing", "neither `vectors` nor `error`"),
        ("error", "error: this text is not for me"),
        ("hang", "timeout"),
        ("exit", "crash: it ended with exit code 3"),
    ];
    for (fault, message) in wrong {
        let story = story(&["", fault, ""], "");
        let outcome = story.does(&format!("{RUN} --jobs 1")).says(message);
        assert_eq!(outcome.code, 3, "{}", outcome.stderr);
        assert_eq!(statuses(&story), ["ok", "error", "ok"], "{fault}");
        let failures = story.result("failures.csv");
        assert!(failures.contains("the embedder `p` failed"), "{failures}");
    }
}

#[test]
fn one_that_changes_between_restarts_fails() {
    // after the crash another process is started, which says another signature
    let story = story(&["exit", "", ""], "fickle-signature = { default = true }");
    let outcome = story.does(&format!("{RUN} --jobs 1"));
    assert_eq!(outcome.code, 3, "{}", outcome.stderr);
    let failures = story.result("failures.csv");
    assert!(
        failures.contains("what it says of itself in `ready` is no longer what it was"),
        "{failures}"
    );
}

#[test]
fn an_embedder_that_is_none_is_refused_at_the_start() {
    let refused = |parameters: &str, message: &str| {
        let outcome = story(&[""], parameters).does(RUN).says(message);
        assert_eq!(outcome.code, 2, "{}", outcome.stderr);
    };
    refused(
        "no-width = { default = true }",
        "plugin `p`: its `ready`: missing field `width`",
    );
    refused(
        "zero-width = { default = true }",
        "plugin `p`: its `ready`: `width` is 0",
    );
    refused(
        "random = { default = true }",
        "an embedder has to say `\"deterministic\": true`",
    );

    let toml = "name = \"s\"\nrun = \"python3 plugin.py\"\n";
    let story = epitome().file("c.jsonl", corpus(&[""]));
    story.does("plugin new s").succeeds();
    let run = RUN.replace("plugin:embedder.toml", "plugin:s");
    story
        .file("s/plugin.toml", toml)
        .does(&run)
        .fails(
            2,
            "plugin `p`: it is a system, and was declared as an embedder",
        )
        .says("hint: `--plugin` declares a system");
}

#[test]
fn an_embedder_is_no_system() {
    story(&[""], "")
        .does("run --corpus c.jsonl --plugin embedder.toml")
        .fails(
            2,
            "plugin `hostile`: it is an embedder, and was declared as a system",
        )
        .says("hint: `--embedder NAME=plugin:PATH` declares an embedder");
}

#[test]
fn tokens_are_asked_for_where_a_metric_needs_them() {
    let run = "run --corpus c.jsonl --system lead --metric bert-score(embedder=p) \
               --embedder p=plugin:embedder.toml --name r -q";
    let with = story(&["", ""], "");
    with.does(run).succeeds();
    assert!(with.result("leaderboard.csv").contains("bert-score"));

    let without = story(&["", ""], "no-tokens = { default = true }");
    without
        .does(run)
        .says("it makes no vectors of tokens: its `does` has no `embed-tokens`");
}

#[test]
fn one_text_is_read_by_a_programs_vectors() {
    let keywords = "keywords one.txt --embedder p=plugin:embedder.toml --system key-bert(embedder=p) --limit 2";
    let fine = story(&[], "").file("one.txt", "The whale left the harbour.");
    fine.does(keywords).succeeds().writes("harbour");

    let broken = story(&[], "").file("one.txt", "The whale left the harbour FAULT:exit.");
    broken.does(keywords).fails(
        2,
        "the embedder `p` failed: crash: it ended with exit code 3",
    );
}

#[test]
fn a_new_embedder_works_and_passes_its_check() {
    let story = epitome().file("c.jsonl", corpus(&["", ""]));
    story.does("plugin new --embedder mine").succeeds().says(
        "--embedder mine=plugin:mine/plugin.toml --system 'key-bert(embedder=mine)'",
    );
    story
        .does("plugin check mine/plugin.toml")
        .succeeds()
        .writes("embed: each text alone, and beside others");
    story
        .does("run --corpus c.jsonl --embedder mine=plugin:mine --system text-rank(edges=embedding,embedder=mine) -q")
        .succeeds();
    story
        .does("plugin new --embedder --language rust other")
        .fails(2, "a metric or embedder to start from is in Python");
}

#[test]
fn the_check_finds_vectors_that_differ_between_processes() {
    let checked = story(&[], "fickle = { default = true }")
        .does("plugin check embedder.toml")
        .writes("FAILED embed: the same texts in another process");
    assert_eq!(checked.code, 3, "{}", checked.stderr);
}

#[test]
fn the_check_finds_vectors_that_depend_on_their_place() {
    let checked = story(&[], "by-place = { default = true }")
        .does("plugin check embedder.toml")
        .writes("FAILED embed: each text alone, and beside others");
    assert_eq!(checked.code, 3, "{}", checked.stderr);
}
