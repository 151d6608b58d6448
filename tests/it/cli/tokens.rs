//! Budgets in tokens of a vocabulary of language models.

use super::story::{TWO_STORIES, epitome};

/// A plugin that picks sentences from the last to the first, as far as their costs fit.
const LAST_FIRST: &str = r#"
import json, sys
for line in sys.stdin:
    message = json.loads(line)
    if message["type"] == "hello":
        answer = {"type": "ready", "name": "last", "version": "1", "does": ["summarise"]}
    elif message["type"] == "end":
        answer = message
    else:
        budget, picks = message["budget"], []
        left = budget["tokens"]
        for at in reversed(range(len(budget["costs"]))):
            if budget["costs"][at] <= left:
                left -= budget["costs"][at]
                picks.append(at)
        answer = {"id": message["id"], "picks": picks}
    print(json.dumps(answer), flush=True)
"#;

/// 4, 4 and 3 tokens, each with the space before it.
const TEXT: &str = "The river rose. The bridge closed. It fell.";

#[test]
fn a_summary_has_at_most_so_many_tokens() {
    let story = epitome().file("t.txt", TEXT);
    let summary = |tokens: &str| {
        let system = "--system lead --encoding o200k_base";
        let words = format!("summarise t.txt {system} --tokens {tokens}");
        story.does(&words).succeeds().stdout
    };
    assert_eq!(summary("3"), "It fell.\n");
    assert_eq!(summary("7"), "The river rose.\nIt fell.\n");
    assert_eq!(summary("8"), "The river rose.\nThe bridge closed.\n");
}

#[test]
fn a_run_under_budgets_in_tokens_measures_and_names_them() {
    let story = epitome()
        .file("two.jsonl", TWO_STORIES)
        .file("last.py", LAST_FIRST);
    let words = "run --corpus two.jsonl --tokens 12,24 --encoding o200k_base --system lead --system last --metric tokens --metric token-compression --metric rouge-1";
    let mut words: Vec<&str> = words.split(' ').collect();
    words.extend(["--plugin", "last=python3 last.py"]);
    story.does_words(&words).succeeds();

    let scores = story.result("scores.csv");
    for (corpus, most) in [("two@12t-o200k_base", 12.0), ("two@24t-o200k_base", 24.0)] {
        let rows: Vec<&str> = scores
            .lines()
            .filter(|row| row.starts_with(corpus) && row.contains(",tokens,"))
            .collect();
        assert_eq!(rows.len(), 4, "{scores}");
        for row in rows {
            assert!(
                row.contains(&format!("{most} tokens of o200k_base")),
                "{row}"
            );
            let value = row.split(',').find_map(|cell| cell.parse::<f64>().ok());
            assert!(value.is_some_and(|it| it > 0.0 && it <= most), "{row}");
        }
    }
}

#[test]
fn another_vocabulary_is_another_run() {
    let story = epitome().file("two.jsonl", TWO_STORIES);
    for encoding in ["o200k_base", "cl100k_base"] {
        story
            .does(&format!(
                "run --corpus two.jsonl --tokens 12 --encoding {encoding} --system lead --metric rouge-1"
            ))
            .succeeds();
    }
    assert_eq!(std::fs::read_dir(story.path("results")).unwrap().count(), 2);
}

#[test]
fn an_experiment_file_names_the_vocabulary() {
    let file = |encoding: &str| {
        format!(
            "budgets = [\"12 tokens of {encoding}\"]\nsystems = [\"lead\"]\nmetrics = [\"rouge-1\"]\n\n[corpora]\ntwo = \"two.jsonl\"\n"
        )
    };
    let story = epitome()
        .file("two.jsonl", TWO_STORIES)
        .file("e.toml", file("o200k_base"))
        .file("b.toml", file("o300k"));
    story
        .does("run e.toml")
        .succeeds()
        .writes("12 tokens of o200k_base");
    let outcome = story.does("run b.toml");
    assert_eq!(outcome.code, 2, "{}", outcome.stderr);
    outcome.says("no encoding is called `o300k`");
}

#[test]
fn an_unknown_vocabulary_is_told_the_known_ones() {
    let story = epitome().file("t.txt", TEXT);
    let outcome = story.does("summarise t.txt --tokens 9 --encoding o300k");
    assert_eq!(outcome.code, 2, "{}", outcome.stderr);
    let outcome = outcome.says("no encoding is called `o300k`");
    outcome.says("the encodings are cl100k_base, o200k_base");
}

#[test]
fn tokens_need_a_vocabulary_and_a_vocabulary_needs_tokens() {
    let story = epitome().file("t.txt", TEXT).file("two.jsonl", TWO_STORIES);
    for alone in [
        "--tokens 9",
        "--encoding o200k_base",
        "--encoding o200k_base --words 9",
    ] {
        let outcome = story.does(&format!("summarise t.txt {alone}"));
        assert_eq!(outcome.code, 2, "{alone}: {}", outcome.stderr);
    }
    story
        .does("run --corpus two.jsonl --tokens 0 --encoding o200k_base")
        .says("0 tokens of o200k_base");
}
