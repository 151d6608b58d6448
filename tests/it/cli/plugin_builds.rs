//! Rows of another build, of a plugin or of epitome, are made again.

use std::fs;

use super::story::{TWO_STORIES, epitome};

/// Picks the sentence that `PICK` names, and says the same of itself whatever that is.
const PICKER: &str = r#"
import json, sys
from chosen import PICK
for line in sys.stdin:
    message = json.loads(line)
    if message["type"] == "hello":
        print('{"type":"ready","name":"p","version":"1","does":["summarise"]}', flush=True)
    elif message["type"] == "end":
        print(line, end="", flush=True)
    else:
        print(json.dumps({"id": message["id"], "picks": [PICK]}), flush=True)
"#;

#[test]
fn a_plugin_whose_program_has_changed_gets_no_old_rows_back() {
    let inline = PICKER.replace("from chosen import PICK", "PICK = 0");
    let story = epitome()
        .file("two.jsonl", TWO_STORIES)
        .file("p/plugin.toml", "name = \"p\"\nrun = \"python3 p.py\"\n")
        .file("p/p.py", &inline);
    let run = "run --corpus two.jsonl --plugin p/plugin.toml --metric rouge-1";
    story.does(run).succeeds();
    let first = story.result("extracts.jsonl");
    let again = story
        .does(run)
        .succeeds()
        .says("2 documents were there already");
    assert!(!again.stderr.contains("another build"), "{}", again.stderr);

    let story = story.file("p/p.py", inline.replace("PICK = 0", "PICK = 1"));
    let changed = story
        .does(run)
        .succeeds()
        .says(": the rows are of another build of `p`: all are made again");
    assert!(
        !changed.stderr.contains("there already"),
        "{}",
        changed.stderr
    );
    let folder = changed.stderr.split("rows are kept in ").nth(1).unwrap();
    let before = story.path(folder.lines().next().unwrap());
    let kept = fs::read_to_string(before.join("extracts.jsonl")).unwrap();
    assert_eq!(kept, first, "the rows of the program before are there");
    let run_of = before.with_file_name(
        before
            .file_name()
            .unwrap()
            .to_str()
            .unwrap()
            .trim_end_matches("-before"),
    );
    let second = fs::read_to_string(run_of.join("extracts.jsonl")).unwrap();
    assert!(
        second.contains("\"picks\":[1]") && second != first,
        "{second}"
    );

    // nor are rows of two programs mixed where failures are retried
    let story = story.file("p/p.py", inline.replace("PICK = 0", "PICK = 2"));
    story.does(&format!("{run} --retry-failed")).succeeds();
    let third = fs::read_to_string(run_of.join("extracts.jsonl")).unwrap();
    assert_eq!(third.matches("\"picks\":[2]").count(), 2);
}

#[test]
fn files_that_a_plugin_names_are_part_of_what_it_is() {
    let toml = "name = \"p\"\nrun = \"python3 p.py\"\nfiles = [\"chosen.py\"]\n";
    let story = epitome()
        .file("two.jsonl", TWO_STORIES)
        .file("p/plugin.toml", toml)
        .file("p/p.py", PICKER)
        .file("p/chosen.py", "PICK = 0\n");
    let run = "run --corpus two.jsonl --plugin p/plugin.toml --metric rouge-1";
    story.does(run).succeeds();
    let story = story.file(
        "p/chosen.py",
        "PICK = 1  # another length, since Python keeps what it compiled\n",
    );
    let changed = story.does(run).succeeds().says("another build of `p`");
    assert!(changed.stderr.contains("results in results/"));
    let folder = changed.stderr.split("results in ").nth(1).unwrap();
    let folder = story.path(folder.lines().next().unwrap());
    let rows = fs::read_to_string(folder.join("extracts.jsonl")).unwrap();
    assert_eq!(rows.matches("\"picks\":[1]").count(), 2);
    fs::remove_file(story.path("p/chosen.py")).unwrap();
    assert_eq!(story.does(run).code, 2);
}

#[test]
fn rows_of_another_build_of_epitome_are_made_again() {
    let story = epitome().file("two.jsonl", TWO_STORIES);
    let run = "run --corpus two.jsonl --system lead --name r";
    story.does(run).succeeds();
    let path = story.path("results/r/manifest.json");
    let manifest = fs::read_to_string(&path).unwrap();
    let at = manifest.find("program epitome ").unwrap() + "program epitome ".len();
    let other = format!(
        "{}{}{}",
        &manifest[..at],
        "0".repeat(32),
        &manifest[at + 32..]
    );
    fs::write(&path, other).unwrap();
    story.does(run).succeeds().says(
        "note: results/r: the rows are of another build of `epitome`: all are made again; the earlier rows are kept in results/r-before",
    );
    story
        .does(run)
        .succeeds()
        .says("2 documents were there already");
}
