//! What knows the references, the oracle and people, is no system among systems.

use std::{collections::BTreeMap, fs};

use super::story::{Story, epitome};

type Row = BTreeMap<String, String>;

fn table(text: &str) -> Vec<Row> {
    csv::Reader::from_reader(text.as_bytes())
        .deserialize()
        .map(Result::unwrap)
        .collect()
}

/// Twelve documents with two references each, and one with one.
fn story() -> Story {
    let line = |at: usize| {
        format!(
            r#"{{"id":"d{at}","lang":"en","text":"The river rose {at} metres. A stone bridge was closed for {at} days. Shops near the water stayed shut. Boats left the harbour in the evening.","summaries":["A stone bridge was closed.","Boats left at {at}."]}}"#
        ) + "\n"
    };
    let one = r#"{"id":"one","lang":"en","text":"It rained. It was cold.","summaries":["It rained."]}"#;
    let corpus: String = (0..12).map(line).chain([one.to_owned()]).collect();
    epitome().file("c.jsonl", corpus)
}

const SYSTEMS: &str = "--system lead --system tail --system longest";
const RUN: &str = "run --corpus c.jsonl --sentences 1 --metric rouge-1 --quiet";

#[test]
fn ranks_and_tests_are_the_same_with_the_oracle_and_people_or_without() {
    let story = story();
    let all = format!("{RUN} {SYSTEMS} --system oracle --system human");
    let with = story.does(&format!("{all} --name with")).succeeds();
    story
        .does(&format!("{RUN} {SYSTEMS} --name without"))
        .succeeds();
    let read = |run: &str, file: &str| {
        fs::read_to_string(story.path(&format!("results/{run}/{file}"))).unwrap()
    };
    // all but the last column, which names the run
    let rows = |run: &str, file: &str| -> Vec<String> {
        let text = read(run, file);
        let rows = text
            .lines()
            .map(|line| line.rsplit_once(',').unwrap().0.to_owned());
        rows.collect()
    };
    for file in ["comparisons.csv", "across.csv"] {
        assert!(read("with", file).lines().next().unwrap().ends_with(",run"));
        assert_eq!(rows("with", file), rows("without", file), "{file}");
    }
    let systems = |run: &str| -> Vec<String> {
        let text = read(run, "leaderboard.csv");
        let of_systems = text
            .lines()
            .skip(1)
            .filter(|line| line.contains(",system,"));
        // but for the share of the oracle
        let short = |line: &str| line.split(',').take(12).collect::<Vec<_>>().join(",");
        of_systems.map(short).collect()
    };
    assert_eq!(systems("with"), systems("without"));
    assert_eq!(systems("with").len(), 3);
    for row in table(&read("with", "leaderboard.csv")) {
        if row["kind"] == "reference" {
            assert_eq!([&row["rank_low"], &row["rank_high"]], ["", ""]);
        }
    }

    // the best is a system, in every drawing
    let best = |format: &str, mark: &str| {
        let drawn = story
            .does(&format!("report with --{format}"))
            .succeeds()
            .stdout;
        let marked = drawn.lines().filter(|line| line.contains(mark));
        let marked: Vec<String> = marked.map(str::to_owned).collect();
        assert!(!marked.is_empty(), "{drawn}");
        assert!(
            !marked.iter().any(|line| line.contains("oracle")),
            "{drawn}"
        );
        drawn
    };
    best("markdown", "**");
    best("latex", "\\textbf");
    let html = story.does("report with").succeeds();
    assert_eq!(html.code, 0);
    for text in [
        with.stdout,
        story.does("report with --text").succeeds().stdout,
    ] {
        let place = |name: &str| text.find(&format!("\n {name}")).unwrap();
        let apart = text.find("── knows the references ─").unwrap();
        assert!(place("tail") < apart && apart < place("oracle"), "{text}");
    }

    // named, it is compared; never by itself
    let pairs = |what: &str| {
        let text = story
            .does(&format!("compare with {what} --csv"))
            .succeeds()
            .stdout;
        let rows = table(&text);
        rows.iter()
            .map(|row| format!("{} {}", row["a"], row["b"]))
            .collect::<Vec<_>>()
    };
    assert_eq!(pairs(""), ["lead tail", "lead longest", "tail longest"]);
    assert_eq!(pairs("lead"), ["lead tail", "lead longest"]);
    assert_eq!(
        pairs("human"),
        ["human lead", "human tail", "human longest"]
    );
    assert_eq!(pairs("human lead"), ["human lead"]);
}

#[test]
fn beside_people_systems_have_one_reference_less_on_the_same_documents() {
    // against "red fox": 1/2 of "red hen" and all of "red fox"
    let corpus = r#"{"id":"two","lang":"en","text":"Red fox. Blue owl.","summaries":["red fox","red hen"]}
{"id":"one","lang":"en","text":"Blue owl. Red fox.","summaries":["blue owl"]}
"#;
    let story = epitome().file("c.jsonl", corpus);
    story
        .does(&format!(
            "{RUN} --system lead --system tail --system human --name it"
        ))
        .succeeds();
    let of = |file: &str| -> Vec<[String; 5]> {
        let rows = table(&story.result(file));
        let cells = ["system", "metric", "mean", "n", "kind"];
        rows.iter()
            .map(|row| cells.map(|name| row[name].clone()))
            .collect()
    };
    assert_eq!(
        of("human.csv"),
        [
            // with "red fox" left out 1 word of 2, with "red hen" left out both
            ["lead", "rouge-1", "0.75", "1", "system"],
            ["tail", "rouge-1", "0.0", "1", "system"],
            ["human", "rouge-1", "0.5", "1", "reference"],
        ]
    );
    // against both, over both documents
    assert_eq!(of("leaderboard.csv")[0][2..4], ["1.0", "2"]);
    let drawn = story.does("report it --text").succeeds().stdout;
    let block = drawn
        .find("── one reference left out, 1 document with several")
        .unwrap();
    assert!(
        drawn[block..].contains("lead") && drawn[block..].contains("75.00"),
        "{drawn}"
    );
    let csv = table(&story.does("report it --csv").succeeds().stdout);
    let terms: Vec<&str> = csv.iter().map(|row| row["references"].as_str()).collect();
    assert_eq!(
        terms,
        [
            "all",
            "all",
            "all",
            "one left out",
            "one left out",
            "one left out"
        ]
    );

    // another metric, and the same run again from its rows
    story
        .does("score --run results/it --metric rouge-2")
        .succeeds();
    let again = of("human.csv");
    assert_eq!(again[3], ["lead", "rouge-2", "0.5", "1", "system"]);
    let whole = story.result("leaving_one_out.csv");
    story
        .does(
            "run --corpus c.jsonl --sentences 1 --metric rouge-1 --quiet --system lead --system tail --system human --name it",
        )
        .succeeds();
    assert_eq!(
        (of("human.csv"), story.result("leaving_one_out.csv")),
        (again, whole)
    );
}

#[test]
fn parts_of_a_corpus_have_the_same_rows_beside_people() {
    let mut story = story();
    let work =
        format!("{SYSTEMS} --system human --sentences 1 --metric rouge-1 --lang en");
    story
        .does(&format!("run --corpus c.jsonl {work} --quiet --name whole"))
        .succeeds();
    let lines: Vec<String> = fs::read_to_string(story.path("c.jsonl"))
        .unwrap()
        .lines()
        .map(str::to_owned)
        .collect();
    let counts = story
        .reads(&lines.join("\n"), &format!("statistics {work}"))
        .succeeds();
    story = story.file("counts.jsonl", counts.stdout);
    for (at, part) in lines.chunks(5).enumerate() {
        let worker = format!("worker {work} --corpus-statistics counts.jsonl");
        let rows = story.reads(&part.join("\n"), &worker).succeeds();
        story = story.file(&format!("rows{at}"), rows.stdout);
    }
    let aggregate = format!("aggregate rows2 rows0 rows1 --corpus c.jsonl {work}");
    story.does(&format!("{aggregate} --name parts")).succeeds();
    let sums = story
        .does(&format!("aggregate --partial rows1 rows0 rows2 {work}"))
        .succeeds();
    let story = story.file("sums", sums.stdout);
    story
        .does(&format!(
            "aggregate --merge sums --corpus c.jsonl {work} --name merged"
        ))
        .succeeds();
    let read = |run: &str, file: &str| {
        fs::read_to_string(story.path(&format!("results/{run}/{file}"))).unwrap()
    };
    assert!(read("whole", "human.csv").contains("human"));
    for file in ["human.csv", "leaving_one_out.csv", "leaderboard.csv"] {
        assert_eq!(read("parts", file), read("whole", file), "{file}");
    }
    assert_eq!(read("merged", "human.csv"), read("whole", "human.csv"));
}
