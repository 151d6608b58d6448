//! Systems that are not ours and fail: rows, and what a run makes of them.

use std::fs;

use super::{
    plugin_stories::system::{RUN, story},
    story::{Story, only_child},
};

/// The lines of a table that are about the plugin and none of `documents`.
fn rows_but(story: &Story, file: &str, documents: &[&str]) -> Vec<String> {
    let is_about = |line: &&str| {
        line.contains("hostile") && !documents.iter().any(|id| line.contains(id))
    };
    story
        .result(file)
        .lines()
        .filter(is_about)
        .map(str::to_owned)
        .collect()
}

#[test]
fn a_failure_is_a_row_and_every_other_row_is_that_of_a_clean_run() {
    let faulty = story(&["", "segv", "", "hang", "", "out-of-range"]);
    faulty.does(RUN).fails(
        3,
        &format!(
            "3 failures in all: see results/{}/failures.csv",
            only_child(&faulty.path("results"))
                .file_name()
                .unwrap()
                .display()
        ),
    );
    let rows: Vec<_> = faulty
        .result("failures.csv")
        .lines()
        .map(str::to_owned)
        .collect();
    assert_eq!(
        rows[1..],
        [
            "c,d1,hostile,crash,SIGSEGV,",
            "c,d3,hostile,timeout,no answer within 3 s,",
            "c,d5,hostile,protocol,pick 10000000 is not below 4,",
        ]
    );
    assert!(
        faulty
            .result("scores.csv")
            .contains("c,d1,hostile,3 sentences,rouge-1,0,0,0,crash\n")
    );
    let clean = story(&["", "", "", "", "", ""]);
    clean.does(RUN).succeeds();
    for file in ["scores.csv", "extracts.jsonl"] {
        let guilty = ["d1", "d3", "d5"];
        assert_eq!(
            rows_but(&faulty, file, &guilty),
            rows_but(&clean, file, &guilty),
            "{file}"
        );
    }
}

#[test]
fn failures_up_to_the_tolerance_are_fine() {
    let story = story(&["", "error", "", ""]);
    story
        .does(&format!("{RUN} --tolerance 0.25 --name a"))
        .succeeds()
        .says("note: `hostile` failed 1 time on c, first on `d1`: error: this document is not for me");
    assert_eq!(
        story.does(&format!("{RUN} --tolerance 0.2 --name b")).code,
        3
    );
}

#[test]
fn rows_are_the_same_bytes_at_any_number_of_threads() {
    let faults = [
        "", "exit", "", "", "", "garbage", "", "", "", "", "twice", "", "",
    ];
    let story = story(&faults);
    let mut seen = Vec::new();
    for jobs in ["1", "3", "3 --plugin-jobs 2"] {
        story.does(&format!("{RUN} --jobs {jobs} --name same"));
        for file in [
            "scores.csv",
            "extracts.jsonl",
            "leaderboard.csv",
            "failures.csv",
        ] {
            seen.push(fs::read(story.path(&format!("results/same/{file}"))).unwrap());
        }
    }
    let (first, rest) = seen.split_at(4);
    assert!(rest.chunks(4).all(|other| other == first));
}

#[test]
fn a_time_limit_that_no_clock_can_count_is_none() {
    let story = story(&["", "error"]);
    let endless = "--plugin-timeout 1e19 --plugin-run-timeout 1e19";
    let outcome = story.does(&format!("{RUN} {endless}"));
    assert_eq!(outcome.code, 3, "{}", outcome.stderr);
}
