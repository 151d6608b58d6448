//! `epitome site`: pages of many runs in a folder.

use std::fs;

use super::story::{Story, TWO_STORIES, epitome};

const RUN: &str = "run --corpus two.jsonl --sentences 1 --metric rouge-1 --metric keyphrase-f1@5 --quiet";

/// A folder with a run of two summarisers and two extractors.
fn story() -> Story {
    let story = epitome().file("two.jsonl", TWO_STORIES);
    let systems = "--system lead --system tail --system tf --system first-phrases";
    story
        .does(&format!("{RUN} {systems} --name one"))
        .succeeds();
    story
}

fn page(story: &Story, path: &str) -> String {
    fs::read_to_string(story.path(path)).unwrap()
}

#[test]
fn a_site_of_one_run_has_an_index_and_its_page() {
    let story = story();
    story
        .does("site results")
        .succeeds()
        .writes("site/index.html\n");

    let index = page(&story, "site/index.html");
    for text in [
        r#"data-task="summaries" data-languages="en" data-budget="1 sentence""#,
        r#"href="runs&#x2f;one.html#board-0""#,
        "<code>epitome run --corpus two.jsonl",
    ] {
        assert!(index.contains(text), "{text}: {index}");
    }
    assert!(!index.contains("history.html"), "nothing was recorded");
    assert!(!story.path("site/history.html").exists());
    let run = page(&story, "site/runs/one.html");
    assert!(run.contains("95 % interval of ranks"), "{run}");

    // the same tables, the same bytes
    story.does("site results --output again").succeeds();
    assert_eq!(page(&story, "again/index.html"), index);
    assert_eq!(page(&story, "again/runs/one.html"), run);
}

#[test]
fn the_command_of_a_cell_prints_its_mean() {
    let story = story();
    story.does("site results").succeeds();
    let run = page(&story, "site/runs/one.html");
    let command =
        "epitome report one --system lead --metric rouge-1 --budget '1 sentence' --csv";
    let escaped = command.replace('\'', "&#x27;");
    let at = run.find(&escaped).unwrap_or_else(|| panic!("{run}"));
    let cell = run[at..].split_once("\">").unwrap().1;
    let shown: f64 = cell.split('<').next().unwrap().parse().unwrap();

    let words = shlex::split(command).unwrap();
    let words: Vec<&str> = words[1..].iter().map(String::as_str).collect();
    let table = story.does_words(&words).succeeds().stdout;
    let mut lines = table.lines();
    let names = lines.next().unwrap().split(',');
    let at = names.clone().position(|name| name == "mean").unwrap();
    let line = lines.next().unwrap();
    let mean: f64 = line.split(',').nth(at).unwrap().parse().unwrap();
    let percent = if mean > 1.0 { mean } else { 100.0 * mean };
    assert!(
        (percent - shown).abs() < 0.006,
        "{percent} {shown}: {table}"
    );

    let words = [
        "report",
        "one",
        "--system",
        "tf",
        "--metric",
        "keyphrase-f1@5",
        "--budget",
        "50 keyphrases",
        "--csv",
    ];
    story.does_words(&words).succeeds();
}

#[test]
fn thirty_runs_and_a_history_are_pages_of_one_site() {
    let story = story();
    for at in 0..30 {
        let from = story.path("results/one");
        let to = story.path(&format!("kept/suites/run {at}"));
        fs::create_dir_all(&to).unwrap();
        for name in ["leaderboard.csv", "across.csv"] {
            fs::copy(from.join(name), to.join(name)).unwrap();
        }
    }
    story.does("record one --revision first").succeeds();

    let answer = story
        .does("site kept results --title Field --json")
        .succeeds()
        .data();
    assert_eq!(answer["runs"].as_array().unwrap().len(), 31);
    let files = answer["files"].as_array().unwrap();
    assert_eq!(files.len(), 1 + 31 + 2, "{files:?}");

    let index = page(&story, "site/index.html");
    assert_eq!(
        index.matches("no manifest was kept").count(),
        30 + 1,
        "and one in the script"
    );
    assert!(index.contains("data-languages=\"unknown\""), "not made up");
    assert!(index.contains("<h1>Field</h1>"));
    let history = page(&story, "site/history.html");
    assert!(
        history.contains("first") && history.contains("rouge-1"),
        "{history}"
    );
    let list = page(&story, "site/site.json");
    let list: serde_json::Value = serde_json::from_str(&list).unwrap();
    assert_eq!(list["boards"].as_array().unwrap().len(), 2 * 31);

    // a page of a run that is gone goes too
    assert!(story.path("site/runs/suites-run-3.html").exists());
    story.does("site results").succeeds();
    assert!(!story.path("site/runs/suites-run-3.html").exists());
}

#[test]
fn names_that_are_markup_are_shown_and_do_nothing() {
    let evil = "<img src=x onerror=alert(1)>\"'`";
    let header = "corpus,system,metric,signature,mean,ci_low,ci_high,n,failed,words,rank_low,rank_high,share_of_oracle,docs_per_s,kind,run,budget,unit,total_docs_per_s";
    let quoted = format!("\"{}\"", evil.replace('"', "\"\""));
    let row = |system: &str, mean: f64, rank: u32| {
        format!(
            "{quoted},{system},{quoted},{quoted},{mean},0.1,0.2,9,0,5,{rank},{rank},,,system,{quoted},{quoted},share,\n"
        )
    };
    let table = format!("{header}\n{}{}", row(&quoted, 0.2, 1), row("lead", 0.1, 2));
    let story = epitome().file("r/<b>x/leaderboard.csv", table);
    story.does_words(&["site", "r", "--title", evil]).succeeds();
    for name in ["index.html", "runs/b-x.html"] {
        let page = page(&story, &format!("site/{name}"));
        assert!(
            !page.contains("<img") && !page.contains("<b>x"),
            "{name}: {page}"
        );
        assert!(
            page.contains("&lt;img src=x onerror=alert(1)&gt;"),
            "{name}: {page}"
        );
    }
}

#[test]
fn missing_cells_are_empty_and_never_zero() {
    let story = story();
    let table = fs::read_to_string(story.path("results/one/leaderboard.csv")).unwrap();
    let other = table
        .replace(",lead,", ",\"mine\",")
        .replace("two,", "other,");
    let story = story
        .file("kept/a/leaderboard.csv", table)
        .file("kept/b/leaderboard.csv", other);
    story.does("site kept").succeeds();
    let index = page(&story, "site/index.html");
    let row = index.split("<tr data-system=\"mine\">").nth(1).unwrap();
    let row = row.split("</tr>").next().unwrap();
    assert_eq!(row.matches("class=\"none\"></td>").count(), 1, "{row}");
    assert_eq!(row.matches("class=\"score").count(), 1, "{row}");
}

#[test]
fn what_is_no_run_and_what_is_no_site_is_refused() {
    let story = story().file("empty/readme.txt", "nothing");
    let empty = story.does("site empty");
    assert_eq!(empty.code, 2, "{}", empty.stderr);
    empty.says("empty: neither it nor a folder in it has a `leaderboard.csv`");
    story
        .does("site nowhere")
        .fails(2, "nowhere: No such file or directory (os error 2)");
    let other = story.does("site results --output empty");
    assert_eq!(other.code, 2, "{}", other.stderr);
    other.says("empty: it holds other files than those of an earlier site");
    assert_eq!(story.does("site results --history nowhere").code, 2);

    let table = fs::read_to_string(story.path("results/one/leaderboard.csv")).unwrap();
    let story = story.file("results/one/leaderboard.csv", table + "\n");
    let changed = story.does("site results");
    assert_eq!(changed.code, 2, "{}", changed.stderr);
    changed.says("results/one/leaderboard.csv: it has changed since the run");
}
