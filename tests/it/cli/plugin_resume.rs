//! Runs with plugins that were cut off end as those that were not.

use std::fs;

use super::{
    plugin_stories::system::{RUN, story},
    story::Story,
};

/// The tables of a run that must be the same, by name.
fn tables(story: &Story, run: &str) -> Vec<(String, Vec<u8>)> {
    let names = [
        "scores.csv",
        "extracts.jsonl",
        "failures.csv",
        "documents.csv",
        "leaderboard.csv",
    ];
    let read = |name: &str| {
        let path = story.path(&format!("results/{run}/{name}"));
        (name.to_owned(), fs::read(path).unwrap())
    };
    names.into_iter().map(read).collect()
}

/// What a kill after `documents` of the run leaves: rows cut where its marks say.
fn cut(story: &Story, whole: &str, name: &str, documents: usize) {
    const LINE: usize = 8 * 17 + 33; // eight numbers and a digest
    let (from, to) = (
        story.path(&format!("results/{whole}")),
        story.path(&format!("results/{name}")),
    );
    fs::create_dir_all(&to).unwrap();
    let marks = fs::read(from.join(".progress")).unwrap();
    let mark = &marks[documents * LINE..(documents + 1) * LINE];
    let numbers: Vec<usize> = std::str::from_utf8(mark)
        .unwrap()
        .split_whitespace()
        .take(8)
        .map(|word| usize::from_str_radix(word, 16).unwrap())
        .collect();
    assert_eq!(numbers[0], documents);
    let files = [
        "documents.csv",
        "scores.csv",
        "extracts.jsonl",
        "failures.csv",
        "counts.csv",
        "leaving_one_out.csv",
        "notes.csv",
    ];
    for (file, length) in files.iter().zip(&numbers[1..]) {
        fs::write(
            to.join(file),
            &fs::read(from.join(file)).unwrap()[..*length],
        )
        .unwrap();
    }
    fs::write(to.join(".progress"), &marks[..(documents + 1) * LINE]).unwrap();
    fs::copy(from.join("manifest.json"), to.join("manifest.json")).unwrap();
}

/// A run cut off after every one of its documents ends as one that was not.
fn resumes_anywhere(faults: &[&str]) {
    let story = story(faults);
    story
        .does(&format!("{RUN} --name whole --tolerance 1"))
        .succeeds();
    let wanted = tables(&story, "whole");
    for documents in 0..=faults.len() {
        let name = format!("cut-{documents}");
        cut(&story, "whole", &name, documents);
        story
            .does(&format!("{RUN} --name {name} --tolerance 1"))
            .succeeds();
        for ((file, found), (_, wanted)) in tables(&story, &name).iter().zip(&wanted) {
            let (found, wanted) = (
                String::from_utf8_lossy(found),
                String::from_utf8_lossy(wanted),
            );
            assert_eq!(found, wanted, "{file} after {documents} of {faults:?}");
        }
    }
}

#[test]
fn a_run_with_a_plugin_that_crashes_resumes_to_the_same_bytes() {
    resumes_anywhere(&[
        "", "exit", "", "", "", "segv", "", "", "", "", "", "kill", "",
    ]);
}

#[test]
fn a_run_with_a_plugin_that_is_given_up_resumes_to_the_same_bytes() {
    let in_a_row = [
        "", "", "", "error", "error", "exit-3", "", "", "", "", "error", "",
    ];
    resumes_anywhere(&in_a_row);
}

#[test]
fn a_run_with_a_plugin_that_breaks_the_protocol_resumes_to_the_same_bytes() {
    resumes_anywhere(&[
        "",
        "text-id",
        "",
        "twice",
        "no-picks",
        "",
        "",
        "garbage-json",
        "",
        "another-id",
        "",
        "",
    ]);
}

#[test]
fn a_plugin_that_fails_on_too_many_of_thirty_is_given_up_wherever_it_was_cut_off() {
    let story = story(&["", "", "", "", "error"].repeat(9));
    story
        .does(&format!("{RUN} --name whole --tolerance 1"))
        .succeeds();
    assert!(story.path("results/whole").exists());
    let failures = fs::read_to_string(story.path("results/whole/failures.csv")).unwrap();
    let given_up = "skipped,not asked after 6 failures in 30 documents";
    assert_eq!(failures.matches(given_up).count(), 15, "{failures}");
    let wanted = tables(&story, "whole");
    for documents in [1, 8, 29, 30, 31, 44] {
        cut(&story, "whole", "cut", documents);
        story
            .does(&format!("{RUN} --name cut --tolerance 1"))
            .succeeds();
        assert_eq!(tables(&story, "cut"), wanted, "after {documents}");
    }
}
