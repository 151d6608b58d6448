//! Every fault alone: the guilty document has its row, the others have theirs, and nobody
//! survives.

use std::{thread, time::Duration};

use epitome::plugin::{PluginError, PluginOptions};

#[path = "../../plugins/hostile_replies.rs"]
#[expect(dead_code, reason = "the plugin itself uses the rest")]
mod hostile_replies;

use hostile_replies::TO_SYSTEMS;

use super::stage::{HONEST, Trial, hasty, in_short, options, python, row_of, rust};

pub(crate) const IN_PYTHON: &[&str] = &[
    "hang",
    "exit",
    "exit-3",
    "segv",
    "kill",
    "answer-and-die",
    "eat-memory",
    "grandchild-eats-memory",
    "flood-stdout",
    "flood-stdout-one-line",
    "flood-stderr",
    "garbage",
    "garbage-json",
    "last-words",
    "twice",
    "another-id",
    "text-id",
    "out-of-range",
    "negative",
    "duplicate",
    "too-many",
    "few-scores",
    "nan",
    "huge-score",
    "invalid-utf-8",
    "half-a-line",
    "drip",
    "grandchild",
    "grandchild-and-hang",
    "grandchild-and-exit",
    "daemon-and-exit",
    "flee-and-exit",
    "ignore-sigterm",
    "close-stdin",
    "close-stdout",
    "close-stdout-and-go",
    "slow-clock",
    "error",
    "no-picks",
    "ready-again",
    "early-end",
    "never-answer",
    "join-our-group",
    "traced",
    "long-error",
    "nest",
];

/// What the one in Rust can do.
const IN_RUST: &[&str] = &[
    "hang",
    "exit",
    "segv",
    "kill",
    "answer-and-die",
    "eat-memory",
    "flood-stdout",
    "flood-stderr",
    "garbage",
    "twice",
    "another-id",
    "out-of-range",
    "duplicate",
    "too-many",
    "nan",
    "invalid-utf-8",
    "half-a-line",
    "grandchild",
    "grandchild-and-hang",
    "daemon-and-exit",
    "ignore-sigterm",
    "error",
    "slow-clock",
    "never-answer",
    "exit-255",
    "abort",
    "term",
    "stop",
    "become-another",
    "slow",
    "in-pieces",
    "windows-line-end",
    "unknown-field",
    "litter",
    "remove-folder",
    "lock-folder",
    "many-grandchildren",
    "grandchild-and-segv",
];

/// Every fault of the one in Rust: what it does, and what it writes.
pub(crate) fn in_rust() -> Vec<&'static str> {
    let written = TO_SYSTEMS.iter().map(|(name, _)| *name);
    IN_RUST.iter().copied().chain(written).collect()
}

/// In the middle of a batch, at its end, and alone.
fn try_fault(command: &str, fault: &str) {
    // only those that wait for a deadline have a short one
    let options = if row_of(fault) == "timeout" {
        hasty()
    } else {
        options()
    };
    let trial = Trial::open_with(command, "hostile", options).unwrap();
    let faults = ["", "", fault, "", "", "", "", "", "", fault, ""];
    for (answered, wanted) in trial.ask(&faults).iter().zip(faults) {
        assert_eq!(in_short(answered), row_of(wanted), "{fault}: {answered:?}");
    }
    trial.end();
}

#[test]
fn every_fault_costs_its_own_document_and_no_other() {
    let (python, rust) = (python(), rust());
    let cases: Vec<(&str, &str)> =
        (IN_PYTHON.iter().map(|&fault| (python.as_str(), fault)))
            .chain(in_rust().into_iter().map(|fault| (rust.as_str(), fault)))
            .collect();
    side_by_side(&cases, |&(command, fault)| try_fault(command, fault));
}

/// Most of the time of a trial is waiting: many go side by side.
pub(crate) fn side_by_side<T: Sync>(cases: &[T], trial: impl Fn(&T) + Sync) {
    const THREADS: usize = 16;
    thread::scope(|scope| {
        for first in 0..THREADS {
            let trial = &trial;
            scope
                .spawn(move || cases.iter().skip(first).step_by(THREADS).for_each(trial));
        }
    });
}

#[test]
fn answers_may_come_in_any_order() {
    let trial = Trial::open(&python(), "hostile(reorder=true)").unwrap();
    assert!(
        trial
            .ask(&[""; 11])
            .iter()
            .all(|answered| in_short(answered) == HONEST)
    );
    trial.end();
}

#[test]
fn a_plugin_that_answers_all_and_leaves_out_the_end_has_answered() {
    let trial = Trial::open_with(&python(), "hostile(silent=true)", hasty()).unwrap();
    let begun = epitome::run::clock::now();
    let answers = trial.ask(&[""; 40]);
    assert!(
        answers.iter().all(|answered| in_short(answered) == HONEST),
        "{answers:?}"
    );
    // only the first of five batches is waited for, and only a moment
    assert!(
        begun.elapsed() < Duration::from_secs(3),
        "{:?}",
        begun.elapsed()
    );
    trial.end();
}

#[test]
fn a_long_error_is_cut() {
    let trial = Trial::open(&python(), "hostile").unwrap();
    let failure = trial.ask(&["long-error"]).remove(0).result.unwrap_err();
    let wanted = format!("error: {}… (4192304 more bytes)", "x".repeat(2_000));
    assert_eq!(failure.to_string(), wanted);
    trial.end();
}

#[test]
fn what_a_question_is_called_depends_on_the_documents_alone() {
    // whatever went wrong before, the id in the line that is shown is that of the document
    let garbled = |faults: &[&str]| {
        let trial = Trial::open(&python(), "hostile").unwrap();
        let message = trial.ask(faults)[5]
            .result
            .as_ref()
            .unwrap_err()
            .to_string();
        trial.end();
        message
    };
    let alone = garbled(&["", "", "", "", "", "no-picks", ""]);
    assert!(alone.starts_with("protocol: "), "{alone}");
    for faults in [
        ["", "", "exit", "", "", "text-id", "", "", ""],
        ["", "", "", "", "", "text-id", "", "exit", ""],
        ["exit", "", "", "exit", "", "text-id", "", "", ""],
    ] {
        let message = garbled(&faults);
        assert!(message.contains(r#"\"id\": \"6\""#), "{message}");
    }
}

#[test]
fn after_three_failures_in_a_row_the_rest_is_skipped() {
    let trial = Trial::open(&rust(), "hostile").unwrap();
    let answers = trial.ask(&["", "exit", "error", "garbage", "", "", "", "", "", ""]);
    let rows: Vec<String> = answers.iter().map(in_short).collect();
    assert_eq!(rows[..4], [HONEST, "crash", "error", "protocol"]);
    assert!(rows[4..].iter().all(|row| row == "skipped"), "{rows:?}");
    insta::assert_snapshot!(
        answers[5].result.as_ref().unwrap_err(),
        @"skipped: not asked after 3 failures in a row"
    );
    trial.end();
}

#[test]
fn a_failure_keeps_the_end_of_standard_error() {
    let trial = Trial::open(&python(), "hostile").unwrap();
    let answers = trial.ask(&["exit-3"]);
    insta::assert_snapshot!(answers[0].result.as_ref().unwrap_err(), @r"
    crash: it ended with exit code 3
    stderr: I am leaving
    ");
    trial.end();
}

#[test]
fn what_a_plugin_says_of_being_ended_is_not_of_its_failure() {
    let trial = Trial::open(&python(), "hostile").unwrap();
    let failure = trial.ask(&["last-words"]).remove(0).result.unwrap_err();
    assert_eq!(failure.stderr, "I answer", "{failure}");
    trial.end();
}

fn refusal(spec: &str) -> String {
    let start = Some(Duration::from_secs(5));
    let options = PluginOptions { start, ..options() };
    match Trial::open_with(&python(), spec, options) {
        Err(PluginError::Start { failure, .. }) => failure.to_string(),
        Err(other) => other.to_string(),
        Ok(_) => "it started".to_owned(),
    }
}

#[test]
fn one_that_does_not_start_as_it_must_is_refused() {
    insta::assert_snapshot!(refusal("hostile(start-seconds=10)"), @"timeout: no answer within 5 s");
    insta::assert_snapshot!(refusal("hostile(dies=true)"), @"crash: it ended with exit code 7");
    insta::assert_snapshot!(refusal("hostile(refuses=true)"), @"error: the model is not there");
    insta::assert_snapshot!(
        refusal("hostile(noise=true)"),
        @"protocol: it wrote `Welcome!`, which is no message: expected value at line 1 column 1"
    );
    insta::assert_snapshot!(refusal("hostile(does-nothing=true)"), @r"
    plugin `hostile(does-nothing=true)`: its `does` is empty
    hint: it is a list of `summarise` and `keywords`, or `measure`, or `embed` and `embed-tokens`
    ");
    assert!(refusal("hostile(no-version=true)").contains("missing field `version`"));
}

#[test]
fn a_slow_start_is_waited_for() {
    let trial = Trial::open(&python(), "hostile(start-seconds=2)").unwrap();
    assert_eq!(in_short(&trial.ask(&[""])[0]), HONEST);
    trial.end();
}

#[test]
fn the_time_for_the_run_ends_it() {
    let options = PluginOptions {
        run: Some(Duration::from_secs(1)),
        ..options()
    };
    let trial = Trial::open_with(&rust(), "hostile", options).unwrap();
    let rows: Vec<String> = trial
        .ask(&["", "hang", "", "", ""])
        .iter()
        .map(in_short)
        .collect();
    assert!(
        rows.iter()
            .all(|row| ["timeout", "skipped"].contains(&row.as_str())),
        "{rows:?}"
    );
    trial.end();
}
