//! Scores on documents that our own methods were learnt on are marked wherever they are shown.

use std::{collections::BTreeSet, fs, path::Path};

use epitome::learnt::fingerprint;

use super::story::{Story, TWO_STORIES, epitome};

/// A number whose digits have the fingerprint of a document that the summariser was
/// learnt on.
const FOUND: u64 = 14_278_672;

/// A text that shares its fingerprint with a document that the summariser was learnt on.
fn learnt_text() -> String {
    let file = "crates/engine/data/learnt-summaries.bin";
    let stored = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
    let (known, _) = stored.as_chunks::<4>();
    let known: BTreeSet<u32> = known.iter().map(|it| u32::from_le_bytes(*it)).collect();
    // the first is one that was found; another is looked for once the documents are others
    let mut numbers = std::iter::once(FOUND).chain(0..);
    let found = numbers.find(|number| known.contains(&fingerprint(&number.to_string())));
    found.unwrap().to_string()
}

/// A corpus of two stories and a document that the summariser was learnt on.
fn story() -> Story {
    let document = serde_json::json!({
        "id": "learnt",
        "lang": "en",
        "text": learnt_text(),
        "summaries": ["The river rose."],
        "keyphrases": ["river"],
    });
    epitome().file("c.jsonl", format!("{TWO_STORIES}\n{document}\n"))
}

#[test]
fn a_system_that_was_learnt_on_the_corpus_is_marked_and_no_other() {
    let story = story();
    let run = "run --corpus c.jsonl --system lead --system epitome --system epitome(lead=0.2) \
               --metric rouge-1";
    let outcome = story.does(run).succeeds();
    let words = outcome.words();
    assert!(
        words.contains("epitome†") && words.contains("epitome(lead=0.2)†"),
        "{words}"
    );
    assert!(!words.contains("lead†"), "{words}");
    assert!(
        words.contains("† was learnt on this corpus, at least `epitome` on 1 document"),
        "{words}"
    );

    let leaderboard = story.result("leaderboard.csv");
    let mut rows = csv::Reader::from_reader(leaderboard.as_bytes());
    let column = rows
        .headers()
        .unwrap()
        .iter()
        .position(|it| it == "learnt_on")
        .unwrap();
    for row in rows.records() {
        let row = row.unwrap();
        let wanted = if row[1].starts_with("epitome") {
            "1"
        } else {
            ""
        };
        assert_eq!(&row[column], wanted, "{row:?}");
    }
}

#[test]
fn averages_over_corpora_are_marked_too() {
    let story = story().file("d.jsonl", TWO_STORIES);
    let run = "run --corpus c.jsonl --corpus d.jsonl --system lead --system epitome \
               --metric rouge-1 --name r";
    let words = story.does(run).succeeds().words();
    let averages = words.split_once("macro").unwrap().1;
    assert!(averages.contains("epitome†"), "{averages}");
    assert!(
        averages.contains("† was learnt on documents of these corpora"),
        "{averages}"
    );
    let table = story.does("report results/r --latex").succeeds().stdout;
    let averages = table.split_once("macro").unwrap().1;
    assert!(averages.contains("epitome$^\\dagger$"), "{averages}");
}

#[test]
fn the_mark_is_in_every_table_and_on_every_page() {
    let story = story();
    story
        .does("run --corpus c.jsonl --system lead --system epitome --name r")
        .succeeds();
    for (format, sign) in [
        ("--markdown", "epitome†"),
        ("--latex", "epitome$^\\dagger$"),
    ] {
        let table = story.does(&format!("report results/r {format}")).succeeds();
        assert!(table.stdout.contains(sign), "{}", table.stdout);
    }
    story.does("report results/r").succeeds();
    story.does("site results --output site").succeeds();
    let note = "was learnt on this corpus";
    for page in [
        "results/r/report.html",
        "site/runs/r.html",
        "site/index.html",
    ] {
        let page = fs::read_to_string(story.path(page)).unwrap();
        assert!(page.contains("<sup>†</sup>") || page.contains("\">†</sup>"));
        assert!(page.contains(note));
    }
    // what is recomputed has the mark as well
    story.does("verify results/r").succeeds();
}

#[test]
fn a_corpus_that_no_method_was_learnt_on_has_no_mark() {
    let story = epitome().file("c.jsonl", TWO_STORIES);
    let outcome = story
        .does("run --corpus c.jsonl --system lead --system epitome")
        .succeeds();
    assert!(!outcome.stdout.contains('†'), "{}", outcome.stdout);
}
