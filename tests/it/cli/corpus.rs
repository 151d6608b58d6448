//! `epitome corpus`, and corpora by name.

use super::story::epitome;

const ARTICLES: &str = "id,article,highlights\n\
    a,\"The river rose. The bridge closed. Shops stayed shut. It fell.\",The bridge closed.\n\
    b,\"A whale came. Crowds watched the whale. It left at night.\",A whale came.\n\
    c,short row\n";

#[test]
fn a_table_is_imported_run_by_name_and_its_bad_row_is_said() {
    let story = epitome().file("raw/test.csv", ARTICLES);
    let outcome = story.does("corpus add news raw").succeeds();
    assert!(
        outcome.stdout.contains("test: 2 records, 2 summaries"),
        "{}",
        outcome.stdout
    );
    let outcome = outcome.says("row 3: 2 cells, not 3");
    assert!(
        outcome.stderr.contains("1 warnings in all"),
        "{}",
        outcome.stderr
    );
    story.does("corpus verify news").succeeds();
    story
        .does("run --corpus news:test --system lead --metric rouge-1 --quiet")
        .succeeds();
    assert!(story.result("scores.csv").contains("news-test,a,lead"));
}

#[test]
fn a_changed_corpus_is_refused_by_name_unless_it_is_allowed() {
    let story = epitome().file("raw/test.csv", ARTICLES);
    story.does("corpus add news raw").succeeds();
    let path = story.path("corpora/news/test.jsonl");
    let text = std::fs::read_to_string(&path)
        .unwrap()
        .replace("river", "stream");
    std::fs::write(&path, text).unwrap();
    let run = "run --corpus news --system lead --metric rouge-1 --quiet";
    let outcome = story.does(run);
    assert_eq!(outcome.code, 2, "{}", outcome.stderr);
    outcome.says("the corpus `news:test` has changed since it was imported");
    story.does(&format!("{run} --allow-drift")).succeeds();
    assert_eq!(story.does("corpus verify").code, 2);
}

#[test]
fn parts_samples_languages_and_lengths_are_taken() {
    let story = epitome();
    let count = |arguments: &str| {
        let story = epitome();
        // the short ones are in scripts that rouge-1 cannot read
        let metric = "rouge-1(profile=unicode)";
        story
            .does(&format!(
                "run {arguments} --system lead --metric {metric} --quiet"
            ))
            .succeeds();
        let scores = story.result("scores.csv");
        scores.lines().skip(1).count()
    };
    assert_eq!(count("--corpus sampler[0..4]"), 4);
    assert_eq!(count("--sample 5 --seed 7"), 5);
    let german = count("--language de");
    assert!((1..10).contains(&german), "{german}");
    let (short, long) = (count("--where words<200"), count("--where words>=200"));
    assert_eq!(short + long, count(""));
    let outcome = story.does("run --where pages<3");
    assert_eq!(outcome.code, 2);
    outcome.says("`pages` is none of words, bytes, summaries, keyphrases");
}

#[test]
fn derived_corpora_stand_beside_their_originals() {
    let story = epitome();
    story
        .does(
            "run --corpus sampler[0..6] --corpus sampler[0..6]+shuffled \
             --corpus sampler[0..6]+noisy(rate=0.1) --system lead --metric rouge-1 --quiet",
        )
        .succeeds();
    let leaderboard = story.result("leaderboard.csv");
    for name in ["sampler,", "sampler-shuffled,", "sampler-noisy-rate-0.1,"] {
        assert!(leaderboard.contains(name), "{leaderboard}");
    }
    let outcome = story.does("run --corpus sampler+shufled");
    assert_eq!(outcome.code, 2);
    outcome.says("no perturbation is called `shufled`");
}

#[test]
fn what_cannot_be_imported_is_refused_in_words() {
    let story = epitome()
        .file("empty/readme.md", "nothing")
        .file("alone/documents/a.txt", "A text.")
        .file("cut.zip", "PK\u{3}\u{4}");
    let refusal = |arguments: &str| {
        let outcome = story.does(arguments);
        assert_eq!(outcome.code, 2, "{}", outcome.stderr);
        outcome.stderr
    };
    assert!(refusal("corpus add x empty").contains("none of the known formats fits"));
    let missing = refusal("corpus add x alone");
    assert!(missing.contains("not one reference"), "{missing}");
    assert!(refusal("corpus add x cut.zip").contains("not a readable zip archive"));
    assert!(refusal("corpus add x nowhere").contains("nowhere: No such file"));
    assert!(refusal("corpus add ../x empty --format table").contains("names no corpus"));
    assert!(
        refusal("run --corpus cnndm:test").contains("`epitome corpus add cnndm PATH`")
    );
    assert!(!story.path("corpora/x/all.jsonl").exists());
}

/// A line of a corpus with two references by people who nearly agree.
fn line(id: &str, text: &str) -> String {
    format!(
        r#"{{"id":"{id}","text":"{text}","summaries":["A whale came.","A whale left."],"keyphrases":["whale","deep sea"]}}"#
    ) + "\n"
}

#[test]
fn a_corpus_is_described_and_its_repeated_texts_are_found() {
    let whale = "A whale came to town. Crowds watched it. It left at night.";
    let train = [line("a", whale), line("b", "The river rose. It fell.")].concat();
    let same_words = "A whale came to town! Crowds watched it; it left at night.";
    let trial = [line("c", "Snow fell."), line("d", same_words)].concat();
    let story = epitome()
        .file("train.jsonl", train)
        .file("trial.jsonl", trial);
    let stats = "corpus stats one=train.jsonl two=trial.jsonl";
    let shown = story.does(stats).succeeds().stdout;
    assert!(shown.contains("repeated from one: 1\n  d = a\n"), "{shown}");

    let table = story.does(&format!("{stats} --csv")).succeeds().stdout;
    let row = |corpus: &str, quantity: &str| -> Vec<String> {
        let start = format!("{corpus},{quantity},");
        let line = table
            .lines()
            .find(|line| line.starts_with(&start))
            .expect(&start);
        line.split(',').map(str::to_owned).collect()
    };
    // n, sum, mean
    assert_eq!(row("one", "repeated")[2..5], ["2", "0.0", "0.0"]);
    assert_eq!(row("two", "repeated-from-one")[2..5], ["2", "1.0", "0.5"]);
    assert_eq!(row("one", "words")[2..5], ["2", "17.0", "8.5"]);
    // two of three words, both ways
    let human: f64 = row("one", "human-rouge-1")[4].parse().unwrap();
    assert!((human - 2.0 / 3.0).abs() < 1e-12, "{human}");
    // of `whale` and `deep sea` the first stands in one text of two
    assert_eq!(row("one", "keyphrases-present")[4], "0.25");

    let model = story
        .does(&format!("{stats} --json --jobs 3"))
        .succeeds()
        .data()["corpora"]
        .take();
    assert_eq!(model[1]["repeats"][0]["first_document"], "a");
    assert_eq!(model[0]["languages"]["en"], 2);
    story
        .does("corpus stats nowhere.jsonl")
        .fails(2, "no file or folder `nowhere.jsonl`");
    assert_eq!(story.does("corpus stats").code, 5);
}

#[test]
fn an_updated_story_is_nearly_the_one_before_it() {
    let words = |from: usize| (from..from + 90).map(|at| format!("word{at}"));
    let text = |words: &mut dyn Iterator<Item = String>| {
        words.collect::<Vec<_>>().join(" ") + "."
    };
    let first = text(&mut words(0));
    let update = text(&mut words(0).take(80).chain(words(500).take(10)));
    let corpus = [
        line("first", &first),
        line("other", &text(&mut words(200))),
        line("update", &update),
    ];
    let story = epitome().file("news.jsonl", corpus.concat());
    let shown = story.does("corpus stats news.jsonl").succeeds().stdout;
    let wanted =
        "nearly repeated from an earlier document of it: 1\n  update ≈ first (0.";
    assert!(shown.contains(wanted), "{shown}");
    let model = story
        .does("corpus stats news.jsonl --json")
        .succeeds()
        .data()["corpora"]
        .take();
    let likeness = model[0]["repeats"][0]["likeness"].as_f64().unwrap();
    assert!((0.55..0.99).contains(&likeness), "{likeness}");
}

#[test]
fn people_are_a_row_where_they_wrote_several_references() {
    let both = [
        line("a", "A whale came to town. It left at night."),
        r#"{"id":"b","text":"The river rose.","summaries":["The river rose."]}"#.into(),
    ]
    .concat();
    let story = epitome().file("both.jsonl", both);
    story
        .does("run --corpus both.jsonl --metric rouge-1 --metric position --quiet")
        .succeeds();
    let board = story.result("leaderboard.csv");
    let human: Vec<&str> = board
        .lines()
        .find(|line| line.contains(",human,rouge-1,"))
        .unwrap()
        .split(',')
        .collect();
    // mean, documents, ranks
    assert!(human[4].starts_with("0.666"), "{board}");
    assert_eq!([human[7], human[10], human[11]], ["1", "", ""]);
    assert!(!story.result("comparisons.csv").contains("human"));
    assert!(
        story
            .result("scores.csv")
            .contains("b,human,3 sentences,rouge-1,,,,no reference")
    );

    // another metric is of the references again, and not of what was stored
    let folder = super::story::only_child(&story.path("results"));
    story
        .does(&format!(
            "score --run {} --metric rouge-l",
            folder.display()
        ))
        .succeeds();
    let board = story.result("leaderboard.csv");
    assert!(
        board
            .lines()
            .any(|line| line.contains(",human,rouge-l,") && line.contains(",0.666")),
        "{board}"
    );
}

#[test]
fn averages_over_corpora_count_corpora_or_documents_the_same() {
    let document = |id: u32, summary: &str| {
        format!(
            "{{\"id\":\"{id}\",\"text\":\"Red fox.\",\"summaries\":[\"{summary}\"]}}\n"
        )
    };
    let story = epitome().file("one.jsonl", document(1, "Red fox.")).file(
        "three.jsonl",
        [2, 3, 4].map(|id| document(id, "No word")).concat(),
    );
    let run = "run --corpus one.jsonl --corpus three.jsonl --system lead --system tail --metric rouge-1";
    let shown = story.does(run).succeeds().stdout;
    assert!(
        shown.contains("2 corpora, 3 sentences, rouge-1, %"),
        "{shown}"
    );
    let across = story.result("across.csv");
    let header: Vec<&str> = across.lines().next().unwrap().split(',').collect();
    let row = across
        .lines()
        .find(|line| line.starts_with("rouge-1,,2,lead,"))
        .unwrap();
    let of = |name: &str| {
        let at = header.iter().position(|column| *column == name).unwrap();
        row.split(',').nth(at).unwrap()
    };
    // 1 on one document, 0 on three
    assert_eq!([of("mean"), of("micro_mean")], ["0.5", "0.25"]);
}

#[test]
fn what_is_known_can_be_listed_and_shown() {
    let story = epitome();
    let list = story.does("corpus list").succeeds().stdout;
    assert!(list.lines().count() > 30, "{list}");
    assert!(
        list.lines().any(|line| line.starts_with("inspec ")),
        "{list}"
    );
    let shown = story.does("corpus show inspec").succeeds().stdout;
    assert!(shown.contains("Hulth (2003)"), "{shown}");
    assert!(
        story
            .does("corpus formats")
            .succeeds()
            .stdout
            .contains("cnndm-stories")
    );
    assert_eq!(story.does("corpus show inspek").code, 2);
}

#[test]
fn json_of_several_lines_and_pairs_of_lines_are_imported() {
    let record = r#"{
  "article": "The river rose. It fell.",
  "highlights": "The river rose."
}"#;
    let story = epitome()
        .file("pretty.json", format!("{record}\n{record}\n"))
        .file(
            "wrapped.json",
            format!("{{\"version\": 1, \"data\": [{record}]}}"),
        )
        .file(
            "pairs/test.source",
            "The river rose. It fell.\nA whale came.\n",
        )
        .file("pairs/test.target", "The river rose.\nA whale.\n");
    for (name, path, records) in [
        ("a", "pretty.json", "all: 2 records, 2 summaries"),
        ("b", "wrapped.json", "all: 1 records, 1 summaries"),
        ("c", "pairs", "test: 2 records, 2 summaries"),
    ] {
        let added = story.does(&format!("corpus add {name} {path}")).succeeds();
        assert!(added.stdout.contains(records), "{path}: {}", added.stdout);
    }
}

#[test]
fn papers_are_imported_as_their_authors_distribute_them() {
    let paper = r#"{"article_id": "p1", "article_text": ["the river rose .", "it fell ."], "abstract_text": ["<S> a flood . </S>", "<S> it ended . </S>"], "section_names": ["a"]}"#;
    let story = epitome()
        .file("pubmed-dataset/test.txt", format!("{paper}\n"))
        .file("pubmed-dataset/val.txt", paper.replace("p1", "p2"))
        .file("pubmed-dataset/vocab", "the 2\n");

    let added = story.does("corpus add pubmed pubmed-dataset").succeeds();
    for part in ["test: 1 records, 1 summaries", "validation: 1 records"] {
        assert!(added.stdout.contains(part), "{}", added.stdout);
    }
    let records =
        std::fs::read_to_string(story.path("corpora/pubmed/test.jsonl")).unwrap();
    let record: serde_json::Value = serde_json::from_str(&records).unwrap();
    assert_eq!(record["text"], "the river rose .\nit fell .");
    assert_eq!(record["summaries"][0], "a flood .\nit ended .");
}

#[test]
fn a_paper_of_json_is_read_from_a_text_file() {
    let paper = r#"{"article_id": "p1", "article_text": ["the river rose .", "it fell ."], "abstract_text": ["<S> a flood . </S>"]}"#;
    let story = epitome().file("test.txt", format!("{paper}\n"));
    let run = story.does(
        "run --corpus test.txt --sentences 1 --system lead --metric rouge-1 --name r",
    );
    run.succeeds();
    let extracts = story.result("extracts.jsonl");
    assert!(extracts.contains("the river rose ."), "{extracts}");
    assert!(extracts.contains("\"document\":\"p1\""), "{extracts}");
}

#[test]
fn a_folder_of_records_is_not_taken_for_texts() {
    let story =
        epitome().file("papers/test.txt", "{\"article_text\": [\"it rose .\"]}\n");
    let refused = story.does("run --corpus papers --sentences 1 --system lead");
    assert_eq!(refused.code, 2, "{}", refused.stderr);
    assert!(
        refused
            .stderr
            .contains("papers/test.txt: it has records of JSON"),
        "{}",
        refused.stderr
    );
}

#[test]
fn the_sampler_has_the_name_that_it_is_given() {
    let story = epitome();
    let run =
        "run --corpus a=sampler[0..5] --corpus b=sampler[5..9] --system lead --name r";
    story.does(run).succeeds();
    let leaderboard = story.result("leaderboard.csv");
    let corpora: Vec<&str> = leaderboard
        .lines()
        .skip(1)
        .filter_map(|line| line.split(',').next())
        .collect();
    assert!(
        corpora.contains(&"a") && corpora.contains(&"b"),
        "{leaderboard}"
    );
}
