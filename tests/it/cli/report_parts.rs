//! `epitome report --system … --metric … --budget …`, and averages over corpora in every
//! drawing.

use super::story::{Story, TWO_STORIES, epitome};

/// Eight documents on which lead finds the reference and tail does not.
fn eight() -> String {
    let line = |at: usize| {
        format!(
            r#"{{"id":"d{at}","lang":"en","text":"The river {at} rose. Boats were moored. A dog barked. The mayor {at} left.","summaries":["The river {at} rose."]}}"#
        )
    };
    (0..8).map(|at| line(at) + "\n").collect()
}

fn run() -> Story {
    let story = epitome()
        .file("eight.jsonl", eight())
        .file("two.jsonl", TWO_STORIES);
    story
        .does(
            "run --corpus eight.jsonl --corpus two.jsonl --system lead --system tail \
             --system random --system oracle --metric rouge-1 --metric rouge-2 \
             --sentences 1,2 --name r",
        )
        .succeeds();
    story
}

fn rows(csv: &str) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let rows = reader.records();
    rows.map(|row| row.unwrap().iter().map(str::to_owned).collect())
        .collect()
}

fn value<'a>(csv: &str, row: &'a [String], column: &str) -> &'a str {
    let header = csv.lines().next().unwrap();
    let at = header.split(',').position(|name| name == column).unwrap();
    &row[at]
}

#[test]
fn a_part_of_a_run_has_ranks_and_corrections_of_its_own() {
    let story = run();
    let csv = |arguments: &str| {
        let line = format!("report r --csv {arguments}");
        story.does(&line).succeeds().stdout
    };
    let whole = csv("");
    let part = csv("--system tail --system random --metric rouge-2 --budget 1*");
    let shown = rows(&part);
    for row in &shown {
        let [system, metric, budget] =
            ["system", "metric", "budget"].map(|column| value(&part, row, column));
        assert!(["tail", "random"].contains(&system), "{row:?}");
        assert_eq!((metric, budget), ("rouge-2", "1 sentence"), "{row:?}");
        if value(&part, row, "average") == "micro" {
            continue;
        }
        let rank = value(&part, row, "rank_high");
        assert!(["1", "2"].contains(&rank), "{row:?}");
    }
    // two corpora and two averages of two systems
    assert_eq!(shown.len(), 8);

    // means and their intervals are those of the whole
    for row in shown.iter().filter(|row| !row[0].is_empty()) {
        let same = |other: &&Vec<String>| {
            ["corpus", "system", "metric"]
                .iter()
                .all(|it| value(&whole, other, it) == value(&part, row, it))
        };
        let whole_rows = rows(&whole);
        let other = whole_rows.iter().find(same).unwrap();
        for column in ["mean", "ci_low", "ci_high", "n"] {
            assert_eq!(value(&whole, other, column), value(&part, row, column));
        }
    }
    let text = story
        .does("report r --text --system tail --system random")
        .succeeds();
    text.writes("2 of 3 systems of the run are shown");
}

#[test]
fn the_first_metric_that_is_named_is_that_of_the_order() {
    let story = run();
    let text = story
        .does("report r --text --metric rouge-2 --metric rouge-1")
        .succeeds();
    let header = text
        .stdout
        .lines()
        .find(|line| line.contains("system "))
        .unwrap();
    assert!(header.find("rouge-2") < header.find("rouge-1"), "{header}");
    text.writes("by rouge-2 ");
}

#[test]
fn a_name_of_nothing_is_refused_with_the_nearest() {
    let story = run();
    for (arguments, error, hint) in [
        (
            "--system led",
            "no system of the run is called `led`",
            "`lead`",
        ),
        (
            "--metric rogue-1",
            "no metric of the run is called `rogue-1`",
            "`rouge-1`",
        ),
        (
            "--budget 1-sentence",
            "no budget of the run is called `1-sentence`",
            "`1 sentence`",
        ),
    ] {
        for format in ["", "--text"] {
            story
                .does(&format!("report r {arguments} {format}"))
                .fails(2, error)
                .says(hint);
        }
    }
}

#[test]
fn a_page_of_a_part_says_so_and_keeps_the_recipe_of_the_whole() {
    let story = run();
    story
        .does("report r --system lead --system tail --output part.html")
        .succeeds();
    let html = std::fs::read_to_string(story.path("part.html")).unwrap();
    assert!(html.contains("2 of 3 systems of the run are shown"));
    assert!(!html.contains("data-system=\"random\""));
    assert!(
        html.contains("<summary>Systems (4)</summary>"),
        "the recipe"
    );
}

#[test]
fn averages_over_corpora_are_in_every_drawing() {
    let story = run();
    let drawn = |format: &str| {
        let line = format!("report r --budget 1* {format}");
        story.does(&line).succeeds().stdout
    };
    for format in ["--text", "--markdown", "--latex"] {
        let text = drawn(format);
        assert!(text.contains("2 corpora, 1 sentence, rouge-1, "), "{text}");
    }
    let csv = drawn("--csv");
    let averages = rows(&csv).into_iter().filter(|row| row[0].is_empty());
    let kinds: Vec<String> = averages
        .map(|row| value(&csv, &row, "average").to_owned())
        .collect();
    assert_eq!(kinds.len(), 2 * 2 * 3, "two metrics, three systems");
    assert!(
        kinds
            .iter()
            .all(|kind| ["macro", "micro"].contains(&kind.as_str()))
    );
    let json: serde_json::Value = serde_json::from_str(&drawn("--json")).unwrap();
    assert_eq!(
        json["data"]["tables"]["averages"].as_array().unwrap().len(),
        2 * 3
    );
    let text = drawn("--json");
    let (_, averages) = text.split_once("\"averages\":").unwrap();
    assert_eq!(averages.matches("\"run\":").count(), 2 * 3, "each key once");
    let latex = drawn("--latex");
    for text in [
        " & \\multicolumn{4}{c}{eight@1s} \\\\\n\\cmidrule(lr){2-5}\n",
        " & \\multicolumn{4}{c}{two@1s} & \\multicolumn{2}{c}{macro average} \\\\\n\\cmidrule(lr){2-5} \\cmidrule(lr){6-7}\n",
        "\\caption{1 sentence; eight@1s, n = 8; two@1s, n = 2}",
    ] {
        assert!(latex.contains(text), "{text}: {latex}");
    }
}

#[test]
fn documents_are_counted_once_under_several_budgets() {
    let story = run();
    let page = {
        story.does("report r").succeeds();
        std::fs::read_to_string(story.path("results/r/report.html")).unwrap()
    };
    assert!(page.contains("<dt>documents</dt><dd>10</dd>"), "8 and 2");
    assert!(
        page.contains("it is summarised under each budget: 1 sentence, 2 sentences.")
    );
    for format in ["--text", "--markdown", "--latex"] {
        let text = story.does(&format!("report r {format}")).succeeds().stdout;
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for wanted in [
            "2 corpora under several budgets (1 sentence, 2 sentences), rouge-1, ",
            "every corpus under each of its budgets has the same weight",
        ] {
            assert!(words.contains(wanted), "{wanted}: {text}");
        }
        assert!(!words.contains("4 corpora"), "{text}");
    }
}

#[test]
fn figures_are_files_that_need_nothing_else() {
    let story = run();
    let paths = story
        .does("report r --figures out --metric rouge-1 --budget 1*")
        .succeeds()
        .stdout;
    let names: Vec<&str> = paths.lines().collect();
    for name in [
        "out/eight@1s-summaries-rouge-1-means.svg",
        "out/eight@1s-summaries-rouge-1-wins.svg",
        "out/two@1s-summaries-rouge-1-ranks.svg",
        "out/corpora-summaries-rouge-1-ranks.svg",
    ] {
        assert!(names.contains(&name), "{name}: {paths}");
        let svg = std::fs::read_to_string(story.path(name)).unwrap();
        for text in [
            "<svg xmlns=\"http://www.w3.org/2000/svg\"",
            "<title id=\"title\">",
            "<desc id=\"about\">",
            "prefers-color-scheme: dark",
        ] {
            assert!(svg.contains(text), "{name}: {text}");
        }
        assert!(!svg.contains("var(") && !svg.contains("url("), "{svg}");
    }
    assert!(!paths.contains("speed"), "nothing was timed: {paths}");
    story.does("report r --figures out --text").fails(
        2,
        "the argument '--figures <FOLDER>' cannot be used with '--text'",
    );
}
