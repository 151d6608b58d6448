//! What plugins find under the sandboxes that `docs/protocol.md` names.

use std::{env, net::TcpListener, path::Path, process::Command};

use super::{
    plugin_isolation::{
        RUN, numbered, outcomes, page, python_of_the_system, recorded, script, story,
    },
    story::Story,
};
use crate::plugins::stage::has;

/// Whether bubblewrap is there and may make namespaces.
fn has_bubblewrap() -> bool {
    let tried = Command::new("bwrap")
        .args(["--unshare-all", "--ro-bind", "/", "/", "true"])
        .output();
    has("bwrap", tried.is_ok_and(|it| it.status.success()))
}

/// A story whose plugin, in a folder of its own, makes attempts.
fn intruder(python: &str, attempts: &[&str]) -> Story {
    let toml = format!("name = \"intruder\"\nrun = \"{python} intruder.py\"\n");
    story(attempts)
        .file("mine/plugin.toml", toml)
        .file("mine/intruder.py", script("intruder.py"))
        .file("results/old/scores.csv", "rows")
}

/// What comes of these attempts with these options. The number of the program stands for
/// `{epitome}` in them.
fn found(python: &str, attempts: &[&str], options: &[&str]) -> (Story, Vec<String>) {
    let story = intruder(python, attempts);
    let program = Path::new(env!("CARGO_BIN_EXE_epitome"));
    let output = numbered(&story, program)
        .args(RUN.split_whitespace().chain(["mine/plugin.toml"]))
        .args(options)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{said}");
    let outcomes = outcomes(&story);
    (story, outcomes)
}

/// The line of the page.
fn line() -> String {
    let page = page();
    let line = page.lines().find_map(|it| it.strip_prefix("--sandbox '"));
    line.unwrap().strip_suffix('\'').unwrap().to_owned()
}

#[test]
fn the_line_for_bubblewrap_hides_what_the_documentation_says() {
    let (Some(python), true) = (python_of_the_system(), has_bubblewrap()) else {
        return;
    };
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let home = env::home_dir().unwrap();
    let (reach, home) = (format!("reach {port}"), format!("list {}", home.display()));
    let attempts = [
        // its own folders
        ("read {story}/mine/intruder.py", "ok"),
        ("write new", "ok"),
        ("list {story}", "ok"), // it holds nothing but `mine`
        // files
        ("write {story}/mine/intruder.py", "EROFS"),
        ("read {story}/c.jsonl", "ENOENT"),
        ("list {story}/results", "ENOENT"),
        ("write {story}/results/old/scores.csv", "ENOENT"),
        (&home, "ENOENT"),
        // processes
        ("read /proc/{epitome}/cmdline", "ENOENT"),
        ("read /proc/{epitome}/environ", "ENOENT"),
        ("read /proc/{epitome}/mem", "ENOENT"),
        ("list /proc/{epitome}/fd", "ENOENT"),
        ("trace {epitome}", "ESRCH"),
        ("signal {epitome}", "ESRCH"),
        ("limit {epitome}", "ESRCH"),
        // the network
        (&reach, "ECONNREFUSED"),
    ];
    let (tried, wanted): (Vec<&str>, Vec<&str>) = attempts.into_iter().unzip();

    let (story, hidden) = found(python, &tried, &["--sandbox", &line()]);
    assert_eq!(hidden, wanted);
    assert_eq!(recorded(&story), "that of `--sandbox`");

    // what it hides is there for a plugin that nothing keeps from it
    let (_, open) = found(python, &tried, &["--isolation", "none"]);
    let of_our_process = ["environ", "mem", "fd", "trace"];
    for (outcome, attempt) in open.iter().zip(tried) {
        if !of_our_process.iter().any(|it| attempt.contains(it)) {
            assert_eq!(outcome, "ok", "{attempt}");
        }
    }
}

/// What every sandbox of these tests begins and ends with.
fn sandbox(rest: &str) -> String {
    format!(
        "bwrap --die-with-parent --new-session {rest} --bind {{working}} {{working}} --chdir {{working}}"
    )
}

#[test]
fn with_the_whole_disk_bound_it_reads_every_file() {
    let (Some(python), true) = (python_of_the_system(), has_bubblewrap()) else {
        return;
    };
    let rest = "--unshare-all --ro-bind / / --proc /proc --dev /dev";
    let attempts = [
        "read {story}/c.jsonl",
        "read {story}/results/old/scores.csv",
    ];
    let (_, found) = found(python, &attempts, &["--sandbox", &sandbox(rest)]);
    assert_eq!(found, ["ok"; 2]);
}

#[test]
fn without_a_process_namespace_it_finds_names_in_proc() {
    let (Some(python), true) = (python_of_the_system(), has_bubblewrap()) else {
        return;
    };
    let files = "--dev /dev --ro-bind /usr /usr --ro-bind /etc /etc --symlink usr/bin /bin --symlink usr/lib /lib --symlink usr/lib64 /lib64 --ro-bind {folder} {folder}";
    let namespaces = "--unshare-user-try --unshare-ipc --unshare-net --unshare-uts";
    for namespaces in [namespaces, "--unshare-all"] {
        let rest = format!("{namespaces} --ro-bind /proc /proc {files}");
        let attempts = ["arguments {epitome}", "read {story}/c.jsonl"];
        let (_, found) = found(python, &attempts, &["--sandbox", &sandbox(&rest)]);
        assert!(found[0].contains("--corpus c.jsonl"), "{found:?}");
        assert_eq!(found[1], "ENOENT");
    }
}
