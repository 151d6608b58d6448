//! `docs/results.md` is a dictionary of everything that commands write into a folder.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use serde_json::Value;

use super::json::{TUNE, many};
use super::story::{Story, epitome};

/// A document with several references and keyphrases, one with a single reference, a cluster
/// of two documents, and one that metrics of ASCII words do not read.
const CORPUS: &str = r#"{"id":"flood","title":"River floods town","lang":"en","text":"The river rose two metres overnight. The town council closed the old stone bridge. Shops along the river stayed shut.\n\nThe river should fall by Friday.","summaries":["The river rose two metres.","The old stone bridge is closed."],"keyphrases":["river","stone bridge"]}
{"id":"whale","lang":"en","text":"A whale swam into the harbour on Monday. Crowds lined the harbour wall. Biologists said the whale was young and healthy.","summaries":["A young whale visited the harbour."],"keyphrases":["whale","harbour wall"]}
{"id":"cluster","lang":"en","documents":["The river rose. Shops shut.","The bridge closed."],"summaries":["The river rose.","The bridge closed."],"keyphrases":["river"]}
{"id":"ru","lang":"ru","text":"Река поднялась. Мост закрыт.","summaries":["Река поднялась."],"keyphrases":["мост"]}
"#;

const JUDGEMENTS: &str = r#"{"doc_id":"flood","system":"good","summary":"the river rose two metres","references":["the river rose two metres"],"relevance":5}
{"doc_id":"flood","system":"fair","summary":"the river rose","references":["the river rose two metres"],"relevance":3}
{"doc_id":"whale","system":"good","summary":"a young whale left","references":["a young whale left"],"relevance":4}
{"doc_id":"whale","system":"fair","summary":"a whale","references":["a young whale left"],"relevance":3.5}
"#;

/// Picks the first sentence of every document.
const PLUGIN: &str = r#"
import json, sys
for line in sys.stdin:
    asked = json.loads(line)
    if asked["type"] == "hello":
        said = {"type": "ready", "name": "first", "version": "1", "does": ["summarise"]}
    elif asked["type"] == "end":
        said = asked
    else:
        said = {"id": asked["id"], "picks": [0], "elapsed_ns": 1, "cpu_ns": 1}
    print(json.dumps(said), flush=True)
"#;

/// Gives every candidate the value 1.
const METRIC: &str = r#"
import json, sys
for line in sys.stdin:
    asked = json.loads(line)
    if asked["type"] == "hello":
        said = {"type": "ready", "name": "one", "version": "1", "does": ["measure"], "better": "higher", "low": 0, "high": 1, "needs": ["references"], "deterministic": True}
    elif asked["type"] == "end":
        said = asked
    else:
        said = {"id": asked["id"], "measures": [1 for _ in asked["candidates"]]}
    print(json.dumps(said), flush=True)
"#;

/// Runs, benches, reports and judges with everything on; no line of `answers.jsonl` is of
/// `whale`, so that a system fails.
fn story() -> Story {
    let story = epitome()
        .file("c.jsonl", CORPUS)
        .file("summaries.jsonl", JUDGEMENTS)
        .file("first.py", PLUGIN)
        .file(
            "answers.jsonl",
            "{\"id\":\"flood\",\"text\":\"A river.\"}\n",
        );

    let all = "--corpus c.jsonl --corpus c.jsonl+shuffled --background c.jsonl --sentences 1 \
        --system lead --system tf-idf --system position-rank --system oracle --system human \
        --metric rouge-1 --metric keyphrase-f1(protocol=sifrank-micro)";
    let run =
        format!("run {all} --system first --system gpt --outputs gpt=answers.jsonl");
    let mut words: Vec<&str> = run.split_whitespace().collect();
    words.extend([
        "--plugin",
        "first=python3 first.py",
        "--tolerance",
        "1",
        "--name",
        "all",
    ]);
    story.does_words(&words).succeeds();
    let bench = "--samples 10 --warm-up-ms 1 --measurement-ms 10 --quiet --name all";
    story.does(&format!("bench {all} {bench}")).succeeds();
    story.does("report all --quiet").succeeds();

    // what the run above has no occasion to write
    let part = "run --corpus c.jsonl[0..3] --sample 2 --language en --where words<100";
    for budget in [
        "--words 9",
        "--bytes 99",
        "--ratio 0.5",
        "--sentences 1,2",
        "--words 9,10",
        "--bytes 98,99",
        "--ratio 0.5,1",
        "--tokens 99 --encoding o200k_base",
        "--tokens 98,99 --encoding o200k_base",
    ] {
        story
            .does(&format!("{part} {budget} --system lead --quiet"))
            .succeeds();
    }
    let story = story.file(
        "e.toml",
        "systems = ['lead']\n[corpora]\na = 'c.jsonl'\nb = { path = 'c.jsonl', keyphrases = 9 }\n",
    );
    story.does("run e.toml --quiet").succeeds();
    let story = story.file(
        "s.jsonl",
        "{\"id\":\"flood\",\"system\":\"lead\",\"value\":1}\n",
    );
    let scored = "run --corpus c.jsonl --system lead --scores mine=s.jsonl --tolerance 1";
    story.does(&format!("{scored} --quiet")).succeeds();
    let story = story.file("one.py", METRIC).file(
        "one.toml",
        "name = 'one'\nrun = ['python3', 'one.py']\ndoes = ['measure']\n",
    );
    story
        .does("run --corpus c.jsonl --system lead --metric-plugin one.toml --metric one --no-cache --quiet")
        .succeeds();
    story.does("plugin new --embedder letters").succeeds();
    story
        .does("run --corpus c.jsonl --embedder p=plugin:letters/plugin.toml --system key-bert(embedder=p) --quiet")
        .succeeds();
    let story = story.file("m.jsonl", many()).file("t.toml", TUNE);
    story.does("tune t.toml --quiet").succeeds();
    story
        .does("judge summaries.jsonl --metric rouge-1 --metric rouge-2 --quiet")
        .succeeds();
    story
}

/// The rows of the tables under every second heading: the words in backticks in their first
/// cells, in order.
pub(super) fn dictionary(page: &str) -> BTreeMap<String, Vec<String>> {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut heading = "";
    for line in page.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            heading = title.trim_matches('`');
        } else if let Some(row) = line.strip_prefix("| `") {
            let (name, _) = row.split_once('`').unwrap();
            found
                .entry(heading.to_owned())
                .or_default()
                .push(name.to_owned());
        }
    }
    found
}

/// Every key of a value, as a path: `systems[].budget.summary`.
fn add_keys(value: &Value, path: &str, keys: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                // these are keyed by the names of files
                let is_map = ["contents.rows", "contents.tables"].contains(&path);
                let path = match (path, is_map) {
                    ("", _) => name.clone(),
                    (path, true) => format!("{path}.*"),
                    (path, false) => format!("{path}.{name}"),
                };
                if !is_map {
                    keys.insert(path.clone());
                }
                add_keys(value, &path, keys);
            }
        }
        Value::Array(values) => {
            for value in values {
                add_keys(value, &format!("{path}[]"), keys);
            }
        }
        _ => {}
    }
}

/// The files of every folder of results, hidden ones included.
fn written(results: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for folder in fs::read_dir(results).unwrap() {
        for file in fs::read_dir(folder.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            let text = if path.is_dir() {
                Vec::new()
            } else {
                fs::read(&path).unwrap()
            };
            found.push((name, text));
        }
    }
    found
}

#[test]
fn every_file_column_and_key_has_a_row_in_the_dictionary_and_no_row_is_without_one() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/results.md");
    let mut documented = dictionary(&fs::read_to_string(page).unwrap());
    let files: BTreeSet<String> =
        documented.remove("Files").unwrap().into_iter().collect();
    documented.remove("Answers in JSON");

    let story = story();
    let mut names = BTreeSet::new();
    let mut columns: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut keys: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (name, text) in written(&story.path("results")) {
        let text = String::from_utf8(text).unwrap();
        let extension = Path::new(&name).extension().and_then(|it| it.to_str());
        match extension {
            Some("csv") if !text.is_empty() => {
                let mut table = csv::Reader::from_reader(text.as_bytes());
                let header = table.headers().unwrap().iter().map(str::to_owned).collect();
                columns.insert(name.clone(), header);
            }
            Some("json" | "jsonl") => {
                let values = serde_json::Deserializer::from_str(&text);
                for value in values.into_iter::<Value>() {
                    let keys = keys.entry(name.clone()).or_default();
                    add_keys(&value.unwrap(), "", keys);
                }
            }
            _ => {}
        }
        names.insert(name);
    }
    assert_eq!(names, files, "the table of files");

    // a background has the keys of a corpus, which have their rows there
    let manifest = keys.get_mut("manifest.json").unwrap();
    manifest.retain(|key| !key.starts_with("background."));

    for (name, header) in &columns {
        let rows = documented.remove(name).unwrap_or_default();
        assert_eq!(&rows, header, "the columns of {name}, in order");
    }
    for (name, keys) in &keys {
        let rows: BTreeSet<String> = documented
            .remove(name)
            .unwrap_or_default()
            .into_iter()
            .collect();
        let missing: Vec<&String> = keys.difference(&rows).collect();
        let unknown: Vec<&String> = rows.difference(keys).collect();
        assert!(
            missing.is_empty() && unknown.is_empty(),
            "{name}: {missing:?} {unknown:?}"
        );
    }
    let rest: Vec<&String> = documented.keys().collect();
    assert!(
        rest.is_empty(),
        "tables of files that nothing writes: {rest:?}"
    );
}

#[test]
fn a_run_with_every_file_is_removed_whole() {
    let story = story();
    let runs = story.does("runs list --json").succeeds().data();
    for run in runs["runs"].as_array().unwrap() {
        let name = run["run"].as_str().unwrap();
        story
            .does_words(&["runs", "remove", name, "--yes"])
            .succeeds();
    }
    // what is left is no run: the folder of `judge`
    let left = fs::read_dir(story.path("results")).unwrap().count();
    assert_eq!(left, 1);
}
