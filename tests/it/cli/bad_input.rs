//! Bad input: each has a clear line of error or a stated behaviour, and an exit code.

use std::{fs, process::Stdio};

use super::story::{TWO_STORIES, epitome, only_child};

#[test]
fn a_missing_file() {
    epitome()
        .does("run --corpus nowhere.jsonl")
        .fails(2, "no file or folder `nowhere.jsonl`");
    epitome()
        .does("summarise nowhere.txt")
        .fails(2, "no file `nowhere.txt`");
    epitome()
        .does("score nowhere.jsonl --metric rouge-1")
        .fails(2, "no file `nowhere.jsonl`");
}

#[test]
fn a_folder_where_a_file_is_meant() {
    let story = epitome().file("folder/notes.md", "x");
    story
        .does("summarise folder")
        .fails(2, "folder: it is a folder, not a file");
    story
        .does("score folder --metric rouge-1")
        .fails(2, "folder: it is a folder, not a file");
    story
        .does("run --corpus folder")
        .fails(2, "folder: the folder holds no texts");
}

#[test]
fn a_broken_line_is_named_and_nothing_before_it_is_lost() {
    let story = epitome().file("broken.jsonl", format!("{TWO_STORIES}{{\"id\":"));
    story.does("run --corpus broken.jsonl").fails(
        2,
        "broken.jsonl:3: the line is not JSON: EOF while parsing a value at column 6",
    );
    let scores = story.result("scores.csv");
    assert!(scores.contains("flood") && scores.contains("whale"));
    let manifest = story.result("manifest.json");
    assert!(manifest.contains("\"complete\": false"));
}

#[test]
fn a_field_of_the_wrong_kind() {
    let story = epitome().file("w.jsonl", r#"{"id":"a","text":"x","summaries":3}"#);
    let message = "w.jsonl:1: `summaries` is a number, not a string or a list of strings";
    story.does("run --corpus w.jsonl").fails(2, message);
}

#[test]
fn an_unknown_language() {
    let story = epitome().file("l.jsonl", r#"{"id":"a","text":"x","lang":"tlh"}"#);
    story
        .does("run --corpus l.jsonl")
        .fails(2, "l.jsonl:1: no language is called `tlh`")
        .says("hint");
    story.does("run --corpus l.jsonl --lang und").fails(
        5,
        "nothing was measured: no document of l has what the metrics need: no `keyphrases` or `summaries`",
    );
}

#[test]
fn invalid_utf8() {
    let story = epitome()
        .file("bytes.txt", b"caf\xe9 au lait")
        .file("bytes.jsonl", b"{\"id\":\"a\",\"text\":\"caf\xe9\"}\n")
        .file("texts/documents/a.txt", b"caf\xe9");
    story
        .does("summarise bytes.txt")
        .fails(2, "bytes.txt: byte 4 is not UTF-8");
    story
        .does("run --corpus bytes.jsonl")
        .fails(2, "bytes.jsonl:1: byte 22 of the line is not UTF-8");
    story
        .does("run --corpus texts")
        .fails(2, "texts/documents/a.txt: byte 4 is not UTF-8");
}

#[test]
fn an_empty_file() {
    let story = epitome().file("empty.jsonl", "").file("empty.txt", "");
    story.does("run --corpus empty.jsonl").fails(
        5,
        "nothing to do: there are no documents in `empty` (empty.jsonl)",
    );
    assert_eq!(story.does("summarise empty.txt").succeeds().stdout, "");
    assert_eq!(story.does("keywords empty.txt").succeeds().stdout, "");
}

#[test]
fn a_duplicate_id() {
    let story = epitome().file("twice.jsonl", format!("{TWO_STORIES}{TWO_STORIES}"));
    let message =
        "twice.jsonl:3: the id `flood` occurs twice; each document needs its own";
    story.does("run --corpus twice.jsonl").fails(2, message);
    assert!(
        story.result("scores.csv").contains("whale"),
        "what came before is kept"
    );
}

#[test]
fn a_line_of_100_megabytes() {
    let long = format!(
        "{{\"id\":\"long\",\"text\":\"{}\"}}\n",
        "word ".repeat(20 << 20)
    );
    let story = epitome().file("long.jsonl", format!("{TWO_STORIES}{long}"));
    story
        .does("run --corpus long.jsonl")
        .fails(2, "long.jsonl:3: the line is longer than 64 MiB");
    assert!(
        story.result("scores.csv").contains("whale"),
        "what came before is kept"
    );
}

#[test]
fn an_unwritable_results_folder() {
    let story = epitome().file("results", "a file where a folder should be");
    let outcome = story.does("run");
    assert_eq!(outcome.code, 2);
    assert!(
        outcome.stderr.starts_with("error: results/sampler-"),
        "{}",
        outcome.stderr
    );
}

#[test]
fn a_reader_that_has_gone() {
    let story = epitome();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let status = std::process::Command::new(env!("CARGO_BIN_EXE_epitome"))
        .arg("list")
        .stdout(writer)
        .stderr(Stdio::null())
        .current_dir(story.path("."))
        .status()
        .unwrap();
    assert_eq!(status.code(), Some(0));
}

#[test]
fn unknown_systems_metrics_and_parameters() {
    let story = epitome();
    story
        .does("run --system textrank")
        .fails(2, "no system is called `textrank`")
        .says("hint: did you mean `text-rank`?");
    story
        .does("run --metric rouge1")
        .fails(2, "no metric is called `rouge1`");
    story
        .does("summarise x --system text-rank(dampin=1)")
        .fails(2, "`text-rank` takes no parameter `dampin`");
    story
        .does("run --system text-rank(damping=7)")
        .fails(2, "`text-rank`: `damping` is `7`, not a number from 0 to 1");
    story
        .does("run --system lead --system lead()")
        .fails(2, "`lead` is named twice");
}

#[test]
fn budgets_that_contradict() {
    let outcome = epitome().does("run --words 3 --bytes 5");
    assert_eq!(outcome.code, 2);
}

#[test]
fn two_corpora_of_one_name() {
    let story = epitome()
        .file("a/two.jsonl", TWO_STORIES)
        .file("b/two.jsonl", TWO_STORIES);
    story
        .does("run --corpus a/two.jsonl --corpus b/two.jsonl")
        .fails(2, "two corpora are called `two`")
        .says("hint");
    story
        .does("run --corpus a/two.jsonl --corpus other=b/two.jsonl")
        .succeeds();
    let folder = only_child(&story.path("results"));
    let scores = fs::read_to_string(folder.join("scores.csv")).unwrap();
    assert!(scores.contains("\nother,flood"));
}

#[test]
fn a_column_that_is_read_is_there_once() {
    let story = epitome().file("twice.csv", "text,summary,text\nA b c.,A.,B.\n");
    story
        .does("run --corpus twice.csv --system lead")
        .fails(2, "twice.csv: two columns are called `text`");
}
