//! Several budgets are an axis of one run, as corpora are.

use std::fs;

use super::story::{Story, TWO_STORIES, epitome};

fn two() -> Story {
    epitome().file("two.jsonl", TWO_STORIES)
}

/// The distinct values of some columns of a file of the run in `results/r`.
fn distinct(story: &Story, file: &str, columns: &[&str]) -> Vec<String> {
    let path = story.path("results/r").join(file);
    let mut reader = csv::Reader::from_path(path).unwrap();
    let header = reader.headers().unwrap().clone();
    let at = |name: &&str| header.iter().position(|found| found == *name).unwrap();
    let at: Vec<usize> = columns.iter().map(at).collect();
    let mut values: Vec<String> = Vec::new();
    for row in reader.records() {
        let row = row.unwrap();
        let cells: Vec<&str> = at.iter().map(|&at| &row[at]).collect();
        let value = cells.join(" ");
        if !values.contains(&value) {
            values.push(value);
        }
    }
    values
}

const AXIS: &str =
    "run --corpus two.jsonl --sentences 1,2 --system lead --system tail --metric rouge-1";

#[test]
fn every_row_carries_the_budget_of_its_corpus() {
    let story = two();
    story.does(&format!("{AXIS} --name r")).succeeds();
    let wanted = ["two@1s 1 sentence", "two@2s 2 sentences"];
    for file in [
        "scores.csv",
        "leaderboard.csv",
        "comparisons.csv",
        "across.csv",
    ] {
        let mut found = distinct(&story, file, &["corpus", "budget"]);
        found.retain(|it| it.starts_with("two"));
        assert_eq!(found, wanted, "{file}");
    }
    assert!(
        distinct(&story, "across.csv", &["corpus", "budget"])
            .contains(&" 1 sentence, 2 sentences".to_owned())
    );

    let extracts = fs::read_to_string(story.path("results/r/extracts.jsonl")).unwrap();
    for line in extracts.lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let most = match row["corpus"].as_str().unwrap() {
            "two@1s" => 1,
            _ => 2,
        };
        assert_eq!(row["picks"].as_array().unwrap().len(), most, "{line}");
    }
}

#[test]
fn a_part_of_an_axis_has_the_rows_of_a_run_of_its_own() {
    let story = two();
    let run = "--corpus two.jsonl --system lead --system oracle --system text-rank \
        --metric rouge-1 --metric oracle-overlap --quiet";
    story
        .does(&format!("run {run} --words 9,20 --name axis"))
        .succeeds();
    for (budget, name) in [("9", "two@9w"), ("20", "two@20w")] {
        story
            .does(&format!("run {run} --words {budget} --name own{budget}"))
            .succeeds();
        for file in ["scores.csv", "extracts.jsonl"] {
            let read = |folder: &str| {
                let path = story.path("results").join(folder).join(file);
                fs::read_to_string(path).unwrap()
            };
            let axis = read("axis");
            let of_axis: Vec<String> = axis
                .lines()
                .filter(|line| line.contains(name))
                .map(|line| line.replace(name, "two"))
                .collect();
            let own = read(&format!("own{budget}"));
            let own: Vec<&str> = own
                .lines()
                .filter(|line| !line.starts_with("corpus,"))
                .collect();
            assert_eq!(of_axis, own, "{file}");
        }
    }
}

#[test]
fn one_budget_leaves_the_name_of_a_corpus_as_it_is() {
    let story = two();
    story
        .does("run --corpus two.jsonl --sentences 2 --system lead --name r")
        .succeeds();
    let found = distinct(&story, "documents.csv", &["corpus"]);
    assert_eq!(found, ["two"]);
}

#[test]
fn an_axis_may_be_repeated_flags_and_its_folder_has_a_plain_name() {
    let story = two();
    let repeated =
        "run --corpus two.jsonl --bytes 60 --bytes 120 --system lead --metric rouge-1";
    story.does(repeated).succeeds();
    let scores = story.result("scores.csv");
    assert!(scores.contains("two@60b,") && scores.contains("two@120b,"));
    // the same command goes on in the same folder
    story
        .does("run --corpus two.jsonl --bytes 60,120 --system lead --metric rouge-1")
        .succeeds()
        .says("4 documents were there already");
    story.result("leaderboard.csv");
}

#[test]
fn later_commands_know_the_budget_of_each_corpus() {
    let story = two();
    story.does(&format!("{AXIS} --name r")).succeeds();
    story
        .does("score --run r --metric oracle-overlap")
        .succeeds();
    let of_lead = distinct(&story, "leaderboard.csv", &["corpus", "metric", "budget"]);
    assert!(of_lead.contains(&"two@2s oracle-overlap 2 sentences".to_owned()));

    story
        .does(
            "bench --corpus two.jsonl --sentences 1,2 --system lead --system tail \
             --name r --samples 10 --warm-up-ms 1 --measurement-ms 5 --quiet",
        )
        .succeeds();
    let timed = distinct(&story, "timings.csv", &["corpus", "system", "budget"]);
    assert!(timed.contains(&"two@2s lead 2 sentences".to_owned()));
    let speeds = distinct(&story, "leaderboard.csv", &["docs_per_s"]);
    assert!(!speeds.contains(&String::new()), "{speeds:?}");

    let verdict = story
        .does_words(&["compare", "r", "lead", "tail", "--gate", "rouge-1 > -100"])
        .succeeds();
    verdict
        .says("points from `tail` on two@1s")
        .says("points from `tail` on two@2s");
    story.does("report r --quiet").succeeds();
    let page = fs::read_to_string(story.path("results/r/report.html")).unwrap();
    assert!(
        page.contains("1 sentence, 2 sentences"),
        "the recipe has both"
    );
    assert!(page.contains(r#"data-corpus="two@2s" data-budget="2 sentences""#));
}

#[test]
fn runs_are_compared_where_corpora_have_the_same_budget() {
    let story = two();
    story.does(&format!("{AXIS} --name r")).succeeds();
    story
        .does(&format!("{} --name other", AXIS.replace("1,2", "2,3")))
        .succeeds();
    let compared = story.does("compare r other --csv").succeeds();
    assert!(compared.stdout.contains("two@2s"));
    assert!(!compared.stdout.contains("two@1s"));
}

#[test]
fn budgets_that_are_none_are_refused() {
    let story = two();
    story.does("run --corpus two.jsonl --sentences 0").fails(
        2,
        "a budget of 0 sentences allows no summary: the number must be above 0",
    );
    story
        .does("run --corpus two.jsonl --sentences 2,1,2")
        .fails(2, "`2 sentences` is named twice");
    assert_eq!(story.does("run --corpus two.jsonl --words ,").code, 2);
    story
        .reads(
            TWO_STORIES,
            "worker --sentences 1,2 --system lead --metric rouge-1",
        )
        .fails(
            2,
            "a part of a corpus is worked on under one budget, and 2 are named",
        );
}

#[test]
fn the_same_documents_under_two_budgets_are_one_block_and_not_more_evidence() {
    let lines = (0..12).map(|at| {
        let words = "the river rose again ".repeat(1 + at % 5);
        let text = format!("{words}today. A bridge was closed by the town.");
        format!("{{\"id\":\"d{at}\",\"text\":\"{text}\",\"summaries\":[\"the river rose\"],\"lang\":\"en\"}}\n")
    });
    let story = epitome().file("c.jsonl", lines.collect::<String>());
    let bounds = |budgets: &str, name: &str| {
        let run = format!(
            "run --corpus c.jsonl --system lead --system tail --metric rouge-1 {budgets} --name {name} -q"
        );
        story.does(&run).succeeds();
        let path = story.path(&format!("results/{name}/across.csv"));
        let mut table = csv::Reader::from_path(path).unwrap();
        let columns = table.headers().unwrap().clone();
        let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
        let cell = |row: &csv::StringRecord, column: &str| {
            row[columns.iter().position(|it| it == column).unwrap()].to_owned()
        };
        let last = rows
            .iter()
            .rev()
            .find(|row| cell(row, "system") == "tail")
            .unwrap();
        ["mean_low", "mean_high"].map(|column| cell(last, column).parse::<f64>().unwrap())
    };
    // both budgets are longer than the texts, so every output is the same under both
    let one = bounds("--sentences 5", "one");
    let two = bounds("--sentences 5,6", "two");
    for (one, two) in one.into_iter().zip(two) {
        assert!((one - two).abs() < 1e-9, "{one} {two}");
    }
    let across = std::fs::read_to_string(story.path("results/two/across.csv")).unwrap();
    assert!(across.contains("\nrouge-1,,1,"), "one block: {across}");
}
