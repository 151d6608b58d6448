//! The steps of the GitHub Action, on repositories of their own.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::{fs, path::Path, process::Command};

use crate::python::search_path_with_epitome;

/// A repository with an experiment of a plugin, whose first commit is the base branch.
struct Repository {
    folder: tempfile::TempDir,
}

impl Repository {
    fn new() -> Self {
        let repository = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        let corpus: String = (0..30)
            .map(|at| {
                format!(
                    r#"{{"id":"d{at}","text":"The river {at} rose. Boats left port {at}.","summaries":["The river {at} rose."]}}"#
                ) + "\n"
            })
            .collect();
        repository.write("c.jsonl", &corpus);
        repository.write(
            "epitome.toml",
            "systems = ['p', 'lead']\nmetrics = ['rouge-1']\nbudgets = ['1 sentence']\n[corpora]\nc = 'c.jsonl'\n\
             [plugins]\np = 'python3 p.py'\n",
        );
        repository.picks(0);
        for words in [
            "init --quiet --initial-branch main",
            "config user.name a",
            "config user.email a@b",
            "add .",
            "commit --quiet --message base",
            "update-ref refs/remotes/origin/main HEAD",
        ] {
            repository.git(words);
        }
        repository
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Makes the plugin pick the sentence `pick`.
    fn picks(&self, pick: usize) {
        let program = r#"
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
        self.write("p.py", &program.replace("PICK", &pick.to_string()));
    }

    fn git(&self, words: &str) {
        let mut git = Command::new("git");
        let words = words.split(' ');
        let done = git.current_dir(self.folder.path()).args(words).status();
        assert!(done.unwrap().success());
    }

    /// Does a step of the action, and returns its exit code and what it said.
    fn does(&self, step: &str, settings: &[(&str, &str)]) -> (i32, String) {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/action");
        let done = Command::new(script)
            .arg(step)
            .current_dir(self.folder.path())
            .env("PATH", search_path_with_epitome())
            .env("EPITOME_WORK", self.folder.path().join("work"))
            .env("EPITOME_HISTORY", "history/records.jsonl")
            .env("GITHUB_OUTPUT", self.folder.path().join("output"))
            .envs(settings.iter().copied())
            .output()
            .unwrap();
        let said = [done.stdout, done.stderr].concat();
        let said = String::from_utf8(said).unwrap();
        (done.status.code().unwrap(), said)
    }

    /// Does a step that must succeed.
    fn succeeds(&self, step: &str, settings: &[(&str, &str)]) {
        let (code, said) = self.does(step, settings);
        assert_eq!(code, 0, "{step}: {said}");
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.folder.path().join(name)).unwrap()
    }
}

#[test]
fn the_action_says_what_differs_from_the_record_of_the_base_branch() {
    let repository = Repository::new();
    repository.succeeds("install", &[]);
    repository.succeeds("measure", &[]);
    repository.succeeds("compare", &[]);
    assert!(repository.read("output").contains("changed=unknown\n"));
    assert!(
        repository
            .read("work/verdict.md")
            .contains("no history/records.jsonl on main")
    );

    // the base branch keeps a record of what it measures
    let records = repository.folder.path().join("history/records.jsonl");
    let done = Command::new(env!("CARGO_BIN_EXE_epitome"))
        .args(["record", "head", "--results", "work", "--into"])
        .arg(&records)
        .current_dir(repository.folder.path())
        .status();
    assert!(done.unwrap().success());
    repository.git("add history");
    repository.git("commit --quiet --message record");
    repository.git("update-ref refs/remotes/origin/main HEAD");

    repository.succeeds("measure", &[]);
    repository.succeeds("compare", &[]);
    assert!(repository.read("output").ends_with("changed=false\n"));
    assert!(
        repository
            .read("work/verdict.md")
            .contains("Every score is that of the last record.")
    );

    repository.picks(1);
    repository.succeeds("measure", &[]);
    repository.succeeds("compare", &[]);
    assert!(repository.read("output").ends_with("changed=true\n"));
    let verdict = repository.read("work/verdict.md");
    assert!(
        verdict.contains("### Scores that differ from `main`"),
        "{verdict}"
    );
    assert!(verdict.contains("| p "), "{verdict}");
    repository.succeeds("comment", &[]);
    repository.succeeds("judge", &[]);
}

#[test]
fn the_action_runs_the_base_branch_and_judges_a_gate() {
    let repository = Repository::new();
    let settings = [
        ("EPITOME_BASELINE", "run"),
        ("EPITOME_GATE", "rouge-1 > -0.5 @ p<0.01"),
    ];
    repository.succeeds("measure", &[]);
    repository.succeeds("compare", &settings);
    assert!(repository.read("output").ends_with("changed=false\n"));
    repository.succeeds("judge", &[]);

    repository.picks(1);
    repository.succeeds("measure", &[]);
    repository.succeeds("compare", &settings);
    assert!(repository.read("output").ends_with("changed=true\n"));
    let verdict = repository.read("work/verdict.md");
    assert!(
        verdict.contains("gate fails: 1 of 2 conditions does not hold"),
        "{verdict}"
    );
    assert_eq!(repository.does("judge", &[]).0, 1);
    assert_eq!(
        repository.does("compare", &[("EPITOME_BASELINE", "x")]).0,
        2
    );
}
