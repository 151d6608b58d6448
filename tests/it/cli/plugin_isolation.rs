//! Runs with plugins that look for what is none of their business.

use std::{
    fs,
    os::unix::{fs::chown, process::CommandExt},
    path::Path,
    process::Command,
};

use super::story::{Outcome, Story, epitome};

fn script(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/plugins");
    fs::read_to_string(folder.join(name)).unwrap()
}

/// A story whose only document says what the plugin beside it is to try; `{story}` is the
/// folder.
fn story(attempts: &[&str]) -> Story {
    let story = epitome().file("intruder.py", script("intruder.py"));
    let folder = story.path("").display().to_string();
    let lines: Vec<String> = attempts.iter().map(|it| format!("TRY {it}")).collect();
    let text = lines
        .join("\n")
        .replace("{story}", folder.trim_end_matches('/'));
    let record = serde_json::json!({
        "id": "a", "lang": "en", "text": text, "summaries": ["The reference."],
    });
    story.file("c.jsonl", record.to_string())
}

const RUN: &str = "run --corpus c.jsonl --lines sentences --sentences 1 --system lead --metric rouge-1 --name a --plugin";

/// Runs the intruder with options.
fn run(story: &Story, options: &str) -> Outcome {
    let words = RUN.split_whitespace();
    let plugin = ["intruder=python3 intruder.py"];
    let words: Vec<&str> = words
        .chain(plugin)
        .chain(options.split_whitespace())
        .collect();
    let outcome = story.does_words(&words);
    assert_eq!(outcome.code, 3, "{}", outcome.stderr);
    outcome
}

/// What became of the attempts.
fn outcomes(story: &Story) -> Vec<String> {
    let failures = fs::read_to_string(story.path("results/a/failures.csv")).unwrap();
    let (_, list) = failures.split_once('[').unwrap();
    let (list, _) = list.split_once(']').unwrap();
    serde_json::from_str(&format!("[{}]", list.replace("\"\"", "\""))).unwrap()
}

/// What the manifest says of the isolation of the plugin.
fn recorded(story: &Story) -> String {
    let manifest = fs::read_to_string(story.path("results/a/manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    let systems = manifest["systems"].as_array().unwrap().iter();
    let isolations: Vec<&serde_json::Value> = systems
        .map(|it| &it["isolation"])
        .filter(|it| !it.is_null())
        .collect();
    assert_eq!(isolations.len(), 1, "{manifest}");
    isolations[0].as_str().unwrap().to_owned()
}

#[test]
fn it_finds_neither_the_references_nor_the_rows_beside_it() {
    let story = story(&[
        "read {story}/intruder.py",
        "read {story}/c.jsonl",
        "read /proc/{parent}/cwd/c.jsonl",
        "write {story}/results/a/scores.csv",
        "list {story}/results/a",
        "read /proc/{parent}/environ",
        "read /proc/{parent}/mem",
        "read /proc/{parent}/fd/3",
        "signal {parent}",
    ]);
    let outcome = run(&story, "");
    let recorded = recorded(&story);
    if recorded.starts_with("none") {
        assert!(
            outcome.stderr.contains("could open every file"),
            "{}",
            outcome.stderr
        );
        return;
    }
    let outcomes = outcomes(&story);
    assert_eq!(outcomes[0], "ok", "its own file");
    for (outcome, what) in outcomes[1..].iter().zip(1..) {
        let is_refused = ["EACCES", "EPERM"].contains(&outcome.as_str());
        let is_of_listing = what == 4; // names are no secret
        assert!(is_refused || is_of_listing, "{what}: {outcomes:?}");
    }
}

#[test]
fn a_run_without_isolation_says_so() {
    let story = story(&["read {story}/c.jsonl"]);
    run(&story, "--isolation none");
    assert_eq!(outcomes(&story), ["ok"]);
    assert_eq!(recorded(&story), "none, as asked");
    story
        .does(&format!("{RUN} x=y --isolation some"))
        .fails(
            2,
            "invalid value 'some' for '--isolation <WHAT>': `some` is no isolation: it is `files` or `none`",
        );
}

#[test]
fn an_experiment_says_what_plugins_are_kept_from() {
    let file = |isolation: &str| {
        format!(
            "systems = ['lead']\n[corpora]\nc = 'c.jsonl'\n[plugins]\nintruder = 'python3 intruder.py'\n\
             [plugin-limits]\nisolation = '{isolation}'\n"
        )
    };
    let story = story(&["read {story}/c.jsonl"]).file("e.toml", file("none"));
    let outcome = story.does("run e.toml --name a --lines sentences --sentences 1");
    assert_eq!(outcome.code, 3, "{}", outcome.stderr);
    assert_eq!(outcomes(&story), ["ok"]);
    assert_eq!(recorded(&story), "none, as asked");
    let kept = fs::read_to_string(story.path("results/a/experiment.toml")).unwrap();
    assert!(kept.contains("isolation = \"none\""), "{kept}");
    let story = story.file("e.toml", file("some"));
    story.does("run e.toml").fails(
        2,
        "e.toml:7: `some` is no isolation: it is `files` or `none`",
    );
}

/// Runs the program as a user who is not root, in the folder of a story, with a plugin
/// without isolation.
fn as_nobody(story: &Story, plugin: &str) -> std::process::Output {
    /// The number that systems give to nobody.
    const NOBODY: u32 = 65_534;

    let program = story.path("program");
    fs::copy(env!("CARGO_BIN_EXE_epitome"), &program).unwrap();
    let mut command = Command::new(&program);
    command
        .args(
            "run --corpus c.jsonl --lines sentences --sentences 1 --metric rouge-1"
                .split(' '),
        )
        .args(["--isolation", "none", "--name", "a", "--plugin", plugin])
        .args(["--system", "x"])
        .current_dir(story.path(""));
    if rustix::process::geteuid().is_root() {
        chown(story.path(""), Some(NOBODY), Some(NOBODY)).unwrap();
        command.uid(NOBODY).gid(NOBODY);
    }
    command.output().unwrap()
}

#[test]
fn a_plugin_of_the_same_user_does_not_read_our_process() {
    let spy = r#"
read hello
echo '{"type":"ready","name":"x","version":"1","does":["summarise"]}'
while read -r line; do
    case $line in
        *'"type":"end"'*) echo "$line" ;;
        *) if head -c 1 "/proc/$PPID/environ" >/dev/null 2>&1 || head -c 1 "/proc/$PPID/maps" >/dev/null 2>&1
           then echo '{"id":1,"error":"it was read"}'
           else echo '{"id":1,"picks":[0]}'
           fi ;;
    esac
done
"#;
    let story = story(&["nothing"]).file("spy.sh", spy);
    let output = as_nobody(&story, "x=sh spy.sh");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}

#[test]
fn an_orphan_without_a_mark_ends_with_the_program() {
    let story = story(&["nothing"]).file("fugitive.py", script("fugitive.py"));
    let path = story.path("fugitive.py").display().to_string();
    for way in ["daemon", "hop"] {
        let plugin = format!("x=python3 fugitive.py {way}");
        let words = RUN.split_whitespace();
        let more = [&plugin, "--isolation", "none", "--fresh"];
        story
            .does_words(&words.chain(more).collect::<Vec<_>>())
            .succeeds();
        let lives = fs::read_dir("/proc").unwrap().flatten().any(|entry| {
            let line = fs::read(entry.path().join("cmdline")).unwrap_or_default();
            String::from_utf8_lossy(&line).contains(&path)
        });
        assert!(!lives, "{way}");
    }
}

#[test]
fn the_line_for_bubblewrap_hides_what_the_documentation_says() {
    let python = "/usr/bin/python3";
    let has_bubblewrap = Command::new("bwrap")
        .args(["--unshare-all", "--ro-bind", "/", "/", "true"])
        .status();
    if !has_bubblewrap.is_ok_and(|it| it.success()) || !Path::new(python).exists() {
        return; // not every machine has it
    }
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/protocol.md");
    let page = fs::read_to_string(page).unwrap();
    let line = page
        .lines()
        .find_map(|it| it.strip_prefix("--sandbox '"))
        .unwrap();
    let line = line.strip_suffix('\'').unwrap();

    let story = story(&[
        "read {story}/mine/intruder.py",
        "write new",
        "read {story}/c.jsonl",
        "list /root",
        "list {story}",
    ]);
    let toml = format!("name = \"intruder\"\nrun = \"{python} intruder.py\"\n");
    let story = story
        .file("mine/plugin.toml", toml)
        .file("mine/intruder.py", script("intruder.py"));
    let more = ["mine/plugin.toml", "--sandbox", line];
    let words: Vec<&str> = RUN.split_whitespace().chain(more).collect();
    let outcome = story.does_words(&words);
    assert_eq!(outcome.code, 3, "{}", outcome.stderr);
    let outcomes = outcomes(&story);
    assert_eq!(outcomes[..4], ["ok", "ok", "ENOENT", "ENOENT"]);
    assert_eq!(outcomes[4], "ok", "it holds nothing but `mine`");
    assert_eq!(recorded(&story), "that of `--sandbox`");
}
