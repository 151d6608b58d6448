//! Notes of metrics that are not ours.

use std::fs;

use super::plugin_stories::metric::{asked, story};

/// The run whose metric has a note for every output.
const NOTED: &str = "run --corpus c.jsonl --system lead --system tail --sentences 1 --metric rouge-1 --metric-plugin plugin.toml --metric hostile(notes=true)";

#[test]
fn a_note_stays_beside_its_score() {
    let story = story(&["", "error"]);
    story
        .does(&format!("{NOTED} --name r --tolerance 1"))
        .succeeds();
    let notes = story.result("notes.csv");
    let first = "c,d0,lead,hostile(notes=true),\"34 letters, \"\"The river\"\" [31m\"";
    let rows: Vec<&str> = notes.lines().collect();
    let failed = rows.iter().any(|row| row.contains("c,d1,lead,"));
    assert!(!failed, "a failure has a message and no note: {notes}");
    assert_eq!(rows.len(), 4, "{notes}");
    assert_eq!(rows[..2], ["corpus,document,system,metric,note", first]);

    let shown = "A hostile(notes=true): 34 letters, \"The river\" [31m\n";
    story.does("show r d0 lead tail").succeeds().writes(shown);
    story
        .does("show r d0 lead --json")
        .succeeds()
        .writes(r#""note":"34 letters, \"The river\" [31m""#);
    story.does("verify r").succeeds();

    // a score that is kept has its note, and tables are derived without the plugin
    let log = asked(&story, "measure").len();
    story
        .does(&format!("{NOTED} --name s --tolerance 1"))
        .succeeds();
    let again = fs::read_to_string(story.path("results/s/notes.csv")).unwrap();
    assert_eq!(again, notes);
    assert_eq!(asked(&story, "measure").len(), log + 1, "only what failed");

    // a note that was changed is found
    let path = story.path("results/r/notes.csv");
    fs::write(&path, notes.replace("34", "35")).unwrap();
    assert_eq!(story.does("verify r").code, 1);
}

#[test]
fn notes_are_the_same_at_any_number_of_threads_and_when_they_are_added_later() {
    let story = story(&[""; 12]);
    let notes = |name: &str| {
        fs::read_to_string(story.path(&format!("results/{name}/notes.csv"))).unwrap()
    };
    story
        .does(&format!("{NOTED} --name whole --jobs 1"))
        .succeeds();
    story
        .does(&format!("{NOTED} --name many --jobs 5"))
        .succeeds();
    assert_eq!(notes("many"), notes("whole"));
    assert_eq!(notes("whole").lines().count(), 1 + 2 * 12);

    story.does("run --corpus c.jsonl --system lead --system tail --sentences 1 --metric rouge-1 --name later").succeeds();
    assert_eq!(notes("later").lines().count(), 1);
    story
        .does(
            "score --run later --metric-plugin plugin.toml --metric hostile(notes=true)",
        )
        .succeeds();
    assert_eq!(notes("later"), notes("whole"));

    // what is stored goes on with its notes when yet another metric is added
    story.does("score --run later --metric rouge-2").succeeds();
    assert_eq!(notes("later"), notes("whole"));
}
