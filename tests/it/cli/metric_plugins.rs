//! Metrics that are not ours: `--metric-plugin`.

use std::fs;

use super::{
    plugin_stories::{
        metric::{RUN, asked, rows, story},
        script,
    },
    story::{Outcome, TWO_STORIES, epitome, only_child},
};

#[test]
fn a_strangers_metric_ranks_systems_with_tests_and_a_gate() {
    let gate = r#"
        systems = ["lead", "tail", "longest"]
        metrics = ["mine(most=50)", "rouge-1"]
        budgets = ["1 sentence"]
        gates = ["mine > -100"]
        baseline = "tail"
        [corpora]
        news = "news.jsonl"
        [metric-plugins]
        mine = "mine/plugin.toml"
    "#;
    let story = epitome()
        .file("news.jsonl", TWO_STORIES)
        .file("e.toml", gate);
    story
        .does("plugin new --metric mine")
        .succeeds()
        .says("--metric-plugin mine/plugin.toml");
    let template = fs::read_to_string(story.path("mine/metric.py")).unwrap();
    assert!(template.lines().count() <= 20, "{template}");

    story
        .does("run e.toml")
        .succeeds()
        .says("gate holds")
        .writes("mine(most=50)");
    let comparisons = story.result("comparisons.csv");
    let pairs = comparisons
        .lines()
        .filter(|line| line.contains("mine(most=50)"));
    assert_eq!(pairs.count(), 3);
    let manifest = story.result("manifest.json");
    assert!(manifest.contains("mine|most:50|program:"), "{manifest}");
    let written = story.result("experiment.toml");
    assert!(
        written.contains("[metric-plugins]\n\"mine\" = "),
        "{written}"
    );

    // everything that is derived from rows needs no plugin
    let run = only_child(&story.path("results"));
    fs::remove_dir_all(story.path("mine")).unwrap();
    fs::remove_file(run.join("leaderboard.csv")).unwrap();
    let run = run.display().to_string();
    story
        .does_words(&["compare", &run, "--metric", "mine"])
        .succeeds()
        .writes("mine(most=50)");
    story.does_words(&["report", &run]).succeeds();
    story
        .does_words(&["worst", &run, "lead", "tail", "--metric", "mine(most=50)"])
        .succeeds();
}

#[test]
fn references_are_sent_once_with_all_different_outputs() {
    let story = story(&["", "", ""]);
    // `longest` picks what `lead` picks
    story.does(&format!("{RUN} --system longest")).succeeds();
    let questions = asked(&story, "measure");
    assert_eq!(questions.len(), 3, "{questions:?}");
    let first = &questions[0];
    assert_eq!(
        first["references"],
        serde_json::json!(["The river rose and a bridge was closed."])
    );
    assert_eq!(
        first["candidates"],
        serde_json::json!(["The river rose 0 metres overnight.", "Shops stayed shut."])
    );
    assert!(
        first.get("source").is_none(),
        "it did not ask for it: {first}"
    );
    let hello = &asked(&story, "hello")[0];
    assert_eq!((&hello["v"], &hello["role"]), (&2.into(), &"metric".into()));
    let rows = rows(&story, "scores.csv");
    assert_eq!(rows.len(), 9);
    assert_eq!(rows[0].replace(",lead,", ",longest,"), rows[2]);
}

#[test]
fn a_program_is_not_system_and_metric_of_one_run() {
    let both = r#"
import json, sys
for line in sys.stdin:
    asked = json.loads(line)
    if asked["type"] == "hello":
        said = {"type": "ready", "name": "both", "version": "1", "does": ["summarise", "measure"]}
    elif asked["type"] == "summarise":
        said = {"id": asked["id"], "picks": []}
    elif asked["type"] == "measure":
        said = {"id": asked["id"], "measures": [0.5 for _ in asked["candidates"]]}
    else:
        said = asked
    print(json.dumps(said), flush=True)
"#;
    let story = story(&[""]).file("both.py", both);
    let run = |words: &[&str]| -> Outcome {
        let first = [
            "run", "--corpus", "c.jsonl", "--system", "lead", "--metric", "rouge-1",
        ];
        story.does_words(&[&first, words].concat())
    };
    run(&[
        "--plugin",
        "a=python3 both.py",
        "--metric-plugin",
        "b=python3 both.py",
    ])
    .fails(
        2,
        "`b` sees the references, and is the same program as the system `a`",
    );
    run(&["--plugin", "a=python3 both.py", "--name", "r"]).succeeds();
    let scored = [
        "score",
        "--run",
        "r",
        "--metric-plugin",
        "b=python3 both.py",
    ];
    story.does_words(&scored).fails(
        2,
        "`b` sees the references, and is the same program as the system `a`",
    );
    run(&["--metric-plugin", "b=python3 both.py", "--name", "s"]).succeeds();

    run(&["--plugin", "plugin.toml"]).fails(
        2,
        "plugin `hostile`: it is a metric, and was declared as a system",
    );
    story
        .does(&format!("{RUN} --metric hostile(odd=true)"))
        .says(
            "error: plugin `hostile(odd=true)`: its `ready`: unknown variant `sideways`",
        );
    story
        .does(&RUN.replace(
            "--metric-plugin plugin.toml",
            "--metric hostil --metric-plugin plugin.toml",
        ))
        .says("no metric is called `hostil`")
        .says("`hostile`");
}

#[test]
fn pairs_and_judgements_and_stored_runs_are_measured() {
    let pairs = r#"{"id":"a","candidate":"the river","references":["the river rose"]}
{"id":"b","candidate":"FAULT:error","references":["the river rose"]}
"#;
    let story = story(&["", ""]).file("pairs.jsonl", pairs);
    let outcome =
        story.does("score pairs.jsonl --metric-plugin plugin.toml --per-document");
    assert_eq!(outcome.code, 3, "{}", outcome.stderr);
    outcome
        .writes("a,hostile,,,1\nb,hostile,,,0\n")
        .says("`hostile` failed on 1 of 2 pairs, which have its worst value")
        .says("error: this document is not for me");
    story
        .does("score pairs.jsonl --metric rouge-1 --metric-plugin plugin.toml --json")
        .writes("\"hostile\"");

    let line = |system: &str, text: &str, rating: f64| {
        format!(
            r#"{{"doc_id":"a","system":"{system}","summary":"{text}","references":["the river rose"],"quality":{rating}}}"#
        )
    };
    let judged = [
        line("x", "the river", 3.0),
        line("y", "the whale", 2.0),
        line("z", "a", 1.0),
    ];
    let story = story.file("judged.jsonl", judged.join("\n"));
    story
        .does("judge judged.jsonl --metric-plugin plugin.toml --resamples 20 --name j")
        .succeeds();
    let agreement = fs::read_to_string(story.path("results/j/agreement.csv")).unwrap();
    assert!(agreement.contains("hostile|apart:false|"), "{agreement}");
    assert!(
        agreement.contains("quality,pooled,kendall,1.0,"),
        "{agreement}"
    );

    let plain = "run --corpus c.jsonl --system lead --metric rouge-1 --name r";
    story.does(plain).succeeds();
    story
        .does("score --run r --metric-plugin plugin.toml")
        .succeeds()
        .writes("hostile");
}

#[test]
fn the_check_finds_a_metric_that_is_not_what_it_says() {
    let story = epitome();
    story.does("plugin new --metric mine").succeeds();
    let outcome = story.does("plugin check mine/plugin.toml").succeeds();
    assert!(
        outcome
            .stdout
            .contains("ok     measure: an empty candidate"),
        "{}",
        outcome.stdout
    );
    assert!(!outcome.stdout.contains("FAILED"), "{}", outcome.stdout);

    let toml = |parameter: &str| {
        format!(
            "name = \"hostile\"\nrun = [\"python3\", \"{}\"]\n[parameters]\n{parameter} = {{ default = true }}\n",
            script("hostile_metric.py")
        )
    };
    let story = story
        .file("fickle.toml", toml("fickle"))
        .file("place.toml", toml("by-place"));
    let outcome = story.does("plugin check fickle.toml");
    assert_eq!(outcome.code, 3);
    outcome.writes("FAILED measure: the same question again\n       other scores: ");
    let outcome = story.does("plugin check place.toml");
    assert_eq!(outcome.code, 3);
    outcome
        .writes("ok     measure: the same question again")
        .writes("FAILED measure: the candidates in another order");
}

#[test]
fn a_sandbox_is_put_before_a_metric_too() {
    let story = story(&["", ""]);
    let sandbox = ["--sandbox", "env SANDBOXED=1"];
    let words: Vec<&str> = RUN.split_whitespace().chain(sandbox).collect();
    story.does_words(&words).succeeds();
    let none = ["--sandbox", "no-such-sandbox"];
    let words: Vec<&str> = RUN.split_whitespace().chain(none).collect();
    assert_eq!(story.does_words(&words).code, 2);
}

#[test]
fn times_of_a_metric_are_not_those_of_a_system() {
    let story = story(&["", ""]);
    story.does(RUN).succeeds();
    let run = only_child(&story.path("results"));
    assert!(!run.join("plugin_timings.csv").exists());
}
