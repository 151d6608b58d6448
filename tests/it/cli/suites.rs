//! The suites of the project: experiment files that name public corpora.

use std::{fs, path::Path};

use super::story::epitome;

fn suites() -> Vec<std::path::PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("suites");
    let entries = fs::read_dir(folder).unwrap();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    paths.sort();
    paths
}

#[test]
fn every_suite_names_the_commands_that_import_its_corpora() {
    let suites = suites();
    assert_eq!(suites.len(), 8);
    for path in suites {
        let text = fs::read_to_string(&path).unwrap();
        let wanted: Vec<&str> = text
            .lines()
            .filter_map(|line| line.strip_prefix("#   epitome corpus add "))
            .collect();
        assert!(!wanted.is_empty(), "{}", path.display());
        let path = path.display().to_string();
        let outcome = epitome().does_words(&["run", &path, "--dry-run"]);
        assert_eq!(outcome.code, 2, "{}", outcome.stderr);
        let hints: Vec<&str> = outcome
            .stderr
            .lines()
            .filter_map(|line| line.strip_prefix("hint: `epitome corpus add "))
            .collect();
        assert_eq!(hints.len(), wanted.len(), "{}", outcome.stderr);
        for (hint, wanted) in hints.iter().zip(wanted) {
            // a corpus that is known has an address
            let known = format!("{wanted}` imports it; its files: ");
            assert!(hint.starts_with(&known), "{hint}");
        }
    }
}

#[test]
fn a_suite_runs_on_what_was_imported() {
    let story = epitome()
        .file("raw/test.jsonl", super::story::TWO_STORIES)
        .file(
            "suites/two.toml",
            "name = \"two\"\nmetrics = [\"rouge-1\"]\nsystems = [\"lead\"]\n[corpora]\n\
             news = { path = \"news:test\", budget = \"9 words\" }\nmore = \"more\"\n",
        );
    story.does("corpus add news raw --corpora lib").succeeds();
    story
        .does("run suites/two.toml --corpora lib")
        .fails(
            2,
            "suites/two.toml:6: no corpus `more` in `lib`, and no file or folder of that name",
        )
        .says("hint: `epitome corpus add more PATH --corpora lib` imports it; `epitome corpus list` shows what is known");
    story.does("corpus add more raw --corpora lib").succeeds();
    story.does("run suites/two.toml --corpora lib").succeeds();
    assert!(story.path("results/two/leaderboard.csv").exists());
}
