//! `epitome record` and `epitome history`.

use std::fs;

use super::story::{Story, TWO_STORIES, epitome};

/// Picks the sentence that its file says.
const PICKER: &str = r#"
import json, sys
for line in sys.stdin:
    message = json.loads(line)
    if message["type"] == "hello":
        print(json.dumps({"type": "ready", "name": "p", "version": "1", "does": ["summarise"]}), flush=True)
    elif message["type"] == "end":
        print(json.dumps(message), flush=True)
    else:
        print(json.dumps({"id": message["id"], "picks": [PICK]}), flush=True)
"#;

fn story() -> Story {
    let story = epitome().file("two.jsonl", TWO_STORIES);
    picks(story, 0)
}

/// The plugin, which picks the sentence `pick`.
fn picks(story: Story, pick: usize) -> Story {
    let program = PICKER.replace("PICK", &pick.to_string());
    story.file("p.py", program)
}

fn run_and_record(story: &Story, revision: &str) {
    let run = "run --corpus two.jsonl --sentences 1 --system p --system lead --metric rouge-1 --fresh --name r";
    let mut words: Vec<&str> = run.split(' ').collect();
    words.extend(["--plugin", "p=python3 p.py"]);
    story.does_words(&words).succeeds();
    story
        .does(&format!("record r --into h --revision {revision}"))
        .succeeds()
        .says("recorded in h/records.jsonl: two at 1 sentence");
}

#[test]
fn the_history_says_since_when_a_system_is_what_it_is() {
    let story = story();
    run_and_record(&story, "one");
    run_and_record(&story, "two");
    let story = picks(story, 1);
    run_and_record(&story, "three");
    run_and_record(&story, "four");

    let shown = story.does("history h").succeeds();
    let row = |name: &str| {
        let words = shown.words();
        let at = words.find(&format!(" {name} ")).unwrap();
        words[at + 1..].to_owned()
    };
    assert!(row("lead").contains(" one 0 "), "{}", shown.stdout);
    assert!(row("p").contains(" three 1 "), "{}", shown.stdout);

    let data = story.does("history h --system p --json").succeeds().data();
    let points = data["series"][0]["points"].as_array().unwrap();
    let changes: Vec<&str> = points
        .iter()
        .map(|point| point["change"].as_str().unwrap_or("changed"))
        .collect();
    assert_eq!(changes, ["first", "unchanged", "changed", "unchanged"]);

    let table = story.does("history h --system p --markdown").succeeds();
    assert!(table.stdout.contains("| three"), "{}", table.stdout);
    let rows = story.does("history h --csv").succeeds();
    assert_eq!(rows.stdout.lines().count(), 1 + 8, "{}", rows.stdout);
    assert_eq!(
        fs::read_to_string(story.path("h/.gitattributes")).unwrap(),
        "*.jsonl merge=union\n"
    );
}

#[test]
fn what_cannot_be_compared_is_said_and_what_is_there_is_not_recorded_again() {
    let story = story();
    run_and_record(&story, "one");
    let again = story.does("record r --into h --revision one");
    assert_eq!(again.code, 5, "{}", again.stderr);
    again.says("nothing to do: h/records.jsonl has these records");

    let story = story.file("two.jsonl", TWO_STORIES.replacen("river", "stream", 1));
    run_and_record(&story, "two");
    let shown = story.does("history h --system lead").succeeds();
    assert!(
        shown.stdout.contains("other corpus or metric"),
        "{}",
        shown.stdout
    );

    // lines of both sides of a merge, some of them twice
    let text = fs::read_to_string(story.path("h/records.jsonl")).unwrap();
    let story = story.file("h/records.jsonl", format!("{text}{text}"));
    let merged = story.does("history h --system lead").succeeds();
    assert_eq!(merged.stdout, shown.stdout);

    let story = story.file("h/records.jsonl", format!("{text}no JSON\n"));
    let broken = story.does("history h");
    assert_eq!(broken.code, 2, "{}", broken.stderr);
    broken.says("h/records.jsonl:3: the line is no record");
    assert_eq!(story.does("history nowhere").code, 2);
}

#[test]
fn a_record_that_was_cut_off_is_written_again() {
    let story = story();
    run_and_record(&story, "one");
    let first = fs::read_to_string(story.path("h/records.jsonl")).unwrap();
    run_and_record(&story, "two");
    let both = fs::read_to_string(story.path("h/records.jsonl")).unwrap();

    // in the middle of the second line, before its line end, and before anything of it
    for cut in [
        first.len() + 40,
        first.len() + 1,
        both.len() - 1,
        first.len() - 1,
    ] {
        fs::write(story.path("h/records.jsonl"), &both[..cut]).unwrap();
        story.does("history h --system lead").succeeds();
        let again = story.does("record r --into h --revision two");
        assert!([0, 5].contains(&again.code), "{}", again.stderr);
        let found = fs::read_to_string(story.path("h/records.jsonl")).unwrap();
        assert_eq!(found.trim_end(), both.trim_end(), "cut at {cut}");
    }
}

#[test]
fn a_record_of_every_system_is_small() {
    let story = epitome();
    story
        .does("run --corpus sampler[0..6] --name r --resamples 9 --quiet")
        .succeeds();
    story.does("record --into h.jsonl").succeeds();
    let bytes = fs::metadata(story.path("h.jsonl")).unwrap().len();
    assert!(bytes <= 20_000, "{bytes} bytes");
}
