//! Boilerplate is left out in one place, before any system sees a document.

use std::fs;

use serde_json::{Value, json};

use super::story::{Story, epitome};

/// Four sentences of a report; numbers 1 and 5 to 7 are no part of it.
const PAGE: &str = "\
The road bridge over the river will stay shut until the end of September, the council said.
Sign up for our newsletter and support our journalism: join us today
Divers found a second crack in one of the piers of the bridge, nearly two metres long.
The council expects that repairs of the bridge will cost more than two million pounds.
Shopkeepers on the east bank of the river say that their trade has collapsed since May.
Sign up for our newsletter and support our journalism: join us today
Read more
Privacy policy
";
const LEFT_OUT: [u64; 4] = [1, 5, 6, 7];

/// Answers with all that it was shown: picks every sentence that fits, the last first.
const SPY: &str = r#"
import json, sys
for line in sys.stdin:
    asked = json.loads(line)
    if asked["type"] == "hello":
        answer = {"type": "ready", "name": "spy", "version": "1", "does": ["summarise", "keywords"], "deterministic": True}
    elif asked["type"] == "end":
        answer = asked
    elif asked["type"] == "summarise":
        count = min(len(asked["sentences"]), asked["budget"]["sentences"])
        answer = {"id": asked["id"], "picks": list(range(count))[::-1], "scores": [1.0] * len(asked["sentences"])}
    else:
        answer = {"id": asked["id"], "phrases": asked["text"].split("\n")[:asked["limit"]]}
    print(json.dumps(answer), flush=True)
"#;

fn corpus() -> String {
    let page = json!({
        "id": "page", "lang": "en", "text": PAGE, "summaries": ["The bridge will stay shut."],
        "keyphrases": ["road bridge"], "meta": {"boilerplate": LEFT_OUT},
    });
    let other = json!({
        "id": "other", "lang": "en", "text": "The weir held.\nRead more\nThe mill burnt.\nIt rained.\n",
        "summaries": ["The mill burnt."], "keyphrases": ["mill"],
    });
    format!("{page}\n{other}\n")
}

fn story() -> Story {
    epitome().file("news.jsonl", corpus()).file("spy.py", SPY)
}

/// What systems gave for the page, by corpus and system.
fn extracts(story: &Story) -> Vec<Value> {
    let lines = story.result("extracts.jsonl");
    let all = lines
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    all.filter(|it| it["document"] == "page").collect()
}

#[test]
fn no_system_sees_what_a_clean_corpus_leaves_out() {
    let toml = "name = \"spy\"\nrun = [\"python3\", \"spy.py\"]\n";
    let story = story().file("plugin.toml", toml);
    let systems = ["lead", "random", "oracle", "text-rank", "tf-idf"];
    let systems = systems.map(|system| format!("--system {system}")).join(" ");
    let corpora = "--corpus news.jsonl --corpus news.jsonl+clean";
    story
        .does(&format!(
            "run {corpora} --sentences 8 {systems} --plugin plugin.toml"
        ))
        .succeeds();
    let found = extracts(&story);
    let of = |corpus: &str| found.iter().filter(|it| it["corpus"] == corpus).count();
    assert!(
        of("news") >= 6 && of("news") == of("news-clean"),
        "{found:#?}"
    );
    for extract in found.iter().filter(|it| it["corpus"] == "news-clean") {
        let text = extract.to_string();
        for line in LEFT_OUT.map(|at| PAGE.lines().nth(at as usize).unwrap()) {
            assert!(!text.contains(line), "{line}: {text}");
        }
    }
}

#[test]
fn rows_of_a_clean_corpus_count_sentences_of_the_text_as_it_was_given() {
    let story = story();
    let metrics = "--metric leak@3 --metric leak@5 --metric position --metric oracle-overlap --metric rouge-1";
    let systems = "--system lead --system text-rank --system oracle";
    story
        .does(&format!(
            "run --corpus news.jsonl --corpus news.jsonl+clean --sentences 3 {systems} {metrics}"
        ))
        .succeeds();
    let found = extracts(&story);
    let of = |corpus: &str, system: &str| {
        found
            .iter()
            .find(|it| it["corpus"] == corpus && it["system"] == system)
            .unwrap()
    };
    assert_eq!(of("news", "lead")["picks"], json!([0, 1, 2]));
    let lead = of("news-clean", "lead");
    assert_eq!(
        (&lead["picks"], &lead["ranked"]),
        (&json!([0, 2, 3]), &json!([0, 2, 3]))
    );
    let lines: Vec<&str> = PAGE.lines().collect();
    assert_eq!(lead["text"], [0, 2, 3].map(|at| lines[at]).join("\n"));
    let ranked = of("news-clean", "text-rank");
    for (at, score) in ranked["scores"].as_array().unwrap().iter().enumerate() {
        assert_eq!(
            score.is_null(),
            LEFT_OUT.contains(&(at as u64)),
            "{at}: {score}"
        );
    }
    let scores = story.result("scores.csv");
    let leaked = |corpus: &str| {
        let start = format!("{corpus},page,lead,");
        let row = scores
            .lines()
            .find(|it| it.starts_with(&start) && it.contains(",leak@3,"));
        row.unwrap().split(',').nth(7).unwrap().to_owned()
    };
    assert_eq!(
        (leaked("news"), leaked("news-clean")),
        ("0.3333333333333333".to_owned(), "0".to_owned())
    );
    // documents are described as they were given
    let documents = story.result("documents.csv");
    let described = |corpus: &str| {
        let row = documents
            .lines()
            .find(|it| it.starts_with(&format!("{corpus},page,")));
        row.unwrap().split_once(",page,").unwrap().1.to_owned()
    };
    assert_eq!(described("news"), described("news-clean"));
}

#[test]
fn a_run_that_is_not_clean_drops_nothing() {
    let story = story();
    story
        .does("run --corpus news.jsonl --system tail --sentences 8")
        .succeeds();
    // the second plea repeats the first
    assert_eq!(extracts(&story)[0]["picks"], json!([0, 2, 3, 4, 5, 6, 7]));
}

#[test]
fn what_clean_takes_or_gives_stands_beside_the_score() {
    let story = story();
    story
        .does("run --corpus news.jsonl --corpus news.jsonl+clean --sentences 2 --system lead --metric rouge-1")
        .succeeds();
    let shown = story.does("report --text").succeeds().stdout;
    let table = shown
        .lines()
        .find(|line| line.contains("clean") && line.contains("rouge-1, %"));
    assert!(table.is_some(), "{shown}");
}

#[test]
fn a_clean_text_is_changed_no_more() {
    let story = story();
    story
        .does("run --corpus news.jsonl+clean+shuffled --system lead")
        .fails(
            2,
            "`+clean` comes last: `+shuffled` would change what it decides on",
        );
    story
        .does("run --corpus news.jsonl+shuffled+clean --system lead --sentences 1")
        .succeeds();
}

#[test]
fn outputs_made_elsewhere_pick_by_the_numbers_of_the_text_as_it_was_given() {
    let outputs = "{\"id\":\"page\",\"picks\":[4,2]}\n{\"id\":\"other\",\"picks\":[0]}\n";
    let story = story().file("theirs.jsonl", outputs);
    story
        .does("run --corpus news.jsonl+clean --system lead --outputs theirs=theirs.jsonl --sentences 2")
        .succeeds();
    let found = extracts(&story);
    let theirs = found.iter().find(|it| it["system"] == "theirs").unwrap();
    assert_eq!(theirs["ranked"], json!([4, 2]));
    fs::remove_dir_all(story.path("results")).unwrap();

    let story = story.file("theirs.jsonl", outputs.replace("[4,2]", "[5]"));
    story
        .does("run --corpus news.jsonl+clean --system lead --outputs theirs=theirs.jsonl --sentences 2 --tolerance 1")
        .succeeds();
    let failures = story.result("failures.csv");
    assert!(
        failures.contains("sentence 5 was left out as boilerplate"),
        "{failures}"
    );
}

#[test]
fn one_text_goes_without_its_boilerplate_and_says_so() {
    let story = epitome().file("page.txt", PAGE);
    let found = story
        .does("summarise page.txt --lang en --system lead --sentences 2 --json")
        .succeeds()
        .says("note: 4 of 8 sentences")
        .says("hint: `--boilerplate keep` keeps them");
    let found = found.data();
    assert_eq!(found["sentences"].as_array().unwrap().len(), 8);
    assert_eq!(
        (&found["picks"], &found["left_out"]),
        (&json!([0, 2]), &json!(LEFT_OUT))
    );
    let kept = story
        .does(
            "summarise page.txt --lang en --system lead --sentences 2 --boilerplate keep",
        )
        .succeeds();
    let lines: Vec<&str> = PAGE.lines().take(2).collect();
    assert_eq!(
        (kept.stdout.lines().collect(), kept.stderr.as_str()),
        (lines, "")
    );
    let phrases = story
        .does("keywords page.txt --lang en --system tf-idf --limit 50 --json")
        .succeeds();
    assert!(
        phrases.stderr.starts_with("note: 4 of 8 sentences"),
        "{}",
        phrases.stderr
    );
    assert!(!phrases.stdout.contains("newsletter"), "{}", phrases.stdout);
    let phrases = phrases.data();
    for phrase in phrases["keyphrases"].as_array().unwrap() {
        let [start, end] =
            [0, 1].map(|at| phrase["offsets"][0][at].as_u64().unwrap() as usize);
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(phrase["text"], words(&PAGE[start..end]));
    }
}

#[test]
fn of_a_text_that_is_mostly_boilerplate_nothing_is_left_out() {
    let menu = "Read more: The mill is sold\nRead more: The weir is dry\n\
        Related: The ferry is late\nSee also: The road is shut\nPhoto by Ann Miller\n\
        Advertisement\nUp next: The harbour\nThe bridge over the river is shut.\n";
    let story = epitome().file("menu.txt", menu);
    let found = story
        .does("summarise menu.txt --lang en --system lead --sentences 1")
        .succeeds()
        .says("that is most of the text, so nothing is left out");
    assert_eq!(found.stdout, "Read more: The mill is sold\n");
    let inspected = story.does("inspect menu.txt --lang en").succeeds().stdout;
    assert!(
        inspected.contains("which is most: none is left out"),
        "{inspected}"
    );
    let inspected = story
        .does("inspect menu.txt --lang en --json")
        .succeeds()
        .data();
    assert_eq!(inspected["boilerplate"]["dropped"], false);
}

#[test]
fn what_says_that_it_is_no_scraped_page_has_no_boilerplate() {
    let lines: Vec<&str> = PAGE.lines().collect();
    let paragraphs = lines.join("\n\n");
    let story = epitome()
        .file("page.txt", PAGE)
        .file(
            "page.html",
            format!("<html><p>{}</p></html>", lines.join("</p><p>")),
        )
        .file("page.md", paragraphs);

    for scraped in ["page.txt", "page.html"] {
        story
            .does(&format!("summarise {scraped}"))
            .succeeds()
            .says("look like boilerplate and are left out");
    }
    let author = story.does("summarise page.md").succeeds();
    assert!(!author.stderr.contains("boilerplate"), "{}", author.stderr);
    let found = story.does("inspect page.md --json").succeeds().data();
    assert_eq!(found["boilerplate"]["sentences"], 0, "{found}");
}
