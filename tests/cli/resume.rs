//! Runs that are cut off, taken up again, retried or refused.

use std::{
    collections::BTreeMap,
    fs,
    process::{Command, Stdio},
    thread,
};

use crate::story::{Story, TWO_STORIES, epitome};

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

const PLAN: &str = "--corpus many.jsonl --system lead --system text-rank --metric rouge-1 --metric keyphrase-f1@5(protocol=sifrank-micro) --jobs 2";

#[test]
fn a_run_killed_200_times_ends_with_the_same_bytes() {
    let story = epitome().file("many.jsonl", many(60));
    // the shortest of some, since other tests run beside them
    let timed = |_| {
        let start = epitome::run::clock::now();
        story.does(&format!("run {PLAN} --name whole --fresh")).succeeds();
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
    story.does(run).succeeds().says("note: 2 documents were there already");
    let manifest = fs::read_to_string(story.path("results/r/manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    assert_eq!(manifest["resumed"].as_array().unwrap().len(), 1);
    assert_eq!(manifest["complete"], true);
}

#[test]
fn another_plan_is_refused_or_takes_the_place() {
    let story = epitome().file("two.jsonl", TWO_STORIES);
    let run = |more: &str| {
        story.does(&format!("run --corpus two.jsonl --system lead --name r {more}"))
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
    run("--sentences 1 --resamples 50").succeeds().says("2 documents were there");
    let story =
        story.file("two.jsonl", TWO_STORIES.replace("two metres", "three metres"));
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
    for command in ["run --corpus two.jsonl --name r", "score --run r --metric chrf"] {
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
    story.does(run).succeeds().says("1 documents were there already");
    assert_eq!(fs::read(&path).unwrap(), whole);
}

#[test]
fn a_metric_is_added_without_running_a_system() {
    let story = epitome().file("two.jsonl", TWO_STORIES);
    let plan = "--corpus two.jsonl --system lead --system text-rank";
    story.does(&format!("run {plan} --metric rouge-1 --name r")).succeeds();
    let before = story.path("results/r/extracts.jsonl");
    let before = fs::read(before).unwrap();
    let metrics = "--metric rouge-2 --metric oracle-overlap";
    let added = story.does(&format!("score --run r {metrics}")).succeeds();
    assert!(added.stdout.contains("rouge-2"), "{}", added.stdout);
    assert_eq!(fs::read(story.path("results/r/extracts.jsonl")).unwrap(), before);
    // the same rows as those of a run with all metrics
    story.does(&format!("run {plan} --metric rouge-1 {metrics} --name all")).succeeds();
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
    story.does("score --run nowhere --metric rouge-1").fails(2, "no run `nowhere`");
    let story = story.file("two.jsonl", TWO_STORIES.replace("Friday", "Monday"));
    story
        .does("score --run r --metric chrf")
        .fails(4, "two.jsonl: it has changed since the run");
}

#[test]
fn a_background_is_part_of_a_run_that_is_taken_up_again() {
    let story = epitome().file("few.jsonl", many(5)).file("rest.jsonl", many(30));
    let systems = "--system tf-idf --system expand-rank --metric keyphrase-f1@5";
    let plan = format!("--corpus few.jsonl --background rest.jsonl {systems}");
    story.does(&format!("run {plan} --name r")).succeeds();
    let before = tables(&story, "r");
    let extracts = String::from_utf8(before["extracts.jsonl"].clone()).unwrap();
    assert_eq!(extracts.matches("|df:background").count(), 5);
    assert_eq!(extracts.matches("|neighbours:background(30/30)").count(), 5);
    story
        .does(&format!("run {plan} --name r --retry-failed"))
        .succeeds()
        .says("5 documents were there already");
    assert_eq!(tables(&story, "r"), before);
    story.does("score --run r --metric keyphrase-f1@10").succeeds();
    story
        .does(&format!("run {plan} --metric keyphrase-f1@10 --name all --jobs 1"))
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
    story.does(run).fails(2, &refusal).says("hint: `--fresh` replaces the run");
    story.does("report r").fails(2, &refusal);
    story.does(&format!("{run} --fresh")).succeeds();
}
