//! `epitome tune`: sweeps are chosen on one part of the documents and reported on another.

use super::story::{Story, epitome};

/// Documents whose reference is the second sentence, which a longer first part of the text
/// does not hide.
fn corpus(count: usize, word: &str) -> String {
    let line = |at: usize| {
        format!(
            r#"{{"id":"{word}{at}","lang":"en","text":"A {word} numbered {at} began the day. The {word} {at} of the river rose and the river {at} rose again. Boats {at} lay still. The river fell {at} later. Nobody {at} spoke.","summaries":["The {word} {at} of the river rose again."]}}"#
        )
    };
    (0..count).map(|at| line(at) + "\n").collect()
}

const SWEEP: &str = "systems = ['text-rank(damping=0.1|0.85)', 'lead']\nmetrics = ['rouge-1', 'rouge-2']\nbudgets = ['1 sentence']\nresamples = 50\n[corpora]\nnews = 'news.jsonl'\n";

fn story(toml: &str) -> Story {
    epitome()
        .file("news.jsonl", corpus(60, "flood"))
        .file("tune.toml", toml)
}

fn rows(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let records = reader.records();
    records
        .map(|row| row.unwrap().iter().map(str::to_owned).collect())
        .collect()
}

#[test]
fn what_was_chosen_is_reported_on_other_documents_beside_the_default() {
    let story = story(&format!("{SWEEP}[tune]\nmetric = 'rouge-2'\nshare = 0.6\n"));
    let csv = story.does("tune tune.toml --csv").succeeds();
    let [row] = &rows(&csv.stdout)[..] else {
        panic!("{}", csv.stdout)
    };
    let header: Vec<&str> = csv.stdout.lines().next().unwrap().split(',').collect();
    let value = |name: &str| {
        let at = header.iter().position(|column| *column == name).unwrap();
        row[at].as_str()
    };
    assert_eq!(value("metric"), "rouge-2");
    assert_eq!(value("sweep"), "text-rank(damping=0.1|0.85)");
    assert_eq!(value("default"), "text-rank");
    let number = |name: &str| value(name).parse::<f64>().unwrap();
    assert_eq!(number("development_documents") + number("documents"), 60.0);
    assert!(number("chosen_low") <= number("chosen_mean"));

    // the parts are runs, and have no document in common
    let ids = |part: &str| -> Vec<String> {
        let path = format!("results/tune-tune-{part}/documents.csv");
        let text = std::fs::read_to_string(story.path(&path)).unwrap();
        rows(&text).into_iter().map(|row| row[1].clone()).collect()
    };
    let (development, held_out) = (ids("development"), ids("held-out"));
    assert_eq!(development.len() + held_out.len(), 60);
    assert!(development.iter().all(|id| !held_out.contains(id)));
    let written = story.path("results/tune-tune-held-out/tune.csv");
    assert_eq!(std::fs::read_to_string(written).unwrap(), csv.stdout);
    let leaderboard = story.path("results/tune-tune-held-out/leaderboard.csv");
    let leaderboard = std::fs::read_to_string(leaderboard).unwrap();
    assert!(
        leaderboard.contains(",lead,"),
        "systems that are no sweep are beside it"
    );

    // the same command goes on with the runs
    let again = story.does("tune tune.toml --csv").succeeds();
    assert_eq!(again.stdout, csv.stdout);
    let text = story.does("tune tune.toml").succeeds();
    text.writes("held out: n = ")
        .says("development: results/tune-tune-development");
    let json = story.does("tune tune.toml --json").succeeds().data();
    assert_eq!(json["rows"][0]["default"], "text-rank");
}

#[test]
fn corpora_may_be_the_parts_and_must_not_share_a_document() {
    let toml = |held_out: &str| {
        format!("{SWEEP}other = 'other.jsonl'\n[tune]\nheld-out = ['{held_out}']\n")
    };
    let story = story(&toml("other")).file("other.jsonl", corpus(20, "storm"));
    let csv = story.does("tune tune.toml --csv").succeeds().stdout;
    assert!(
        csv.lines()
            .nth(1)
            .unwrap()
            .starts_with("other,1 sentence,rouge-1,"),
        "{csv}"
    );
    assert!(
        csv.contains(",60,"),
        "chosen on all of the other corpus: {csv}"
    );

    let both = corpus(20, "storm") + &corpus(1, "flood");
    let story = story.file("other.jsonl", both);
    story.does("tune tune.toml --fresh").fails(
        2,
        "tune.toml: the held-out document `flood0` is in the development part too: a system would be reported on what it was chosen on",
    );
    let story = story.file("tune.toml", toml("othr"));
    story
        .does("tune tune.toml")
        .fails(
            2,
            "tune.toml:9: no corpus of the experiment is called `othr`",
        )
        .says("did you mean `other`?");
}

#[test]
fn what_cannot_be_tuned_is_refused() {
    let few = story(SWEEP).file("news.jsonl", corpus(12, "flood"));
    let refused = few.does("tune tune.toml");
    assert_eq!(refused.code, 2, "{}", refused.stderr);
    refused
        .says("tune.toml: the development part of `news` has ")
        .says("documents with a score by `rouge-1`, fewer than 10");
    let without = SWEEP.replace("(damping=0.1|0.85)", "");
    story(&without)
        .does("tune tune.toml")
        .fails(2, "tune.toml: there is no sweep to tune");
    let both = format!("{SWEEP}[tune]\nshare = 0.5\nheld-out = ['news']\n");
    story(&both)
        .does("tune tune.toml")
        .says("`share` and `held-out` are two ways to divide documents");
    let all = format!("{SWEEP}[tune]\nheld-out = ['news']\n");
    story(&all).does("tune tune.toml").fails(
        2,
        "tune.toml:8: every corpus is held out: none is left to choose on",
    );
}
