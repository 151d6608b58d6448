//! `epitome runs`, `show` and `worst`: stored runs, and the documents in them.

use std::fs;

use serde_json::json;

use super::story::{Story, TWO_STORIES, epitome};

/// A run of two summarisers and two extractors on two stories.
fn story() -> Story {
    let story = epitome().file("c.jsonl", TWO_STORIES);
    let run = "run --corpus c.jsonl --system lead --system tail --system tf --system first-phrases \
        --sentences 1 --metric rouge-1 --metric keyphrase-f1@5 --quiet --name one";
    story.does(run).succeeds();
    story
}

#[test]
fn runs_are_listed_the_newest_first_with_their_state() {
    let story = story();
    story
        .does("run --corpus c.jsonl --system lead --words 9 --quiet --name two")
        .succeeds();
    let answers = "{\"id\":\"flood\",\"text\":\"A river.\"}\n";
    let story = story.file("answers.jsonl", answers);
    let fails = "run --corpus c.jsonl --system gpt --outputs gpt=answers.jsonl --metric rouge-1 --quiet --name bad";
    assert_eq!(story.does(fails).code, 3);

    // as if `two` had been interrupted, and as if somebody had put a file beside the runs
    let path = story.path("results/two/manifest.json");
    let manifest = fs::read_to_string(&path).unwrap();
    let manifest = manifest.replace("\"complete\": true", "\"complete\": false");
    fs::write(&path, manifest.replace("\"start\": \"2", "\"start\": \"3")).unwrap();
    let story = story
        .file("results/notes/a.txt", "")
        .file("results/odd/manifest.json", "{");

    let runs = story.does("runs list --json").succeeds().data();
    let of = |at: usize, key: &str| runs["runs"][at][key].clone();
    let states: Vec<_> = (0..4).map(|at| (of(at, "run"), of(at, "state"))).collect();
    assert_eq!(states[0], (json!("two"), json!("unfinished")));
    assert!(
        states[1..3].contains(&(json!("bad"), json!("failed"))),
        "{states:?}"
    );
    assert!(
        states[1..3].contains(&(json!("one"), json!("finished"))),
        "{states:?}"
    );
    assert_eq!(states[3], (json!("odd"), json!("unreadable")));
    assert_eq!(
        (of(0, "documents"), of(0, "budgets")),
        (json!(2), json!(["9 words"]))
    );

    let table = story.does("runs list").succeeds().stdout;
    assert!(
        table.lines().all(|line| line.chars().count() <= 80),
        "{table}"
    );
    assert!(table.contains("runs: 4, the newest first"), "{table}");
    let empty = epitome().does("runs list").succeeds();
    assert_eq!(empty.stdout, "");
    empty.says("hint: `epitome run` makes one");
}

#[test]
fn a_run_is_shown_in_words() {
    let shown = story().does("runs show one").succeeds().words();
    for text in [
        "run results/one",
        "state finished",
        "documents 2",
        "corpus c of c.jsonl",
        "budget 1 sentence, 50 keyphrases",
        "summaries lead, tail",
        "phrases tf, first-phrases",
        "metric rouge-1|",
        "chance seed 0, 1000 resamples",
    ] {
        assert!(shown.contains(text), "{text}: {shown}");
    }
    story().does("runs show none").fails(2, "no run `none`");
}

#[test]
fn a_run_is_removed_after_a_yes_and_nothing_else_is() {
    let story = story().file("texts/a.txt", "One.");
    story
        .reads("n\n", "runs remove one")
        .fails(
            2,
            "results/one: it is not removed, since the answer is not `y`",
        )
        .says("remove results/one, a run of 2 documents? [y/N]");
    story
        .does("runs remove one")
        .says("hint: `--yes` removes without asking");
    story
        .does("runs remove texts --yes")
        .fails(2, "no run `texts`");

    let story = story.file("results/one/thesis.tex", "mine");
    story.does("runs remove one --yes").fails(
        2,
        "results/one: it holds 1 files that no run writes, such as `thesis.tex`",
    );
    assert!(story.path("results/one/scores.csv").exists());
    fs::remove_file(story.path("results/one/thesis.tex")).unwrap();

    story
        .reads("y\n", "runs remove one")
        .succeeds()
        .says("removed results/one");
    assert!(!story.path("results/one").exists() && story.path("texts/a.txt").exists());
}

#[test]
fn a_document_is_shown_with_what_each_system_selected() {
    let story = story();
    let shown = story.does("show one flood lead tail").succeeds().stdout;
    insta::assert_snapshot!(shown, @r"
    flood in c: 5 sentences, 32 words, language en
    title: River floods town

     A    0  The river rose two metres overnight.
          1  The town council closed the old stone bridge.
          2  Shops along the river stayed shut.

          3  Mayor Ana Ruiz thanked the volunteers.
      B   4  The river should fall by Friday.

    references:
       1  The river rose two metres and the council closed the bridge.
       2  The old stone bridge is closed after a flood.

     system   rouge-1, %
    ─────────────────────
     A lead        58.82
     B tail        23.53
    ");
    let whole = story
        .does("show one flood lead tail --json")
        .succeeds()
        .data();
    assert_eq!(whole["systems"][0]["picks"], json!([0]));
    assert_eq!(whole["systems"][1]["scores"][0]["metric"], "rouge-1");
}

#[test]
fn keyphrases_are_shown_beside_the_gold_ones() {
    let story = story();
    let shown = story
        .does("show one whale tf first-phrases")
        .succeeds()
        .stdout;
    insta::assert_snapshot!(shown, @r"
    whale in c: 4 sentences, 31 words, language en

          0  A whale swam into the harbour on Monday.
          1  Crowds lined the harbour wall to watch the whale.
          2  Biologists said the whale was young and healthy.
          3  It left with the evening tide.

    gold keyphrases, and the systems that returned them:
     AB  whale
     AB  harbour wall

    A tf, at most 50 keyphrases: `=` is a gold keyphrase
     =   1  whale
         2  harbour
         3  Monday
         4  Crowds
     =   5  harbour wall
         6  Biologists
         7  evening tide

    B first-phrases, at most 50 keyphrases: `=` is a gold keyphrase
     =   1  whale
         2  harbour
         3  Monday
         4  Crowds
     =   5  harbour wall
         6  Biologists
         7  evening tide

     system            keyphrase-f1@5, %
    ─────────────────────────────────────
     A tf                          57.14
     B first-phrases               57.14
    ");
}

#[test]
fn what_cannot_be_shown_is_named() {
    let story = story();
    story
        .does("show one flud lead")
        .fails(2, "the run has no document `flud`");
    story
        .does("show one flood led")
        .says("did you mean `lead`?");
    story.does("show none flood lead").fails(2, "no run `none`");

    let twice = "run --corpus a=c.jsonl --corpus b=c.jsonl --system lead --metric rouge-1 --quiet --name two";
    story.does(twice).succeeds();
    story
        .does("show two flood lead")
        .fails(2, "`flood` is in several corpora of the run: a, b")
        .says("hint: `--corpus a` takes one");
    let shown = story
        .does("show two flood lead --corpus b")
        .succeeds()
        .stdout;
    assert!(shown.starts_with("flood in b: 5 sentences"), "{shown}");

    // without the corpus the outputs and scores are still there
    fs::remove_file(story.path("c.jsonl")).unwrap();
    let shown = story.does("show one flood lead").succeeds();
    assert!(
        shown
            .stdout
            .contains("The river rose two metres overnight."),
        "{}",
        shown.stdout
    );
    shown.says("note: the text is not shown: ");
}

#[test]
fn the_worst_documents_come_first_with_the_command_that_shows_them() {
    let story = story();
    let worst = story.does("worst one tail lead").succeeds();
    insta::assert_snapshot!(worst.stdout, @r"
      −35.29    23.53    58.82  epitome show one flood tail lead
    ");
    worst.says("how far `tail` is behind `lead` in points");

    // each line is a command that works
    let line = story
        .does("worst one tail lead --number 1")
        .succeeds()
        .stdout;
    let command = line.trim().split_once("epitome ").unwrap().1.to_owned();
    story.does(&command).succeeds();

    let none = story.does("worst one lead lead").succeeds();
    assert_eq!(none.stdout, "");
    none.says("note: `lead` is behind `lead` on no document by rouge-1");
    story
        .does("worst one tail lead --metric keyphrase-f1@5")
        .fails(2, "`keyphrase-f1@5` does not measure the outputs of `tail`");
    story
        .does("worst one tail lead --metric rouge-2")
        .says("no metric of the run is called `rouge-2`");
}

#[test]
fn the_newest_run_and_the_beginning_of_an_id_are_enough() {
    let story = story();
    let command = |words: &str| {
        let line = story.does(words).succeeds().stdout;
        line.split("epitome ").nth(1).unwrap_or_default().to_owned()
    };
    let named = command("worst one tail lead");
    assert!(named.starts_with("show one "), "{named}");
    assert_eq!(
        command("worst tail lead"),
        named.replacen("show one ", "show results/one ", 1)
    );
    let whole = story.does("show one flood lead").succeeds();
    assert_eq!(
        story.does("show one flo lead").succeeds().stdout,
        whole.stdout
    );
}

#[test]
fn of_runs_that_began_in_one_second_the_last_is_the_newest() {
    let story = epitome().file("c.jsonl", TWO_STORIES);
    for name in ["z", "a", "m"] {
        let run = "run --corpus c.jsonl --system lead --metric rouge-1 --quiet --name";
        story.does(&format!("{run} {name}")).succeeds();
        let report = story.does("report").succeeds();
        assert_eq!(report.stdout, format!("results/{name}/report.html\n"));
    }
}
