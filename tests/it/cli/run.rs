//! `epitome run` and `epitome bench`.

use std::fs;

use super::story::{TWO_STORIES, epitome, only_child};

fn rows(csv: &str) -> Vec<Vec<String>> {
    csv::Reader::from_reader(csv.as_bytes())
        .records()
        .map(|record| record.unwrap().iter().map(str::to_owned).collect())
        .collect()
}

#[test]
fn without_arguments_it_runs_everything_on_the_sampler() {
    let story = epitome();
    let outcome = story.does("").succeeds();
    for name in [
        "lead",
        "tail",
        "random",
        "tf-idf",
        "text-rank",
        "first-phrases",
    ] {
        assert!(outcome.stdout.contains(name), "{}", outcome.stdout);
    }
    for file in [
        "manifest.json",
        "scores.csv",
        "extracts.jsonl",
        "leaderboard.csv",
        "failures.csv",
    ] {
        assert!(!story.result(file).is_empty(), "{file}");
    }
    let folder = only_child(&story.path("results"));
    assert!(
        folder
            .file_name()
            .unwrap()
            .to_string_lossy()
            .starts_with("sampler-")
    );
}

#[test]
fn the_columns_are_those_of_the_contract() {
    let story = epitome().file("two.jsonl", TWO_STORIES);
    story.does("run --corpus two.jsonl").succeeds();
    let header = |file: &str| story.result(file).lines().next().unwrap().to_owned();
    assert_eq!(
        header("scores.csv"),
        "corpus,document,system,budget,metric,precision,recall,value,status"
    );
    assert_eq!(
        header("leaderboard.csv"),
        "corpus,system,metric,signature,mean,ci_low,ci_high,n,failed,words,rank_low,rank_high,share_of_oracle,docs_per_s,kind,run,budget,unit,total_docs_per_s,learnt_on"
    );
    assert_eq!(
        header("failures.csv"),
        "corpus,document,system,status,message,metric"
    );
}

#[test]
fn a_mean_is_that_of_its_rows() {
    let story = epitome().file("two.jsonl", TWO_STORIES);
    story
        .does("run --corpus two.jsonl --system lead --metric rouge-1 --sentences 1")
        .succeeds();
    let values: Vec<f64> = rows(&story.result("scores.csv"))
        .iter()
        .map(|row| row[7].parse().unwrap())
        .collect();
    let board = rows(&story.result("leaderboard.csv"));
    assert_eq!((values.len(), board.len()), (2, 1));
    let mean: f64 = board[0][4].parse().unwrap();
    // sums are exact, so the mean is the nearest number there is
    assert_eq!(
        mean.to_bits(),
        f64::midpoint(values[0], values[1]).to_bits()
    );
    // "the river rose two metres overnight" shares 5 words with the first reference
    let (precision, recall) = (5.0 / 6.0, 5.0 / 11.0);
    assert!((values[0] - 2.0 * precision * recall / (precision + recall)).abs() < 1e-15);
}

#[test]
fn picks_are_compared_with_those_of_the_oracle() {
    let text = "Ann sang a song.\\nThe river rose two metres.\\nIt rained.";
    let corpus = format!(r#"{{"text":"{text}","summaries":["the river rose"]}}"#);
    let story = epitome().file("one.jsonl", corpus);
    let metrics = "--metric oracle-overlap --metric position-distance";
    story
        .does(&format!("run --corpus one.jsonl --presplit --sentences 2 --system lead --system tail {metrics}"))
        .succeeds();
    let found: Vec<_> = rows(&story.result("scores.csv"))
        .into_iter()
        .map(|row| [2, 4, 5, 6, 8].map(|column| row[column].clone()))
        .collect();
    // the oracle picks the second sentence of three, both systems two of them
    assert_eq!(found[0], ["lead", "oracle-overlap", "0.5", "1", "ok"]);
    assert_eq!(found[2], ["tail", "oracle-overlap", "0.5", "1", "ok"]);
    let signature = &rows(&story.result("leaderboard.csv"))[0][3];
    assert!(
        signature.contains("|oracle:greedy-stemmed-rouge-1+2|"),
        "{signature}"
    );
}

#[test]
fn the_oracle_is_in_the_table_and_others_have_a_share_of_it() {
    let story = epitome().file("two.jsonl", TWO_STORIES);
    story
        .does("run --corpus two.jsonl --metric rouge-1 --sentences 2")
        .succeeds();
    let board = rows(&story.result("leaderboard.csv"));
    let of = |name: &str| board.iter().find(|row| row[1] == name).unwrap();
    let number = |text: &str| text.parse::<f64>().unwrap();
    let oracle = number(&of("oracle")[4]);
    let systems = board.iter().filter(|row| row[1] != "human"); // its words are its own
    assert!(
        systems.clone().all(|row| number(&row[4]) <= oracle),
        "{board:?}"
    );
    assert_eq!(
        [number(&of("lead")[12]), number(&of("oracle")[12])],
        [0.0, 1.0]
    );
    assert!(!of("tail")[12].is_empty());
}

#[test]
fn an_unknown_name_near_the_oracle_is_refused_with_a_hint() {
    let story = epitome().file("two.jsonl", TWO_STORIES);
    story
        .does("run --corpus two.jsonl --system oracel")
        .fails(2, "no system is called `oracel`")
        .says("hint: did you mean `oracle`?");
}

#[test]
fn several_documents_are_summarised_as_one_without_saying_a_thing_twice() {
    let cluster = r#"{"id":"bridge","documents":["The harbour bridge is shut. A crack was found.","Today the harbour bridge was shut.","Ferries run every hour."],"summaries":["The bridge is shut; ferries run."]}"#;
    let lines = r#"{"id":"lines","text":"It is heavy .\n It is light .","meta":{"multi_document":true},"summaries":["Light."]}"#;
    let story = epitome().file("c.jsonl", format!("{cluster}\n{lines}\n"));
    story
        .does("run --corpus c.jsonl --sentences 3 --system lead")
        .succeeds();
    let extracts: Vec<serde_json::Value> = story
        .result("extracts.jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    // the first sentences of the documents in turn; the second says what the first said
    assert_eq!(extracts[0]["picks"], serde_json::json!([0, 1, 3]));
    assert_eq!(extracts[0]["documents"], serde_json::json!([0, 0, 2]));
    assert_eq!(extracts[1]["documents"], serde_json::json!([0, 1]));
    let story = epitome().file("two.jsonl", TWO_STORIES);
    story
        .does("run --corpus two.jsonl --system lead")
        .succeeds();
    assert!(!story.result("extracts.jsonl").contains("documents"));
}

#[test]
fn results_are_the_same_bytes_at_any_number_of_threads_and_again() {
    let story = epitome().file("two.jsonl", TWO_STORIES);
    let mut seen = Vec::new();
    for jobs in ["1", "2", "5", "1"] {
        for corpus in ["two.jsonl", "sampler"] {
            story
                .does(&format!(
                    "run --corpus {corpus} --jobs {jobs} --name same-{corpus} --fresh"
                ))
                .succeeds();
            for file in [
                "scores.csv",
                "extracts.jsonl",
                "leaderboard.csv",
                "failures.csv",
            ] {
                let path = format!("results/same-{corpus}/{file}");
                seen.push(fs::read(story.path(&path)).unwrap());
            }
        }
    }
    let (first, rest) = seen.split_at(8);
    assert!(rest.chunks(8).all(|other| other == first));
}

#[test]
fn the_same_command_finds_its_folder_again_and_another_does_not() {
    let story = epitome().file("two.jsonl", TWO_STORIES);
    let folders = |arguments: &str| {
        story.does(arguments).succeeds();
        fs::read_dir(story.path("results")).unwrap().count()
    };
    assert_eq!(folders("run --corpus two.jsonl --system lead"), 1);
    assert_eq!(folders("run --corpus two.jsonl --system lead --jobs 1"), 1);
    assert_eq!(
        folders("run --corpus two.jsonl --system lead --words 20"),
        2
    );
    assert_eq!(
        folders("run --corpus two.jsonl --system lead --name mine"),
        3
    );
    assert!(story.path("results/mine/scores.csv").exists());
}

#[test]
fn summaries_bring_summarisers_and_keyphrases_extractors() {
    let story = epitome()
        .file(
            "s.jsonl",
            r#"{"text":"One day. Two days.","summaries":["One."]}"#,
        )
        .file(
            "k.jsonl",
            r#"{"text":"One day. Two days.","keyphrases":["day"]}"#,
        );
    let systems = |corpus: &str| {
        let outcome = story
            .does(&format!("run --corpus {corpus} --name {corpus}"))
            .succeeds();
        (
            outcome.stdout.contains("lead"),
            outcome.stdout.contains("first-phrases"),
        )
    };
    assert_eq!(systems("s.jsonl"), (true, false));
    assert_eq!(systems("k.jsonl"), (false, true));
}

#[test]
fn a_document_without_references_is_reported_not_scored_and_not_dropped() {
    let story = epitome().file(
        "some.jsonl",
        format!(
            "{TWO_STORIES}{}\n",
            r#"{"id":"bare","text":"No reference here."}"#
        ),
    );
    story
        .does("run --corpus some.jsonl --system lead --metric rouge-1")
        .succeeds()
        .says("some: 1 of 3 documents are not scored: no reference for `rouge-1`");
    let scores = rows(&story.result("scores.csv"));
    assert_eq!(scores[2][5..], ["", "", "", "no reference"]);
    assert!(
        story
            .result("extracts.jsonl")
            .contains("No reference here.")
    );
    assert_eq!(rows(&story.result("leaderboard.csv"))[0][7], "2", "n");
}

#[test]
fn a_script_that_the_metric_does_not_read_is_no_zero() {
    let line = r#"{"id":"ru","lang":"ru","text":"Кран поднял мост. Река упала.","summaries":["Кран поднял мост."]}"#;
    let story = epitome().file("ru.jsonl", line);
    story
        .does("run --corpus ru.jsonl --system lead --metric rouge-1")
        .fails(
            5,
            "nothing was measured: `rouge-1` cannot read the references of ru",
        )
        .says("hint: `rouge-1(profile=unicode)` reads every script")
        .says("ru: 1 of 1 documents are not scored: unreadable reference for `rouge-1`");
    assert_eq!(
        rows(&story.result("scores.csv"))[0][8],
        "unreadable reference"
    );
    assert_eq!(
        rows(&story.result("leaderboard.csv"))[0][4],
        "",
        "an unknown mean is empty"
    );
}

#[test]
fn an_empty_document_has_an_empty_summary_that_scores_zero() {
    let story = epitome().file("e.jsonl", r#"{"id":"e","text":"","summaries":["One."]}"#);
    story
        .does("run --corpus e.jsonl --system lead --metric rouge-1")
        .succeeds();
    assert_eq!(rows(&story.result("scores.csv"))[0][7..], ["0", "ok"]);
    assert!(story.result("extracts.jsonl").contains(r#""picks":[]"#));
}

#[test]
fn a_folder_of_texts_is_a_corpus() {
    let story = epitome()
        .file(
            "news/documents/a.txt",
            "The bridge is closed. The river rose.",
        )
        .file("news/summaries/a.txt", "Bridge closed.")
        .file("news/summaries-2/a.txt", "The river rose.");
    story
        .does("run --corpus news --system tail --sentences 1 --metric rouge-l")
        .succeeds();
    assert_eq!(
        rows(&story.result("scores.csv"))[0][7],
        "1",
        "the second reference fits"
    );
}

#[test]
fn every_budget_holds() {
    let story = epitome().file("two.jsonl", TWO_STORIES);
    for (budget, words) in [("--words 8", 8), ("--bytes 50", 12), ("--ratio 0.2", 30)] {
        story
            .does(&format!("run --corpus two.jsonl {budget} --name b --fresh"))
            .succeeds();
        let extracts =
            fs::read_to_string(story.path("results/b/extracts.jsonl")).unwrap();
        for line in extracts.lines().filter(|line| line.contains("\"picks\"")) {
            let row: serde_json::Value = serde_json::from_str(line).unwrap();
            assert!(row["words"].as_u64().unwrap() <= words, "{budget}: {line}");
        }
    }
}

#[test]
fn a_sample_of_more_documents_than_there_are_is_said() {
    let story = epitome().file("two.jsonl", TWO_STORIES);
    let run = "run --corpus two.jsonl --system lead --metric rouge-1 --sample";
    let note = "`two` has 2 documents to draw from: all of them are the sample of 3";
    story.does(&format!("{run} 3")).succeeds().says(note);
    let whole = story.does(&format!("{run} 2")).succeeds();
    assert!(!whole.stderr.contains("to draw from"), "{}", whole.stderr);
}

#[test]
fn a_bench_fills_in_the_speeds() {
    let story = epitome().file("two.jsonl", TWO_STORIES);
    let plan = "--corpus two.jsonl --system lead --system text-rank --metric rouge-1";
    story.does(&format!("run {plan}")).succeeds();
    assert_eq!(rows(&story.result("leaderboard.csv"))[0][13], "");
    let quick = "--samples 10 --warm-up-ms 1 --measurement-ms 10";
    story.does(&format!("bench {plan} {quick}")).succeeds();
    let timings = rows(&story.result("timings.csv"));
    let systems: Vec<_> = timings.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(systems, ["(analysis)", "lead", "text-rank"]);
    let speed: f64 = rows(&story.result("leaderboard.csv"))[0][13]
        .parse()
        .unwrap();
    assert!(speed > 0.0);
    story.does(&format!("run {plan}")).succeeds();
    let kept: f64 = rows(&story.result("leaderboard.csv"))[0][13]
        .parse()
        .unwrap();
    assert_eq!(
        kept.to_bits(),
        speed.to_bits(),
        "another run keeps the timings"
    );
}

#[test]
fn the_manifest_says_where_the_numbers_come_from() {
    let story = epitome().file("two.jsonl", TWO_STORIES);
    story.does("run --corpus two.jsonl").succeeds();
    let manifest: serde_json::Value =
        serde_json::from_str(&story.result("manifest.json")).unwrap();
    assert_eq!(manifest["complete"], true);
    let digest = blake3::hash(TWO_STORIES.as_bytes()).to_hex().to_string();
    assert_eq!(manifest["corpora"][0]["blake3"], digest.as_str());
    assert!(
        manifest["metrics"][0]["signature"]
            .as_str()
            .unwrap()
            .starts_with("rouge-1|")
    );
}

/// Two pages of four lines, of which the last is boilerplate; the second without a
/// reference; and a page that nobody has labelled.
const PAGES: &str = r#"{"id":"a","text":"The bridge is shut until autumn.\nDivers found a crack in the bridge.\nRepairs cost two million pounds.\nSign up for our newsletter now","lang":"en","summaries":["The bridge is shut."],"meta":{"boilerplate":[3]}}
{"id":"b","text":"The ferry is late.\nThe crew of the ferry is ill.\nShare this story","lang":"en","meta":{"boilerplate":[2]}}
{"id":"c","text":"The mill burnt.\nThe weir held.\nRead more","lang":"en","summaries":["The mill burnt."]}
"#;

#[test]
fn leaks_are_measured_where_labels_are_with_or_without_references() {
    let story = epitome().file("pages.jsonl", PAGES);
    let metrics = "--metric leak@3 --metric leak(at=1) --metric rouge-1";
    let run = format!("run --corpus pages.jsonl --system tail --sentences 2 {metrics}");
    story.does(&run).succeeds();
    let of = |system: &str| -> Vec<[String; 4]> {
        let all = rows(&story.result("scores.csv")).into_iter();
        all.filter(|row| row[2] == system)
            .map(|row| [1, 4, 7, 8].map(|at| row[at].clone()))
            .filter(|[_, metric, ..]| metric != "rouge-1")
            .collect()
    };
    let wanted = [
        ["a", "leak@3", "0.5", "ok"],
        ["a", "leak(at=1)", "1", "ok"],
        ["b", "leak@3", "0.5", "ok"],
        ["b", "leak(at=1)", "1", "ok"],
        ["c", "leak@3", "", "left out"],
        ["c", "leak(at=1)", "", "left out"],
    ];
    assert_eq!(of("tail"), wanted.map(|row| row.map(str::to_owned)));
    let board = rows(&story.result("leaderboard.csv"));
    let n = |metric: &str| {
        board
            .iter()
            .find(|row| row[1] == "tail" && row[2] == metric)
            .unwrap()[7]
            .clone()
    };
    assert_eq!(
        (n("leak@3"), n("rouge-1")),
        ("2".to_owned(), "2".to_owned())
    );
}

#[test]
fn picks_of_a_document_do_not_depend_on_its_neighbours() {
    let rivers = ["Ebro", "Loire", "Meuse", "Oder", "Tisza"];
    let document = |river: &&str| {
        let own =
            format!("{river} rose by two metres.\\nThe {river} will fall on Friday.");
        let shared =
            "The museum of rivers is open daily, and tickets are sold at the door.";
        let reference = format!("{river} rose.");
        format!(
            r#"{{"id":"{river}","text":"{own}\n{shared}","lang":"en","summaries":["{reference}"]}}"#
        )
    };
    let corpus = rivers.iter().map(document).collect::<Vec<_>>();
    let story = epitome().file("five.jsonl", corpus.join("\n"));
    let story = story.file("one.jsonl", &corpus[4]);
    let picks = |corpus: &str, id: &str| -> Vec<String> {
        let systems = "--system longest --system tf-idf --system sum-basic";
        story
            .does(&format!(
                "run --corpus {corpus} --sentences 1 {systems} --fresh"
            ))
            .succeeds();
        let extracts = story.result("extracts.jsonl");
        fs::remove_dir_all(story.path("results")).unwrap();
        let of_it = extracts.lines().filter(|line| line.contains(id));
        of_it
            .map(|line| line[line.find("\"picks\"").unwrap()..].to_owned())
            .collect()
    };
    let alone = picks("one.jsonl", "Tisza");
    assert_eq!(alone.len(), 3);
    assert_eq!(picks("five.jsonl", "Tisza"), alone);
}

/// The cells of a table by the titles of its columns.
fn cells(csv: &str, wanted: &[&str]) -> Vec<Vec<String>> {
    let header: Vec<&str> = csv.lines().next().unwrap().split(',').collect();
    let at = |title: &&str| header.iter().position(|other| other == title).unwrap();
    let places: Vec<usize> = wanted.iter().map(at).collect();
    let pick = |row: Vec<String>| places.iter().map(|&at| row[at].clone()).collect();
    let mut found: Vec<Vec<String>> = rows(csv).into_iter().map(pick).collect();
    found.sort();
    found
}

#[test]
fn without_resamples_no_table_has_an_interval() {
    let story = epitome();
    let run = "run --corpus sampler --system lead --system tail --metric rouge-1";
    let with = story.does(run).succeeds();
    assert!(
        with.stdout.contains("± is half the width"),
        "{}",
        with.stdout
    );
    let story = epitome();
    let without = story.does(&format!("{run} --resamples 0")).succeeds();
    assert!(!without.stdout.contains('±'), "{}", without.stdout);
    for (file, bounds) in [
        (
            "leaderboard.csv",
            ["ci_low", "ci_high", "rank_low", "rank_high"],
        ),
        (
            "across.csv",
            ["mean_low", "mean_high", "place_low", "place_high"],
        ),
    ] {
        let found = cells(&story.result(file), &bounds);
        assert!(
            found.iter().flatten().all(String::is_empty),
            "{file}: {found:?}"
        );
    }
}

#[test]
fn a_mean_has_one_interval_and_a_system_one_rank_in_all_tables() {
    let story = epitome();
    story
        .does("run --corpus sampler --system lead --system tail --system tf-idf --metric rouge-1 --metric rouge-2")
        .succeeds();
    let board = cells(
        &story.result("leaderboard.csv"),
        &[
            "metric",
            "system",
            "mean",
            "ci_low",
            "ci_high",
            "rank_low",
            "rank_high",
        ],
    );
    let across = cells(
        &story.result("across.csv"),
        &[
            "metric",
            "system",
            "mean",
            "mean_low",
            "mean_high",
            "place_low",
            "place_high",
        ],
    );
    assert_eq!(board, across);
}

#[test]
fn two_documents_show_no_difference_and_the_table_says_so() {
    let story = epitome().file("two.jsonl", TWO_STORIES);
    let run = "run --corpus two.jsonl --system lead --system tail --metric rouge-1";
    let found = story.does(&format!("{run} --sentences 1")).succeeds();
    assert!(
        found.stdout.contains("rouge-1: no difference can be shown"),
        "{}",
        found.stdout
    );
}
