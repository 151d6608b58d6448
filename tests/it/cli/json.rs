//! `--json`: one envelope, whatever the command.

use std::{collections::BTreeSet, fs, path::Path};

use serde_json::Value;

use super::dictionary::dictionary;
use super::story::{TWO_STORIES, epitome};

/// The commands that answer in JSON, each with a list or a value of its data.
const COMMANDS: [(&str, &str, &str); 25] = [
    ("list", "list text-rank", "entries"),
    ("explain", "explain rouge-1", "fields"),
    ("inspect", "inspect a.txt", "sentences"),
    ("summarise", "summarise a.txt --system lead", "picks"),
    ("keywords", "keywords a.txt --system tf", "keyphrases"),
    ("compare", "compare r tail lead", "comparisons"),
    ("report", "report r", "tables"),
    ("score", "score p.jsonl --metric rouge-1", "scores"),
    (
        "score",
        "score p.jsonl --metric rouge-1 --per-document",
        "documents",
    ),
    (
        "judge",
        "judge j.jsonl --metric rouge-1 --resamples 9 --name j",
        "agreements",
    ),
    ("corpus list", "corpus list", "corpora"),
    ("corpus show", "corpus show inspec", "manifest"),
    ("corpus formats", "corpus formats", "formats"),
    ("corpus stats", "corpus stats c.jsonl", "corpora"),
    ("corpus verify", "corpus verify mine", "splits"),
    ("runs list", "runs list", "runs"),
    ("runs show", "runs show r", "systems"),
    ("show", "show r flood tail lead", "systems"),
    ("worst", "worst r tail lead", "documents"),
    ("tune", "tune t.toml", "rows"),
    ("verify", "verify r", "runs"),
    ("record", "record r --into h", "records"),
    ("history", "history h", "series"),
    ("site", "site results", "files"),
    ("cache verify", "cache verify", "metrics"),
];

const PAIRS: &str = "{\"id\":\"a\",\"candidate\":\"a b\",\"references\":[\"a\"]}\n";

const JUDGEMENTS: &str = r#"{"doc_id":"flood","system":"good","summary":"the river rose two metres","references":["the river rose two metres"],"relevance":5}
{"doc_id":"flood","system":"fair","summary":"the river rose","references":["the river rose two metres"],"relevance":3}
"#;

pub(super) const TUNE: &str = "systems = ['text-rank(damping=0.5|0.85)']\nmetrics = ['rouge-1']\nresamples = 9\n[corpora]\nm = 'm.jsonl'\n";

/// Enough documents for two parts.
pub(super) fn many() -> String {
    let line = |at: usize| {
        format!(
            r#"{{"id":"d{at}","text":"River {at} rose. Boats {at} left.","summaries":["River {at} rose."]}}"#
        )
    };
    (0..60).map(|at| line(at) + "\n").collect()
}

#[test]
fn every_command_that_reads_answers_in_one_envelope() {
    let story = epitome()
        .file("a.txt", "The river rose. The bridge closed.")
        .file("c.jsonl", TWO_STORIES)
        .file("p.jsonl", PAIRS)
        .file("j.jsonl", JUDGEMENTS)
        .file("m.jsonl", many())
        .file("t.toml", TUNE);
    let run = "--corpus c.jsonl --system lead --system tail --metric rouge-1 --quiet";
    story.does(&format!("run {run} --name r")).succeeds();
    story.does("corpus add mine c.jsonl").succeeds();
    let plugin = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/plugins");
    let plugin = format!("m=python3 {}/hostile_metric.py", plugin.display());
    story
        .does_words(&["score", "p.jsonl", "--metric-plugin", &plugin])
        .succeeds();

    let dry = format!("run {run} --dry-run");
    let all = COMMANDS
        .iter()
        .copied()
        .chain([("run", dry.as_str(), "systems")]);
    for (name, command, member) in all {
        let outcome = story.does(&format!("{command} --json")).succeeds();
        let answer: Value = serde_json::from_str(&outcome.stdout).unwrap();
        assert_eq!(answer["command"], name, "{command}");
        let found = &outcome.data()[member];
        let is_empty = found.as_array().is_some_and(Vec::is_empty);
        assert!(!found.is_null() && !is_empty, "{command}: {answer}");
    }

    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/results.md");
    let page = dictionary(&fs::read_to_string(page).unwrap());
    let documented: BTreeSet<&str> =
        page["Answers in JSON"].iter().map(String::as_str).collect();
    let known = COMMANDS.iter().map(|(name, _, _)| *name).chain(["run"]);
    assert_eq!(documented, known.collect());

    story
        .does(&format!("run {run} --json"))
        .fails(2, "the following required arguments were not provided:");
}

#[test]
fn the_scores_before_an_error_are_a_whole_answer() {
    let pairs = format!("{PAIRS}{PAIRS}nothing\n");
    let outcome = epitome()
        .file("p.jsonl", pairs)
        .does("score p.jsonl --metric rouge-1 --per-document --json");
    assert_eq!(outcome.code, 2);
    assert_eq!(outcome.data()["documents"].as_array().unwrap().len(), 2);
}
