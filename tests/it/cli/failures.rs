//! A failure is never better than an answer, under any metric and in any table.

use std::fs;

use super::story::{Story, TWO_STORIES, epitome};

/// Where less is better, and one where more is.
const METRICS: [&str; 5] = [
    "js-divergence",
    "redundancy",
    "repeated-ngrams",
    "position-distance",
    "rouge-1",
];

const PLUGIN: &str = "\
import json, sys
asked = 0
for line in sys.stdin:
    message = json.loads(line)
    if message['type'] == 'hello':
        answer = {'type': 'ready', 'name': 'fails', 'version': '1', 'does': ['summarise']}
    elif message['type'] == 'summarise':
        asked += 1
        answer = {'id': message['id'], 'picks': [0, 1]}
        if asked % 11 == 0:
            answer = {'id': message['id'], 'error': 'not this one'}
    else:
        answer = message
    print(json.dumps(answer), flush=True)
";

/// 44 documents, and a plugin that is lead but fails on each 11th question.
fn story() -> Story {
    let line = |at: usize| {
        format!(
            r#"{{"id":"d{at}","lang":"en","text":"The river rose {at} metres at the old bridge at the old mill. The old bridge over the river was closed. Shops at the bridge stayed shut. Boats left the harbour in the evening.","summaries":["Shops stayed shut and boats left the old bridge."]}}"#
        ) + "\n"
    };
    let corpus: String = (0..44).map(line).collect();
    let metrics: String = METRICS.map(|name| format!(" --metric {name}")).concat();
    let story = epitome().file("c.jsonl", corpus).file("fails.py", PLUGIN);
    let toml = "name = \"fails\"\nrun = [\"python3\", \"fails.py\"]\n";
    let story = story.file("plugin.toml", toml);
    let run = format!(
        "run --corpus c.jsonl --system lead --plugin plugin.toml --sentences 2 --tolerance 0.1 --name it{metrics} --metric words"
    );
    story.does(&run).succeeds().says(
        "note: c: 4 failures of `fails` are in no mean of `words`, which has no worst value",
    );
    story
}

fn table(story: &Story, file: &str) -> Vec<std::collections::BTreeMap<String, String>> {
    let text = story.result(file);
    csv::Reader::from_reader(text.as_bytes())
        .deserialize()
        .map(Result::unwrap)
        .collect()
}

/// How much better than lead, by sign: less is better but for ROUGE.
fn gain(metric: &str, difference: f64) -> f64 {
    if metric == "rouge-1" {
        difference
    } else {
        -difference
    }
}

#[test]
fn a_system_that_fails_now_and_then_does_not_beat_the_same_system_without_failures() {
    let story = story();
    let board = table(&story, "leaderboard.csv");
    let mean = |system: &str, metric: &str| -> f64 {
        let is_it = |row: &&std::collections::BTreeMap<String, String>| {
            row["system"] == system && row["metric"] == metric
        };
        let row = board.iter().find(is_it).unwrap();
        assert_eq!(row["n"], "44", "{row:?}");
        row["mean"].parse().unwrap()
    };
    for metric in METRICS {
        let difference = mean("fails", metric) - mean("lead", metric);
        assert!(gain(metric, difference) < 0.0, "{metric}: {difference}");
    }
    let words = board
        .iter()
        .filter(|row| row["metric"] == "words")
        .collect::<Vec<_>>();
    let counts = |row: &std::collections::BTreeMap<String, String>| {
        (row["mean"].clone(), row["n"].clone(), row["failed"].clone())
    };
    let (lead, fails) = (counts(words[0]), counts(words[1]));
    assert_eq!((lead.1.as_str(), lead.2.as_str()), ("44", "0"));
    assert_eq!((fails.1.as_str(), fails.2.as_str()), ("40", "4"));

    for row in table(&story, "comparisons.csv") {
        let (metric, difference) = (&row["metric"], row["difference"].parse().unwrap());
        assert_eq!((row["a"].as_str(), row["b"].as_str()), ("lead", "fails"));
        assert_eq!(row["losses"], "0", "{metric}");
        if metric == "words" {
            assert_eq!((row["wins"].as_str(), row["ties"].as_str()), ("0", "40"));
        } else {
            assert!(gain(metric, difference) > 0.0, "{metric}");
            assert_eq!((row["wins"].as_str(), row["ties"].as_str()), ("4", "40"));
        }
    }
    for row in table(&story, "across.csv") {
        let rank: f64 = row["mean_rank"].parse().unwrap();
        assert_eq!(rank < 1.5, row["system"] == "lead", "{}", row["metric"]);
    }
    for metric in METRICS {
        let sign = if metric == "rouge-1" { ">" } else { "<" };
        let gate = format!("compare it fails lead --gate {metric}{sign}0");
        assert_eq!(story.does(&gate).code, 1, "{metric}");
    }
}

#[test]
fn failures_outside_of_n_are_not_counted() {
    let corpus = r#"{"id":"a","lang":"en","text":"The river rose. It rained.","summaries":["The river rose."]}
{"id":"b","lang":"en","text":"The river fell. It was dry."}
"#;
    let story = epitome()
        .file("c.jsonl", corpus)
        .file("none.jsonl", "{\"id\":\"c\",\"text\":\"Nothing.\"}\n");
    let run = "run --corpus c.jsonl --system lead --outputs none=none.jsonl --metric rouge-1 --metric redundancy --tolerance 1";
    story.does(run).succeeds();
    let counts: Vec<[String; 4]> = table(&story, "leaderboard.csv")
        .iter()
        .map(|row| ["system", "metric", "n", "failed"].map(|name| row[name].clone()))
        .collect();
    assert_eq!(
        counts,
        [
            ["lead", "rouge-1", "1", "0"],
            ["none", "rouge-1", "1", "1"],
            // it looks at no reference
            ["lead", "redundancy", "2", "0"],
            ["none", "redundancy", "2", "2"],
        ]
    );
}

#[test]
fn a_system_that_failed_throughout_has_no_interval_in_any_output() {
    let lines = (0..6).map(|at| {
        format!(
            "{{\"id\":\"d{at}\",\"lang\":\"en\",\"text\":\"River {at} rose. It rained.\",\"summaries\":[\"River {at} rose.\"]}}\n"
        )
    });
    let story = epitome()
        .file("c.jsonl", lines.collect::<String>())
        .file("none.jsonl", "{\"id\":\"other\",\"text\":\"Nothing.\"}\n");
    let run = "run --corpus c.jsonl --system lead --system tail --outputs none=none.jsonl \
               --sentences 1,2 --metric rouge-1 --tolerance 1 --name r";
    let shown = story.does(run).succeeds();
    assert!(shown.stdout.contains("all 6 failed"), "{}", shown.stdout);
    let mut lines = shown.stdout.lines();
    assert!(lines.all(|line| !line.starts_with(" none") || !line.contains('±')));

    for row in table(&story, "leaderboard.csv") {
        let has_interval = !row["ci_low"].is_empty() && !row["ci_high"].is_empty();
        assert_eq!(has_interval, row["system"] != "none", "{row:?}");
    }
    for row in table(&story, "across.csv") {
        let has_interval = !row["mean_low"].is_empty();
        assert_eq!(has_interval, row["system"] != "none", "{row:?}");
    }
    for format in ["--text", "--markdown", "--latex"] {
        let text = story.does(&format!("report r {format}")).succeeds().stdout;
        assert!(text.contains("all 6 failed"), "{format}: {text}");
    }
    story.does("report r").succeeds();
    let page = std::fs::read_to_string(story.path("results/r/report.html")).unwrap();
    let row = page.split("<tr data-system=\"none\">").nth(1).unwrap();
    let cell = row.split("</td>").next().unwrap();
    assert!(
        cell.ends_with(">all 6 failed"),
        "no ± and no letter: {cell}"
    );
}

#[test]
fn a_metric_without_references_keeps_documents_whose_reference_is_unreadable() {
    let corpus = r#"{"id":"a","lang":"en","text":"The river rose. It rained all day.","summaries":["Река поднялась."]}
{"id":"b","lang":"ru","text":"Река поднялась. Шёл дождь.","summaries":["The river rose."]}
"#;
    let story = epitome().file("c.jsonl", corpus);
    story
        .does("run --corpus c.jsonl --system lead --metric rouge-1 --metric redundancy --metric words(tokens=unicode) --metric position")
        .succeeds();
    let scores = story.result("scores.csv");
    for row in [
        "c,a,lead,3 sentences,rouge-1,,,,unreadable reference",
        "c,a,lead,3 sentences,redundancy,,,0,ok",
        "c,b,lead,3 sentences,redundancy,,,,unreadable source",
        "c,b,lead,3 sentences,words(tokens=unicode),,,4,ok",
        "c,b,lead,3 sentences,position,,,0.5,ok",
    ] {
        assert!(
            scores.lines().any(|line| line == row),
            "{row} not in {scores}"
        );
    }
}

#[test]
fn a_document_that_is_too_long_for_a_system_is_a_failure_with_both_numbers() {
    let text = "Old boats. ".repeat(25_001);
    let line = serde_json::json!({ "id": "d", "lang": "en", "text": text, "summaries": ["Old boats."] });
    let story = epitome()
        .file("c.jsonl", line.to_string())
        .file("d.txt", text);
    let run = "--corpus c.jsonl --system lead --system submodular --sentences 1";
    let outcome = story.does(&format!("run {run} --metric rouge-1 --name r"));
    assert_eq!(outcome.code, 3, "{}", outcome.stderr);

    let why = "the document has 25001 sentences, and the system takes at most 25000";
    let failures = table(&story, "failures.csv");
    assert_eq!(failures.len(), 1);
    assert_eq!(failures[0]["message"], why);
    assert_eq!(failures[0]["status"], "error");
    let scores = story.result("scores.csv");
    assert!(
        scores.contains(",lead,1 sentence,rouge-1,1,1,1,ok"),
        "{scores}"
    );

    let named = format!("`submodular`: {why}");
    story
        .does("summarise d.txt --lang en --system submodular")
        .fails(2, &named);
    let named = format!("`submodular` cannot be timed on `d`: {why}");
    story
        .does(&format!("bench {run} --name b"))
        .fails(2, &named);
    story
        .does("list submodular")
        .succeeds()
        .writes("limit: at most 25000 sentences of a document");
}

#[test]
fn a_long_document_of_sentences_that_are_alike_is_a_failure_of_what_compares_them() {
    // half of 24 words in each sentence, so that every pair is alike and hardly one is equal
    let sentence = |at: u32| -> String {
        let chosen = at.wrapping_mul(0x9E37_79B1) >> 8;
        let words = (0..24_u8).filter(|word| chosen >> word & 1 == 1);
        let words: Vec<String> = words
            .map(|it| format!("w{}", char::from(b'a' + it)))
            .collect();
        format!("{}.\n", words.join(" "))
    };
    let text: String = (1..40_000).map(sentence).collect();
    let line = serde_json::json!({ "id": "d", "lang": "en", "text": text, "summaries": ["wa wb."] });
    let story = epitome()
        .file("c.jsonl", line.to_string())
        .file("d.txt", text);
    let systems = "--system lead --system lex-rank --system lex-rank(position=1) \
                   --system grasshopper --system lex-rank(form=continuous)";
    let run = format!("run --corpus c.jsonl {systems} --sentences 1");
    let outcome = story.does(&format!("{run} --metric rouge-1 --name r"));
    assert_eq!(outcome.code, 3, "{}", outcome.stderr);

    let failures = table(&story, "failures.csv");
    let failed: Vec<&str> = failures.iter().map(|row| row["system"].as_str()).collect();
    assert_eq!(failed, ["lex-rank", "lex-rank(position=1)", "grasshopper"]);
    let why = "too many sentences of the document are alike: comparing them takes some ";
    for failure in &failures {
        assert!(
            failure["message"].starts_with(why),
            "{}",
            failure["message"]
        );
    }

    let why = failures[0]["message"].as_str();
    story
        .does("summarise d.txt --lang en --system lex-rank")
        .fails(2, &format!("`lex-rank`: {why}"));
    story
        .does("list lex-rank")
        .succeeds()
        .writes("limit: at most 9 thousand million steps that compare sentences");
}

#[test]
fn a_script_that_is_not_there_is_named_where_it_was_looked_for() {
    let toml = "name = \"p\"\nrun = [\"python3\", \"missing.py\"]\n";
    let story = epitome()
        .file("c.jsonl", TWO_STORIES)
        .file("p/plugin.toml", toml);
    story
        .does("run --corpus c.jsonl --plugin p")
        .fails(2, "plugin `p`: crash: it ended with exit code 2")
        .says("hint: there is no file p/missing.py; a plugin runs in a new folder");
    story
        .does_words(&[
            "run",
            "--corpus",
            "c.jsonl",
            "--plugin",
            "m=python3 missing.py",
        ])
        .fails(2, "plugin `m`: crash: it ended with exit code 2")
        .says("hint: there is no file ./missing.py; a plugin runs in a new folder");
}

#[test]
fn a_run_that_is_refused_leaves_no_folder() {
    let story = epitome()
        .file("two.jsonl", TWO_STORIES)
        .file("bad.jsonl", "{\"text\":\"One. Two.\"}\n{\"text\":3}\n")
        .file(
            "refuses.sh",
            "read hello; echo '{\"error\":\"no model\"}'\n",
        )
        .file("tmp/.keep", "");
    fs::remove_file(story.path("tmp/.keep")).unwrap();
    let temporary = story.path("tmp").display().to_string();
    let plugin = |run: &str| format!("name = 'x'\nrun = {run}\n");
    let story = story
        .file("dies.toml", plugin("['false']"))
        .file("refuses.toml", plugin("['sh', 'refuses.sh']"))
        .file("missing.toml", plugin("['no-such-program']"))
        .file("version.toml", plugin("'cat'\nversion = 'false'"));
    for more in [
        "--plugin dies.toml",
        "--plugin refuses.toml",
        "--plugin missing.toml",
        "--plugin version.toml",
        "--metric-plugin dies.toml",
        "--metric-plugin refuses.toml",
        "--embedder e=plugin:dies.toml",
        "--metric no-such-metric",
        "--metric rouge-1(no=1)",
        "--system no-such-system",
        "--corpus missing.jsonl",
        "--corpus tmp",
        "--background bad.jsonl --system tf-idf",
    ] {
        for command in ["run", "bench"] {
            let line = format!("{command} --corpus two.jsonl {more}");
            let outcome = story.does_with(&[("TMPDIR", temporary.as_str())], &line);
            assert_eq!(outcome.code, 2, "{line}: {}", outcome.stderr);
            assert!(!story.path("results").exists(), "{line}");
            let left = fs::read_dir(&temporary).unwrap().count();
            assert_eq!(left, 0, "{line}");
        }
    }

    // what is noticed only when there is a folder
    for line in [
        "bench --corpus bad.jsonl",
        "aggregate two.jsonl --corpus two.jsonl",
        "aggregate tmp --corpus two.jsonl",
    ] {
        assert_eq!(story.does(line).code, 2, "{line}");
        let left = fs::read_dir(story.path("results")).into_iter().flatten();
        assert_eq!(left.count(), 0, "{line}");
    }
}
