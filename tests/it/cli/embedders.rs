//! `--embedder`: tables of vectors that systems and metrics name.

use super::story::{Story, TWO_STORIES, epitome};

const WORDS: &str = "river 1 0.2 0\nbridge 0.9 -0.3 0.1\nstone 0.1 1 -0.4\nwhale -0.5 0 0.7\nharbour 0 -0.8 0.3\n";

/// Two stories and a table of words in a folder.
fn story() -> Story {
    epitome()
        .file("two.jsonl", TWO_STORIES)
        .file("words.txt", WORDS)
}

#[test]
fn a_run_records_the_embedder_that_its_systems_name() {
    let story = story();
    let run = |jobs: usize, name: &str| {
        let command = format!(
            "run --corpus two.jsonl --embedder tiny=static:words.txt --jobs {jobs} --name {name} \
             --system key-bert(embedder=tiny) --system embed-rank(embedder=tiny) -q"
        );
        story.does(&command).succeeds();
        std::fs::read_to_string(story.path(&format!("results/{name}/extracts.jsonl")))
            .unwrap()
    };
    let extracts = run(1, "one");
    assert_eq!(extracts, run(4, "four"), "at any number of threads");
    assert!(extracts.contains("|embedder:tiny"), "{extracts}");

    let manifest =
        std::fs::read_to_string(story.path("results/one/manifest.json")).unwrap();
    assert!(
        manifest.contains("\"embedder tiny words:5,width:3,blake3:"),
        "{manifest}"
    );
    assert!(manifest.contains("\"name\": \"tiny\""), "{manifest}");
}

#[test]
fn other_vectors_are_another_run() {
    let folder = |words: &str| {
        let story = story().file("words.txt", words);
        let command = "run --corpus two.jsonl --embedder tiny=static:words.txt --system \
                       key-bert(embedder=tiny) -q";
        story.does(command).succeeds();
        super::story::only_child(&story.path("results"))
            .file_name()
            .unwrap()
            .to_owned()
    };
    assert_eq!(folder(WORDS), folder(WORDS));
    assert_ne!(folder(WORDS), folder(&WORDS.replace("0.9", "0.8")));
}

#[test]
fn without_named_systems_those_on_an_embedder_run_once_with_each() {
    let story = story();
    let matrix = |embedders: &str| {
        let command = format!("run --corpus two.jsonl {embedders} --dry-run --json");
        story.does(&command).succeeds().stdout
    };
    assert!(!matrix("").contains("key-bert"));
    let both = matrix("--embedder a=static:words.txt --embedder b=static:words.txt");
    for system in ["key-bert(embedder=a)", "key-bert(embedder=b)"] {
        assert!(both.contains(system), "{both}");
    }
}

#[test]
fn an_experiment_file_has_embedders_relative_to_itself() {
    let file = "systems = [\"key-bert(embedder=tiny)\"]\n[corpora]\ntwo = \"two.jsonl\"\n\
                [embedders]\ntiny = \"static:words.txt\"\n";
    let story = epitome()
        .file("suite/two.jsonl", TWO_STORIES)
        .file("suite/words.txt", WORDS)
        .file("suite/e.toml", file);
    story.does("run suite/e.toml --name r -q").succeeds();
    story
        .does("run results/r/experiment.toml")
        .succeeds()
        .says("2 documents were there already");

    let story = story.file("suite/e.toml", file.replace("words.txt", "none.txt"));
    story.does("run suite/e.toml").fails(
        2,
        "suite/e.toml:5: suite/none.txt: No such file or directory (os error 2)",
    );
    let story = story.file("suite/e.toml", file.replace("static:", ""));
    story.does("run suite/e.toml").fails(
        2,
        "suite/e.toml:5: `tiny=words.txt` is no embedder: it has no kind, such as `static:`",
    );
}

#[test]
fn an_embedder_that_is_not_given_is_an_error() {
    let story = story();
    let key_bert = "keywords two.jsonl --system key-bert(embedder=mini)";
    story
        .does("run --corpus two.jsonl --system key-bert(embedder=mini)")
        .fails(2, "`key-bert`: `embedder`: no embedder is called `mini`")
        .says("hint: `--embedder NAME=static:FOLDER` gives one");
    story
        .does("run --corpus two.jsonl --system key-bert --embedder tiny=static:words.txt")
        .fails(
            2,
            "`key-bert` needs an embedder, by its parameter `embedder`",
        )
        .says("hint: there is `tiny`");
    story
        .file("one.txt", "A whale swam into the harbour.")
        .does(&key_bert.replace("two.jsonl", "one.txt"))
        .fails(2, "`key-bert`: `embedder`: no embedder is called `mini`");
}

#[test]
fn a_broken_table_is_refused_by_its_line() {
    let refused = |words: &str, message: &str| {
        story()
            .file("words.txt", words)
            .does("run --corpus two.jsonl --embedder tiny=static:words.txt")
            .fails(2, message);
    };
    refused(
        "river 1 2\nbridge 1\n",
        "words.txt:2: 1 numbers, and 2 in the lines before",
    );
    refused("river 1 nan\n", "words.txt:1: `nan` is no finite number");
    refused("", "words.txt: the table has no words");
    refused(
        "river\nbridge\n",
        "words.txt:1: no word with numbers after it",
    );
    refused(
        "3 2\nriver 1 2\nbridge 1 2\n",
        "words.txt: 2 words, and 3 by its first line",
    );
    story()
        .does("run --corpus two.jsonl --embedder tiny=static:.")
        .fails(2, ".: 0 `.safetensors` files, and one is the table");
}

#[test]
fn one_text_has_keyphrases_by_their_vectors() {
    let text = "The whale left the harbour. The whale was young.";
    let found = epitome()
        .file("words.txt", WORDS)
        .file("one.txt", text)
        .does("keywords one.txt --embedder t=static:words.txt --system key-bert(embedder=t)")
        .succeeds();
    assert_eq!(found.stdout, "whale\nharbour\n");
}

#[test]
fn a_run_is_measured_by_vectors_and_read_without_them() {
    let story = story();
    let run = "run --corpus two.jsonl --embedder tiny=static:words.txt --name r -q \
               --system lead --system tf-idf --metric bert-score(embedder=tiny) \
               --metric keyphrase-semantic(embedder=tiny,at=2)";
    story
        .does(run)
        .succeeds()
        .writes("bert-score(embedder=tiny)");
    // stored statistics need no vectors
    story.does("report r -q").succeeds();
    story.does("compare r -q").succeeds();
    story
        .does("worst r tf-idf lead --metric bert-score(embedder=tiny)")
        .succeeds();

    let without = run.replace("--embedder tiny=static:words.txt", "");
    story
        .does(&without)
        .fails(2, "`bert-score`: `embedder`: no embedder is called `tiny`");
}

#[test]
fn a_stored_run_is_scored_by_vectors() {
    let story = story();
    story
        .does("run --corpus two.jsonl --name r -q --system lead --system tail --metric rouge-1")
        .succeeds();
    let add = "score --run r --metric bert-score(embedder=tiny)";
    story
        .does(add)
        .fails(2, "`bert-score`: `embedder`: no embedder is called `tiny`");
    story
        .does(&format!("{add} --embedder tiny=static:words.txt"))
        .succeeds()
        .writes("bert-score(embedder=tiny)");
    let manifest =
        std::fs::read_to_string(story.path("results/r/manifest.json")).unwrap();
    assert!(
        manifest.contains("\"signature\": \"words:5,width:3,blake3:"),
        "{manifest}"
    );
    story.does("report r -q").succeeds();
}

#[test]
fn texts_are_scored_by_vectors() {
    let pairs = r#"{"id":"a","candidate":"the river","references":["the river bridge"]}
{"id":"b","candidate":"","references":["the river"]}
{"id":"c","candidate":"ships","references":["the river"]}
"#;
    let found = story()
        .file("pairs.jsonl", pairs)
        .does("score pairs.jsonl --per-document --embedder t=static:words.txt --metric bert-score(embedder=t)")
        .succeeds()
        .stdout;
    let rows: Vec<&str> = found.lines().collect();
    assert!(
        rows[1].starts_with("a,bert-score(embedder=t),1,0.9"),
        "{found}"
    );
    assert_eq!(rows[2], "b,bert-score(embedder=t),0,0,0");
    assert_eq!(rows[3], "c,bert-score(embedder=t),0,0,0");
}

#[test]
fn a_signature_finds_the_embedder_that_has_its_vectors() {
    let story = story().file(
        "pairs.jsonl",
        r#"{"candidate":"the river","references":["the river bridge"]}"#,
    );
    let signed = story
        .does("score pairs.jsonl --json --embedder t=static:words.txt --metric bert-score(embedder=t)")
        .succeeds()
        .data();
    let signature = &signed["scores"]["bert-score(embedder=t)"]["signature"];
    let signature = signature.as_str().unwrap();

    let score = |embedder: &str| {
        story.does_words(&[
            "score",
            "pairs.jsonl",
            "--embedder",
            embedder,
            "--metric",
            signature,
        ])
    };
    score("other=static:words.txt")
        .succeeds()
        .writes("bert-score(embedder=other)");
    story
        .does_words(&["explain", signature])
        .succeeds()
        .writes("vectors are of a table or model");

    let story = story.file("else.txt", "river 1 2\n");
    story
        .does_words(&[
            "score",
            "pairs.jsonl",
            "--embedder",
            "t=static:else.txt",
            "--metric",
            signature,
        ])
        .says(
            "error: `bert-score`: no embedder has the vectors `words:5,width:3,blake3:",
        );
}

#[test]
fn what_a_build_cannot_read_is_said_with_its_feature() {
    let refused = story()
        .does("run --corpus two.jsonl --embedder m=onnx:models")
        .stderr;
    match cfg!(feature = "onnx") {
        true => assert!(refused.contains("model.onnx: No such file"), "{refused}"),
        false => assert!(
            refused.contains("built without models in the format ONNX\nhint: `cargo build --features onnx`"),
            "{refused}"
        ),
    }
}
