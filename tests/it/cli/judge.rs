//! `epitome judge`: how well metrics agree with people.

use super::story::{Story, epitome};

/// Two documents, three systems; people like what has the words of the reference.
const JUDGEMENTS: &str = r#"{"doc_id":"flood","system":"good","summary":"the river rose two metres","references":["the river rose two metres"],"relevance":5,"worker_id":7}
{"doc_id":"flood","system":"fair","summary":"the river rose","references":["the river rose two metres"],"relevance":3,"worker_id":7}
{"doc_id":"flood","system":"poor","summary":"a whale","references":["the river rose two metres"],"relevance":1.5,"worker_id":8}
{"doc_id":7,"system":"good","summary":"a young whale left","references":["a young whale left"],"relevance":4,"worker_id":8}
{"doc_id":7,"system":"fair","summary":"a whale","references":["a young whale left"],"relevance":3.5,"worker_id":8}
{"doc_id":7,"system":"poor","summary":"two metres","references":["a young whale left"],"relevance":2,"worker_id":8}
"#;

const JUDGE: &str =
    "judge summaries.jsonl --metric rouge-1 --metric rouge-2 --resamples 50";

fn story() -> Story {
    epitome().file("summaries.jsonl", JUDGEMENTS)
}

/// The cells of a table under their titles, line by line.
fn rows(table: &str) -> Vec<Vec<(String, String)>> {
    let cells = |line: &str| line.split(',').map(str::to_owned).collect::<Vec<_>>();
    let mut lines = table.lines();
    let titles = cells(lines.next().unwrap());
    lines
        .map(|line| titles.iter().cloned().zip(cells(line)).collect())
        .collect()
}

#[test]
fn a_metric_that_orders_summaries_as_people_do_agrees_fully() {
    let story = story();
    let outcome = story.does(JUDGE).succeeds();
    assert!(
        outcome.stdout.contains("summaries, system level"),
        "{}",
        outcome.stdout
    );
    let table = story.result("agreement.csv");
    let titles = "corpus,metric,signature,aspect,level,coefficient,value,docs_low,docs_high,systems_low,systems_high,both_low,both_high,systems,documents,summaries";
    assert_eq!(table.lines().next(), Some(titles));
    assert_eq!(table.lines().count(), 1 + 2 * 3 * 3); // metrics, levels, coefficients
    assert!(!table.contains("worker_id"), "ids are no scores");
    let line = table
        .lines()
        .find(|line| line.contains("rouge-1,rouge-1|"))
        .unwrap();
    assert!(line.contains(",relevance,system,pearson,0.9"), "{line}");
    assert!(line.ends_with(",3,2,6"), "{line}");
    let kendall = table
        .lines()
        .find(|line| line.contains("summary,kendall"))
        .unwrap();
    assert!(
        kendall.contains("relevance,summary,kendall,1.0,1.0,1.0,"),
        "{kendall}"
    );
}

#[test]
fn every_pair_of_metrics_is_tested() {
    let story = story();
    story.does(JUDGE).succeeds();
    let tests = rows(&story.result("agreement_tests.csv"));
    assert_eq!(tests.len(), 2 + 9); // Williams at two levels, permutations
    let cell = |row: &[(String, String)], title: &str| {
        row.iter()
            .find(|(name, _)| name == title)
            .unwrap()
            .1
            .clone()
    };
    for row in &tests {
        assert_eq!(
            (cell(row, "a"), cell(row, "b")),
            ("rouge-1".into(), "rouge-2".into())
        );
        let p = cell(row, "p");
        assert_eq!(cell(row, "p_holm"), p, "one pair needs no correction");
        match (cell(row, "test").as_str(), cell(row, "level").as_str()) {
            ("williams", "system") => assert_eq!(p, "", "three systems are too few"),
            _ => assert!((0.0..=1.0).contains(&p.parse::<f64>().unwrap())),
        }
    }
}

#[test]
fn the_same_bytes_at_any_number_of_threads() {
    let story = story();
    story
        .does(&format!("{JUDGE} --jobs 1 --name one"))
        .succeeds();
    story
        .does(&format!("{JUDGE} --jobs 3 --name three"))
        .succeeds();
    for file in ["agreement.csv", "agreement_tests.csv"] {
        let read = |run: &str| {
            std::fs::read(story.path(&format!("results/{run}/{file}"))).unwrap()
        };
        assert_eq!(read("one"), read("three"));
    }
}

#[test]
fn references_can_be_joined_from_a_corpus() {
    let corpus = r#"{"id":"flood","text":"x","summaries":["the river rose two metres"]}
{"id":7,"text":"x","summaries":["a young whale left"]}
"#;
    let bare = JUDGEMENTS
        .replace(r#","references":["the river rose two metres"]"#, "")
        .replace(r#","references":["a young whale left"]"#, "");
    let story = story()
        .file("bare.jsonl", bare)
        .file("corpus.jsonl", corpus);
    let inside = format!("{JUDGE} --json -q --name inside");
    let inside = story.does(&inside).succeeds();
    let joined = "judge summaries=bare.jsonl --references corpus.jsonl --metric rouge-1 --metric rouge-2 --resamples 50 --json -q";
    assert_eq!(story.does(joined).succeeds().stdout, inside.stdout);
    let row = inside.data()["agreements"][0].take();
    assert_eq!(row["metric"], "rouge-1");
    story
        .does("judge bare.jsonl --metric rouge-1")
        .fails(2, "bare.jsonl:1: there are no `references`")
        .says("hint: `--references CORPUS.jsonl` joins them by `doc_id`");
    let story = story.file(
        "other.jsonl",
        r#"{"id":"whale","text":"x","summaries":["x"]}"#,
    );
    story
        .does("judge bare.jsonl --references other.jsonl --metric rouge-1")
        .fails(2, "bare.jsonl:1: other.jsonl has no document `flood`");
}

#[test]
fn metrics_of_the_source_find_it_in_the_line_or_the_corpus() {
    let flood = "the river rose two metres and fell";
    let corpus = format!(
        r#"{{"id":"flood","text":"{flood}","summaries":["x"]}}
{{"id":7,"text":"a young whale left","summaries":["x"]}}
"#
    );
    let with_source = JUDGEMENTS
        .replace(r#""flood","#, &format!(r#""flood","source":"{flood}","#))
        .replace(
            ":7,\"system\"",
            r#":7,"source":"a young whale left","system""#,
        );
    let story = story()
        .file("corpus.jsonl", corpus)
        .file("source.jsonl", with_source);
    let coverage = "--metric coverage --resamples 50 --json -q";
    story
        .does(&format!("judge summaries.jsonl {coverage}"))
        .fails(
            2,
            "summaries.jsonl:1: there is no `source`, which `coverage` needs",
        )
        .says("hint: `--references CORPUS.jsonl` joins its `text` by `doc_id`");
    let inside = format!("judge summaries=source.jsonl {coverage} --name inside");
    let inside = story.does(&inside).succeeds();
    let joined = format!("judge summaries.jsonl --references corpus.jsonl {coverage}");
    assert_eq!(story.does(&joined).succeeds().stdout, inside.stdout);
    let row = inside.data()["agreements"][0].take();
    // of `good` and `fair` all words are in the sources, of `poor` half and none
    assert_eq!(row["summaries"], 6);
    assert!(row["value"].as_f64().unwrap() > 0.8, "{row}");
}

#[test]
fn scores_that_people_did_not_give_are_left_out() {
    let story = epitome().file("some.jsonl", JUDGEMENTS.replace(":1.5,", ":null,"));
    story
        .does("judge some.jsonl --metric rouge-1")
        .succeeds()
        .says("note: 1 summaries have no `relevance`: they are left out");
    assert!(
        story
            .result("agreement.csv")
            .lines()
            .nth(1)
            .unwrap()
            .ends_with(",3,2,5")
    );
}

#[test]
fn a_metric_that_cannot_read_the_references_has_empty_cells() {
    let russian = JUDGEMENTS
        .replace("the river rose two metres", "река поднялась на два метра")
        .replace("a young whale left", "молодой кит уплыл");
    let story = epitome().file("ru.jsonl", russian);
    story
        .does("judge ru.jsonl --metric rouge-1")
        .succeeds()
        .says("note: `rouge-1` cannot read the references of 6 summaries");
    assert!(
        story
            .result("agreement.csv")
            .contains("system,kendall,,,,,,,,0,0,0")
    );
}

#[test]
fn aspects_are_picked_by_name() {
    let story = story();
    story
        .does("judge summaries.jsonl --metric rouge-1 --aspect coherence")
        .fails(2, "summaries.jsonl: no judgement has a number `coherence`")
        .says("hint: there are `relevance`");
    let worded = JUDGEMENTS.replace(":1.5,", ":\"low\",");
    let story = story.file("worded.jsonl", worded);
    story
        .does("judge worded.jsonl --metric rouge-1 --aspect relevance")
        .fails(2, "worded.jsonl:3: `relevance` is a string, not a number");
}

#[test]
fn bad_judgements_are_named() {
    let first = JUDGEMENTS.lines().next().unwrap();
    let story = epitome()
        .file("twice.jsonl", format!("{first}\n{first}\n"))
        .file("broken.jsonl", format!("{first}\n{{\"doc_id\":"))
        .file(
            "nobody.jsonl",
            r#"{"doc_id":"a","summary":"x","references":["x"],"fun":1}"#,
        )
        .file("list.jsonl", "[1]")
        .file("number.jsonl", r#"{"doc_id":"a","system":"s","summary":3}"#)
        .file(
            "unjudged.jsonl",
            r#"{"doc_id":"a","system":"s","summary":"x"}"#,
        )
        .file("empty.jsonl", "")
        .file("texts/documents/a.txt", "x");
    let judge = |file: &str| story.does(&format!("judge {file} --metric rouge-1"));
    judge("twice.jsonl")
        .fails(
            2,
            "twice.jsonl:2: the summary of `flood` by `good` occurs twice",
        )
        .says("hint: average the scores of annotators first");
    judge("broken.jsonl").fails(
        2,
        "broken.jsonl:2: the line is not JSON: EOF while parsing a value at column 10",
    );
    judge("nobody.jsonl").fails(2, "nobody.jsonl:1: there is no `system`");
    judge("list.jsonl").fails(2, "list.jsonl:1: the line is a number, not an object");
    judge("number.jsonl").fails(
        2,
        "number.jsonl:1: `summary` is a number, not a string or a list of strings",
    );
    judge("unjudged.jsonl").fails(
        2,
        "unjudged.jsonl: no field but ids is a number, so there is nothing to agree with",
    );
    judge("empty.jsonl").fails(5, "nothing to do: empty.jsonl holds no judgements");
    judge("nowhere.jsonl").fails(2, "no file or folder `nowhere.jsonl`");
    judge("texts").fails(2, "texts: judgements are a JSON Lines file");
    judge("twice.jsonl --metric keyphrase-f1@5").fails(
        2,
        "`keyphrase-f1@5` measures keyphrases, and judgements are of summaries",
    );
    assert!(
        !story.path("results").exists(),
        "nothing is written before all is read"
    );
}

/// Judgements and scores as FRANK has them: lists of JSON over many lines, without texts.
fn frank() -> Story {
    let output = |document: &str, system: &str, field: &str, value: Option<f64>| {
        serde_json::json!({
            "hash": document, "model_name": system, "dataset": "cnndm", field: value,
            "Other": 1, "split": "test",
        })
    };
    let of = |field: &str, values: [Option<f64>; 4]| {
        let [a, b, c, d] = values;
        let list = serde_json::json!([
            output("f1", "bart", field, a),
            output("f1", "pgn", field, b),
            output("f2", "bart", field, c),
            output("f2", "pgn", field, d),
        ]);
        serde_json::to_string_pretty(&list).unwrap()
    };
    let human = of("Factuality", [0.0, 1.0, 0.25, 0.5].map(Some));
    let scores = of("BertScore P", [Some(0.5), Some(0.9), Some(0.6), None]);
    epitome()
        .file("human.json", human)
        .file("scores.json", scores)
}

#[test]
fn ratings_without_texts_are_compared_with_scores_made_elsewhere() {
    let story = frank();
    let scores = "m=scores.json#BertScore P";
    let judge = ["judge", "human.json", "--aspect", "Factuality"];
    let more = ["--resamples", "5", "--name", "r"];
    story
        .does_words(&[&judge[..], &["--scores", scores], &more].concat())
        .succeeds()
        .says("note: `m` failed on 1 summaries, which are left out: error: `BertScore P` is null");
    // the scores are 0.5 and 0.4 of the ratings
    let table = story.result("agreement.csv");
    let pooled = table.lines().find(|it| it.contains("pooled,pearson"));
    let pooled = pooled.unwrap();
    assert!(pooled.contains(",pooled,pearson,1.0,"), "{pooled}");
    assert!(pooled.ends_with(",2,2,3"), "{pooled}");

    // what reads texts needs them
    let both = [
        &judge[..],
        &["--scores", scores, "--metric", "rouge-1"],
        &more,
    ];
    story
        .does_words(&both.concat())
        .fails(2, "human.json:2: there is no `summary`");
}

#[test]
fn an_entry_of_a_list_of_scores_is_named() {
    let story = frank();
    let with = |list: &str| {
        let story = frank().file("list.json", list);
        let run = "judge human.json --aspect Factuality --scores m=list.json --name s";
        story.does(run)
    };
    let of = |system: &str| format!(r#"{{"id":"f1","system":"{system}","value":1}}"#);
    let (bart, pgn, other) = (of("bart"), of("pgn"), of("bert"));
    with(&format!("[{bart},\n{pgn},{other}]")).says(
        "list.json: 1 entry is about no output of the run, and not used: entry 3 is about `bert`",
    );
    with(&format!("[{bart},{bart}]")).fails(
        2,
        "list.json: entry 2: it is about the same output as entry 1",
    );
    with(&format!("[{bart},{pgn}")).says("error: list.json: EOF while parsing a list");
    with(&format!("[{bart},7]"))
        .says("error: list.json: entry 2: invalid type: integer `7`");
    with("[]").fails(2, "list.json: it holds no scores");
    story
        .does("judge human.json --scores m=scores.json#QAGS")
        .fails(
            2,
            "scores.json: entry 1: it has no field `QAGS`: there are `BertScore P`, `Other`, `dataset`, `hash`, `model_name`, `split`",
        );
}
