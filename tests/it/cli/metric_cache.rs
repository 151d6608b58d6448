//! Scores of metrics that are not ours are kept, and nothing is asked twice.

use std::{fs, path::Path, time::Duration};

use super::{
    plugin_stories::{
        metric::{RUN, asked, corpus, story},
        script,
    },
    story::epitome,
};

#[test]
fn nothing_is_asked_twice() {
    let story = story(&["", "error", ""]);
    story.does(&format!("{RUN} --name a"));
    let begun = asked(&story, "measure").len();
    assert!(begun >= 3, "{begun}");
    let scores = |name: &str| {
        fs::read_to_string(story.path(&format!("results/{name}/scores.csv"))).unwrap()
    };
    let first = scores("a");

    // only what failed is asked for again
    story.does(&format!("{RUN} --name b"));
    let log = asked(&story, "measure");
    assert_eq!(log.len(), 4, "{log:?}");
    assert!(log[3].to_string().contains("FAULT:error"));
    assert_eq!(scores("b"), first);
    story.does(&format!("{RUN} --system random --name c"));
    let log = asked(&story, "measure");
    for question in &log[4..] {
        let candidates = question["candidates"].as_array().unwrap().len();
        assert!(
            candidates == 1 || question.to_string().contains("FAULT"),
            "{log:?}"
        );
    }

    // without what is kept, everything is asked for, and the rows are the same: one question
    // for each document, and one for each output of that on which the metric fails
    let before = log.len();
    story.does(&format!("{RUN} --no-cache --name d"));
    let log = asked(&story, "measure");
    assert_eq!(log.len(), before + 3 + 2, "{log:?}");
    assert_eq!(scores("d"), first);

    // the seed decides scores
    story.does(&format!("{RUN} --seed 1 --name e"));
    let of_seed = asked(&story, "measure")[log.len()..].to_vec();
    assert!(
        of_seed[0].to_string().contains("rose 0 metres"),
        "{of_seed:?}"
    );

    story
        .does("cache verify")
        .succeeds()
        .writes("ok     ")
        .writes("hostile|apart:false|");
    let verified = story.does("cache verify --json").succeeds();
    let data = verified.data();
    assert_eq!(
        data["metrics"][0]["problems"],
        serde_json::json!([]),
        "{data}"
    );
    let file = data["metrics"][0]["path"].as_str().unwrap().to_owned();
    let file = story.path(&file);
    let kept = fs::read_to_string(&file).unwrap();
    fs::write(&file, kept.replacen("\"value\":0.5", "\"value\":0.75", 1)).unwrap();
    story
        .does("cache verify")
        .fails(2, "1 line is not as it was written")
        .writes("its checksum is of another score");
    epitome()
        .does("cache verify")
        .fails(5, "results/.scores: no scores are kept");
}

/// The stub of an endpoint, which ends with the test.
struct Stub(std::process::Child);

impl Drop for Stub {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn a_judge_behind_an_endpoint_is_paid_once() {
    let judge = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/plugins/judge.toml");
    let stub = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/plugins/stub_chat.py");
    let story = epitome().file("c.jsonl", corpus(&["", "words", "no", ""]));
    let (port, log) = (story.path("port"), story.path("requests"));
    let child = std::process::Command::new("python3")
        .args([stub.as_path(), &port, &log])
        .spawn();
    let _stub = Stub(child.unwrap());
    let port = (0..6_000).find_map(|_| {
        std::thread::sleep(Duration::from_millis(20));
        fs::read_to_string(&port)
            .ok()
            .filter(|port| !port.is_empty())
    });
    let url = format!("http://127.0.0.1:{}/v1", port.unwrap());
    let requests = || -> Vec<serde_json::Value> {
        let log = fs::read_to_string(&log).unwrap_or_default();
        log.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    };

    let run = format!(
        "run --corpus c.jsonl --system lead --sentences 1 --metric rouge-1 --metric-plugin {}",
        judge.display()
    );
    let world = [
        ("OPENAI_BASE_URL", url.as_str()),
        ("OPENAI_API_KEY", "secret"),
    ];
    let outcome = story.does_with(&world, &format!("{run} --name a"));
    assert_eq!(outcome.code, 3, "{}", outcome.stderr);
    let table = fs::read_to_string(story.path("results/a/scores.csv")).unwrap();
    let rows: Vec<&str> = table
        .lines()
        .filter(|line| line.contains(",judge,"))
        .collect();
    let ends = ["0.75,ok", "0,error", "0,error", "0.75,ok"];
    assert!(
        rows.iter().zip(ends).all(|(row, end)| row.ends_with(end)),
        "{rows:?}"
    );
    let failures = fs::read_to_string(story.path("results/a/failures.csv")).unwrap();
    assert!(
        failures.contains("which has no number from 1 to 5"),
        "{failures}"
    );
    assert!(failures.contains("HTTP Error 400"), "{failures}");
    let first = requests();
    assert_eq!(
        first.len(),
        5,
        "four documents, and one that was too many: {first:?}"
    );
    assert_eq!(first[0]["path"], "/v1/chat/completions");
    assert_eq!(first[0]["key"], "Bearer secret");
    assert_eq!(first[0]["temperature"], 0.0);

    // what was judged is not judged again; what failed is
    story.does_with(&world, &format!("{run} --name b"));
    let again = requests()[first.len()..].to_vec();
    assert_eq!(again.len(), 2, "{again:?}");
    assert!(
        again.iter().all(|it| it.to_string().contains("FAULT:")),
        "{again:?}"
    );

    // drawn at random, it says so; without the variables it does not start
    let warm = format!("{run} --metric judge(temperature=0.7) --name c");
    story.does_with(&world, &warm);
    let manifest = fs::read_to_string(story.path("results/c/manifest.json")).unwrap();
    assert!(
        manifest.contains("|temperature:0.7|deterministic:false|"),
        "{manifest}"
    );
    assert!(manifest.contains("not deterministic"), "{manifest}");
    let plain = fs::read_to_string(story.path("results/a/manifest.json")).unwrap();
    assert!(!plain.contains("deterministic"), "{plain}");
    assert!(!plain.contains("secret"), "{plain}");
    let outcome =
        story.does_with(&[("OPENAI_BASE_URL", ""), ("OPENAI_API_KEY", "")], &run);
    assert_eq!(outcome.code, 2);
    outcome.says("the environment variable OPENAI_BASE_URL is not set");
}

#[test]
fn scores_that_cannot_be_kept_are_told_of_and_no_score_is_lost() {
    let lines = (0..40).map(|at| {
        format!("{{\"id\":\"d{at}\",\"candidate\":\"the river rose {at}\",\"references\":[\"the river rose\"]}}\n")
    });
    let toml = format!(
        "name = \"hostile\"\nrun = [\"python3\", \"{}\"]\n",
        script("hostile_metric.py")
    );
    let story = epitome()
        .file("pairs.jsonl", lines.collect::<String>())
        .file("plugin.toml", toml);
    // no file may become longer than a kilobyte, and who writes more is told of it
    let command = format!(
        "trap '' XFSZ; ulimit -f 1; exec {} score pairs.jsonl --metric-plugin plugin.toml --per-document",
        env!("CARGO_BIN_EXE_epitome")
    );
    let done = std::process::Command::new("bash")
        .args(["-c", &command])
        .current_dir(story.path("."))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(
        said.contains("note: scores of `hostile` are not all kept, and will be asked for again: File too large"),
        "{said}"
    );
    let rows = String::from_utf8_lossy(&done.stdout);
    assert_eq!(
        rows.lines().filter(|it| it.contains(",hostile,")).count(),
        40
    );
}
