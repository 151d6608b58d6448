//! Metrics that are not ours and fail: rows, and runs that go on.

use std::fs;

use super::{
    background::Background,
    plugin_stories::metric::{RUN, asked, rows, statuses, story},
    story::Story,
};

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
        "no answer within 3 s",
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
