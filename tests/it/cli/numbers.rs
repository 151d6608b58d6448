//! Numbers say what they are: unit, corpus, budget, documents, program.

use std::{collections::BTreeSet, fs};

use super::story::{Story, TWO_STORIES, epitome};

/// Documents of which `lead` picks the reference, and `tail` does not.
fn news(count: usize) -> String {
    let line = |at: usize| {
        format!(
            r#"{{"id":"d{at}","lang":"en","text":"The river {at} rose by night. Boats left port. Nobody saw bridge {}.","summaries":["The river {at} rose."]}}"#,
            at % 5
        )
    };
    (0..count).map(|at| line(at) + "\n").collect()
}

fn rows(csv: &str) -> Vec<csv::StringRecord> {
    csv::Reader::from_reader(csv.as_bytes())
        .records()
        .map(|it| it.unwrap())
        .collect()
}

/// The columns of a table by name, row by row.
fn columns(csv: &str, names: &[&str]) -> Vec<Vec<String>> {
    let header: Vec<&str> = csv.lines().next().unwrap().split(',').collect();
    let at = |name: &&str| header.iter().position(|column| column == name).unwrap();
    let at: Vec<usize> = names.iter().map(at).collect();
    let row = |row: &csv::StringRecord| at.iter().map(|&at| row[at].to_owned()).collect();
    rows(csv).iter().map(row).collect()
}

fn read(story: &Story, path: &str) -> String {
    fs::read_to_string(story.path(path)).unwrap()
}

const BENCH: &str = "--samples 10 --warm-up-ms 1 --measurement-ms 10";

#[test]
fn only_shares_are_in_percent() {
    let metrics =
        "--metric rouge-1 --metric words --metric compression --metric js-divergence";
    let story = epitome().file("news.jsonl", news(8));
    let run =
        format!("run --corpus news.jsonl --system lead --sentences 1 {metrics} --name r");
    let shown = story.does(&run).succeeds();
    // 6 words of the 13 of the text
    assert!(shown.stdout.contains("6.00 ±0.00"), "{}", shown.stdout);
    assert!(!shown.stdout.contains("600.00"), "{}", shown.stdout);
    let words = shown.words();
    assert!(
        words.contains("compression, ratio") && words.contains("js-divergence, bits")
    );
    assert!(words.contains("rouge-1 in %, not stemmed"), "{words}");
    let found = columns(
        &read(&story, "results/r/leaderboard.csv"),
        &["metric", "unit"],
    );
    let of = |row: &[&str]| row.iter().map(|&text| text.to_owned()).collect::<Vec<_>>();
    assert_eq!(found[0], of(&["rouge-1", "share"]));
    assert_eq!(found[1], of(&["words", "words"]));
    assert_eq!(found[2], of(&["compression", "ratio"]));
    assert_eq!(found[3], of(&["js-divergence", "bits"]));

    for format in ["--markdown", "--latex"] {
        let drawn = story.does(&format!("report r {format}")).succeeds().stdout;
        assert!(
            drawn.contains("6.00") && !drawn.contains("600.00"),
            "{drawn}"
        );
    }
    story.does("report r").succeeds();
    let page = read(&story, "results/r/report.html");
    assert!(
        page.contains("compression<small>, ratio</small>") && !page.contains("600.00")
    );
}

#[test]
fn differences_and_gates_are_in_the_unit_of_the_metric() {
    let story = epitome().file("news.jsonl", news(12));
    story
        .does("run --corpus news.jsonl --system lead --system tail --sentences 1 --metric words --name r")
        .succeeds();
    let compared = story.does("compare r lead tail").succeeds();
    assert!(
        compared.words().contains("differences in words, n = 12"),
        "{}",
        compared.stdout
    );
    // 6 words against 4
    assert!(compared.stdout.contains("+2.00"), "{}", compared.stdout);
    let gate = |gate: &str| {
        story
            .does_words(&["compare", "r", "lead", "tail", "--gate", gate])
            .code
    };
    assert_eq!([gate("words > 1.5"), gate("words > 2.5")], [0, 1]);
}

#[test]
fn a_row_of_a_leaderboard_has_a_key_among_several_runs() {
    let story = epitome().file("two.jsonl", TWO_STORIES);
    let plan = "run --corpus two.jsonl --system lead --system tail --metric rouge-1";
    for (name, more) in [
        ("a", "--words 10"),
        ("b", "--words 20"),
        ("c", "--words 20 --lang en --seed 2"),
        ("d", "--words 20 --metric rouge-2"), // differs from b in its metrics only
    ] {
        story
            .does(&format!("{plan} {more} --name {name}"))
            .succeeds();
    }
    let key = ["run", "corpus", "budget", "system", "metric"];
    let keys = |file: &str, key: &[&str]| -> (usize, usize) {
        let files = ["a", "b", "c", "d"]
            .map(|run| read(&story, &format!("results/{run}/{file}.csv")));
        let all: Vec<Vec<String>> =
            files.iter().flat_map(|file| columns(file, key)).collect();
        (all.len(), all.iter().collect::<BTreeSet<_>>().len())
    };
    assert_eq!(keys("leaderboard", &key), (10, 10));
    let of_pairs = ["run", "corpus", "budget", "metric", "a", "b"];
    assert_eq!(keys("comparisons", &of_pairs), (5, 5));
    assert_eq!(
        keys("across", &["run", "corpus", "metric", "system"]),
        (10, 10)
    );

    let drawn = columns(&story.does("report a b c --csv").succeeds().stdout, &key);
    assert_eq!(drawn.iter().collect::<BTreeSet<_>>().len(), 6);
    let text = story.does("report a b --text").succeeds().stdout;
    assert!(
        text.contains("two, 10 words, n = 2") && text.contains("two, 20 words, n = 2")
    );

    // a metric that is added later makes the name that it would have made from the start
    story.does("score --run b --metric rouge-2").succeeds();
    let names = ["b", "d"].map(|run| {
        columns(
            &read(&story, &format!("results/{run}/leaderboard.csv")),
            &["run"],
        )
    });
    assert_eq!(names[0], names[1]);
}

#[test]
fn ranks_are_there_where_less_is_better() {
    let story = epitome().file("news.jsonl", news(9));
    story
        .does("run --corpus news.jsonl --system lead --system longest --sentences 2 --metric js-divergence --name r")
        .succeeds();
    let board = read(&story, "results/r/leaderboard.csv");
    let found = columns(&board, &["mean", "rank_low", "rank_high"]);
    let mean = |at: usize| found[at][0].parse::<f64>().unwrap();
    let (best, worst) = if mean(0) < mean(1) { (0, 1) } else { (1, 0) };
    assert_eq!(
        (found[best][1].as_str(), found[worst][2].as_str()),
        ("1", "2"),
        "{board}"
    );
}

#[test]
fn without_resamples_there_is_no_interval() {
    let story = epitome().file("news.jsonl", news(5));
    let run = "run --corpus news.jsonl --system lead --metric rouge-1 --resamples 0";
    let shown = story.does(run).succeeds().stdout;
    assert!(!shown.contains('±'), "{shown}");
}

#[test]
fn tables_fit_the_terminal_and_say_what_they_leave_out() {
    let story = epitome().file("news.jsonl", news(12));
    let systems = "--system lead --system tail --system text-rank(damping=0.9)";
    let metrics = "--metric rouge-1 --metric rouge-2 --metric rouge-l --metric chrf --metric words --metric density";
    for command in [
        format!(
            "run --corpus news.jsonl {systems} --system oracle {metrics} --name r --quiet"
        ),
        "compare r".to_owned(),
        "report r --text".to_owned(),
        "corpus list".to_owned(),
        "corpus stats news.jsonl".to_owned(),
    ] {
        let shown = story.does(&command);
        let too_wide = shown.stdout.lines().find(|line| line.chars().count() > 80);
        assert_eq!(
            too_wide, None,
            "{command}: {}{}",
            shown.stdout, shown.stderr
        );
        assert!(!shown.stdout.is_empty(), "{command}: {}", shown.stderr);
    }
    let board = story.does("report r --text").succeeds().words();
    assert!(
        board.contains("left out to fit 80 columns: letters, length"),
        "{board}"
    );
}

#[test]
fn the_best_system_is_named_in_words_and_no_reference_is() {
    let story = epitome().file("news.jsonl", news(30));
    let run = "run --corpus news.jsonl --system lead --system tail --system oracle --sentences 1 --metric rouge-1 --name r";
    let said = "by rouge-1 `lead` is best; every other system is shown to be worse";
    assert!(story.does(run).succeeds().words().contains(said));
    for format in ["--markdown", "--latex", "--json"] {
        let drawn = story.does(&format!("report r {format}")).succeeds().stdout;
        let drawn = drawn.replace(['`', '\\'], "");
        // notes of LaTeX are sentences
        let drawn = drawn.replace("By rouge-1", "by rouge-1");
        assert!(
            drawn.contains("by rouge-1 lead is best"),
            "{format}: {drawn}"
        );
    }
    story.does("report r").succeeds();
    let page = read(&story, "results/r/report.html");
    assert!(
        page.contains(
            "By rouge-1 lead is best; every other system is shown to be worse."
        )
    );
}

#[test]
fn the_system_that_is_called_as_the_program_is_timed_too() {
    let story = epitome().file("news.jsonl", news(4));
    let on = "--corpus news.jsonl --system epitome --system lead --name r";
    story.does(&format!("run {on}")).succeeds();
    story.does(&format!("bench {on} {BENCH} -q")).succeeds();
    for row in columns(&story.result("leaderboard.csv"), &["system", "docs_per_s"]) {
        assert!(row[1].parse::<f64>().is_ok(), "{row:?}");
    }
}

#[test]
fn a_bench_joins_the_run_of_its_systems_whatever_they_were_measured_by() {
    let story = epitome().file("news.jsonl", news(4));
    let systems = "--corpus news.jsonl --system lead --system tail --system oracle";
    story
        .does(&format!("run {systems} --metric rouge-1"))
        .succeeds();
    let bench = story.does(&format!(
        "bench --corpus news.jsonl --system tail {BENCH} -q"
    ));
    let bench = bench.succeeds();
    assert_eq!(bench.stderr, "", "quiet");
    assert!(!bench.stdout.contains("Benchmarking") && !bench.stdout.contains("elem/s"));
    let timed = columns(&story.result("timings.csv"), &["system"]);
    assert_eq!(timed, [["(analysis)"], ["tail"]]);

    // the rest of the systems joins, and the oracle is in nobody's place
    let all = "--system lead --system oracle --system tail";
    story
        .does(&format!("bench --corpus news.jsonl {all} {BENCH} -q"))
        .succeeds();
    let timed = columns(&story.result("timings.csv"), &["system"]);
    assert_eq!(timed, [["(analysis)"], ["lead"], ["tail"]]);
    let names = ["system", "docs_per_s", "total_docs_per_s"];
    for row in columns(&story.result("leaderboard.csv"), &names) {
        let known = row[1..].iter().filter_map(|text| text.parse::<f64>().ok());
        let known: Vec<f64> = known.collect();
        match row[0].as_str() {
            "oracle" => assert!(known.is_empty()),
            _ => assert!(known[1] > 0.0 && known[1] < known[0], "{row:?}"),
        }
    }
    assert!(
        story
            .does("report --text")
            .succeeds()
            .stdout
            .contains("docs/s")
    );
}

#[test]
fn a_bench_of_other_documents_or_budgets_joins_no_run() {
    let story = epitome().file("news.jsonl", news(6));
    story
        .does("run --corpus news.jsonl --system lead --sentences 1 --metric rouge-1 --name r")
        .succeeds();
    let bench = |plan: &str| {
        story.does(&format!("bench {plan} --system lead {BENCH} -q --name r"))
    };
    bench("--corpus news=news.jsonl[0..3] --sentences 1").fails(
        4,
        "results/r: its run is not what is timed: its corpus `news` holds other documents",
    );
    bench("--corpus news.jsonl --sentences 2").fails(
        4,
        "results/r: its run is not what is timed: the budget of `lead` is 1 sentence there, and 2 sentences here",
    );
    assert!(!story.path("results/r/timings.csv").exists());

    // timings of another build are not those of the run
    bench("--corpus news.jsonl --sentences 1").succeeds();
    let timings = story.path("results/r/timings.csv");
    let text = fs::read_to_string(&timings).unwrap();
    let build = columns(&text, &["build"])[1][0].clone();
    fs::write(&timings, text.replace(&build, "another")).unwrap();
    story
        .does("run --corpus news.jsonl --system lead --sentences 1 --metric rouge-1 --name r")
        .succeeds();
    let speeds = columns(&read(&story, "results/r/leaderboard.csv"), &["docs_per_s"]);
    assert_eq!(speeds, [[""]]);
}

#[test]
fn a_field_that_is_not_read_is_named_where_nothing_was_measured() {
    let story = epitome().file(
        "one.jsonl",
        r#"{"id":"a","text":"The river rose. Boats left.","gist":"The river rose.","page":7}"#,
    );
    story
        .does("run --corpus one.jsonl --system lead --metric rouge-1")
        .fails(
            5,
            "nothing was measured: no document of one has what the metrics need: no `summaries`",
        )
        .says("hint: the records have `gist`, which is not read: `--columns summaries=FIELD`");
}

#[test]
fn outputs_do_not_take_the_place_of_a_system() {
    let story = epitome()
        .file("two.jsonl", TWO_STORIES)
        .file("o.jsonl", "{\"id\":\"flood\",\"text\":\"A river.\"}\n");
    for given in [
        "--outputs lead=o.jsonl",
        "--plugin yake=cat",
        "--outputs oracle=o.jsonl",
    ] {
        let (_, name) = given.split_once(' ').unwrap();
        let (name, _) = name.split_once('=').unwrap();
        story
            .does(&format!("run --corpus two.jsonl --system lead {given}"))
            .fails(2, &format!("`{name}` is a built-in system"));
    }
}

#[test]
fn a_corpus_is_replaced_only_when_asked() {
    let story = epitome().file("a.jsonl", news(3)).file("b.jsonl", news(2));
    story.does("corpus add mine a.jsonl").succeeds();
    story
        .does("corpus add mine b.jsonl")
        .fails(2, "a corpus `mine` of 3 records was imported before")
        .says("hint: `--replace` replaces it");
    story.does("corpus add mine b.jsonl --replace").succeeds();
    story
        .does("corpus add mine a.jsonl")
        .fails(2, "a corpus `mine` of 2 records was imported before");
}

#[test]
fn an_unknown_list_is_an_error_with_the_nearest() {
    let story = epitome();
    let listed = |what: &str| story.does(&format!("list {what}"));
    let systems = listed("systems").succeeds().stdout;
    for name in ["lead", "yake", "oracle"] {
        assert!(systems.contains(name), "{systems}");
    }
    assert!(!systems.contains("rouge-1"));
    let one = listed("text-rank").succeeds().stdout;
    assert!(
        one.contains("damping=0.85") && !one.contains("lex-rank "),
        "{one}"
    );
    listed("metrix")
        .fails(2, "no list or entry is called `metrix`")
        .says("hint: did you mean `metrics`?");
}

#[test]
fn a_table_without_rows_is_its_header() {
    let story = epitome().file("two.jsonl", TWO_STORIES);
    story
        .does("run --corpus two.jsonl --system lead --metric rouge-1 --name r")
        .succeeds();
    for file in [
        "comparisons.csv",
        "across.csv",
        "counts.csv",
        "leaving_one_out.csv",
        "notes.csv",
    ] {
        let text = read(&story, &format!("results/r/{file}"));
        assert_eq!(text.lines().count(), 1, "{file}: {text}");
        assert!(
            text.starts_with("corpus,") || text.starts_with("metric,"),
            "{file}: {text}"
        );
    }
}

/// A summary a sentence a line, and its reference with both sentences in one line.
const TOGETHER: &str = r#"{"id":"a","candidate":["The dam broke at dawn, two villages were cleared.","Nobody died."],"references":["Two villages were cleared. The dam broke at dawn. Nobody died."]}"#;

#[test]
fn sentences_in_one_line_are_divided_when_asked_and_said_otherwise() {
    let story = epitome();
    let score =
        |metric: &str| story.reads(TOGETHER, &format!("score - --metric {metric}"));
    let lines = score("rouge-lsum").succeeds();
    // of 11 words the 5 at the start of the first line, and the 2 of the second
    assert_eq!(
        columns(&lines.stdout, &["recall"])[0][0],
        (7.0 / 11.0).to_string()
    );
    lines
        .says("note: `rouge-lsum` takes each line as a sentence: in 1 of 1 pairs")
        .says("hint: `rouge-lsum(split=sentences)` divides both");
    let divided = score("rouge-lsum(split=sentences)").succeeds();
    let found = columns(&divided.stdout, &["value", "signature"]);
    assert_eq!(found[0][0], "1.0");
    assert!(found[0][1].contains("|sentences:uax29|"), "{found:?}");
    assert_eq!(divided.stderr, "");
    assert_eq!(
        score("rouge-l").succeeds().stderr,
        "",
        "it does not look at lines"
    );
}

#[test]
fn a_run_says_that_references_are_in_one_line() {
    let line = r#"{"id":"a","lang":"en","text":"The dam broke at dawn.\nTwo villages were cleared.","summaries":["Two villages were cleared. The dam broke at dawn."]}"#;
    let story = epitome().file("one.jsonl", line);
    let run = |metric: &str| {
        story.does(&format!(
            "run --corpus one.jsonl --system lead --sentences 2 --metric {metric} --name r --fresh"
        ))
    };
    run("rouge-lsum").succeeds().says(
        "note: one: `rouge-lsum` takes each line as a sentence, and 1 of 1 documents have a reference of several sentences in one line",
    );
    let divided = run("rouge-lsum(split=sentences)").succeeds();
    assert!(divided.stdout.contains("100.00"), "{}", divided.stdout);
    assert!(
        !divided.stderr.contains("takes each line"),
        "{}",
        divided.stderr
    );
}

#[test]
fn pairs_that_no_metric_reads_are_not_measured() {
    let pair =
        r#"{"id":"a","candidate":"Река поднялась.","references":["Река поднялась."]}"#;
    let story = epitome();
    story
        .reads(pair, "score - --metric rouge-1")
        .fails(5, "nothing was measured: no metric can read the references")
        .says("hint: `rouge-1(profile=unicode)` reads every script");
    let read = story
        .reads(pair, "score - --metric rouge-1(profile=unicode)")
        .succeeds();
    assert_eq!(columns(&read.stdout, &["value"])[0][0], "1.0");
}
