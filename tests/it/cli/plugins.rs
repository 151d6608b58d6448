//! `epitome run` with systems that are not ours.

use std::{fs, process::Command};

use super::{
    plugin_stories::{
        script,
        system::{RUN, corpus, story},
    },
    story::{TWO_STORIES, epitome},
};

#[test]
fn a_plugin_is_a_system_like_any_other() {
    let story = story(&["", ""]);
    let outcome = story.does(RUN).succeeds();
    assert!(outcome.stdout.contains("hostile"), "{}", outcome.stdout);
    // it picks what lead picks
    let scores = story.result("scores.csv");
    assert_eq!(
        scores
            .lines()
            .find(|line| line.contains(",lead,"))
            .unwrap()
            .replace(",lead,", ",hostile,"),
        scores
            .lines()
            .find(|line| line.contains(",hostile,"))
            .unwrap()
    );
    assert!(
        story
            .result("manifest.json")
            .contains("\"version\": \"hostile 1.0\"")
    );
    let timings = story.result("plugin_timings.csv");
    assert_eq!(
        timings.lines().next().unwrap(),
        "corpus,document,system,host_ns,own_ns,cpu_ns"
    );
    assert_eq!(timings.lines().count(), 3);
    story.does(&format!("{RUN} --fresh")).succeeds();
    let anew = story.result("plugin_timings.csv");
    assert_eq!(
        anew.lines().count(),
        3,
        "a run that starts over has its own times only"
    );
}

#[test]
fn parameters_follow_the_grammar_of_all_systems() {
    let story = story(&["", ""]);
    story
        .does(&format!("{RUN} --system hostile(reorder=true)"))
        .succeeds();
    assert!(
        story
            .result("scores.csv")
            .contains(",hostile(reorder=true),")
    );
    story
        .does(&format!("{RUN} --system hostile(order=true)"))
        .fails(2, "`hostile` takes no parameter `order`")
        .says("did you mean `reorder`?");
    story
        .does(&format!("{RUN} --system hostil"))
        .fails(2, "no system is called `hostil`")
        .says("did you mean `hostile`?");
}

#[test]
fn references_are_never_sent() {
    let story = epitome().file("c.jsonl", corpus(&["", ""]));
    let run = format!(
        "run --corpus c.jsonl --plugin spy=python3\u{a0}{}",
        script("spy.py")
    );
    let run = run.split(' ').map(|word| word.replace('\u{a0}', " "));
    let status = Command::new(env!("CARGO_BIN_EXE_epitome"))
        .current_dir(story.path(""))
        .args(run)
        .output()
        .unwrap();
    assert_eq!(status.status.code(), Some(3));
    let failures = story.result("failures.csv");
    assert!(failures.contains("The river rose 1 metres."), "{failures}");
    assert!(
        !failures.contains("REFERENCE") && !failures.contains("\"\"d1\"\""),
        "{failures}"
    );
}

#[test]
fn outputs_made_elsewhere_are_scored_like_the_rest() {
    let story = epitome().file("two.jsonl", TWO_STORIES).file(
        "gpt.jsonl",
        "{\"id\":\"flood\",\"text\":\"The river rose two metres and the council closed the bridge.\"}\n",
    );
    let outcome = story.does(
        "run --corpus two.jsonl --system lead --outputs gpt=gpt.jsonl --metric rouge-1",
    );
    assert_eq!(outcome.code, 3, "{}", outcome.stderr);
    let scores = story.result("scores.csv");
    assert!(
        scores.contains("two,flood,gpt,3 sentences,rouge-1,1,1,1,ok"),
        "{scores}"
    );
    assert!(
        scores.contains("two,whale,gpt,3 sentences,rouge-1,0,0,0,error\n"),
        "{scores}"
    );
    let failures = story.result("failures.csv");
    let row = "two,whale,gpt,error,\"no output for this document in gpt.jsonl, which has ids such as `flood`\",\n";
    assert!(failures.ends_with(row), "{failures}");
}

#[test]
fn outputs_for_no_document_are_told() {
    let story = epitome()
        .file("two.jsonl", TWO_STORIES)
        .file("o.jsonl", "{\"id\":\"flood\",\"text\":\"One.\"}\n{\"id\":\"Flood\",\"text\":\"One.\"}\n{\"id\":\"whale\",\"text\":\"One.\"}\n");
    let run =
        "run --corpus two.jsonl[0..1] --outputs o=o.jsonl --metric rouge-1 --name r";
    let said = story.does(run).stderr;
    assert!(
        said.contains("`o`: 2 of 3 outputs are for no document of this run"),
        "{said}"
    );
}

#[test]
fn the_extracts_of_a_run_can_be_outputs_of_another() {
    let story = epitome().file("two.jsonl", TWO_STORIES);
    let run = "run --corpus two.jsonl --metric rouge-1 --metric keyphrase-f1@5";
    story
        .does(&format!(
            "{run} --system lead --system first-phrases --name a"
        ))
        .succeeds();
    story
        .does(&format!(
            "{run} --system lead --outputs kept=results/a/extracts.jsonl --name b"
        ))
        .succeeds();
    let scores = fs::read_to_string(story.path("results/b/scores.csv")).unwrap();
    let of = |system: &str| -> Vec<String> {
        scores
            .lines()
            .filter(|line| {
                line.contains(&format!(",{system},")) && line.contains(",rouge-1,")
            })
            .map(|line| line.replace(&format!(",{system},"), ""))
            .collect()
    };
    assert_eq!(of("lead"), of("kept"));
}

#[test]
fn what_is_no_plugin_is_refused() {
    let story = epitome()
        .file("p.toml", "name = \"p\"\n")
        .file("o.jsonl", "{\"id\":1}\n")
        .file("two.jsonl", TWO_STORIES);
    let refused = |arguments: &str, message: &str| {
        story
            .does(&format!("run --corpus two.jsonl {arguments}"))
            .fails(2, message);
    };
    refused(
        "--plugin p.toml",
        "p.toml: it needs either `run` or `outputs`",
    );
    refused(
        "--plugin nowhere.toml",
        "nowhere.toml: No such file or directory (os error 2)",
    );
    refused(
        "--plugin p=no-such-program",
        "plugin `p`: crash: it cannot be started: No such file or directory (os error 2)",
    );
    refused(
        "--plugin p=true",
        "plugin `p`: crash: it ended with exit code 0",
    );
    refused(
        "--outputs o=o.jsonl",
        "o.jsonl: line 1: it needs one of `text`, `picks` and `keyphrases`, and has `id`",
    );
    refused(
        "--plugin-memory much --plugin p=cat",
        "`much` is no amount of memory such as `512 MiB` or `2 GiB`",
    );
}

#[test]
fn what_nobody_can_have_is_refused_with_the_most_there_is() {
    let story = epitome().file("two.jsonl", TWO_STORIES);
    let refused = |arguments: &str, most: &str| {
        let outcome =
            story.does(&format!("run --corpus two.jsonl --system lead {arguments}"));
        assert_eq!(outcome.code, 2, "{}", outcome.stderr);
        assert!(outcome.stderr.contains(most), "{}", outcome.stderr);
    };
    refused(
        "-j 18446744073709551615",
        "it must be a number from 1 to 1024",
    );
    refused("-j 0", "it must be a number from 1 to 1024");
    refused(
        "--resamples 1000000000",
        "it must be a number from 0 to 100000",
    );
}

#[test]
fn a_system_that_no_metric_measures_is_named() {
    let story = story(&["", ""]);
    story
        .does("run --corpus c.jsonl --system first-phrases --plugin plugin.toml --metric keyphrase-f1@5")
        .succeeds()
        .says("note: no metric measures `hostile`: see `--metric`");
}

/// Needs a module that stands in a folder of its own.
const NEEDS_A_MODULE: &str = r#"
import json, sys
import epitome_test_module
for line in sys.stdin:
    asked = json.loads(line)
    if asked["type"] == "hello":
        said = {"type": "ready", "name": "needs", "version": "1", "does": ["summarise"]}
    elif asked["type"] == "end":
        said = asked
    else:
        said = {"id": asked["id"], "picks": [0]}
    print(json.dumps(said), flush=True)
"#;

#[test]
fn a_plugin_finds_the_modules_of_the_caller_and_is_told_how_if_not() {
    let story = epitome()
        .file("two.jsonl", TWO_STORIES)
        .file("needs.py", NEEDS_A_MODULE)
        .file(
            "none.toml",
            "name = \"needs\"\nrun = \"python3 needs.py\"\ninherit = []\n",
        )
        .file("library/epitome_test_module.py", "");
    fs::write(
        story.path("run.toml"),
        "name = \"needs\"\nrun = \"python3 needs.py\"\n",
    )
    .unwrap();
    let library = story.path("library").display().to_string();
    let world = [("PYTHONPATH", library.as_str())];
    let run = |environment: &[(&str, &str)], plugin: &str| {
        let run =
            "run --corpus two.jsonl --system needs --metric rouge-1 --fresh --name r";
        story.does_with(environment, &format!("{run} --plugin {plugin}"))
    };
    run(&world, "run.toml").succeeds();
    for (environment, plugin) in [(&world[..], "none.toml"), (&[], "run.toml")] {
        let refused = run(environment, plugin);
        assert_eq!(refused.code, 2, "{}", refused.stderr);
        refused
            .says("ModuleNotFoundError")
            .says("`inherit = [\"NAME\"]` in plugin.toml");
    }
    let checked = story.does_with(&world, "plugin check run.toml");
    assert!(
        checked.stdout.contains("environment: PYTHONPATH"),
        "{}",
        checked.stdout
    );
    let checked = story.does_with(&world, "plugin check none.toml");
    assert!(
        !checked.stdout.contains("PYTHONPATH;"),
        "{}",
        checked.stdout
    );
    checked.says("`inherit = [\"NAME\"]` in plugin.toml");
}

#[test]
fn a_plugin_that_does_not_fit_the_corpus_is_named_and_never_vanishes() {
    let keyphrases = r#"{"id":"a","lang":"en","text":"The river rose. Boats left.","keyphrases":["river"]}"#;
    let story = story(&[""]).file("k.jsonl", keyphrases);
    let named = |arguments: &str, code: i32, wanted: &str| {
        let outcome = story.does(&format!(
            "run --corpus k.jsonl --plugin plugin.toml {arguments}"
        ));
        let said = outcome.stdout + &outcome.stderr;
        assert_eq!(outcome.code, code, "{arguments}: {said}");
        assert!(said.contains(wanted), "{arguments}: {said}");
        assert!(said.contains("hostile"), "{arguments}: {said}");
    };
    // by default it is measured as a summariser, of which the corpus shows nothing
    let none = "k: 1 of 1 documents are not scored: no reference for `rouge-1`";
    for systems in [
        "",
        "--system text-rank",
        "--system text-rank --system hostile",
    ] {
        named(&format!("{systems} --name r --fresh"), 0, none);
        named(
            &format!("{systems} --metric keyphrase-f1@5 --name r --fresh"),
            0,
            "note: no metric measures `hostile`: see `--metric`",
        );
    }
    let nothing = "error: nothing was measured: no document of k has what the metrics need: no `summaries`";
    named("--system hostile --name alone", 5, nothing);
    named(
        "--system hostile --metric keyphrase-f1@5 --name alone --fresh",
        5,
        "error: nothing to measure: `hostile` returns summaries, and `keyphrase-f1@5` measures keyphrases",
    );

    // what does nothing is no plugin
    let toml = fs::read_to_string(story.path("plugin.toml")).unwrap();
    let nothing = toml.replace(r#"does = ["summarise"]"#, "does = []");
    let story = story
        .file("plugin.toml", nothing)
        .file("t.txt", "The river rose. Boats left.");
    for command in [
        RUN,
        "plugin check plugin.toml",
        "summarise t.txt --system hostile --plugin plugin.toml",
    ] {
        let refused = story.does(command);
        assert_ne!(refused.code, 0, "{command}: {}", refused.stdout);
        let said = refused.stderr + &refused.stdout;
        assert!(said.contains("hostile"), "{command}: {said}");
    }
}
