//! References in letters that ROUGE's own tokenisers drop.

use serde_json::Value;

use super::story::{Story, TWO_STORIES, epitome};

/// Latin letters with marks: 19 of 48 in the references lie beyond ASCII.
const VIETNAMESE: &str = r#"{"id":"a","lang":"vi","text":"Thành phố mở cầu mới. Người dân đi qua cầu từ sáng sớm.","summaries":["Cầu mới của thành phố đã được mở."]}
{"id":"b","lang":"vi","text":"Mưa lớn làm ngập đường phố. Trường học phải đóng cửa.","summaries":["Đường phố bị ngập sau mưa lớn."]}
"#;

/// 3 of 59 letters of the reference lie beyond ASCII: said, and no reason for another metric.
const FRENCH: &str = r#"{"id":"a","lang":"fr","text":"Le pont a été fermé hier soir. Les habitants attendent le bac.","summaries":["Le pont de la ville a été fermé par le conseil, et les habitants attendent."]}
"#;

fn manifest(story: &Story) -> Value {
    serde_json::from_str(&story.result("manifest.json")).unwrap()
}

fn metrics(manifest: &Value) -> Vec<&str> {
    let metrics = manifest["metrics"].as_array().unwrap();
    metrics
        .iter()
        .map(|metric| metric["name"].as_str().unwrap())
        .collect()
}

#[test]
fn a_run_that_names_no_metric_reads_the_script_of_its_references() {
    let story = epitome().file("vn.jsonl", VIETNAMESE);
    let outcome = story.does("run --corpus vn.jsonl --system lead").succeeds();
    let found = manifest(&story);
    assert_eq!(
        metrics(&found),
        [
            "rouge-1(profile=unicode)",
            "rouge-2(profile=unicode)",
            "rouge-l(profile=unicode)",
            "rouge-lsum(profile=unicode)",
        ]
    );
    assert!(
        outcome
            .stdout
            .contains("vn: measured by `rouge-1(profile=unicode)`"),
        "{}",
        outcome.stdout
    );
    let letters = &found["corpora"][0]["letters"]["letters"];
    assert_eq!(letters["all"], 48);
    assert_eq!(letters["beyond_ascii"], 19);
    assert_eq!(found["unread"][0]["metric"], "rouge-1");
    assert_eq!(found["unread"][0]["replaced"], true);
}

#[test]
fn a_metric_that_was_named_is_kept_and_what_it_drops_is_said() {
    let story = epitome().file("vn.jsonl", VIETNAMESE);
    let run = "run --corpus vn.jsonl --system lead --metric rouge-1";
    let outcome = story.does(&format!("{run} --quiet")).succeeds();
    let words = outcome.words();
    let at = words.find("vn: `rouge-1` drops ").unwrap();
    let end = " % of the letters of the references; `rouge-1(profile=unicode)` reads all";
    let note = &words[at..at + words[at..].find(end).unwrap() + end.len()];
    assert!(note.len() < 120, "{note}");
    let found = manifest(&story);
    assert_eq!(metrics(&found), ["rouge-1"]);
    assert_eq!(found["unread"][0]["instead"], "rouge-1(profile=unicode)");

    // the page and every table carry it, and so does a run that is taken up again
    for format in ["--text", "--markdown", "--latex", "--json"] {
        let drawn = story.does(&format!("report {format}")).succeeds().words();
        assert!(
            drawn.contains("of the letters of the references"),
            "{format}: {drawn}"
        );
    }
    story.does("report").succeeds();
    assert!(
        story
            .result("report.html")
            .contains("of the letters of the references")
    );
    assert!(story.does(run).succeeds().words().contains(note));
}

#[test]
fn a_few_marks_are_said_and_change_no_metric() {
    let story = epitome().file("fr.jsonl", FRENCH);
    let outcome = story.does("run --corpus fr.jsonl --system lead").succeeds();
    assert_eq!(metrics(&manifest(&story))[0], "rouge-1");
    assert!(
        outcome.stdout.contains("fr: `rouge-1`"),
        "{}",
        outcome.stdout
    );

    let story = epitome().file("two.jsonl", TWO_STORIES);
    let outcome = story
        .does("run --corpus two.jsonl --system lead")
        .succeeds();
    assert_eq!(manifest(&story)["unread"], serde_json::json!([]));
    assert!(
        !outcome.stdout.contains("letters of the references"),
        "{}",
        outcome.stdout
    );
}

#[test]
fn one_script_beyond_ascii_decides_for_all_corpora_of_a_run() {
    let story = epitome()
        .file("vn.jsonl", VIETNAMESE)
        .file("two.jsonl", TWO_STORIES);
    let run = "run --corpus two.jsonl --corpus vn.jsonl --system lead";
    let outcome = story.does(run).succeeds();
    assert_eq!(metrics(&manifest(&story))[0], "rouge-1(profile=unicode)");
    assert!(
        outcome.stdout.contains("vn: measured by"),
        "{}",
        outcome.stdout
    );
}

#[test]
fn a_metric_that_is_added_later_says_what_it_drops() {
    let story = epitome().file("vn.jsonl", VIETNAMESE);
    story
        .does("run --corpus vn.jsonl --system lead --name r")
        .succeeds();
    let outcome = story.does("score --run r --metric rouge-1").succeeds();
    assert!(
        outcome.stdout.contains("vn: `rouge-1` drops"),
        "{}",
        outcome.stdout
    );
    let outcome = story
        .does("run --corpus vn.jsonl --system lead --name r")
        .succeeds();
    assert!(
        outcome.stdout.contains("vn: `rouge-1` drops"),
        "{}",
        outcome.stdout
    );
}

#[test]
fn parts_and_a_bench_have_the_metrics_of_the_run() {
    let story = epitome().file("vn.jsonl", VIETNAMESE);
    let plan = "--corpus vn.jsonl --system lead --jobs 1";
    story.does(&format!("run {plan} --name whole")).succeeds();
    let named = "rouge-1 rouge-2 rouge-l rouge-lsum";
    let named: Vec<String> = named
        .split(' ')
        .map(|name| format!("--metric {name}(profile=unicode)"))
        .collect();
    let rows = story
        .reads(
            VIETNAMESE,
            &format!("worker --system lead {}", named.join(" ")),
        )
        .succeeds();
    let story = story.file("rows/part.jsonl", rows.stdout);
    story
        .does(&format!("aggregate rows {plan} --name parts"))
        .succeeds();
    let read = |run: &str| {
        std::fs::read_to_string(story.path(&format!("results/{run}/scores.csv"))).unwrap()
    };
    assert_eq!(read("whole"), read("parts"));

    let quick = "--samples 10 --warm-up-ms 1 --measurement-ms 10";
    let story = epitome().file("vn.jsonl", VIETNAMESE);
    story.does(&format!("run {plan}")).succeeds();
    story.does(&format!("bench {plan} {quick}")).succeeds();
    assert!(
        story.result("timings.csv").contains("lead"),
        "in the folder of the run"
    );
}

#[test]
fn the_sampler_greets_nobody_with_documents_that_are_not_scored() {
    let outcome = epitome().does("run --system lead").succeeds();
    assert!(!outcome.stderr.contains("unreadable"), "{}", outcome.stderr);
    assert!(
        outcome.stdout.contains("rouge-1(profile=unicode)"),
        "{}",
        outcome.stdout
    );
}

#[test]
fn nothing_measured_is_not_success() {
    let story = epitome().file("two.jsonl", TWO_STORIES);
    story
        .does("run --corpus two.jsonl --system yake --metric rouge-1")
        .fails(
            5,
            "nothing to measure: `yake` returns keyphrases, and `rouge-1` measures summaries",
        )
        .says("hint: `--metric keyphrase-f1@10` measures keyphrases");
    assert!(
        !story.path("results").exists(),
        "it is seen before anything is run"
    );

    story
        .does("run --corpus two.jsonl --system yake --system lead --metric rouge-1")
        .succeeds()
        .says("note: no metric measures `yake`");
}

#[test]
fn a_corpus_without_references_is_not_success() {
    let story = epitome().file("bare.jsonl", r#"{"id":"a","text":"One day. Two days."}"#);
    story
        .does("run --corpus bare.jsonl --system lead --metric rouge-1")
        .fails(
            5,
            "nothing was measured: no document of bare has what the metrics need: no `summaries`",
        );
    assert!(
        story.result("extracts.jsonl").contains("One day."),
        "it is kept"
    );
}
