//! `epitome score`: texts made elsewhere.

use epitome::metric::METRICS;
use serde_json::{Value, json};

use super::story::{Outcome, epitome};

const PAIRS: &str = r#"{"id":"a","candidate":"the the the the","references":["the the the cat"]}
{"id":"b","candidate":"Using bridges","references":["he uses bridge","nothing"]}
"#;

/// The documents of an answer, or its means alone.
fn rows(outcome: &Outcome) -> Vec<Value> {
    let data = outcome.data();
    match data["documents"].as_array() {
        Some(documents) => documents.clone(),
        None => vec![data],
    }
}

#[test]
fn a_line_a_document_with_numbers_in_full() {
    let story = epitome().file("p.jsonl", PAIRS);
    let plain = "score p.jsonl --metric rouge-1 --per-document --json";
    let found = rows(&story.does(plain).succeeds());
    assert_eq!(
        found[0],
        json!({"id": "a", "scores": {"rouge-1":
        {"precision": 0.75, "recall": 0.75, "value": 0.75}}})
    );
    assert_eq!(found[1]["scores"]["rouge-1"]["value"], 0.0);
    let stemmed = "score p.jsonl --metric rouge-1(stemmer=true) --per-document --json";
    let found = rows(&story.does(stemmed).succeeds());
    assert_eq!(
        found[1]["scores"]["rouge-1(stemmer=true)"]["recall"],
        2.0 / 3.0
    );
}

#[test]
fn a_metric_is_named_with_its_parameters() {
    let story = epitome().file("p.jsonl", PAIRS);
    let both = "score p.jsonl --metric rouge-1 --metric rouge-1(stemmer=true) --per-document --json";
    let found = rows(&story.does(both).succeeds());
    assert!(found[0]["scores"]["rouge-1(stemmer=true)"].is_object());
}

#[test]
fn means_carry_their_signatures() {
    let story = epitome().file("p.jsonl", PAIRS);
    let found = rows(
        &story
            .does("score p.jsonl --metric rouge-1 --json")
            .succeeds(),
    );
    let score = &found[0]["scores"]["rouge-1"];
    assert_eq!(
        (score["value"].as_f64(), score["n"].as_u64()),
        (Some(0.375), Some(2))
    );
    assert!(score["signature"].as_str().unwrap().contains("stem:none"));
    let table = story
        .does("score p.jsonl --metric rouge-1")
        .succeeds()
        .stdout;
    assert!(
        table.starts_with("metric,signature,n,precision,recall,value,ci_low,ci_high\n")
    );
}

#[test]
fn keyphrases_are_lists() {
    let pair = r#"{"candidate":["stone bridges","river"],"references":["stone bridge"]}"#;
    let story = epitome().file("k.jsonl", pair);
    let found = story
        .does("score k.jsonl --metric keyphrase-f1@5 --per-document")
        .succeeds();
    assert_eq!(
        found.stdout,
        "id,metric,precision,recall,value\n1,keyphrase-f1@5,0.5,1,0.6666666666666666\n"
    );
}

#[test]
fn a_broken_pair_is_named_and_what_came_before_is_kept() {
    let story = epitome().file(
        "p.jsonl",
        format!("{PAIRS}{{\"id\":\"c\",\"candidate\":3}}"),
    );
    let outcome = story
        .does("score p.jsonl --metric rouge-1 --per-document")
        .fails(
            2,
            "p.jsonl:3: `candidate` is not a string or a list of strings",
        );
    assert_eq!(outcome.stdout.lines().count(), 3);
}

#[test]
fn nothing_that_json_can_say_trips_it() {
    let texts = [
        r"",
        r"…!?",
        r"one",
        r"東京は日本の首都です",
        r"Москва слезам не верит",
        r"สวัสดีชาวโลก",
        r"\ud83d\ude00 \ud83d",
        r"a\u0000b",
        r"a\r\nb",
    ];
    let mut pairs = String::new();
    for candidate in texts {
        for reference in texts {
            let pair = format!(
                r#"{{"candidate":"{candidate}","references":["{reference}"],"source":"{reference}"}}"#
            );
            pairs.push_str(&pair);
            pairs.push('\n');
        }
    }
    let story = epitome()
        .file("odd.jsonl", pairs)
        .file("words.txt", "the 1 0\nriver 0.5 1\n");
    let of_runs = |name: &str| {
        ["position", "overlap", "leak", "answer", "evidence"]
            .iter()
            .any(|it| name.contains(it))
    };
    let names = METRICS
        .iter()
        .filter(|entry| !of_runs(entry.name))
        .map(|entry| match entry.needs_embedder() {
            true => format!("{}(embedder=t)", entry.name),
            false => entry.name.to_owned(),
        });
    let metrics = names.collect::<Vec<_>>().join(" --metric ");
    let found = story
        .does(&format!(
            "score odd.jsonl --per-document --json --embedder t=static:words.txt --metric {metrics}"
        ))
        .succeeds();
    assert_eq!(rows(&found).len(), texts.len() * texts.len());
    assert!(
        !found.stdout.to_lowercase().contains("nan"),
        "{}",
        found.stdout
    );
}

#[test]
fn some_metrics_look_at_the_source() {
    let sourced =
        PAIRS.replace("\"references\"", "\"source\":\"the cat\",\"references\"");
    let story = epitome().file("p.jsonl", PAIRS).file("s.jsonl", sourced);
    story
        .does("score p.jsonl --metric coverage")
        .fails(2, "p.jsonl:1: there is no `source`, which `coverage` needs");
    let found = story
        .does("score s.jsonl --metric coverage --json")
        .succeeds();
    assert_eq!(rows(&found)[0]["scores"]["coverage"]["value"], 0.5);
}

#[test]
fn a_micro_average_has_an_interval_of_its_own() {
    let pair = |found: usize| {
        let gold = ["stone", "bridge", "river", "town"];
        json!({"candidate": &gold[..found], "references": gold}).to_string()
    };
    let pairs: Vec<String> = (0..40).map(|at| pair(1 + at % 4)).collect();
    let story = epitome().file("k.jsonl", pairs.join("\n"));
    let micro = "score k.jsonl --metric keyphrase-f1@5(average=micro) --json";
    let found = rows(&story.does(micro).succeeds());
    let score = &found[0]["scores"]["keyphrase-f1@5(average=micro)"];
    let number = |key: &str| score[key].as_f64().unwrap();
    // 10 · (1 + 2 + 3 + 4) of 40 · 4 are found, and all that is found is gold
    let (precision, recall) = (1.0, 100.0 / 160.0);
    assert_eq!((number("precision"), number("recall")), (precision, recall));
    assert_eq!(number("value"), 2.0 * recall / (1.0 + recall));
    assert!(number("ci_low") < number("value") && number("value") < number("ci_high"));
    // standard error of the recall: √(1.25 / 40) / 4 = 0.044
    assert!(
        (0.06..0.18).contains(&(number("ci_high") - number("ci_low"))),
        "{score}"
    );
}

#[test]
fn a_corpus_has_its_own_bleu_with_an_interval() {
    let pair = |candidate: &str| {
        json!({"candidate": candidate, "references": ["a b c d e f"]}).to_string()
    };
    let pairs: Vec<String> = (0..40)
        .map(|at| pair(["a b c d e f", "x y"][at % 2]))
        .collect();
    let story = epitome().file("c.jsonl", pairs.join("\n"));
    let found = rows(
        &story
            .does("score c.jsonl --metric bleu(average=micro) --json")
            .succeeds(),
    );
    let score = &found[0]["scores"]["bleu(average=micro)"];
    let number = |key: &str| score[key].as_f64().unwrap();
    // 6 of 8 words, 5 of 6 pairs, all longer ones; 8 words for 12
    let wanted = (1.0_f64 - 12.0 / 8.0).exp() * (6.0 / 8.0 * 5.0 / 6.0_f64).powf(0.25);
    assert!((number("value") - wanted).abs() < 1e-12, "{score}");
    assert!(number("ci_low") < number("value") && number("value") < number("ci_high"));
}

#[test]
fn texts_do_not_say_what_was_picked() {
    let story = epitome().file("p.jsonl", PAIRS);
    story
        .does("score p.jsonl --metric lead-overlap")
        .fails(
            2,
            "`lead-overlap` needs to know which sentences were selected, which texts do not show",
        )
        .says("hint: `epitome run` measures it");
}

#[test]
fn standard_input_is_a_dash() {
    let outcome = epitome()
        .reads(PAIRS, "score - --metric rouge-2")
        .succeeds();
    assert!(outcome.stdout.contains("rouge-2"));
}

#[test]
fn a_pair_without_a_key_is_told_which_and_what_is_there() {
    let score = |line: &str| {
        epitome()
            .file("p.jsonl", line)
            .does("score p.jsonl --metric rouge-1")
    };
    score(r#"{"candidate":"a","reference":"a"}"#)
        .fails(
            2,
            "p.jsonl:1: there is no `references`, but `candidate`, `reference`",
        )
        .says("hint: `reference` is called `references` here");
    score(r#"{"id":"1","prediction":"a","references":["a"]}"#)
        .fails(
            2,
            "p.jsonl:1: there is no `candidate`, but `id`, `prediction`, `references`",
        )
        .says("hint: `prediction` is called `candidate` here");
    score("{}").fails(2, "p.jsonl:1: there is no `candidate`, but no key");
}

#[test]
fn the_mean_of_one_pair_is_its_score_to_the_last_digit() {
    let pair = r#"{"candidate":"a b c d e","references":["a b c d e f g h i j"]}"#;
    let pairs = format!("{pair}\n");
    let story = epitome().file("p.jsonl", pairs);
    let found = rows(
        &story
            .does("score p.jsonl --metric rouge-1 --json")
            .succeeds(),
    );
    let alone = rows(
        &story
            .does("score p.jsonl --metric rouge-1 --per-document --json")
            .succeeds(),
    );
    for part in ["precision", "recall", "value"] {
        let (mean, own) = (
            &found[0]["scores"]["rouge-1"][part],
            &alone[0]["scores"]["rouge-1"][part],
        );
        assert_eq!(mean, own, "{part}");
    }
}

#[test]
fn two_text_files_are_scored_line_by_line() {
    let story = epitome()
        .file("c.txt", "the cat sat\nno words\n")
        .file("r.txt", "the cat sat\nother terms\n")
        .file("s.txt", "a dog\nno words\n")
        .file("short.txt", "the cat sat\n");
    let scores = story
        .does("score c.txt r.txt s.txt --metric rouge-1 --per-document")
        .succeeds();
    assert_eq!(
        scores.stdout,
        "id,metric,precision,recall,value\n1,rouge-1,1,1,1\n2,rouge-1,1,1,1\n"
    );
    story
        .does("score c.txt short.txt --metric rouge-1")
        .fails(2, "short.txt: it ends after line 1, and c.txt has a line 2: lines of candidates and references belong together");
}

#[test]
fn a_blank_reference_is_none_as_in_a_corpus() {
    let blank = r#"{"id":"c","candidate":"words","references":[" "]}"#;
    let story = epitome().file("p.jsonl", format!("{PAIRS}{blank}\n"));
    let scored = story
        .does("score p.jsonl --metric rouge-1 --json")
        .succeeds();
    assert_eq!(rows(&scored)[0]["scores"]["rouge-1"]["n"], 2);
    scored.says("note: 1 of 3 pairs have no reference and are not scored");
    let story = story.file("p.jsonl", format!("{blank}\n"));
    story
        .does("score p.jsonl --metric rouge-1")
        .fails(5, "nothing was measured: no pair has a reference");
}
