//! Scores made elsewhere: `--scores NAME=FILE.jsonl`, a metric like any other.

use super::story::{Story, TWO_STORIES, epitome};

const SCORES: &str = r#"{"low":0,"high":1,"signature":{"model":"tiny"}}
{"id":"flood","system":"lead","value":0.75,"precision":0.5,"recall":1}
{"id":"flood","system":"tail","value":0.25}
{"id":"whale","system":"lead","f1":0.5}
{"id":"whale","system":"tail","value":0.25}
"#;

const RUN: &str = "run --corpus news.jsonl --system lead --system tail --sentences 1 --metric rouge-1 --scores judge=scores.jsonl";

fn story(scores: &str) -> Story {
    epitome()
        .file("news.jsonl", TWO_STORIES)
        .file("scores.jsonl", scores)
}

/// The rows of a metric in a table.
fn rows_of(story: &Story, file: &str, metric: &str) -> Vec<String> {
    let table = story.result(file);
    let rows = table.lines().filter(|line| line.contains(metric));
    rows.map(str::to_owned).collect()
}

#[test]
fn scores_made_elsewhere_are_a_metric_of_the_run() {
    let story = story(SCORES);
    story.does(RUN).succeeds().writes("judge").writes("62.50");
    assert_eq!(
        rows_of(&story, "scores.csv", ",judge,"),
        [
            "news,flood,lead,1 sentence,judge,0.5,1,0.75,ok",
            "news,flood,tail,1 sentence,judge,,,0.25,ok",
            "news,whale,lead,1 sentence,judge,,,0.5,ok",
            "news,whale,tail,1 sentence,judge,,,0.25,ok",
        ]
    );
    assert_eq!(rows_of(&story, "comparisons.csv", "judge").len(), 1);
    let manifest = story.result("manifest.json");
    for part in [
        "judge|model:tiny|scores:scores.jsonl#",
        "\"command\": \"scores.jsonl\"",
    ] {
        assert!(manifest.contains(part), "{manifest}");
    }
}

#[test]
fn an_output_without_a_line_is_a_failure_of_the_metric_alone() {
    let story = story(&SCORES.replace(
        r#"{"id":"whale","system":"tail","value":0.25}"#,
        r#"{"id":"whale","system":"tail","error":"too long"}"#,
    ));
    let without = SCORES.lines().filter(|line| !line.contains("0.5}"));
    let story = story.file("few.jsonl", without.collect::<Vec<_>>().join("\n"));
    let outcome = story.does(&format!("{RUN} --scores other=few.jsonl"));
    assert_eq!(outcome.code, 3, "{}", outcome.stderr);
    let mut rows = rows_of(&story, "scores.csv", "whale");
    rows.retain(|row| !row.contains("rouge-1"));
    assert_eq!(
        rows,
        [
            "news,whale,lead,1 sentence,judge,,,0.5,ok",
            "news,whale,lead,1 sentence,other,,,0,error",
            "news,whale,tail,1 sentence,judge,,,0,error",
            "news,whale,tail,1 sentence,other,,,0.25,ok",
        ]
    );
    let failures = story.result("failures.csv");
    for row in [
        "news,whale,lead,error,few.jsonl has no line about this output,other",
        "news,whale,tail,error,too long,judge",
    ] {
        assert!(failures.lines().any(|line| line == row), "{failures}");
    }
}

#[test]
fn lines_about_no_output_of_the_run_are_told() {
    let stranger = "{\"id\":\"moon\",\"system\":\"lead\",\"value\":1}\n";
    story(&format!("{SCORES}{stranger}"))
        .does(RUN)
        .succeeds()
        .says("scores.jsonl: 1 line is about no output of the run, and not used: line 6 is about the document `moon`, which is not there");
    let misspelt = SCORES.replace("lead", "laed").replace("tail", "last");
    story(&misspelt).does(RUN).fails(
        2,
        "scores.jsonl: no line is about an output of the run: line 2 is about `laed`, which is no system here: there are `lead`, `tail`",
    );
}

#[test]
fn a_file_that_is_no_scores_is_refused_with_its_line() {
    let refused = |scores: &str, message: &str| {
        story(scores).does(RUN).fails(2, message);
    };
    refused(
        &SCORES.replace("0.75", "NaN"),
        "scores.jsonl: line 2: expected value in column 39",
    );
    refused(
        &SCORES.replace("0.75", "1.5"),
        "scores.jsonl: line 2: `value` is 1.5, above `high`, which is 1",
    );
    refused("", "scores.jsonl: it holds no scores");
    story(SCORES)
        .does(&RUN.replace("judge=", "rouge-2="))
        .fails(2, "`rouge-2` is a built-in metric");
    story(SCORES)
        .does(&RUN.replace("judge=scores.jsonl", "judge"))
        .fails(2, "`judge` is not `name=file.jsonl`");
}

#[test]
fn scores_of_extractors_measure_keyphrases() {
    let scores = r#"{"id":"flood","system":"yake","value":2}
{"id":"whale","system":"yake","value":4}
"#;
    let story = story(scores);
    story
        .does("run --corpus news.jsonl --system yake --scores mine=scores.jsonl --metric mine")
        .succeeds();
    assert_eq!(
        rows_of(&story, "leaderboard.csv", ",mine,").len(),
        1,
        "{}",
        story.result("leaderboard.csv")
    );
}

#[test]
fn scores_are_added_to_a_run_that_has_ended() {
    let story = story(SCORES);
    let plain = RUN.replace(" --scores judge=scores.jsonl", " --name r");
    story.does(&plain).succeeds();
    story
        .does("score --run r --scores judge=scores.jsonl")
        .succeeds()
        .writes("judge");
    let added = story.result("leaderboard.csv");

    // tables are derived again without the file
    std::fs::remove_file(story.path("scores.jsonl")).unwrap();
    std::fs::remove_file(story.path("results/r/leaderboard.csv")).unwrap();
    story
        .does("compare r --metric judge")
        .succeeds()
        .says("derived again");
    assert_eq!(story.result("leaderboard.csv"), added);
    story.does("report r").succeeds();

    // what has ended goes on as ended; what failed cannot be retried by a file that is gone
    story.does(&plain).succeeds();
    assert_eq!(story.result("leaderboard.csv"), added);
    let retried = story.does(&format!("{plain} --retry-failed"));
    assert_eq!(retried.code, 2);
    retried.says("`judge` was added to the run");
}

#[test]
fn a_gate_of_an_experiment_judges_by_scores_made_elsewhere() {
    let experiment = r#"
        systems = ["lead", "tail"]
        metrics = ["judge"]
        budgets = ["1 sentence"]
        gates = ["judge > 0.1"]
        baseline = "tail"
        [corpora]
        news = "news.jsonl"
        [scores]
        judge = "scores.jsonl"
    "#;
    let story = story(SCORES).file("e.toml", experiment);
    story.does("run e.toml").says("gate").says("judge");
    let written = story.result("experiment.toml");
    assert!(
        written.contains("[scores]\n\"judge\" = \"scores.jsonl\""),
        "{written}"
    );
}

#[test]
fn a_judge_is_compared_with_people_like_any_metric() {
    let line = |document: &str, system: &str, rating: f64| {
        format!(
            r#"{{"doc_id":"{document}","system":"{system}","summary":"a river","references":["the river"],"quality":{rating}}}"#
        )
    };
    let judged = [
        line("a", "x", 1.0),
        line("a", "y", 2.0),
        line("a", "z", 3.0),
        line("b", "x", 1.0),
        line("b", "y", 3.0),
        line("b", "z", 2.0),
    ];
    let scores = r#"{"doc_id":"a","system":"x","value":10}
{"doc_id":"a","system":"y","value":20}
{"doc_id":"a","system":"z","value":30}
{"doc_id":"b","system":"x","value":10}
{"doc_id":"b","system":"y","value":30}
"#;
    let story = epitome()
        .file("judged.jsonl", judged.join("\n"))
        .file("scores.jsonl", scores);
    story
        .does("judge judged.jsonl --scores mine=scores.jsonl --resamples 20")
        .succeeds()
        .says("note: `mine` failed on 1 summaries, which are left out: error: scores.jsonl has no line about this output");
    let agreement = story.result("agreement.csv");
    let pooled = agreement
        .lines()
        .find(|line| line.contains("pooled,pearson"));
    let pooled = pooled.unwrap();
    assert!(
        pooled.contains(",pearson,1.0,") && pooled.ends_with(",3,2,5"),
        "{pooled}"
    );
}

/// Lines as those of FRANK: a hash for the id, several metrics, other fields.
const FRANK: &str = r#"{"hash":"flood","model_name":"lead","dataset":"cnndm","FactCC":1.0,"FEQA":0.39,"split":"test"}
{"hash":"flood","model_name":"tail","dataset":"cnndm","FactCC":0.0,"FEQA":0.25,"split":"test"}
{"hash":"whale","model_name":"lead","dataset":"xsum","FactCC":0.5,"FEQA":null,"split":"valid"}
{"hash":"whale","model_name":"tail","dataset":"xsum","FactCC":0.0,"FEQA":0.125,"split":"valid"}
"#;

#[test]
fn one_of_several_scores_of_a_line_is_named() {
    let story = story(SCORES).file("frank.jsonl", FRANK);
    let run = RUN.replace(
        "--scores judge=scores.jsonl",
        "--scores fact=frank.jsonl#FactCC --scores feqa=frank.jsonl#FEQA",
    );
    let outcome = story.does(&run);
    assert_eq!(outcome.code, 3, "{}", outcome.stderr);
    assert_eq!(
        rows_of(&story, "scores.csv", ",fact,"),
        [
            "news,flood,lead,1 sentence,fact,,,1,ok",
            "news,flood,tail,1 sentence,fact,,,0,ok",
            "news,whale,lead,1 sentence,fact,,,0.5,ok",
            "news,whale,tail,1 sentence,fact,,,0,ok",
        ]
    );
    assert_eq!(
        rows_of(&story, "scores.csv", "flood,lead,1 sentence,feqa")[0],
        "news,flood,lead,1 sentence,feqa,,,0.39,ok"
    );
    assert_eq!(
        rows_of(&story, "failures.csv", ",feqa"),
        ["news,whale,lead,error,`FEQA` is null,feqa"]
    );
    let manifest = story.result("manifest.json");
    assert!(
        manifest.contains("fact|field:FactCC|scores:frank.jsonl#"),
        "{manifest}"
    );

    story.does(&run.replace("#FEQA", "#QAGS")).fails(
        2,
        "frank.jsonl: line 1: it has no field `QAGS`: there are `FEQA`, `FactCC`, `dataset`, `hash`, `model_name`, `split`",
    );
    story.does(&run.replace("#FEQA", "#split")).fails(
        2,
        "frank.jsonl: line 1: invalid type: string \"test\", expected f64",
    );
    story
        .does(&run.replace("#FEQA", ""))
        .fails(2, "frank.jsonl: line 1: it has neither `value` nor `error`");
}

#[test]
fn a_score_made_elsewhere_may_have_a_note() {
    let with_note = SCORES.replace(
        r#""lead","f1":0.5"#,
        r#""lead","f1":0.5,"note":"it omits\nthe bridge, \"and\" \u001b[31mthe shops""#,
    );
    let story = story(&with_note);
    story.does(RUN).succeeds();
    assert_eq!(
        story.result("notes.csv"),
        "corpus,document,system,metric,note\nnews,whale,lead,judge,\"it omits the bridge, \"\"and\"\"  [31mthe shops\"\n"
    );
    let run = super::story::only_child(&story.path("results"));
    let shown = ["show", &run.display().to_string(), "whale", "lead", "tail"];
    let notes = "notes:\nA judge: it omits the bridge, \"and\" [31mthe shops\n";
    story.does_words(&shown).succeeds().writes(notes);
}
