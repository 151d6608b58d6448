//! The processes of plugins: none is left by a run that was killed or interrupted.

use std::{fs, path::Path, process::Command};

use super::{
    background::Background,
    plugin_stories::system::{RUN, story},
    story::{TWO_STORIES, epitome},
};

/// The next program that starts a plugin ends what is left, and removes its folder.
#[test]
fn what_a_killed_run_leaves_is_ended_by_the_next() {
    let story = story(&["", "grandchild-and-hang"]);
    fs::create_dir(story.path("tmp")).unwrap();
    let temporary = story.path("tmp");
    let left = || left_in(&temporary);
    let in_folder = [("TMPDIR", temporary.to_str().unwrap())];
    let arguments = format!("{RUN} --plugin-timeout 60");
    let words: Vec<&str> = arguments.split(' ').collect();
    let mut run = Background::starts(&story, &in_folder, &words);
    run.until("a plugin and its child", || left() > 1);
    run.kill();

    let status = Command::new(env!("CARGO_BIN_EXE_epitome"))
        .current_dir(story.path(""))
        .env("TMPDIR", &temporary)
        .args([
            "run",
            "--corpus",
            "c.jsonl",
            "--plugin",
            "plugin.toml",
            "--system",
        ])
        .args([
            "hostile",
            "--metric",
            "rouge-1",
            "--plugin-timeout",
            "1",
            "--quiet",
        ])
        .status()
        .unwrap();
    assert_eq!(status.code(), Some(3));
    assert_eq!(left(), 0, "processes");
    let folders = fs::read_dir(&temporary).unwrap().flatten();
    let names: Vec<_> = folders.map(|entry| entry.file_name()).collect();
    assert!(names.is_empty(), "{names:?}");
}

/// How many processes work in folders below `temporary`.
pub(super) fn left_in(temporary: &Path) -> usize {
    let processes = fs::read_dir("/proc").unwrap().flatten();
    let folders = processes.filter_map(|it| fs::read_link(it.path().join("cwd")).ok());
    folders
        .filter(|folder| folder.starts_with(temporary))
        .count()
}

#[test]
fn interrupting_ends_every_child_and_leaves_complete_rows() {
    let faults: Vec<&str> = (0..40)
        .map(|at| if at == 20 { "hang" } else { "" })
        .collect();
    let story = story(&faults);
    let mark = format!("EPITOME_STORY={}", std::process::id());
    let arguments = format!("{RUN} --name a --plugin-timeout 60 --sandbox");
    let sandbox = format!("env {mark}");
    let words: Vec<&str> = arguments.split(' ').chain([sandbox.as_str()]).collect();
    let mut run = Background::starts(&story, &[], &words);
    let rows = || {
        fs::read_to_string(story.path("results/a/scores.csv"))
            .unwrap_or_default()
            .lines()
            .count()
    };
    // two systems on the first eight documents; then it hangs at the document that does
    run.until("rows of sixteen outputs", || rows() > 16);
    let status = run.interrupt();
    let said = run.said();
    assert_eq!(status.code(), Some(143), "{said}");
    let (_, told) = said.split_once("error: interrupted: the rows of ").unwrap();
    let documents: usize = told.split(' ').next().unwrap().parse().unwrap();
    assert!((8..=16).contains(&documents), "{said}");
    assert!(
        said.contains("hint: the same command again continues from there"),
        "{said}"
    );
    let scores = fs::read_to_string(story.path("results/a/scores.csv")).unwrap();
    assert_eq!(scores.lines().count(), 1 + 2 * documents, "{scores}");
    assert!(scores.ends_with('\n') && !scores.contains("interrupted"));
    let alive = fs::read_dir("/proc").unwrap().flatten().any(|entry| {
        let environment = fs::read(entry.path().join("environ")).unwrap_or_default();
        environment
            .split(|&byte| byte == 0)
            .any(|variable| variable == mark.as_bytes())
    });
    assert!(!alive);
}

#[test]
fn a_version_command_has_a_deadline_and_does_not_survive_it() {
    let mark = format!("EPITOME_VERSION={}", std::process::id());
    let toml = format!(
        "name = \"p\"\nrun = \"cat\"\nversion = \"env {mark} sleep 3600\"\nstart-timeout = 1\ngrace = 0.1\n"
    );
    let story = epitome()
        .file("two.jsonl", TWO_STORIES)
        .file("plugin.toml", toml);
    story.does("run --corpus two.jsonl --plugin plugin.toml").fails(
        2,
        "plugin `p`: its `version` command failed: timeout: it has not ended within 1 s",
    );
    let alive = fs::read_dir("/proc").unwrap().flatten().any(|entry| {
        let environment = fs::read(entry.path().join("environ")).unwrap_or_default();
        environment
            .split(|&byte| byte == 0)
            .any(|variable| variable == mark.as_bytes())
    });
    assert!(!alive);
}
