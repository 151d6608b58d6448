//! Help, versions, completions and man pages.

use std::{fs, process::Command};

use super::story::epitome;

#[test]
fn the_help_has_commands_by_purpose() {
    let help = epitome().does("--help").succeeds().stdout;
    let headings = help
        .lines()
        .filter(|line| line.ends_with(':') && !line.starts_with([' ', '-']));
    let headings: Vec<&str> = headings.collect();
    insta::assert_snapshot!(headings.join("\n"), @r"
    Measure systems:
    Read results:
    Remember runs:
    Work on one text:
    Corpora and plugins:
    Many machines:
    Help:
    Options:
    Exit codes:
    ");
}

#[test]
fn the_help_of_a_command_has_options_by_purpose_and_ends_in_examples() {
    let story = epitome();
    let long = story.does("run --help").succeeds().stdout;
    let short = story.does("run -h").succeeds().stdout;
    assert_eq!(story.does("help run").succeeds().stdout, long);

    let place = |text: &str| long.find(text).unwrap_or_else(|| panic!("{text}: {long}"));
    assert!(place("\nPlugins:\n") < place("--plugin-timeout"));
    assert!(place("--sandbox") < place("\nLength of outputs:\n"));
    assert!(place("\nLength of outputs:\n") < place("--sentences"));
    let examples = long.split_once("\nExamples:\n").unwrap().1;
    assert!(
        examples.contains("  epitome run --corpus news.jsonl"),
        "{examples}"
    );

    // what is rarely wanted is in the long help only
    assert!(
        short.lines().count() < 70 && !short.contains("Examples"),
        "{short}"
    );
    assert!(!short.contains("--plugin-memory") && long.contains("--plugin-memory"));
    assert!(short.ends_with("`epitome run --help` shows all options, and examples\n"));
}

#[test]
fn the_long_version_says_what_the_program_was_built_from() {
    let story = epitome();
    let number = env!("CARGO_PKG_VERSION");
    let short = story.does("-V").succeeds().stdout;
    assert_eq!(short, format!("epitome {number}\n"));

    let long = story.does("--version").succeeds().stdout;
    let mut lines = long.lines();
    assert_eq!(lines.next(), Some(short.trim()));
    let keys: Vec<&str> = lines.filter_map(|line| line.split(": ").next()).collect();
    assert_eq!(keys, ["revision", "build", "compiler", "features"]);
    assert_eq!(
        long.contains("is not built in"),
        !cfg!(feature = "parquet"),
        "{long}"
    );
}

#[test]
fn shells_complete_commands_and_options() {
    let story = epitome();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = story
            .does(&format!("completions {shell}"))
            .succeeds()
            .stdout;
        for word in ["summarise", "retry-failed", "verify"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
    let script = story.does("completions bash").stdout;
    let story = story.file("epitome.bash", script);
    let complete = ". ./epitome.bash; COMP_WORDS=(epitome summ); COMP_CWORD=1; \
        _epitome epitome summ epitome; echo \"${COMPREPLY[@]}\"";
    let mut bash = Command::new("bash");
    bash.args(["-c", complete]).current_dir(story.path(""));
    let found = bash.output().unwrap();
    assert_eq!(String::from_utf8(found.stdout).unwrap(), "summarise\n");
    story
        .does("completions tcsh")
        .fails(2, "invalid value 'tcsh' for '<SHELL>'");
}

#[test]
fn every_command_has_a_man_page() {
    let story = epitome();
    let pages = story.does("manual --output deep/man1").succeeds().stdout;
    let pages: Vec<&str> = pages.lines().collect();
    for name in [
        "epitome",
        "epitome-run",
        "epitome-corpus-add",
        "epitome-completions",
    ] {
        let path = format!("deep/man1/{name}.1");
        assert!(pages.contains(&path.as_str()), "{pages:?}");
        let page = fs::read_to_string(story.path(&path)).unwrap();
        assert!(page.contains(".SH SYNOPSIS"), "{page}");
    }
    let run = fs::read_to_string(story.path("deep/man1/epitome-run.1")).unwrap();
    for text in ["Examples:", "LENGTH OF OUTPUTS", "Resamples for ranks"] {
        assert!(run.contains(text), "{text}: {run}");
    }

    // the same tree, the same bytes
    story.does("manual --output again").succeeds();
    let again = fs::read_to_string(story.path("again/epitome-run.1")).unwrap();
    assert_eq!(run, again);
}
