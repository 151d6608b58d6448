//! Threads and processes that the system does not start: an error in words.

use std::{
    fs,
    os::unix::{fs::chown, process::CommandExt},
    process::{Command, Output},
    sync::atomic::{AtomicU32, Ordering},
};

use super::story::{Story, copy_program, epitome};

/// A plugin that picks the first sentence.
const PLUGIN: &str = r#"
read hello
echo '{"type":"ready","name":"x","version":"1","does":["summarise"]}'
while read -r line; do
    case $line in
        *'"type":"end"'*) echo "$line" ;;
        *) id=${line#*\"id\":}; echo "{\"id\":${id%%,*},\"picks\":[0]}" ;;
    esac
done
"#;

/// Runs the program as a user of its own, who may have `most` threads; `None` if the test is
/// not that of root, who alone can become another user.
fn with_threads(story: &Story, most: u32, arguments: &str) -> Option<Output> {
    static USERS: AtomicU32 = AtomicU32::new(0);
    if !rustix::process::geteuid().is_root() {
        return None;
    }
    // nobody else has processes under it
    let user = 200_000 + 100 * std::process::id() + USERS.fetch_add(1, Ordering::SeqCst);
    let program = story.path("program");
    copy_program(env!("CARGO_BIN_EXE_epitome"), &program);
    chown(story.path(""), Some(user), Some(user)).unwrap();
    let mut command = Command::new("prlimit");
    command
        .arg(format!("--nproc={most}"))
        .arg(&program)
        .args(arguments.split(' '))
        .current_dir(story.path(""))
        .env("TMPDIR", story.path(""))
        .uid(user)
        .gid(user);
    Some(command.output().unwrap())
}

fn story() -> Story {
    let line = |at: usize| {
        format!(
            r#"{{"id":"d{at}","text":"The river {at} rose. Boats left.","summaries":["It rose."]}}"#
        )
    };
    let corpus: Vec<String> = (0..20).map(line).collect();
    epitome()
        .file("c.jsonl", corpus.join("\n"))
        .file("plugin.toml", "name = 'x'\nrun = ['sh', 'plugin.sh']\n")
        .file("plugin.sh", PLUGIN)
}

const RUN: &str =
    "run --corpus c.jsonl --metric rouge-1 --system lead --name a --fresh --quiet";

#[test]
fn threads_that_cannot_be_started_are_an_error_in_words() {
    let story = story();
    for most in [1, 2, 3, 5, 8] {
        let Some(output) = with_threads(&story, most, &format!("{RUN} --jobs 64")) else {
            return;
        };
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{most}: {said}");
        let expected = match most {
            1 => {
                "error: the thread that listens to signals cannot be started: ".to_owned()
            }
            most => format!("error: thread {} of 64 cannot be started: ", most - 1),
        };
        let is_expected = said.starts_with(&expected)
            || (said.starts_with("error: thread ") && said.contains(" of 64 cannot be"));
        assert!(is_expected, "{most}: {said}");
        assert_eq!(said.contains("hint: fewer `--jobs`"), most > 1, "{said}");
    }
    let output = with_threads(&story, 100, &format!("{RUN} --jobs 64")).unwrap();
    assert!(output.status.success(), "{output:?}");
}

#[test]
fn however_few_threads_there_are_nothing_panics_and_no_row_blames_the_plugin() {
    let story = story();
    for isolation in ["files", "none"] {
        let mut has_succeeded = false;
        for most in 1..16 {
            let line = format!(
                "{RUN} --jobs 2 --plugin plugin.toml --system x --isolation {isolation}"
            );
            let Some(output) = with_threads(&story, most, &line) else {
                return;
            };
            let said = String::from_utf8(output.stderr).unwrap();
            assert!(!said.contains("panicked"), "{most}: {said}");
            assert!(!said.contains("epitome itself failed"), "{most}: {said}");
            match output.status.code() {
                Some(0) => has_succeeded = true,
                code => assert_eq!(code, Some(2), "{most}: {said}"),
            }
            let failures = fs::read_to_string(story.path("results/a/failures.csv"));
            let failures = failures.unwrap_or_default();
            assert!(failures.lines().count() < 2, "{most}: {failures}");
            let _ = fs::remove_dir_all(story.path("results"));
        }
        assert!(has_succeeded, "{isolation}");
    }
}
