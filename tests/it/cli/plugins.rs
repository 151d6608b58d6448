//! `epitome run` with systems that are not ours.

use std::{fs, path::Path, process::Command};

use super::{
    background::Background,
    story::{Story, TWO_STORIES, epitome},
};

fn hostile() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/plugins/hostile.py")
        .display()
        .to_string()
}

/// A corpus whose documents hold these faults.
fn corpus(faults: &[&str]) -> String {
    let line = |(at, fault): (usize, &&str)| {
        let command = if fault.is_empty() {
            String::new()
        } else {
            format!(" FAULT:{fault}.")
        };
        serde_json::json!({
            "id": format!("d{at}"),
            "lang": "en",
            "text": format!("The river rose {at} metres. A bridge closed. Shops stayed shut.{command}"),
            "summaries": ["REFERENCE: the river closed the bridge."],
            "keyphrases": ["REFERENCE river"],
        })
        .to_string()
    };
    faults
        .iter()
        .enumerate()
        .map(line)
        .collect::<Vec<_>>()
        .join("\n")
}

/// A story with the hostile plugin as `plugin.toml`.
fn story(faults: &[&str]) -> Story {
    let toml = format!(
        r#"
        name = "hostile"
        run = ["python3", "{}"]
        does = ["summarise"]
        timeout = 2
        grace = 0.2
        [parameters]
        reorder = {{ default = false, about = "answers a batch backwards" }}
        "#,
        hostile()
    );
    epitome()
        .file("plugin.toml", toml)
        .file("c.jsonl", corpus(faults))
}

const RUN: &str =
    "run --corpus c.jsonl --system lead --plugin plugin.toml --metric rouge-1";

/// The lines of a table that are about the plugin and none of `documents`.
fn rows_but(story: &Story, file: &str, documents: &[&str]) -> Vec<String> {
    let is_about = |line: &&str| {
        line.contains("hostile") && !documents.iter().any(|id| line.contains(id))
    };
    story
        .result(file)
        .lines()
        .filter(is_about)
        .map(str::to_owned)
        .collect()
}

#[test]
fn a_plugin_is_a_system_like_any_other() {
    let story = story(&["", ""]);
    let outcome = story.does(RUN).succeeds();
    assert!(outcome.stdout.contains("hostile"), "{}", outcome.stdout);
    // it picks what lead picks
    let scores = story.result("scores.csv");
    assert_eq!(
        scores
            .lines()
            .find(|line| line.contains(",lead,"))
            .unwrap()
            .replace(",lead,", ",hostile,"),
        scores
            .lines()
            .find(|line| line.contains(",hostile,"))
            .unwrap()
    );
    assert!(
        story
            .result("manifest.json")
            .contains("\"version\": \"hostile 1.0\"")
    );
    let timings = story.result("plugin_timings.csv");
    assert_eq!(
        timings.lines().next().unwrap(),
        "corpus,document,system,host_ns,own_ns,cpu_ns"
    );
    assert_eq!(timings.lines().count(), 3);
    story.does(&format!("{RUN} --fresh")).succeeds();
    let anew = story.result("plugin_timings.csv");
    assert_eq!(
        anew.lines().count(),
        3,
        "a run that starts over has its own times only"
    );
}

#[test]
fn a_failure_is_a_row_and_every_other_row_is_that_of_a_clean_run() {
    let faulty = story(&["", "segv", "", "hang", "", "out-of-range"]);
    faulty.does(RUN).fails(
        3,
        &format!(
            "3 failures in all: see results/{}/failures.csv",
            super::story::only_child(&faulty.path("results"))
                .file_name()
                .unwrap()
                .display()
        ),
    );
    let rows: Vec<_> = faulty
        .result("failures.csv")
        .lines()
        .map(str::to_owned)
        .collect();
    assert_eq!(
        rows[1..],
        [
            "c,d1,hostile,crash,SIGSEGV,",
            "c,d3,hostile,timeout,no answer within 2 s,",
            "c,d5,hostile,protocol,pick 10000000 is not below 4,",
        ]
    );
    assert!(
        faulty
            .result("scores.csv")
            .contains("c,d1,hostile,3 sentences,rouge-1,0,0,0,crash\n")
    );
    let clean = story(&["", "", "", "", "", ""]);
    clean.does(RUN).succeeds();
    for file in ["scores.csv", "extracts.jsonl"] {
        let guilty = ["d1", "d3", "d5"];
        assert_eq!(
            rows_but(&faulty, file, &guilty),
            rows_but(&clean, file, &guilty),
            "{file}"
        );
    }
}

#[test]
fn failures_up_to_the_tolerance_are_fine() {
    let story = story(&["", "error", "", ""]);
    story
        .does(&format!("{RUN} --tolerance 0.25 --name a"))
        .succeeds()
        .says("note: `hostile` failed 1 time on c, first on `d1`: error: this document is not for me");
    assert_eq!(
        story.does(&format!("{RUN} --tolerance 0.2 --name b")).code,
        3
    );
}

#[test]
fn rows_are_the_same_bytes_at_any_number_of_threads() {
    let faults = [
        "", "exit", "", "", "", "garbage", "", "", "", "", "twice", "", "",
    ];
    let story = story(&faults);
    let mut seen = Vec::new();
    for jobs in ["1", "3", "3 --plugin-jobs 2"] {
        story.does(&format!("{RUN} --jobs {jobs} --name same"));
        for file in [
            "scores.csv",
            "extracts.jsonl",
            "leaderboard.csv",
            "failures.csv",
        ] {
            seen.push(fs::read(story.path(&format!("results/same/{file}"))).unwrap());
        }
    }
    let (first, rest) = seen.split_at(4);
    assert!(rest.chunks(4).all(|other| other == first));
}

#[test]
fn parameters_follow_the_grammar_of_all_systems() {
    let story = story(&["", ""]);
    story
        .does(&format!("{RUN} --system hostile(reorder=true)"))
        .succeeds();
    assert!(
        story
            .result("scores.csv")
            .contains(",hostile(reorder=true),")
    );
    story
        .does(&format!("{RUN} --system hostile(order=true)"))
        .fails(2, "`hostile` takes no parameter `order`")
        .says("did you mean `reorder`?");
    story
        .does(&format!("{RUN} --system hostil"))
        .fails(2, "no system is called `hostil`")
        .says("did you mean `hostile`?");
}

#[test]
fn outputs_made_elsewhere_are_scored_like_the_rest() {
    let story = epitome().file("two.jsonl", TWO_STORIES).file(
        "gpt.jsonl",
        "{\"id\":\"flood\",\"text\":\"The river rose two metres and the council closed the bridge.\"}\n",
    );
    let outcome = story.does(
        "run --corpus two.jsonl --system lead --outputs gpt=gpt.jsonl --metric rouge-1",
    );
    assert_eq!(outcome.code, 3, "{}", outcome.stderr);
    let scores = story.result("scores.csv");
    assert!(
        scores.contains("two,flood,gpt,3 sentences,rouge-1,1,1,1,ok"),
        "{scores}"
    );
    assert!(
        scores.contains("two,whale,gpt,3 sentences,rouge-1,0,0,0,error\n"),
        "{scores}"
    );
    let failures = story.result("failures.csv");
    let row = "two,whale,gpt,error,\"no output for this document in gpt.jsonl, which has ids such as `flood`\",\n";
    assert!(failures.ends_with(row), "{failures}");
}

#[test]
fn the_extracts_of_a_run_can_be_outputs_of_another() {
    let story = epitome().file("two.jsonl", TWO_STORIES);
    let run = "run --corpus two.jsonl --metric rouge-1 --metric keyphrase-f1@5";
    story
        .does(&format!(
            "{run} --system lead --system first-phrases --name a"
        ))
        .succeeds();
    story
        .does(&format!(
            "{run} --system lead --outputs kept=results/a/extracts.jsonl --name b"
        ))
        .succeeds();
    let scores = fs::read_to_string(story.path("results/b/scores.csv")).unwrap();
    let of = |system: &str| -> Vec<String> {
        scores
            .lines()
            .filter(|line| {
                line.contains(&format!(",{system},")) && line.contains(",rouge-1,")
            })
            .map(|line| line.replace(&format!(",{system},"), ""))
            .collect()
    };
    assert_eq!(of("lead"), of("kept"));
}

#[test]
fn what_is_no_plugin_is_refused() {
    let story = epitome()
        .file("p.toml", "name = \"p\"\n")
        .file("o.jsonl", "{\"id\":1}\n")
        .file("two.jsonl", TWO_STORIES);
    let refused = |arguments: &str, message: &str| {
        story
            .does(&format!("run --corpus two.jsonl {arguments}"))
            .fails(2, message);
    };
    refused(
        "--plugin p.toml",
        "p.toml: it needs either `run` or `outputs`",
    );
    refused(
        "--plugin nowhere.toml",
        "nowhere.toml: No such file or directory (os error 2)",
    );
    refused(
        "--plugin p=no-such-program",
        "plugin `p`: crash: it cannot be started: No such file or directory (os error 2)",
    );
    refused(
        "--plugin p=true",
        "plugin `p`: crash: it ended with exit code 0",
    );
    refused(
        "--outputs o=o.jsonl",
        "o.jsonl: line 1: it needs one of `text`, `picks` and `keyphrases`, and has `id`",
    );
    refused(
        "--plugin-memory much --plugin p=cat",
        "`much` is no amount of memory such as `512 MiB` or `2 GiB`",
    );
}

#[test]
fn a_time_limit_that_no_clock_can_count_is_none() {
    let story = story(&["", "error"]);
    let endless = "--plugin-timeout 1e19 --plugin-run-timeout 1e19";
    let outcome = story.does(&format!("{RUN} {endless}"));
    assert_eq!(outcome.code, 3, "{}", outcome.stderr);
}

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
fn left_in(temporary: &Path) -> usize {
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
    let outcome = story.does(&format!("plugin check python3 {}", spy()));
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

fn spy() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/plugins/spy.py")
        .display()
        .to_string()
}

#[test]
fn a_plugin_that_changes_its_mind_is_found_out() {
    let fickle = "name = \"fickle\"\nrun = [\"python3\", \"FILE\"]\ndoes = [\"summarise\"]\n[parameters]\nfickle = { default = true }\n";
    let story = epitome().file("plugin.toml", fickle.replace("FILE", &hostile()));
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

#[test]
fn references_are_never_sent() {
    let story = epitome().file("c.jsonl", corpus(&["", ""]));
    let run = format!("run --corpus c.jsonl --plugin spy=python3\u{a0}{}", spy());
    let run = run.split(' ').map(|word| word.replace('\u{a0}', " "));
    let status = Command::new(env!("CARGO_BIN_EXE_epitome"))
        .current_dir(story.path(""))
        .args(run)
        .output()
        .unwrap();
    assert_eq!(status.status.code(), Some(3));
    let failures = story.result("failures.csv");
    assert!(failures.contains("The river rose 1 metres."), "{failures}");
    assert!(
        !failures.contains("REFERENCE") && !failures.contains("\"\"d1\"\""),
        "{failures}"
    );
}

/// The tables of a run that must be the same, by name.
fn tables(story: &Story, run: &str) -> Vec<(String, Vec<u8>)> {
    let names = [
        "scores.csv",
        "extracts.jsonl",
        "failures.csv",
        "documents.csv",
        "leaderboard.csv",
    ];
    let read = |name: &str| {
        let path = story.path(&format!("results/{run}/{name}"));
        (name.to_owned(), fs::read(path).unwrap())
    };
    names.into_iter().map(read).collect()
}

/// What a kill after `documents` of the run leaves: rows cut where its marks say.
fn cut(story: &Story, whole: &str, name: &str, documents: usize) {
    const LINE: usize = 8 * 17 + 33; // eight numbers and a digest
    let (from, to) = (
        story.path(&format!("results/{whole}")),
        story.path(&format!("results/{name}")),
    );
    fs::create_dir_all(&to).unwrap();
    let marks = fs::read(from.join(".progress")).unwrap();
    let mark = &marks[documents * LINE..(documents + 1) * LINE];
    let numbers: Vec<usize> = std::str::from_utf8(mark)
        .unwrap()
        .split_whitespace()
        .take(8)
        .map(|word| usize::from_str_radix(word, 16).unwrap())
        .collect();
    assert_eq!(numbers[0], documents);
    let files = [
        "documents.csv",
        "scores.csv",
        "extracts.jsonl",
        "failures.csv",
        "counts.csv",
        "leaving_one_out.csv",
        "notes.csv",
    ];
    for (file, length) in files.iter().zip(&numbers[1..]) {
        fs::write(
            to.join(file),
            &fs::read(from.join(file)).unwrap()[..*length],
        )
        .unwrap();
    }
    fs::write(to.join(".progress"), &marks[..(documents + 1) * LINE]).unwrap();
    fs::copy(from.join("manifest.json"), to.join("manifest.json")).unwrap();
}

/// A run cut off after every one of its documents ends as one that was not.
fn resumes_anywhere(faults: &[&str]) {
    let story = story(faults);
    story
        .does(&format!("{RUN} --name whole --tolerance 1"))
        .succeeds();
    let wanted = tables(&story, "whole");
    for documents in 0..=faults.len() {
        let name = format!("cut-{documents}");
        cut(&story, "whole", &name, documents);
        story
            .does(&format!("{RUN} --name {name} --tolerance 1"))
            .succeeds();
        for ((file, found), (_, wanted)) in tables(&story, &name).iter().zip(&wanted) {
            let (found, wanted) = (
                String::from_utf8_lossy(found),
                String::from_utf8_lossy(wanted),
            );
            assert_eq!(found, wanted, "{file} after {documents} of {faults:?}");
        }
    }
}

#[test]
fn a_run_with_a_plugin_that_crashes_resumes_to_the_same_bytes() {
    resumes_anywhere(&[
        "", "exit", "", "", "", "segv", "", "", "", "", "", "kill", "",
    ]);
}

#[test]
fn a_run_with_a_plugin_that_is_given_up_resumes_to_the_same_bytes() {
    let in_a_row = [
        "", "", "", "error", "error", "exit-3", "", "", "", "", "error", "",
    ];
    resumes_anywhere(&in_a_row);
}

#[test]
fn a_run_with_a_plugin_that_breaks_the_protocol_resumes_to_the_same_bytes() {
    resumes_anywhere(&[
        "",
        "text-id",
        "",
        "twice",
        "no-picks",
        "",
        "",
        "garbage-json",
        "",
        "another-id",
        "",
        "",
    ]);
}

#[test]
fn a_plugin_that_fails_on_too_many_of_thirty_is_given_up_wherever_it_was_cut_off() {
    let story = story(&["", "", "", "", "error"].repeat(9));
    story
        .does(&format!("{RUN} --name whole --tolerance 1"))
        .succeeds();
    assert!(story.path("results/whole").exists());
    let failures = fs::read_to_string(story.path("results/whole/failures.csv")).unwrap();
    let given_up = "skipped,not asked after 6 failures in 30 documents";
    assert_eq!(failures.matches(given_up).count(), 15, "{failures}");
    let wanted = tables(&story, "whole");
    for documents in [1, 8, 29, 30, 31, 44] {
        cut(&story, "whole", "cut", documents);
        story
            .does(&format!("{RUN} --name cut --tolerance 1"))
            .succeeds();
        assert_eq!(tables(&story, "cut"), wanted, "after {documents}");
    }
}

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

#[test]
fn a_system_that_no_metric_measures_is_named() {
    let story = story(&["", ""]);
    story
        .does("run --corpus c.jsonl --system first-phrases --plugin plugin.toml --metric keyphrase-f1@5")
        .succeeds()
        .says("note: no metric measures `hostile`: see `--metric`");
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

#[test]
fn what_nobody_can_have_is_refused_with_the_most_there_is() {
    let story = epitome().file("two.jsonl", TWO_STORIES);
    let refused = |arguments: &str, most: &str| {
        let outcome =
            story.does(&format!("run --corpus two.jsonl --system lead {arguments}"));
        assert_eq!(outcome.code, 2, "{}", outcome.stderr);
        assert!(outcome.stderr.contains(most), "{}", outcome.stderr);
    };
    refused(
        "-j 18446744073709551615",
        "it must be a number from 1 to 1024",
    );
    refused("-j 0", "it must be a number from 1 to 1024");
    refused(
        "--resamples 1000000000",
        "it must be a number from 0 to 100000",
    );
}

/// Needs a module that stands in a folder of its own.
const NEEDS_A_MODULE: &str = r#"
import json, sys
import epitome_test_module
for line in sys.stdin:
    asked = json.loads(line)
    if asked["type"] == "hello":
        said = {"type": "ready", "name": "needs", "version": "1", "does": ["summarise"]}
    elif asked["type"] == "end":
        said = asked
    else:
        said = {"id": asked["id"], "picks": [0]}
    print(json.dumps(said), flush=True)
"#;

#[test]
fn a_plugin_finds_the_modules_of_the_caller_and_is_told_how_if_not() {
    let story = epitome()
        .file("two.jsonl", TWO_STORIES)
        .file("needs.py", NEEDS_A_MODULE)
        .file(
            "none.toml",
            "name = \"needs\"\nrun = \"python3 needs.py\"\ninherit = []\n",
        )
        .file("library/epitome_test_module.py", "");
    fs::write(
        story.path("run.toml"),
        "name = \"needs\"\nrun = \"python3 needs.py\"\n",
    )
    .unwrap();
    let library = story.path("library").display().to_string();
    let world = [("PYTHONPATH", library.as_str())];
    let run = |environment: &[(&str, &str)], plugin: &str| {
        let run =
            "run --corpus two.jsonl --system needs --metric rouge-1 --fresh --name r";
        story.does_with(environment, &format!("{run} --plugin {plugin}"))
    };
    run(&world, "run.toml").succeeds();
    for (environment, plugin) in [(&world[..], "none.toml"), (&[], "run.toml")] {
        let refused = run(environment, plugin);
        assert_eq!(refused.code, 2, "{}", refused.stderr);
        refused
            .says("ModuleNotFoundError")
            .says("`inherit = [\"NAME\"]` in plugin.toml");
    }
    let checked = story.does_with(&world, "plugin check run.toml");
    assert!(
        checked.stdout.contains("environment: PYTHONPATH"),
        "{}",
        checked.stdout
    );
    let checked = story.does_with(&world, "plugin check none.toml");
    assert!(
        !checked.stdout.contains("PYTHONPATH;"),
        "{}",
        checked.stdout
    );
    checked.says("`inherit = [\"NAME\"]` in plugin.toml");
}
