//! Documents with a query: who reads it, and what is no query.

use super::story::{Outcome, Story, epitome};

/// One text with two queries.
const ASKED: &str = r#"{"id":"q1","lang":"en","text":"Whales sing at night. Ships carry salt. The harbour was quiet.","query":"What do ships carry?","summaries":["Ships carry salt."]}
{"id":"q2","lang":"en","text":"Whales sing at night. Ships carry salt. The harbour was quiet.","question":"ignored","query":"Was the harbour quiet?","summaries":["It was quiet."]}
"#;

/// A plugin that picks the sentence that contains the last word of the query, and the
/// first sentence if there is no query.
const ASKS: &str = r#"
import json, sys
for line in sys.stdin:
    message = json.loads(line)
    if message["type"] == "hello":
        answer = {"type": "ready", "name": "asks", "version": "1", "does": ["summarise"]}
    elif message["type"] == "end":
        answer = message
    else:
        word = message.get("query", "").rstrip("?").split(" ")[-1]
        pick = [at for at, text in enumerate(message["sentences"]) if word in text][0]
        answer = {"id": message["id"], "picks": [pick]}
    print(json.dumps(answer), flush=True)
"#;

fn picks(story: &Story, system: &str) -> Vec<String> {
    let extracts = story.result("extracts.jsonl");
    let rows = extracts
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    rows.filter(|row| row["system"] == system)
        .map(|row| row["text"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn systems_and_plugins_answer_the_query_of_each_document() {
    let story = epitome().file("c.jsonl", ASKED).file("asks.py", ASKS);
    let systems = "--system bm25 --system query-lex-rank --system biased-text-rank --system mmr(lambda=1) --system lead";
    let plugin = ["--plugin", "asks=python3 asks.py", "--system", "asks"];
    let mut words = vec!["run", "--corpus", "c.jsonl", "--sentences", "1"];
    words.extend(systems.split(' ').chain(plugin));
    story.does_words(&words).succeeds();

    let answers = ["Ships carry salt.", "The harbour was quiet."];
    for system in ["bm25", "query-lex-rank", "mmr(lambda=1)", "asks"] {
        assert_eq!(picks(&story, system), answers, "{system}");
    }
    assert_eq!(picks(&story, "lead"), ["Whales sing at night."; 2]);
}

#[test]
fn a_query_in_the_name_of_a_system_takes_precedence() {
    let story = epitome().file("c.jsonl", ASKED);
    story
        .does("run --corpus c.jsonl --sentences 1 --system bm25(query=whales)")
        .succeeds();
    assert_eq!(
        picks(&story, "bm25(query=whales)"),
        ["Whales sing at night."; 2]
    );
}

#[test]
fn a_column_is_a_query_by_name() {
    let table =
        "text,asked,summary\nWhales sing. Ships carry salt.,What is salt?,Salt.\n";
    let story = epitome().file("c.csv", table);
    story
        .does("run --corpus c.csv --columns query=asked --sentences 1 --system bm25")
        .succeeds()
        .says("query from `asked`");
    assert_eq!(picks(&story, "bm25"), ["Ships carry salt."]);
}

#[test]
fn another_query_is_another_corpus() {
    let story = epitome().file("c.jsonl", ASKED);
    let run = "run --corpus c.jsonl --sentences 1 --system bm25";
    story.does(run).succeeds();
    let story = story.file("c.jsonl", ASKED.replace("ships carry?", "whales do?"));
    story.does(run).succeeds();
    let runs = std::fs::read_dir(story.path("results")).unwrap();
    assert_eq!(runs.count(), 2);
}

fn refused(fields: &str) -> Outcome {
    let line = format!(r#"{{"id":"a","text":"It rained.",{fields},"summaries":["s"]}}"#);
    let story = epitome().file("c.jsonl", line);
    story.does("run --corpus c.jsonl --system lead")
}

#[test]
fn what_is_no_query_answer_or_evidence_is_one_line() {
    let of = |problem: &str| format!("c.jsonl:1: {problem}");
    refused(r#""query":["why"]"#).fails(2, &of("`query` is a list, not a string"));
    refused(r#""query":7"#).fails(2, &of("`query` is a number, not a string"));
    refused(r#""answers":[3]"#).fails(2, &of("`answers[0]` is a number, not a string"));
    refused(r#""evidence":[[0,11]]"#).fails(
        2,
        &of("`evidence[0]` ends at 11, and the text has 10 characters"),
    );
}

#[test]
fn blank_queries_and_answers_are_none() {
    refused(r#""query":" ","answers":["", " "],"evidence":[]"#).succeeds();
}

#[test]
fn one_text_is_asked_by_an_option() {
    let text = "Whales sing at night. Ships carry salt. The harbour was quiet.";
    let story = epitome().file("t.txt", text).file("asks.py", ASKS);
    let asked = |more: &[&str]| {
        let query = ["--query", "What is salt?", "--sentences", "1"];
        story.does_words(&[&["summarise", "t.txt"], &query[..], more].concat())
    };
    let found = asked(&["--system", "bm25"]).succeeds();
    assert_eq!(found.stdout, "Ships carry salt.\n");

    let found = asked(&["--plugin", "asks=python3 asks.py"]).succeeds();
    assert_eq!(found.stdout, "Ships carry salt.\n");

    asked(&["--system", "lead"])
        .fails(2, "`lead` reads no query, or has one of its own")
        .says("hint: `--query` is read by `biased-text-rank`, `query-lex-rank`, `bm25`, `mmr`");
}

/// The seed of an importer, which is in its original format.
macro_rules! seed {
    ($path:literal) => {
        include_str!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/fuzz/seeds/formats/",
            $path
        ))
    };
}

/// The records of the file that an import has written.
fn imported(story: &Story, split: &str) -> Vec<serde_json::Value> {
    let path = format!("corpora/{split}.jsonl");
    let text = std::fs::read_to_string(story.path(&path)).unwrap();
    let lines = text.lines().map(serde_json::from_str);
    lines.map(Result::unwrap).collect()
}

#[test]
fn questions_of_paragraphs_are_imported_with_their_answers() {
    let story = epitome().file("in/xquad.de.json", seed!("squad/first/xquad.de.json"));
    story
        .does("corpus add xquad in/xquad.de.json")
        .succeeds()
        .writes("de: 4 records, 3 answers, 2 passages of evidence")
        .says("`q2`: the answer `alt` is not where `answer_start` says");

    let records = imported(&story, "xquad/de");
    let first = &records[0];
    assert_eq!(first["query"], "Wann wurde die Brücke gebaut?");
    assert_eq!(first["title"], "Alte Brücke");
    assert_eq!(first["lang"], "de");
    assert_eq!(first["answers"], serde_json::json!(["1740"]));
    assert_eq!(first["evidence"], serde_json::json!([[30, 34]]));
    assert_eq!(records[1].get("evidence"), None);
    assert_eq!(records[2]["meta"]["is_impossible"], true);
}

#[test]
fn specific_queries_of_meetings_are_documents_of_their_own() {
    let story = epitome().file("in/m.json", seed!("qmsum/first/m.json"));
    story
        .does("corpus add meetings in/m.json")
        .succeeds()
        .writes("all: 1 records, 1 summaries")
        .writes("queries: 1 records, 1 summaries, 1 passages of evidence")
        .says("`m-q1`: 1 spans are of no turns of the meeting");

    let record = &imported(&story, "meetings/queries")[0];
    assert_eq!(record["query"], "What closes?");
    assert_eq!(
        record["text"],
        "A: Rivers {vocalsound} rise.\nB: Bridges close."
    );
    assert_eq!(record["evidence"], serde_json::json!([[29, 46]]));
}

#[test]
fn answers_and_evidence_are_measured_where_there_are_any() {
    let line = |id: &str, fields: &str| {
        let text = "Whales sing at night. Ships carry salt. The harbour was quiet.";
        format!(
            r#"{{"id":"{id}","lang":"en","text":"{text}","query":"What do ships carry?"{fields}}}"#
        )
    };
    let corpus = [
        line(
            "a",
            r#","answers":["Salt"],"evidence":["Ships carry salt."]"#,
        ),
        line("b", r#","answers":["!"],"evidence":[[0,6]]"#),
        line("c", r#","answers":[""]"#),
    ];
    let story = epitome().file("c.jsonl", corpus.join("\n"));
    story
        .does("run --corpus c.jsonl --sentences 1 --system bm25 --system lead --metric answer-recall --metric answer-f1 --metric evidence-recall --metric evidence-f1 --metric literal-retention")
        .succeeds();

    let scores = story.result("scores.csv");
    let cell = |id: &str, system: &str, metric: &str| {
        let start = format!("c,{id},{system},");
        let row = scores
            .lines()
            .find(|row| row.starts_with(&start) && row.contains(&format!(",{metric},")))
            .unwrap_or_else(|| panic!("{start}{metric}: {scores}"));
        let header: Vec<&str> = scores.lines().next().unwrap().split(',').collect();
        let at = |name: &str| header.iter().position(|it| *it == name).unwrap();
        let cells: Vec<&str> = row.split(',').collect();
        (
            cells[at("value")].to_owned(),
            cells[at("status")].to_owned(),
        )
    };
    let found = |value: &str, status: &str| (value.to_owned(), status.to_owned());
    assert_eq!(cell("a", "bm25", "answer-recall"), found("1", "ok"));
    assert_eq!(cell("a", "lead", "answer-recall"), found("0", "ok"));
    // 1 word of 3 is shared with the one of the answer
    assert_eq!(cell("a", "bm25", "answer-f1"), found("0.5", "ok"));
    assert_eq!(cell("a", "bm25", "evidence-recall"), found("1", "ok"));
    assert_eq!(cell("b", "bm25", "evidence-recall"), found("0", "ok"));
    assert_eq!(cell("b", "lead", "evidence-f1"), found("1", "ok"));
    for (id, metric) in [
        ("b", "answer-recall"),
        ("c", "answer-f1"),
        ("c", "evidence-recall"),
        ("a", "literal-retention"),
    ] {
        assert_eq!(
            cell(id, "bm25", metric),
            found("", "left out"),
            "{id} {metric}"
        );
    }
}

#[test]
fn queries_with_answers_are_measured_by_default_and_hidden_in_a_haystack() {
    let line = |at: usize| {
        format!(
            r#"{{"id":"q{at}","lang":"en","text":"Bridge {at} is old. It was built in 17{at}.","query":"How old is bridge {at}?","answers":["17{at}"],"evidence":["It was built in 17{at}."]}}"#
        )
    };
    let lines: Vec<String> = (10..22).map(line).collect();
    let story = epitome().file("c.jsonl", lines.join("\n"));
    story
        .does("run --corpus c.jsonl+haystack(distractors=9) --sentences 2 --system bm25 --system lead")
        .succeeds();
    let leaderboard = story.result("leaderboard.csv");
    for metric in ["answer-recall", "evidence-recall"] {
        assert!(leaderboard.contains(metric), "{leaderboard}");
    }
    assert!(!leaderboard.contains("rouge"), "{leaderboard}");

    story
        .does("run --corpus c.jsonl+haystack --system lead")
        .fails(
            2,
            "c.jsonl: 12 different texts, and `+haystack(distractors=40)` needs 41",
        );
}

#[test]
fn a_metric_of_answers_without_an_answer_says_what_is_missing() {
    let story = epitome().file("c.jsonl", ASKED);
    let outcome = story.does("run --corpus c.jsonl --system bm25 --metric answer-recall");
    outcome.fails(
        5,
        "nothing was measured: no document of c has what the metrics need: no `answers`",
    );
}
