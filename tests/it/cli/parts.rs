//! A corpus worked on in parts: the same bytes as in one run, or a failure.

use std::{collections::BTreeMap, fs};

use serde_json::Value;

use super::{
    hostile_folder::{EVIL, commands_a_terminal, is_markup, unpacked},
    story::{Outcome, Story, epitome},
};

/// What the workers and the run over the whole are given.
const WORK: &str = "--system lead --system tf-idf --system text-rank --system kp-miner --metric rouge-1 --metric rouge-l --metric chrf(average=micro) --metric keyphrase-f1@5(protocol=sifrank-micro) --lang en";

const COUNT: usize = 211;

/// Documents of unequal length and words, in lines; one line is in all of them.
fn documents() -> Vec<String> {
    let line = |at: usize| {
        let (river, place) = (at % 17, at % 5);
        let more = "The bridge of stone stood. ".repeat(at % 4);
        format!(
            r#"{{"id":"d,{at}","text":"River {river} rose over wall {at}. Boats left harbour {place}. {more}Nobody saw bridge {river} in the evening “light”.\nAsk the harbour for more.","summaries":["River {river} rose."],"keyphrases":["harbour","bridge"]}}"#
        ) + "\n"
    };
    (0..COUNT).map(line).collect()
}

/// Every table of a run, by name: all that is not about when and where it was made.
fn tables(story: &Story, run: &str) -> BTreeMap<String, Vec<u8>> {
    let folder = story.path(&format!("results/{run}"));
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let file = |entry: fs::DirEntry| {
        let name = entry.file_name().into_string().unwrap();
        (name, fs::read(entry.path()).unwrap())
    };
    files
        .map(file)
        .filter(|(name, _)| name != "manifest.json")
        .collect()
}

/// The documents in `parts` parts, in turn or one piece after the other.
fn parts(count: usize, in_turn: bool) -> Vec<String> {
    let mut parts = vec![String::new(); count];
    for (at, line) in documents().iter().enumerate() {
        let part = if in_turn {
            at % count
        } else {
            at * count / COUNT
        };
        parts[part] += line;
    }
    parts
}

/// A story with the run over the whole and the statistics of the whole.
fn story() -> Story {
    let story = epitome().file("all.jsonl", documents().concat());
    story
        .does(&format!("run --corpus all.jsonl {WORK} --name whole"))
        .succeeds();
    let counts = story
        .reads(&documents().concat(), &format!("statistics {WORK}"))
        .succeeds();
    story.file("counts.jsonl", counts.stdout)
}

fn works(story: &Story, part: &str) -> Outcome {
    story.reads(
        part,
        &format!("worker {WORK} --corpus-statistics counts.jsonl"),
    )
}

fn aggregates(story: &Story, files: &str, more: &str) -> Outcome {
    story.does(&format!(
        "aggregate {files} --corpus all.jsonl {WORK} {more}"
    ))
}

#[test]
fn statistics_of_parts_merge_to_the_bytes_of_one_pass_in_any_order() {
    let mut story = story();
    let whole = fs::read_to_string(story.path("counts.jsonl")).unwrap();
    assert!(whole.contains("[\"wall\",211,211]"), "{whole}");
    for count in [1, 7, 16] {
        let mut names = Vec::new();
        for (at, part) in parts(count, true).iter().enumerate() {
            let counts = story.reads(part, &format!("statistics {WORK}")).succeeds();
            let name = format!("counts-{count}-{at}");
            story = story.file(&name, counts.stdout);
            names.insert(0, name);
        }
        let files = names.join(" ");
        let merged = story
            .does(&format!("statistics {WORK} --merge {files}"))
            .succeeds();
        assert!(merged.stdout == whole, "{count} parts");
    }
    let cut = &whole[..whole.len() - 9];
    let story = story.file("cut", cut);
    let refused = story.does(&format!("statistics {WORK} --merge cut"));
    assert_eq!(refused.code, 2, "{}", refused.stdout);
    let other = story.does(&format!(
        "statistics {WORK} --presplit --merge counts.jsonl"
    ));
    assert_eq!(other.code, 2);
    other
        .says("counts.jsonl: it was counted by version")
        .says("segmenter Own, lines Auto, not");
}

#[test]
fn parts_in_any_order_and_more_than_once_are_the_run_over_the_whole() {
    let mut story = story();
    let whole = tables(&story, "whole");
    assert!(whole.len() >= 9, "{:?}", whole.keys());
    for (count, in_turn) in [(1, false), (7, true), (16, false)] {
        let mut names = Vec::new();
        let mut sums = Vec::new();
        for (at, part) in parts(count, in_turn).iter().enumerate() {
            let rows = works(&story, part).succeeds().stdout;
            let name = format!("{count}-{at}.jsonl");
            story = story.file(&name, &rows);
            let sum = story.does(&format!("aggregate {name} {WORK} --partial"));
            let sum_name = format!("{count}-{at}.sums");
            story = story.file(&sum_name, sum.succeeds().stdout);
            names.insert(0, name);
            sums.insert(0, sum_name);
        }
        // a worker that was thought dead has delivered too
        let (again, name) = (names[0].clone(), format!("parts-{count}"));
        let files = names.join(" ");
        aggregates(
            &story,
            &format!("{files} {again}"),
            &format!("--name {name}"),
        )
        .succeeds()
        .says("documents occurred more than once");
        assert!(tables(&story, &name) == whole, "{count} parts");

        let name = format!("sums-{count}");
        let sums = sums.join(" ");
        aggregates(&story, &sums, &format!("--merge --name {name}")).succeeds();
        let board = |run: &str| tables(&story, run)["leaderboard.csv"].clone();
        assert_eq!(board(&name), whole["leaderboard.csv"]);
        // by way of sums of sums
        let half = story.does(&format!("aggregate {sums} {WORK} --merge --partial"));
        story = story.file("half", half.succeeds().stdout);
        let once = story
            .does(&format!("aggregate {files} {WORK} --partial"))
            .succeeds();
        assert_eq!(fs::read_to_string(story.path("half")).unwrap(), once.stdout);
    }
    story.does("report parts-7 --csv").succeeds();
    story.does("compare parts-7 whole").succeeds();
    story.does("compare parts-7 lead text-rank").succeeds();
}

#[test]
fn what_is_missing_cut_off_or_of_something_else_is_refused() {
    let mut story = story();
    let parts = parts(3, false);
    for (at, part) in parts.iter().enumerate() {
        let rows = works(&story, part).succeeds().stdout;
        story = story.file(&format!("{at}.jsonl"), rows);
    }
    aggregates(&story, "0.jsonl 2.jsonl", "")
        .fails(2, "the corpus statistics of the workers count 211 documents, and there are rows of 141");
    let rows = fs::read_to_string(story.path("1.jsonl")).unwrap();
    let lines: Vec<&str> = rows.split_inclusive('\n').collect();
    let last = lines.len() - 1;

    story = story.file("cut.jsonl", lines[..last].concat());
    aggregates(&story, "0.jsonl cut.jsonl 2.jsonl", "")
        .fails(2, "cut.jsonl: it was cut off: there is no end marker");
    story = story.file(
        "short.jsonl",
        [&lines[..last - 1], &lines[last..]].concat().concat(),
    );
    aggregates(&story, "0.jsonl short.jsonl 2.jsonl", "").fails(
        2,
        &format!(
            "short.jsonl: line {last}: the part has not as many rows as its end says"
        ),
    );
    let changed = rows.replacen("\"status\":\"ok\"", "\"status\":\"no\"", 1);
    story = story.file("changed.jsonl", changed);
    let refused = aggregates(&story, "0.jsonl 1.jsonl 2.jsonl changed.jsonl", "");
    assert_eq!(refused.code, 2);
    refused.says("differs from that in 1.jsonl");

    let part = &parts[1];
    let other = WORK.replace("rouge-l", "rouge-2");
    let other = format!("worker {other} --corpus-statistics counts.jsonl");
    let other = story.reads(part, &other).succeeds().stdout;
    story = story.file("other.jsonl", other);
    aggregates(&story, "0.jsonl other.jsonl 2.jsonl", "").fails(
        2,
        "other.jsonl: its worker was given other arguments than that of 0.jsonl",
    );
    // sums say which documents they are of, without naming them
    for (name, files) in [("a", "0.jsonl 1.jsonl"), ("b", "1.jsonl 2.jsonl")] {
        let sums = story
            .does(&format!("aggregate {files} {WORK} --partial"))
            .succeeds();
        story = story.file(name, sums.stdout);
    }
    let twice = aggregates(&story, "a b", "--merge");
    assert_eq!(twice.code, 2, "{}", twice.stdout);
    // another corpus of the same names
    let text = documents().concat().replace("Boats", "Ships");
    story = story.file("all.jsonl", text);
    aggregates(&story, "0.jsonl 1.jsonl 2.jsonl", "")
        .fails(2, "all.jsonl: the rows of `d,0` are of another text");
}

/// Every byte of a part is of its digest: what is damaged is refused, whatever it still
/// parses to.
#[test]
fn one_damaged_byte_of_a_part_its_counts_or_its_sums_is_refused() {
    let mut story = story();
    let part: String = documents()[..3].concat();
    story = story.file("few.jsonl", part.clone());
    let work = WORK.replace(" --corpus-statistics counts.jsonl", "");
    let counts = story
        .reads(&part, &format!("statistics {work}"))
        .succeeds()
        .stdout;
    story = story.file("few-counts.jsonl", counts.clone());
    let worker = format!("worker {work} --corpus-statistics few-counts.jsonl");
    let rows = story.reads(&part, &worker).succeeds().stdout;
    story = story.file("rows.jsonl", rows.clone());
    let sums = format!("aggregate rows.jsonl {work} --partial");
    let sums = story.does(&sums).succeeds().stdout;

    let aggregate = format!("--corpus few.jsonl {work} --name d --fresh");
    let commands = [
        (&rows, format!("aggregate bad {aggregate}")),
        (&sums, format!("aggregate bad --merge {aggregate}")),
        (&counts, format!("statistics {work} --merge bad")),
    ];
    for (text, command) in commands {
        let digits = text
            .bytes()
            .enumerate()
            .filter(|(_, byte)| byte.is_ascii_digit());
        let digits: Vec<usize> = digits.map(|(at, _)| at).collect();
        for at in digits.iter().step_by(digits.len() / 25 + 1) {
            let mut bad = text.clone().into_bytes();
            bad[*at] = if bad[*at] == b'7' { b'3' } else { b'7' };
            story = story.file("bad", bad);
            let refused = story.does(&command);
            assert_eq!(refused.code, 2, "byte {at} of {command}");
            assert!(
                refused.stderr.starts_with("error: bad: "),
                "{}",
                refused.stderr
            );
        }
    }
}

#[test]
fn a_worker_fails_loudly() {
    let story = epitome();
    let worker = |input: &str, more: &str| {
        let outcome = story.reads(input, &format!("worker {more}"));
        assert!(!outcome.stdout.contains("\"end\""), "{}", outcome.stdout);
        outcome
    };
    let lead = "--system lead --metric rouge-1";
    worker("{\"id\":\"a\",\"text\":\"A.\"}\nno JSON\n", lead)
        .says("error: standard input:2: the line is not JSON");
    worker("{\"text\":\"A.\"}\n", lead).fails(
        2,
        "standard input:1: there is no `id`, and a line of a part of a corpus has no other name",
    );
    worker(
        "{\"id\":\"a\",\"text\":\"A.\"}\n{\"id\":\"a\",\"text\":\"B.\"}\n",
        lead,
    )
    .says("error: standard input:2: ");
    worker("", "--system lead").fails(
        2,
        "a part of a corpus does not show which metrics fit the whole",
    );
    worker("", "--system kp-miner --metric keyphrase-f1@5")
        .fails(2, "`kp-miner` needs document frequencies of the whole corpus, and this is a part of it")
        .says("`epitome statistics` counts all parts");
    let empty = story.reads("", &format!("worker {lead}")).succeeds();
    let end = empty.stdout.lines().last().unwrap();
    assert!(
        end.starts_with(r#"{"end":true,"documents":0,"rows":0,"blake3":""#),
        "{end}"
    );
}

#[test]
fn a_plugin_that_fails_is_rows_of_the_worker() {
    // dies on the documents about the walls 13 and 113
    let plugin = r#"import json, os, sys
for line in sys.stdin:
    message = json.loads(line)
    if message["type"] == "hello":
        answer = {"type": "ready", "name": "frail", "version": "1", "does": ["summarise"], "deterministic": True}
    elif message["type"] == "end":
        answer = message
    else:
        if "13." in message["sentences"][0]:
            os.kill(os.getpid(), 9)
        answer = {"id": message["id"], "picks": [0]}
    print(json.dumps(answer), flush=True)
"#;
    let story = epitome().file("all.jsonl", documents().concat());
    let mut story = story.file("frail.py", plugin);
    let program = story.path("frail.py");
    let toml = format!(
        "name = \"frail\"\nrun = [\"python3\", {program:?}]\ndoes = [\"summarise\"]\n"
    );
    story = story.file("plugin.toml", toml);
    let work = "--system lead --metric rouge-1 --plugin plugin.toml";
    let run = format!("run --corpus all.jsonl {work} --name whole");
    story
        .does(&run)
        .fails(3, "2 failures in all: see results/whole/failures.csv");
    for (at, part) in parts(2, false).iter().enumerate() {
        let rows = story
            .reads(part, &format!("worker {work}"))
            .succeeds()
            .stdout;
        story = story.file(&format!("{at}.jsonl"), rows);
    }
    story
        .does(&format!(
            "aggregate 1.jsonl 0.jsonl --corpus all.jsonl {work} --name parts"
        ))
        .fails(3, "2 failures in all: see results/parts/failures.csv");
    let (mut whole, parts) = (tables(&story, "whole"), tables(&story, "parts"));
    whole.remove("plugin_timings.csv"); // of clocks
    assert!(parts == whole);
}

#[test]
fn what_is_no_part_of_a_corpus_is_refused_by_name() {
    let story = epitome();
    let worker = "worker --system lead --metric rouge-1";
    let statistics = "statistics --system tf-idf --metric keyphrase-f1@5";
    for (input, what) in [
        ("id,text\n1,One.\n", "CSV"),
        ("[{\"id\":\"1\",\"text\":\"One.\"}]\n", "a list of JSON"),
        ("{\n \"id\":\"1\",\n \"text\":\"One.\"\n}\n", "JSON objects"),
    ] {
        for command in [worker, statistics] {
            story
                .reads(input, command)
                .fails(
                    2,
                    &format!("standard input: it is {what}, and a part of a corpus is JSON Lines with an `id` on each line"),
                )
                .says("hint: `epitome corpus add` makes JSON Lines of other formats");
        }
    }
}

#[test]
fn notes_of_scores_are_in_the_parts() {
    const NOTED: &str =
        "--system lead --metric rouge-1 --scores judge=s.jsonl --lang en --tolerance 1";
    let score = |at: usize| {
        format!(r#"{{"id":"d,{at}","system":"lead","value":1,"note":"why, {at}"}}"#)
            + "\n"
    };
    let scores: Vec<String> = (0..COUNT).map(score).collect();
    let story = epitome()
        .file("all.jsonl", documents().concat())
        .file("s.jsonl", scores.concat());
    story
        .does(&format!("run --corpus all.jsonl {NOTED} --name whole"))
        .succeeds();

    let work = NOTED.replace(" --tolerance 1", "");
    let mut story = story;
    for (at, part) in parts(3, true).iter().enumerate() {
        let worked = story.reads(part, &format!("worker {work}")).succeeds();
        story = story.file(&format!("{at}.jsonl"), worked.stdout);
    }
    story
        .does(&format!(
            "aggregate 0.jsonl 1.jsonl 2.jsonl --corpus all.jsonl {NOTED} --name parts"
        ))
        .succeeds();
    let notes = tables(&story, "parts").remove("notes.csv").unwrap();
    assert_eq!(notes, tables(&story, "whole").remove("notes.csv").unwrap());
    assert_eq!(String::from_utf8(notes).unwrap().lines().count(), 1 + COUNT);
}

/// The lines of a part with an end marker that fits them.
fn sealed(lines: &[String]) -> String {
    let (end, before) = lines.split_last().unwrap();
    let mut digest = blake3::Hasher::new();
    for line in before {
        digest
            .update(line.trim_ascii_end().as_bytes())
            .update(b"\n");
    }
    let mut end: Value = serde_json::from_str(end).unwrap();
    end["blake3"] = digest.finalize().to_hex().to_string().into();
    let before = before.join("\n") + "\n";
    // the marker is known by its first key
    format!(
        "{before}{{\"end\":true,\"documents\":{},\"rows\":{},\"blake3\":{}}}\n",
        end["documents"], end["rows"], end["blake3"]
    )
}

/// What a hostile worker does to the first row of its part.
type Change<'a> = &'a dyn Fn(&mut Value);

const FEW: &str =
    "--system lead --system text-rank --metric rouge-1 --metric keyphrase-f1@5 --lang en";

const AGGREGATE: &str = "aggregate bad --corpus few.jsonl --system lead --system text-rank --metric rouge-1 --metric keyphrase-f1@5 --lang en --tolerance 1 --name r --fresh";

/// A story with the documents of a part in `few.jsonl`, and the lines of its worker.
fn worked() -> (Story, Vec<String>) {
    let part = documents()[..4].concat();
    let story = epitome().file("few.jsonl", &part);
    let rows = story
        .reads(&part, &format!("worker {FEW}"))
        .succeeds()
        .stdout;
    let lines: Vec<String> = rows.lines().map(str::to_owned).collect();
    assert_eq!(
        sealed(&lines),
        rows,
        "what nobody has changed is sealed as it was"
    );
    (story, lines)
}

/// The part with its first row changed, and sealed again.
fn changed(lines: &[String], change: Change) -> String {
    let mut lines = lines.to_vec();
    let mut row: Value = serde_json::from_str(&lines[1]).unwrap();
    change(&mut row);
    lines[1] = row.to_string();
    sealed(&lines)
}

#[test]
fn rows_of_a_hostile_worker_are_refused_by_name() {
    let (mut story, lines) = worked();
    let refused: [(&str, Change, &str); 6] = [
        (
            "language",
            &|row| row["language"] = EVIL.into(),
            "is the code of no language",
        ),
        (
            "language as markup",
            &|row| row["language"] = "en\" onload=\"x".into(),
            "is the code of no language",
        ),
        (
            "id",
            &|row| row["document"] = EVIL.into(),
            "few.jsonl: no part has rows of `d,0`",
        ),
        (
            "system",
            &|row| row["systems"][0]["system"] = EVIL.into(),
            "the systems of `d,0` are others",
        ),
        (
            "metric",
            &|row| row["systems"][0]["scores"][0]["metric"] = EVIL.into(),
            "the metrics of `d,0` are others",
        ),
        (
            "status",
            &|row| row["systems"][0]["scores"][0]["status"] = EVIL.into(),
            "no status is called",
        ),
    ];
    for (what, change, wanted) in refused {
        story = story.file("bad", changed(&lines, change));
        let refused = story.does(AGGREGATE);
        assert_eq!(refused.code, 2, "{what}: {}", refused.stderr);
        assert!(
            refused.stderr.contains(wanted),
            "{what}: {}",
            refused.stderr
        );
        assert!(!commands_a_terminal(&refused.stderr), "{what}");
    }
}

#[test]
fn texts_of_a_hostile_worker_are_texts_of_a_page() {
    let (mut story, lines) = worked();
    let change = |row: &mut Value| {
        for system in row["systems"].as_array_mut().unwrap() {
            spoil_output(&mut system["extract"]);
            for score in system["scores"].as_array_mut().unwrap() {
                score["note"] = EVIL.into();
            }
        }
        let failed = &mut row["systems"][0];
        failed["failure"] = serde_json::json!({"status": "error", "message": EVIL});
        failed["scores"][0]["status"] = "error".into();
        failed["scores"][0]["value"] = Value::Null;
    };
    story = story.file("bad", changed(&lines, &change));
    story.does(AGGREGATE).succeeds();
    let page = || fs::read_to_string(story.path("results/r/report.html")).unwrap();
    story.does("report r").succeeds();
    let page = page();
    assert!(!is_markup(&page));
    for (name, text) in unpacked(&page) {
        let is_table = text.contains("<table");
        assert!(!is_table || !is_markup(&text), "{name}: {text}");
    }
    let mut shown = 0;
    for command in [
        "report r --text",
        "show r d,0 lead text-rank",
        "worst r text-rank lead",
        "runs show r",
    ] {
        let outcome = story.does(command);
        for said in [&outcome.stdout, &outcome.stderr] {
            assert!(!commands_a_terminal(said), "{command}: {said:?}");
            shown += said.matches("alert(1)").count();
        }
    }
    assert!(shown > 1, "{shown}");
}

/// Appends to every text of an output.
fn spoil_output(value: &mut Value) {
    match value {
        Value::String(text) => text.push_str(EVIL),
        Value::Array(values) => values.iter_mut().for_each(spoil_output),
        Value::Object(fields) => fields.values_mut().for_each(spoil_output),
        _ => {}
    }
}
