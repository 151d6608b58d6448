//! `epitome verify`: what a run says follows from what it holds.

use std::{fs, path::Path};

use super::story::{Story, epitome};

/// A run of both tasks, with several references and a document on which a system fails.
fn story() -> Story {
    let line = |at: usize| {
        format!(
            r#"{{"id":"d{at}","text":"The river {at} rose by night. Boats left port. Nobody saw bridge {at}.","summaries":["The river {at} rose.","A flood."],"keyphrases":["river {at}"]}}"#
        ) + "\n"
    };
    let lines: String = (0..12).map(line).collect();
    let outputs: String = (1..12)
        .map(|at| format!(r#"{{"id":"d{at}","text":"The river rose."}}"#) + "\n")
        .collect();
    let story = epitome().file("c.jsonl", lines).file("o.jsonl", outputs);
    story
        .does(
            "run --corpus c.jsonl --system lead --system tail --system human --system oracle \
             --system tf-idf --outputs gpt=o.jsonl --system gpt --metric rouge-1 --metric bleu \
             --metric position --metric keyphrase-f1@5 --name r --tolerance 1",
        )
        .succeeds();
    story
}

/// Replaces the first text by the second, of equal length, in a file of the run, and the
/// digest of the file in the manifest, as a forger would.
fn forge(story: &Story, name: &str, from: &str, to: &str) {
    assert_eq!(from.len(), to.len());
    let folder = story.path("results/r");
    let digest =
        |path: &Path| blake3::hash(&fs::read(path).unwrap()).to_hex().to_string();
    let (path, manifest) = (folder.join(name), folder.join("manifest.json"));
    let before = digest(&path);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{text}");
    fs::write(&path, text.replacen(from, to, 1)).unwrap();
    let text = fs::read_to_string(&manifest).unwrap();
    assert!(text.contains(&before));
    fs::write(&manifest, text.replace(&before, &digest(&path))).unwrap();
}

#[test]
fn a_run_that_nobody_has_touched_follows_from_what_it_holds() {
    let story = story();
    let found = story.does("verify r").succeeds();
    for text in [
        "ok      rows: 12 documents",
        "ok      tables: leaderboard.csv, comparisons.csv, across.csv, human.csv follow",
        "ok      scores: ",
    ] {
        assert!(found.stdout.contains(text), "{text}: {}", found.stdout);
    }
    let parts = story.does("verify r --json").succeeds().data();
    assert_eq!(parts["runs"][0]["parts"][2]["follows"], true);
}

#[test]
fn a_score_that_does_not_follow_from_the_output_is_named_though_its_digest_fits() {
    let story = story();
    let scores = story.result("scores.csv");
    let line = scores
        .lines()
        .find(|line| line.starts_with("c,d3,lead,3 sentences,rouge-1,"))
        .unwrap();
    let value = line.split(',').nth(7).unwrap();
    let forged = format!("0.9{}", &value[3..]);
    let other = line.replacen(&format!(",{value},"), &format!(",{forged},"), 1);
    forge(&story, "scores.csv", line, &other);

    let found = story.does("verify r");
    assert_eq!(found.code, 1, "{}{}", found.stdout, found.stderr);
    let forged: f64 = forged.parse().unwrap();
    let scores = format!(
        "FAILED  scores: `rouge-1` of `lead` on `d3` of c is {forged}, and from its output follows {value}"
    );
    assert!(found.stdout.contains(&scores), "{}", found.stdout);
    assert!(
        found.stdout.contains("FAILED  tables: "),
        "{}",
        found.stdout
    );
}

#[test]
fn rows_that_were_changed_are_told() {
    let story = story();
    let path = story.path("results/r/scores.csv");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replacen("lead", "tail", 1)).unwrap();
    let found = story.does("verify r");
    assert_eq!(found.code, 1, "{}{}", found.stdout, found.stderr);
    assert!(found.stdout.contains("FAILED  rows: "), "{}", found.stdout);
}

#[test]
fn a_table_that_does_not_follow_from_the_rows_is_named_with_its_line() {
    let story = story();
    forge(&story, "leaderboard.csv", "c,lead,", "c,tail,");
    let found = story.does("verify r");
    assert_eq!(found.code, 1, "{}{}", found.stdout, found.stderr);
    let line = "leaderboard.csv:2: `c,tail,rouge-1,";
    assert!(found.stdout.contains(line), "{}", found.stdout);
}

#[test]
fn without_its_corpus_the_tables_of_a_run_are_verified_and_the_scores_are_not() {
    let story = story();
    fs::remove_file(story.path("c.jsonl")).unwrap();
    let found = story.does("verify r");
    assert_eq!(found.code, 4, "{}{}", found.stdout, found.stderr);
    assert!(
        found.stdout.contains("ok      tables: "),
        "{}",
        found.stdout
    );
    assert!(
        found
            .stdout
            .contains("unknown scores: not measured again: ")
    );
    story.does("verify nothing").fails(2, "no run `nothing`");
}
