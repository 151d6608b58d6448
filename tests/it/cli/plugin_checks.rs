//! `epitome plugin new` and `epitome plugin check`.

use std::process::Command;

use super::{
    plugin_stories::script,
    story::{TWO_STORIES, epitome},
};

#[test]
fn a_new_plugin_passes_its_own_check() {
    for (language, program) in [("python", "python3"), ("node", "node"), ("shell", "sh")]
    {
        if Command::new(program).arg("--version").output().is_err() && program == "node" {
            continue; // not every machine has it
        }
        let story = epitome().file("two.jsonl", TWO_STORIES);
        story
            .does(&format!("plugin new --language {language} my-plugin"))
            .succeeds();
        let outcome = story.does("plugin check my-plugin").succeeds();
        let tried = outcome
            .stdout
            .lines()
            .filter(|line| line.starts_with("ok "))
            .count();
        assert!(tried >= 25, "{}", outcome.stdout);
        let isolation = outcome.stdout.lines().nth(1).unwrap();
        assert!(isolation.starts_with("isolation: "), "{isolation}");
        let run = "run --corpus two.jsonl --plugin my-plugin/plugin.toml --system lead";
        let outcome = story.does(run).succeeds();
        assert!(outcome.stdout.contains("my-plugin"), "{}", outcome.stdout);
        story
            .does(&format!("plugin new --language {language} my-plugin"))
            .fails(2, "`my-plugin` exists already");
    }
}

#[test]
fn a_stray_print_does_not_break_a_plugin_made_with_the_sdk() {
    let noisy = r#"
import os
from epitome_plugin import Plugin

plugin = Plugin("noisy", "1")


@plugin.summarise
def first(document, budget, params):
    print("a stray print")
    os.write(1, b"and one from below\n")
    os.system("echo and one from a shell")
    if "whale" in document.text:
        raise ValueError("no whales")
    return budget.fill(range(len(document.sentences)))


plugin.run()
"#;
    let story = epitome().file("two.jsonl", TWO_STORIES);
    story.does("plugin new --language python noisy").succeeds();
    let story = story.file("noisy/plugin.py", noisy);
    let run = "run --corpus two.jsonl --system lead --plugin noisy/plugin.toml --metric rouge-1";
    assert_eq!(story.does(run).code, 3);
    let failures = story.result("failures.csv");
    assert!(
        failures.contains("two,whale,noisy,error,ValueError: no whales"),
        "{failures}"
    );
    assert_eq!(
        story
            .result("extracts.jsonl")
            .matches("\"system\":\"noisy\"")
            .count(),
        1
    );
}

#[test]
fn a_check_says_in_words_what_is_wrong() {
    let story = epitome();
    let outcome = story.does(&format!("plugin check python3 {}", script("spy.py")));
    assert_eq!(outcome.code, 3);
    assert!(
        outcome
            .stdout
            .contains("FAILED summarise: a plain document\n       error: "),
        "{}",
        outcome.stdout
    );
    assert!(
        outcome
            .stdout
            .contains("ok     it ends when standard input ends"),
        "{}",
        outcome.stdout
    );
    story
        .does("plugin check true")
        .fails(2, "plugin `plugin`: crash: it ended with exit code 0");
}

#[test]
fn a_plugin_that_changes_its_mind_is_found_out() {
    let fickle = "name = \"fickle\"\nrun = [\"python3\", \"FILE\"]\ndoes = [\"summarise\"]\n[parameters]\nfickle = { default = true }\n";
    let story =
        epitome().file("plugin.toml", fickle.replace("FILE", &script("hostile.py")));
    let outcome = story.does("plugin check plugin.toml");
    assert_eq!(outcome.code, 3);
    assert!(
        outcome
            .stdout
            .contains("FAILED summarise: the same question again"),
        "{}",
        outcome.stdout
    );
    assert!(
        outcome.stdout.contains("draw random numbers from `seed`"),
        "{}",
        outcome.stdout
    );
}
