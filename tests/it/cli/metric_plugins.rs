//! Metrics that are not ours: `--metric-plugin`.

use std::{fs, path::Path, time::Duration};

use super::{
    background::Background,
    story::{Outcome, Story, TWO_STORIES, epitome},
};

fn hostile() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/plugins/hostile_metric.py")
        .display()
        .to_string()
}

/// Documents of three sentences, the first of which holds a fault.
fn corpus(faults: &[&str]) -> String {
    let line = |(at, fault): (usize, &&str)| {
        let command = match *fault {
            "" => String::new(),
            fault => format!(" FAULT:{fault}"),
        };
        serde_json::json!({
            "id": format!("d{at}"),
            "lang": "en",
            "text": format!("The river rose {at} metres overnight{command}. A bridge was closed. Shops stayed shut."),
            "summaries": ["The river rose and a bridge was closed."],
        })
        .to_string()
    };
    faults
        .iter()
        .enumerate()
        .map(line)
        .collect::<Vec<_>>()
        .join("\n")
}

/// A story with the hostile metric as `plugin.toml`, which logs what it is asked.
fn story(faults: &[&str]) -> Story {
    let story = epitome().file("c.jsonl", corpus(faults)).file("log", "");
    let log = story.path("log");
    let toml = format!(
        r#"
        name = "hostile"
        run = ["python3", "{}"]
        timeout = 2
        grace = 0.2
        write = ["log"]
        [environment]
        METRIC_LOG = "{}"
        [parameters]
        fickle = {{ default = false }}
        fickle-signature = {{ default = false }}
        by-place = {{ default = false }}
        apart = {{ default = false }}
        odd = {{ default = false }}
        notes = {{ default = false }}
        "#,
        hostile(),
        log.display()
    );
    story.file("plugin.toml", toml)
}

const RUN: &str = "run --corpus c.jsonl --system lead --system tail --sentences 1 --metric rouge-1 --metric-plugin plugin.toml";

/// The rows of the metric in a table.
fn rows(story: &Story, file: &str) -> Vec<String> {
    let table = story.result(file);
    let rows = table.lines().filter(|line| line.contains(",hostile"));
    rows.map(str::to_owned).collect()
}

/// The status of `lead` by the metric, document by document.
fn statuses(story: &Story) -> Vec<String> {
    let rows = rows(story, "scores.csv");
    let of_lead = rows.iter().filter(|row| row.contains(",lead,"));
    of_lead
        .map(|row| row.rsplit(',').next().unwrap().to_owned())
        .collect()
}

/// The messages of a type that the metric was sent.
fn asked(story: &Story, kind: &str) -> Vec<serde_json::Value> {
    let log = fs::read_to_string(story.path("log")).unwrap();
    let messages = log.lines().map(|line| serde_json::from_str(line).unwrap());
    messages
        .filter(|message: &serde_json::Value| message["type"] == kind)
        .collect()
}

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
    let run = super::story::only_child(&story.path("results"));
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
fn whatever_a_metric_does_only_that_output_fails() {
    let faults = [
        "nan", "huge", "beyond", "few", "many", "another", "text", "nothing", "exit",
        "hang", "error",
    ];
    // so many others that it does not fail too often
    let with_others = |fault| std::iter::once(fault).chain([""; 12]);
    let documents = [""; 20].into_iter();
    let documents = documents.chain(faults.into_iter().flat_map(with_others));
    let documents: Vec<&str> = documents.collect();
    let story = story(&documents);
    let outcome = story.does(&format!("{RUN} --no-cache"));
    assert_eq!(outcome.code, 3, "{}", outcome.stderr);
    let found = statuses(&story);
    let of_faults: Vec<&str> = found
        .iter()
        .skip(20)
        .step_by(13)
        .map(String::as_str)
        .collect();
    let mut wanted = ["protocol"; 11];
    wanted[8..].copy_from_slice(&["crash", "timeout", "error"]);
    assert_eq!(of_faults, wanted);
    let fine = found.iter().filter(|status| *status == "ok").count();
    assert_eq!(fine, documents.len() - faults.len());
    let failures = story.result("failures.csv");
    for told in [
        "0 measures for 1 candidates",
        "2 measures for 1 candidates",
        "a number, or an object with `value` or `error`",
        "the measure of candidate 0: `value` is 1.5, above `high`, which is 1",
        "it answered for an id that it was not asked for",
        "an answer has neither `measures` nor `error`",
        "this document is not for me",
        "no answer within 2 s",
        "I am leaving",
    ] {
        assert!(failures.contains(told), "{told}: {failures}");
    }
    assert!(
        !failures.contains(",tail,"),
        "it is measured by itself: {failures}"
    );
    assert!(!failures.contains(",rouge-1"), "{failures}");
}

#[test]
fn a_metric_that_fails_too_often_is_skipped() {
    let story = story(&["", "exit", "error", "nan", "", ""]);
    story.does(RUN);
    assert_eq!(
        statuses(&story),
        ["ok", "crash", "error", "protocol", "skipped", "skipped"]
    );
}

#[test]
fn a_candidate_may_fail_alone() {
    let story = story(&["", ""]);
    let outcome = story.does(&format!("{RUN} --metric hostile(apart=true)"));
    assert_eq!(outcome.code, 3);
    let rows = rows(&story, "scores.csv");
    assert!(
        rows[0].contains(",lead,") && rows[0].ends_with(",ok"),
        "{rows:?}"
    );
    assert!(
        rows[1].contains(",tail,") && rows[1].ends_with(",0,error"),
        "{rows:?}"
    );
    assert!(
        story
            .result("failures.csv")
            .contains("tail,error,too short,hostile(apart=true)")
    );
}

/// The rows of the run as bytes.
fn bytes(story: &Story) -> Vec<String> {
    [
        "scores.csv",
        "extracts.jsonl",
        "failures.csv",
        "leaderboard.csv",
    ]
    .map(|file| story.result(file))
    .to_vec()
}

#[test]
fn rows_and_questions_are_the_same_at_any_number_of_threads() {
    let faults = [
        "", "", "exit", "", "", "", "", "error", "", "", "", "", "", "", "", "", "", "",
        "",
    ];
    let run = |jobs: usize| {
        let story = story(&faults);
        story.does(&format!("{RUN} --jobs {jobs}"));
        (bytes(&story), asked(&story, "measure"))
    };
    let one = run(1);
    assert_eq!(run(7), one);
}

#[test]
fn a_run_that_was_killed_goes_on_as_if_it_had_not_been() {
    let faults = [
        "", "exit", "", "", "", "", "", "", "", "error", "", "hang", "", "", "", "", "",
        "",
    ];
    let whole = story(&faults);
    whole.does(RUN);

    let killed = story(&faults);
    let words: Vec<&str> = RUN.split_whitespace().collect();
    let mut child = Background::starts(&killed, &[], &words);
    let scores = || {
        let results = fs::read_dir(killed.path("results"))
            .ok()?
            .next()?
            .ok()?
            .path();
        fs::read_to_string(results.join("scores.csv")).ok()
    };
    // the first batch has its rows, and the second waits for the document that hangs
    child.until("rows of the first batch", || {
        scores().is_some_and(|table| table.contains(",d7,"))
    });
    child.kill();
    assert!(!scores().unwrap().contains(",d17,"), "it was too fast");
    killed.does(RUN);
    assert_eq!(bytes(&killed), bytes(&whole));
}

#[test]
fn one_that_changes_between_restarts_fails() {
    // after the crash another process is started, which says another signature
    let story = story(&["", "exit", "", ""]);
    story.does(&format!("{RUN} --metric hostile(fickle-signature=true)"));
    let failures = story.result("failures.csv");
    assert!(
        failures.contains("what it says of itself in `ready` is no longer what it was"),
        "{failures}"
    );
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
            hostile()
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
fn nothing_is_asked_twice() {
    let story = story(&["", "error", ""]);
    story.does(&format!("{RUN} --name a"));
    let begun = asked(&story, "measure").len();
    assert!(begun >= 3, "{begun}");
    let scores = |name: &str| {
        fs::read_to_string(story.path(&format!("results/{name}/scores.csv"))).unwrap()
    };
    let first = scores("a");

    // only what failed is asked for again
    story.does(&format!("{RUN} --name b"));
    let log = asked(&story, "measure");
    assert_eq!(log.len(), 4, "{log:?}");
    assert!(log[3].to_string().contains("FAULT:error"));
    assert_eq!(scores("b"), first);
    story.does(&format!("{RUN} --system random --name c"));
    let log = asked(&story, "measure");
    for question in &log[4..] {
        let candidates = question["candidates"].as_array().unwrap().len();
        assert!(
            candidates == 1 || question.to_string().contains("FAULT"),
            "{log:?}"
        );
    }

    // without what is kept, everything is asked for, and the rows are the same: one question
    // for each document, and one for each output of that on which the metric fails
    let before = log.len();
    story.does(&format!("{RUN} --no-cache --name d"));
    let log = asked(&story, "measure");
    assert_eq!(log.len(), before + 3 + 2, "{log:?}");
    assert_eq!(scores("d"), first);

    // the seed decides scores
    story.does(&format!("{RUN} --seed 1 --name e"));
    let of_seed = asked(&story, "measure")[log.len()..].to_vec();
    assert!(
        of_seed[0].to_string().contains("rose 0 metres"),
        "{of_seed:?}"
    );

    story
        .does("cache verify")
        .succeeds()
        .writes("ok     ")
        .writes("hostile|apart:false|");
    let verified = story.does("cache verify --json").succeeds();
    let data = verified.data();
    assert_eq!(
        data["metrics"][0]["problems"],
        serde_json::json!([]),
        "{data}"
    );
    let file = data["metrics"][0]["path"].as_str().unwrap().to_owned();
    let file = story.path(&file);
    let kept = fs::read_to_string(&file).unwrap();
    fs::write(&file, kept.replacen("\"value\":0.5", "\"value\":0.75", 1)).unwrap();
    story
        .does("cache verify")
        .fails(2, "1 line is not as it was written")
        .writes("its checksum is of another score");
    epitome()
        .does("cache verify")
        .fails(5, "results/.scores: no scores are kept");
}

/// The stub of an endpoint, which ends with the test.
struct Stub(std::process::Child);

impl Drop for Stub {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn a_judge_behind_an_endpoint_is_paid_once() {
    let judge = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/plugins/judge.toml");
    let stub = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/plugins/stub_chat.py");
    let story = epitome().file("c.jsonl", corpus(&["", "words", "no", ""]));
    let (port, log) = (story.path("port"), story.path("requests"));
    let child = std::process::Command::new("python3")
        .args([stub.as_path(), &port, &log])
        .spawn();
    let _stub = Stub(child.unwrap());
    let port = (0..6_000).find_map(|_| {
        std::thread::sleep(Duration::from_millis(20));
        fs::read_to_string(&port)
            .ok()
            .filter(|port| !port.is_empty())
    });
    let url = format!("http://127.0.0.1:{}/v1", port.unwrap());
    let requests = || -> Vec<serde_json::Value> {
        let log = fs::read_to_string(&log).unwrap_or_default();
        log.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    };

    let run = format!(
        "run --corpus c.jsonl --system lead --sentences 1 --metric rouge-1 --metric-plugin {}",
        judge.display()
    );
    let world = [
        ("OPENAI_BASE_URL", url.as_str()),
        ("OPENAI_API_KEY", "secret"),
    ];
    let outcome = story.does_with(&world, &format!("{run} --name a"));
    assert_eq!(outcome.code, 3, "{}", outcome.stderr);
    let table = fs::read_to_string(story.path("results/a/scores.csv")).unwrap();
    let rows: Vec<&str> = table
        .lines()
        .filter(|line| line.contains(",judge,"))
        .collect();
    let ends = ["0.75,ok", "0,error", "0,error", "0.75,ok"];
    assert!(
        rows.iter().zip(ends).all(|(row, end)| row.ends_with(end)),
        "{rows:?}"
    );
    let failures = fs::read_to_string(story.path("results/a/failures.csv")).unwrap();
    assert!(
        failures.contains("which has no number from 1 to 5"),
        "{failures}"
    );
    assert!(failures.contains("HTTP Error 400"), "{failures}");
    let first = requests();
    assert_eq!(
        first.len(),
        5,
        "four documents, and one that was too many: {first:?}"
    );
    assert_eq!(first[0]["path"], "/v1/chat/completions");
    assert_eq!(first[0]["key"], "Bearer secret");
    assert_eq!(first[0]["temperature"], 0.0);

    // what was judged is not judged again; what failed is
    story.does_with(&world, &format!("{run} --name b"));
    let again = requests()[first.len()..].to_vec();
    assert_eq!(again.len(), 2, "{again:?}");
    assert!(
        again.iter().all(|it| it.to_string().contains("FAULT:")),
        "{again:?}"
    );

    // drawn at random, it says so; without the variables it does not start
    let warm = format!("{run} --metric judge(temperature=0.7) --name c");
    story.does_with(&world, &warm);
    let manifest = fs::read_to_string(story.path("results/c/manifest.json")).unwrap();
    assert!(
        manifest.contains("|temperature:0.7|deterministic:false|"),
        "{manifest}"
    );
    assert!(manifest.contains("not deterministic"), "{manifest}");
    let plain = fs::read_to_string(story.path("results/a/manifest.json")).unwrap();
    assert!(!plain.contains("deterministic"), "{plain}");
    assert!(!plain.contains("secret"), "{plain}");
    let outcome =
        story.does_with(&[("OPENAI_BASE_URL", ""), ("OPENAI_API_KEY", "")], &run);
    assert_eq!(outcome.code, 2);
    outcome.says("the environment variable OPENAI_BASE_URL is not set");
}

#[test]
fn scores_that_cannot_be_kept_are_told_of_and_no_score_is_lost() {
    let lines = (0..40).map(|at| {
        format!("{{\"id\":\"d{at}\",\"candidate\":\"the river rose {at}\",\"references\":[\"the river rose\"]}}\n")
    });
    let toml = format!(
        "name = \"hostile\"\nrun = [\"python3\", \"{}\"]\n",
        hostile()
    );
    let story = epitome()
        .file("pairs.jsonl", lines.collect::<String>())
        .file("plugin.toml", toml);
    // no file may become longer than a kilobyte, and who writes more is told of it
    let command = format!(
        "trap '' XFSZ; ulimit -f 1; exec {} score pairs.jsonl --metric-plugin plugin.toml --per-document",
        env!("CARGO_BIN_EXE_epitome")
    );
    let done = std::process::Command::new("bash")
        .args(["-c", &command])
        .current_dir(story.path("."))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(
        said.contains("note: scores of `hostile` are not all kept, and will be asked for again: File too large"),
        "{said}"
    );
    let rows = String::from_utf8_lossy(&done.stdout);
    assert_eq!(
        rows.lines().filter(|it| it.contains(",hostile,")).count(),
        40
    );
}

/// The run whose metric has a note for every output.
const NOTED: &str = "run --corpus c.jsonl --system lead --system tail --sentences 1 --metric rouge-1 --metric-plugin plugin.toml --metric hostile(notes=true)";

#[test]
fn a_note_stays_beside_its_score() {
    let story = story(&["", "error"]);
    story
        .does(&format!("{NOTED} --name r --tolerance 1"))
        .succeeds();
    let notes = story.result("notes.csv");
    let first = "c,d0,lead,hostile(notes=true),\"34 letters, \"\"The river\"\" [31m\"";
    let rows: Vec<&str> = notes.lines().collect();
    let failed = rows.iter().any(|row| row.contains("c,d1,lead,"));
    assert!(!failed, "a failure has a message and no note: {notes}");
    assert_eq!(rows.len(), 4, "{notes}");
    assert_eq!(rows[..2], ["corpus,document,system,metric,note", first]);

    let shown = "A hostile(notes=true): 34 letters, \"The river\" [31m\n";
    story.does("show r d0 lead tail").succeeds().writes(shown);
    story
        .does("show r d0 lead --json")
        .succeeds()
        .writes(r#""note":"34 letters, \"The river\" [31m""#);
    story.does("verify r").succeeds();

    // a score that is kept has its note, and tables are derived without the plugin
    let log = asked(&story, "measure").len();
    story
        .does(&format!("{NOTED} --name s --tolerance 1"))
        .succeeds();
    let again = fs::read_to_string(story.path("results/s/notes.csv")).unwrap();
    assert_eq!(again, notes);
    assert_eq!(asked(&story, "measure").len(), log + 1, "only what failed");

    // a note that was changed is found
    let path = story.path("results/r/notes.csv");
    fs::write(&path, notes.replace("34", "35")).unwrap();
    assert_eq!(story.does("verify r").code, 1);
}

#[test]
fn notes_are_the_same_at_any_number_of_threads_and_when_they_are_added_later() {
    let story = story(&[""; 12]);
    let notes = |name: &str| {
        fs::read_to_string(story.path(&format!("results/{name}/notes.csv"))).unwrap()
    };
    story
        .does(&format!("{NOTED} --name whole --jobs 1"))
        .succeeds();
    story
        .does(&format!("{NOTED} --name many --jobs 5"))
        .succeeds();
    assert_eq!(notes("many"), notes("whole"));
    assert_eq!(notes("whole").lines().count(), 1 + 2 * 12);

    story.does("run --corpus c.jsonl --system lead --system tail --sentences 1 --metric rouge-1 --name later").succeeds();
    assert_eq!(notes("later").lines().count(), 1);
    story
        .does(
            "score --run later --metric-plugin plugin.toml --metric hostile(notes=true)",
        )
        .succeeds();
    assert_eq!(notes("later"), notes("whole"));

    // what is stored goes on with its notes when yet another metric is added
    story.does("score --run later --metric rouge-2").succeeds();
    assert_eq!(notes("later"), notes("whole"));
}

#[test]
fn retry_failed_refuses_a_metric_that_was_added_to_the_run() {
    let faults = [""; 11].into_iter().chain(["error"]);
    let story = story(&faults.collect::<Vec<_>>());
    let plain = "run --corpus c.jsonl --system lead --system tail --sentences 1 --metric rouge-1 --name r";
    story.does(plain).succeeds();
    story
        .does("score --run r --metric-plugin plugin.toml")
        .succeeds();
    assert_eq!(statuses(&story)[11], "error");

    // the run knows nothing of the plugin, and says so instead of dropping the metric
    let retried = story.does(&format!("{plain} --retry-failed"));
    assert_eq!(retried.code, 2);
    retried.says("`hostile` was added to the run");
    assert_eq!(statuses(&story)[11], "error", "the rows are as they were");
    let before = fs::read_to_string(story.path("results/r/scores.csv")).unwrap();
    story.does(plain);
    let after = fs::read_to_string(story.path("results/r/scores.csv")).unwrap();
    assert_eq!(after, before);
}

#[test]
fn times_of_a_metric_are_not_those_of_a_system() {
    let story = story(&["", ""]);
    story.does(RUN).succeeds();
    let run = super::story::only_child(&story.path("results"));
    assert!(!run.join("plugin_timings.csv").exists());
}
