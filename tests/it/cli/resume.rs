//! Runs that are cut off, taken up again, retried or refused.

use std::{
    collections::BTreeMap,
    fs,
    os::unix::process::ExitStatusExt,
    path::Path,
    process::{Command, Stdio},
    thread,
};

use super::{
    background::Background,
    story::{Story, TWO_STORIES, epitome},
};

/// The tables of a run, by name.
fn tables(story: &Story, run: &str) -> BTreeMap<String, Vec<u8>> {
    let names = [
        "scores.csv",
        "extracts.jsonl",
        "failures.csv",
        "documents.csv",
        "counts.csv",
        "leaderboard.csv",
        "comparisons.csv",
        "across.csv",
    ];
    let read = |name: &str| {
        let path = story.path(&format!("results/{run}/{name}"));
        (name.to_owned(), fs::read(path).unwrap())
    };
    names.into_iter().map(read).collect()
}

/// A corpus of many short documents.
fn many(count: usize) -> String {
    let line = |at: usize| {
        format!(
            r#"{{"id":"d,{at}","text":"The river {at} rose. Boats left the harbour. Nobody saw bridge {}.","summaries":["The river {at} rose."],"keyphrases":["river"]}}"#,
            at % 7
        )
    };
    (0..count).map(|at| line(at) + "\n").collect()
}

const PLAN: &str = "--corpus many.jsonl --system lead --system text-rank --metric rouge-1 --metric bleu(average=micro) --metric keyphrase-f1@5(protocol=sifrank-micro) --jobs 2";

#[test]
fn a_signal_while_tables_are_made_ends_the_command_and_the_next_makes_them() {
    let systems: Vec<String> = (0..40)
        .map(|seed| format!("--system random(seed={seed})"))
        .collect();
    let story = epitome().file("many.jsonl", many(1_000));
    let command = format!(
        "run --corpus many.jsonl --metric rouge-1 {} --name x",
        systems.join(" ")
    );
    let of_run = |file: &str| story.path(&format!("results/x/{file}"));

    // the leaderboard is written before pairs are compared, which takes seconds
    let words: Vec<&str> = command.split_whitespace().collect();
    let mut run = Background::starts(&story, &[], &words);
    run.until("a leaderboard", || of_run("leaderboard.csv").exists());
    assert_eq!(run.interrupt().code(), Some(143), "{}", run.said());
    let kept = "interrupted: the rows of 1000 documents are complete";
    assert!(run.said().contains(kept), "{}", run.said());
    assert!(!of_run("comparisons.csv").exists());

    story.does(&command).succeeds();
    let comparisons = fs::read(of_run("comparisons.csv")).unwrap();
    let leaderboard = fs::read(of_run("leaderboard.csv")).unwrap();

    // without plugins, which have to be ended, a signal ends the program by itself
    let words = ["score", "--run", "x", "--metric", "rouge-2"];
    let mut score = Background::starts(&story, &[], &words);
    score.until("another leaderboard", || {
        fs::read(of_run("leaderboard.csv")).is_ok_and(|now| now != leaderboard)
    });
    assert_eq!(score.interrupt().signal(), Some(15), "{}", score.said());
    assert_eq!(fs::read(of_run("comparisons.csv")).unwrap(), comparisons);

    // what reads the run makes the tables first
    let shown = story.does("compare results/x").succeeds();
    assert!(
        shown.stderr.contains("derived again from its rows"),
        "{}",
        shown.stderr
    );
    assert!(fs::read(of_run("comparisons.csv")).unwrap().len() > comparisons.len());
}

#[test]
fn a_run_killed_200_times_ends_with_the_same_bytes() {
    let story = epitome().file("many.jsonl", many(60));
    // the shortest of some, since other tests run beside them
    let timed = |_| {
        let start = epitome::run::clock::now();
        story
            .does(&format!("run {PLAN} --name whole --fresh"))
            .succeeds();
        start.elapsed()
    };
    let whole = (0..5).map(timed).min().unwrap();
    let wanted = tables(&story, "whole");

    let (mut kills, mut round) = (0, 0_u64);
    while kills < 200 {
        round += 1;
        let name = format!("killed-{round}");
        loop {
            let mut child = Command::new(env!("CARGO_BIN_EXE_epitome"))
                .current_dir(story.path(""))
                .args(format!("run {PLAN} --name {name} --quiet").split_whitespace())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            // moments from the first to well behind the last, as a hash scatters them
            let scattered = epitome::rng::mix(8, kills) % 1_000;
            thread::sleep(whole.mul_f64(scattered as f64 / 1_000.0));
            let is_over = child.try_wait().unwrap().is_some();
            child.kill().unwrap();
            child.wait().unwrap();
            if is_over {
                break;
            }
            kills += 1;
        }
        story.does(&format!("run {PLAN} --name {name}")).succeeds();
        assert_eq!(tables(&story, &name), wanted, "after {kills} kills");
        fs::remove_dir_all(story.path(&format!("results/{name}"))).unwrap();
    }
}

#[test]
fn what_is_there_is_not_done_again() {
    let story = epitome().file("two.jsonl", TWO_STORIES);
    let run = "run --corpus two.jsonl --system lead --name r";
    story.does(run).succeeds();
    story
        .does(run)
        .succeeds()
        .says("note: 2 documents were there already");
    let manifest = fs::read_to_string(story.path("results/r/manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    assert_eq!(manifest["resumed"].as_array().unwrap().len(), 1);
    assert_eq!(manifest["complete"], true);
}

#[test]
fn another_plan_is_refused_or_takes_the_place() {
    let story = epitome().file("two.jsonl", TWO_STORIES);
    let run = |more: &str| {
        story.does(&format!(
            "run --corpus two.jsonl --system lead --name r {more}"
        ))
    };
    run("").succeeds();
    run("--sentences 1")
        .fails(
            2,
            "results/r: it holds another run: `system lead 3 sentences` there, `system lead 1 sentence` here",
        )
        .says("hint: `--fresh` replaces it, another `--name` keeps it");
    run("--sentences 1 --fresh").succeeds();
    // another resample count changes no row
    run("--sentences 1 --resamples 50")
        .succeeds()
        .says("2 documents were there");
    let story = story.file(
        "two.jsonl",
        TWO_STORIES.replace("two metres", "three metres"),
    );
    let changed =
        story.does("run --corpus two.jsonl --system lead --name r --sentences 1");
    assert_eq!(changed.code, 2);
    changed.says("it holds another run: `corpus two ");
}

#[test]
fn a_second_run_in_the_same_folder_is_refused() {
    let story = epitome().file("two.jsonl", TWO_STORIES);
    story.does("run --corpus two.jsonl --name r").succeeds();
    let lock = fs::File::open(story.path("results/r/.lock")).unwrap();
    lock.lock().unwrap();
    for command in [
        "run --corpus two.jsonl --name r",
        "score --run r --metric chrf",
    ] {
        story
            .does(command)
            .fails(2, "results/r: another run is writing there")
            .says("hint: wait for it, or give this one another `--name`");
    }
    lock.unlock().unwrap();
    story.does("run --corpus two.jsonl --name r").succeeds();
}

#[test]
fn rows_that_were_cut_off_are_written_again() {
    let story = epitome().file("two.jsonl", TWO_STORIES);
    let run = "run --corpus two.jsonl --system lead --metric rouge-1 --name r";
    story.does(run).succeeds();
    let path = story.path("results/r/scores.csv");
    let whole = fs::read(&path).unwrap();
    fs::write(&path, &whole[..whole.len() - 5]).unwrap();
    story
        .does(run)
        .succeeds()
        .says("1 documents were there already");
    assert_eq!(fs::read(&path).unwrap(), whole);
}

#[test]
fn a_metric_is_added_without_running_a_system() {
    let story = epitome().file("two.jsonl", TWO_STORIES);
    let plan = "--corpus two.jsonl --system lead --system text-rank";
    story
        .does(&format!("run {plan} --metric rouge-1 --name r"))
        .succeeds();
    let before = story.path("results/r/extracts.jsonl");
    let before = fs::read(before).unwrap();
    let metrics = "--metric rouge-2 --metric oracle-overlap";
    let added = story.does(&format!("score --run r {metrics}")).succeeds();
    assert!(added.stdout.contains("rouge-2"), "{}", added.stdout);
    assert_eq!(
        fs::read(story.path("results/r/extracts.jsonl")).unwrap(),
        before
    );
    // the same rows as those of a run with all metrics
    story
        .does(&format!("run {plan} --metric rouge-1 {metrics} --name all"))
        .succeeds();
    assert_eq!(tables(&story, "r"), tables(&story, "all"));
    // and the first command still finds its run
    story
        .does(&format!("run {plan} --metric rouge-1 --name r"))
        .succeeds()
        .says("2 documents were there already");
    assert_eq!(tables(&story, "r"), tables(&story, "all"));
    story
        .does("score --run r --metric rouge-1")
        .fails(5, "nothing to do: the run has these metrics");
    story
        .does("score --run nowhere --metric rouge-1")
        .fails(2, "no run `nowhere`");
    let story = story.file("two.jsonl", TWO_STORIES.replace("Friday", "Monday"));
    story
        .does("score --run r --metric chrf")
        .fails(4, "two.jsonl: it has changed since the run");
}

#[test]
fn a_background_is_part_of_a_run_that_is_taken_up_again() {
    let story = epitome()
        .file("few.jsonl", many(5))
        .file("rest.jsonl", many(30));
    let systems = "--system tf-idf --metric keyphrase-f1@5";
    let plan = format!("--corpus few.jsonl --background rest.jsonl {systems}");
    story.does(&format!("run {plan} --name r")).succeeds();
    let before = tables(&story, "r");
    let extracts = String::from_utf8(before["extracts.jsonl"].clone()).unwrap();
    assert_eq!(extracts.matches("|df:background").count(), 5);
    story
        .does(&format!("run {plan} --name r --retry-failed"))
        .succeeds()
        .says("5 documents were there already");
    assert_eq!(tables(&story, "r"), before);
    story
        .does("score --run r --metric keyphrase-f1@10")
        .succeeds();
    story
        .does(&format!(
            "run {plan} --metric keyphrase-f1@10 --name all --jobs 1"
        ))
        .succeeds();
    assert_eq!(tables(&story, "r"), tables(&story, "all"));
    let other = plan.replace("--background rest.jsonl ", "");
    let refused = story.does(&format!("run {other} --name r"));
    assert_eq!(refused.code, 2);
    refused.says("results/r: it holds another run: `background");
}

#[test]
fn a_manifest_of_another_format_is_refused_in_words() {
    let story = epitome().file("two.jsonl", TWO_STORIES);
    let run = "run --corpus two.jsonl --system lead --metric rouge-1 --name r";
    story.does(run).succeeds();
    let manifest =
        std::fs::read_to_string(story.path("results/r/manifest.json")).unwrap();
    let earlier = manifest.replace("\"format\": 2,", "");
    let story = story.file("results/r/manifest.json", earlier);
    let version = env!("CARGO_PKG_VERSION");
    let refusal = format!(
        "results/r/manifest.json: it is a manifest of format 1, and epitome {version} reads format 2"
    );
    story
        .does(run)
        .fails(2, &refusal)
        .says("hint: `--fresh` replaces the run");
    story.does("report r").fails(2, &refusal);
    story.does(&format!("{run} --fresh")).succeeds();
}

/// Copies a folder without folders in it.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

#[test]
fn a_metric_whose_addition_was_killed_anywhere_is_there_after_the_next_command() {
    const ROWS: [&str; 8] = [
        "documents.csv",
        "scores.csv",
        "leaving_one_out.csv",
        "notes.csv",
        "extracts.jsonl",
        "failures.csv",
        "counts.csv",
        ".progress",
    ];
    const TABLES: [&str; 3] = ["leaderboard.csv", "comparisons.csv", "across.csv"];
    let story = epitome().file("many.jsonl", many(9));
    let plan = "--corpus many.jsonl --system lead --system text-rank --metric rouge-1";
    story.does(&format!("run {plan} --name before")).succeeds();
    let folder = |name: &str| story.path(&format!("results/{name}"));
    copy(&folder("before"), &folder("after"));
    story.does("score --run after --metric rouge-2").succeeds();
    let wanted = tables(&story, "after");
    let seen = |name: &str| {
        story
            .does(&format!("report {name} --csv"))
            .succeeds()
            .stdout
    };
    let wanted_report = seen("after");

    // the manifest that is moved into place with the rows: of no tables yet
    let path = folder("after").join("manifest.json");
    let mut manifest: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    manifest["contents"]["tables"] = serde_json::json!({});
    let manifest = manifest.to_string();

    let orders = [
        [&["manifest.json"][..], &ROWS].concat(),
        [&ROWS, &["manifest.json"][..]].concat(),
    ];
    for (order, files) in orders.iter().enumerate() {
        for moved in 0..=files.len() + TABLES.len() {
            let name = format!("killed-{order}-{moved}");
            let (run, ready) = (folder(&name), folder(&name).join(".ready"));
            copy(&folder("before"), &run);
            fs::create_dir(&ready).unwrap();
            for (at, file) in files.iter().enumerate() {
                let to = if at < moved {
                    run.join(file)
                } else {
                    ready.join(file)
                };
                match *file {
                    "manifest.json" => fs::write(to, &manifest).unwrap(),
                    file => drop(fs::copy(folder("after").join(file), to).unwrap()),
                }
            }
            if moved >= files.len() {
                fs::remove_dir(&ready).unwrap();
            }
            for table in TABLES.iter().take(moved.saturating_sub(files.len())) {
                fs::copy(folder("after").join(table), run.join(table)).unwrap();
            }
            copy_run(&run, &folder("read"));

            let again = story.does(&format!("score --run {name} --metric rouge-2"));
            assert!([0, 5].contains(&again.code), "{name}: {}", again.stderr);
            assert_eq!(tables(&story, &name), wanted, "{name}");
            assert_eq!(seen("read"), wanted_report, "{name}");
            assert_eq!(tables(&story, "read"), wanted, "{name}");
            fs::remove_dir_all(folder("read")).unwrap();
        }
    }
}

/// Copies a run and what is ready to be moved into it.
fn copy_run(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &to.join(entry.file_name())),
            false => drop(fs::copy(entry.path(), to.join(entry.file_name())).unwrap()),
        }
    }
}

/// A file of a run, and what becomes of it.
type Change<'a> = (&'a str, &'a dyn Fn(&[u8]) -> Vec<u8>);

const CITED: &str = "--corpus many.jsonl --system lead --system text-rank --system human --metric rouge-1";

/// A story of documents with two references, and of scores of one system with notes: every
/// file of rows of its run has some.
fn cited() -> Story {
    let line = |at: usize| {
        format!(
            r#"{{"id":"d,{at}","text":"The river {at} rose. Boats left the harbour. Nobody saw it.","summaries":["The river {at} rose.","Boats left."]}}"#
        ) + "\n"
    };
    let score = |at: usize| {
        format!(r#"{{"id":"d,{at}","system":"lead","value":1,"note":"why, {at}0"}}"#)
            + "\n"
    };
    epitome()
        .file("many.jsonl", (0..20).map(line).collect::<String>())
        .file("s.jsonl", (0..20).map(score).collect::<String>())
}

/// The text with zeros for all digits of its last line.
fn zeros(text: &[u8]) -> Vec<u8> {
    let last = text[..text.len() - 1]
        .iter()
        .rposition(|b| *b == b'\n')
        .unwrap()
        + 1;
    let zeros = |byte: &u8| {
        if byte.is_ascii_hexdigit() {
            b'0'
        } else {
            *byte
        }
    };
    [
        &text[..last],
        &text[last..].iter().map(zeros).collect::<Vec<_>>()[..],
    ]
    .concat()
}

#[test]
fn a_changed_file_of_a_finished_run_is_refused_by_name_and_made_again_by_its_command() {
    let story = cited();
    let plan = CITED;
    let run = format!("run {plan} --scores judge=s.jsonl --tolerance 1 --name");
    story.does(&format!("{run} whole")).succeeds();
    let wanted = tables(&story, "whole");
    let folder = |name: &str| story.path(&format!("results/{name}"));
    let edited = |text: &[u8]| {
        let at = text.iter().rposition(|byte| *byte == b'0').unwrap();
        let mut text = text.to_vec();
        text[at] = b'1';
        text
    };
    let halved = |text: &[u8]| text[..text.len() / 2].to_vec();
    let no_file = |_: &[u8]| Vec::new();
    let changes: [Change; 14] = [
        ("scores.csv", &halved),
        ("scores.csv", &edited),
        ("extracts.jsonl", &halved),
        ("documents.csv", &halved),
        ("documents.csv", &edited),
        ("counts.csv", &|_| b"x".to_vec()),
        ("failures.csv", &edited),
        ("notes.csv", &edited),
        ("leaving_one_out.csv", &edited),
        ("leaving_one_out.csv", &halved),
        (".progress", &halved),
        (".progress", &zeros),
        (".progress", &|_| Vec::new()),
        (".progress", &no_file),
    ];
    let last = changes.len() - 1;
    for (at, (file, change)) in changes.into_iter().enumerate() {
        let name = format!("changed-{at}");
        copy(&folder("whole"), &folder(&name));
        let path = folder(&name).join(file);
        fs::write(&path, change(&fs::read(&path).unwrap())).unwrap();
        if at == last {
            fs::remove_file(&path).unwrap();
        }
        for command in [
            format!("compare {name}"),
            format!("compare {name} --gate rouge-1>-50"),
            format!("report {name}"),
            format!("report {name} --csv"),
            format!("score --run {name} --metric rouge-2"),
            format!("show {name} d,3 lead text-rank"),
            format!("worst {name} text-rank lead"),
            format!("record {name}"),
            format!(
                "bench {plan} --samples 10 --warm-up-ms 1 --measurement-ms 1 --name {name}"
            ),
            format!("site results/{name}"),
        ] {
            if command.starts_with("site") && file != "documents.csv" {
                continue; // no other row is on a site
            }
            let refused = story.does(&command);
            assert_eq!(refused.code, 2, "{command}: {file}: {}", refused.stdout);
            let said = &refused.stderr;
            let names_it = format!("/{file}: it has changed since the run: it");
            assert!(said.contains(&names_it), "{command}: {said}");
        }
        let again = story.does(&format!("{run} {name}")).succeeds();
        assert!(
            again.stderr.contains("it has changed since the run"),
            "{}",
            again.stderr
        );
        assert_eq!(tables(&story, &name), wanted, "{file} {at}");
    }

    // a table is derived again, whoever asks
    for table in ["leaderboard.csv", "comparisons.csv", "across.csv"] {
        let path = folder("whole").join(table);
        fs::write(&path, edited(&fs::read(&path).unwrap())).unwrap();
        story
            .does("report whole --csv")
            .succeeds()
            .says("derived again from its rows");
        assert_eq!(tables(&story, "whole"), wanted, "{table}");
    }
}

#[test]
fn a_run_that_has_begun_is_read_up_to_its_last_mark_and_never_beyond_or_as_empty() {
    let story = epitome().file("many.jsonl", many(9) + "{\"id\":\"x\",\"text\":3}\n");
    story.does("run --corpus many.jsonl --system lead --metric rouge-1 --name r");
    let path = story.path("results/r");
    assert!(
        story
            .does("report r --csv")
            .succeeds()
            .stdout
            .contains(",9,0,")
    );
    let marks = fs::read(path.join(".progress")).unwrap();
    fs::write(path.join(".progress"), "").unwrap();
    story
        .does("report r")
        .fails(2, "results/r: the run has no documents yet");
    fs::write(path.join(".progress"), marks).unwrap();
    let scores = fs::read(path.join("scores.csv")).unwrap();
    fs::write(path.join("scores.csv"), &scores[..scores.len() / 2]).unwrap();
    for command in ["report r", "compare r"] {
        story
            .does(command)
            .says("the rows of the run are not those that it marks as written");
    }
}

#[test]
fn a_background_is_looked_up_among_the_corpora_that_are_named() {
    let story = epitome()
        .file("few.jsonl", many(5))
        .file("raw.jsonl", many(30));
    story
        .does("corpus add rest raw.jsonl --corpora lib")
        .succeeds();
    let plan = "run --corpus few.jsonl --background rest --system tf-idf --name r";
    story.does(&format!("{plan} --corpora lib")).succeeds();
    let missing = "no corpus `rest` in `corpora`, and no file or folder of that name";
    story.does(plan).fails(2, missing);
}
