//! What is hidden from plugins that lie beside it: corpora, references, judgements, scores and
//! results, whatever the role of the plugin and the command.

use super::{
    plugin_stories::script,
    story::{Story, epitome},
};
use crate::plugins::stage::isolation;

/// A plugin in the folder of the story, which it may read.
const PLUGIN: &str = "name = \"intruder\"\nrun = \"python3 intruder.py\"\n";

/// Lines that make the plugin try to read files of the story.
fn attempts(story: &Story, files: &[&str]) -> String {
    let place = story.path("").display().to_string();
    let place = place.trim_end_matches('/');
    let lines = files.iter().map(|file| format!("TRY read {place}/{file}"));
    lines.collect::<Vec<_>>().join("\n")
}

/// A story with the plugin, and a corpus whose only document makes it try to read files.
fn story(files: &[&str]) -> Story {
    let intruder = std::fs::read_to_string(script("intruder.py")).unwrap();
    let story = epitome()
        .file("plugin.toml", PLUGIN)
        .file("intruder.py", intruder)
        .file("own.txt", "a file of the plugin\n")
        .file("results/old/scores.csv", "a file of an earlier run\n");
    let text = attempts(&story, files);
    let record = serde_json::json!({
        "id": "a", "lang": "en", "text": text, "summaries": ["The reference."],
        "keyphrases": ["reference"],
    });
    story.file("c.jsonl", record.to_string())
}

/// What became of the attempts, by a text with the list of them.
fn outcomes(text: &str) -> Vec<String> {
    let (_, list) = text.split_once('[').unwrap_or_else(|| panic!("{text}"));
    let (list, _) = list.split_once(']').unwrap();
    serde_json::from_str(&format!("[{}]", list.replace("\"\"", "\""))).unwrap()
}

/// Runs over the corpus with options; what became of the attempts.
fn run(story: &Story, options: &str) -> Vec<String> {
    let run = "run --lines sentences --sentences 1 --metric rouge-1 --name a --fresh";
    let outcome = story.does(&format!("{run} {options}"));
    assert_eq!(outcome.code, 3, "{}", outcome.stderr);
    let failures = std::fs::read_to_string(story.path("results/a/failures.csv"));
    outcomes(&failures.unwrap())
}

const EMBEDDER: &str = "--embedder p=plugin:plugin.toml --system lead --system text-rank(edges=embedding,embedder=p)";

#[test]
fn an_embedder_does_not_read_corpora_and_results() {
    let files = ["own.txt", "c.jsonl", "b.jsonl", "results/old/scores.csv"];
    let story = story(&files);
    let background = std::fs::read_to_string(story.path("c.jsonl")).unwrap();
    let story = story.file("b.jsonl", background);
    let options = format!("--corpus c.jsonl --background b.jsonl {EMBEDDER}");
    if isolation().is_some() {
        assert_eq!(run(&story, &options), ["ok", "EACCES", "EACCES", "EACCES"]);
    }
    let open = run(&story, &format!("{options} --isolation none"));
    assert_eq!(open, ["ok"; 4]);
}

#[test]
fn an_embedder_of_an_experiment_does_not_read_its_corpora() {
    let file = "name = 'a'\nsystems = ['text-rank(edges=embedding,embedder=p)']\n\
                [corpora]\nnews = '../c.jsonl'\n[embedders]\np = 'plugin:../plugin.toml'\n\
                [scores]\njudge = '../scores.jsonl#FactCC'\n";
    let scores =
        r#"{"id":"a","system":"text-rank(edges=embedding, embedder=p)","FactCC":1}"#;
    let story = story(&["own.txt", "c.jsonl", "scores.jsonl"])
        .file("suite/e.toml", file)
        .file("scores.jsonl", scores);
    if isolation().is_some() {
        let found = run(&story, "suite/e.toml");
        assert_eq!(found, ["ok", "EACCES", "EACCES"]);
    }
}

#[test]
fn a_system_does_not_read_the_background_and_the_references_beside_texts() {
    if isolation().is_none() {
        return;
    }
    let story = story(&["own.txt", "b.jsonl"]);
    let background = std::fs::read_to_string(story.path("c.jsonl")).unwrap();
    let story = story.file("b.jsonl", background);
    let options =
        "--corpus c.jsonl --background b.jsonl --system lead --plugin plugin.toml";
    assert_eq!(run(&story, options), ["ok", "EACCES"]);

    // a file of texts, a document on each line, and one of references
    let text = attempts(&story, &["news.tgt"]);
    let story = story
        .file("news.src", text)
        .file("news.tgt", "The reference.\n");
    let options = "--corpus news.src --lang en --system lead --plugin plugin.toml";
    assert_eq!(run(&story, options), ["EACCES"]);
}

#[test]
fn a_system_does_not_read_the_outputs_of_another() {
    if isolation().is_none() {
        return;
    }
    let outputs = r#"{"id":"a","summary":"The reference."}"#;
    let story = story(&["own.txt", "outputs.jsonl"]).file("outputs.jsonl", outputs);
    let options = "--corpus c.jsonl --outputs other=outputs.jsonl --plugin plugin.toml";
    assert_eq!(run(&story, options), ["ok", "EACCES"]);
}

#[test]
fn a_system_does_not_read_a_field_of_scores() {
    if isolation().is_none() {
        return;
    }
    let scores = "{\"id\":\"a\",\"system\":\"lead\",\"FactCC\":0.5}\n";
    let story = story(&["own.txt", "scores.jsonl"]).file("scores.jsonl", scores);
    let options = "--corpus c.jsonl --scores fact=scores.jsonl#FactCC --system lead --plugin plugin.toml";
    assert_eq!(run(&story, options), ["ok", "EACCES"]);
}

/// A story with a judged summary that makes the plugin try to read files, and what it is about.
fn judged(files: &[&str]) -> Story {
    let story = story(&[]);
    let record = serde_json::json!({
        "doc_id": "a", "system": "lead", "summary": attempts(&story, files), "quality": 1,
    });
    let scores = r#"{"id":"a","system":"lead","value":1}"#;
    story
        .file("judged.jsonl", record.to_string())
        .file("scores.jsonl", scores)
}

#[test]
fn a_plugin_does_not_read_the_judgements_that_its_metric_is_compared_with() {
    let files = [
        "own.txt",
        "judged.jsonl",
        "c.jsonl",
        "scores.jsonl",
        "results/old/scores.csv",
    ];
    let judge = "judge judged.jsonl --references c.jsonl --scores other=scores.jsonl --resamples 5 --no-cache --name j";
    for plugin in [
        "--metric-plugin plugin.toml",
        "--metric bert-score(embedder=p) --embedder p=plugin:plugin.toml",
    ] {
        let story = judged(&files);
        let said = |isolation: &str| {
            let outcome = story.does(&format!("{judge} {plugin} {isolation}"));
            outcomes(&outcome.stderr)
        };
        if isolation().is_some() {
            let wanted = ["ok", "EACCES", "EACCES", "EACCES", "EACCES"];
            assert_eq!(said(""), wanted, "{plugin}");
        }
        assert_eq!(said("--isolation none"), ["ok"; 5], "{plugin}");
    }
}

#[test]
fn limits_of_plugins_are_those_of_embedders_too() {
    let story = judged(&["own.txt"]);
    for command in ["judge judged.jsonl --references c.jsonl", "score c.jsonl"] {
        let embedder = "--metric bert-score(embedder=p) --embedder p=plugin:plugin.toml";
        let outcome =
            story.does(&format!("{command} {embedder} --sandbox no-such-program"));
        assert_eq!(outcome.code, 2, "{command}");
        outcome.says("plugin `p`: crash: it cannot be started");
    }
}

#[test]
fn an_embedder_does_not_read_the_pairs_that_are_scored() {
    if isolation().is_none() {
        return;
    }
    let story = story(&[]);
    let text = attempts(
        &story,
        &["own.txt", "pairs.jsonl", "results/old/scores.csv"],
    );
    let pair = serde_json::json!({ "candidate": text, "references": ["The reference."] });
    let story = story.file("pairs.jsonl", pair.to_string());
    let embedder = "--metric bert-score(embedder=p) --embedder p=plugin:plugin.toml";
    let outcome = story.does(&format!("score pairs.jsonl {embedder}"));
    assert_eq!(outcomes(&outcome.stderr), ["ok", "EACCES", "EACCES"]);
}

#[test]
fn an_embedder_does_not_read_the_corpora_of_a_run_that_is_scored() {
    if isolation().is_none() {
        return;
    }
    let story = story(&["own.txt", "c.jsonl", "results/r/scores.csv"]);
    let run = "run --corpus c.jsonl --system lead --metric rouge-1 --name r";
    story.does(run).succeeds();
    let embedder = "--metric bert-score(embedder=p) --embedder p=plugin:plugin.toml";
    let outcome = story.does(&format!("score --run r {embedder}"));
    let failures = std::fs::read_to_string(story.path("results/r/failures.csv"));
    let found = outcomes(&format!("{}{}", outcome.stderr, failures.unwrap()));
    assert_eq!(found, ["ok", "EACCES", "EACCES"]);
}

#[test]
fn a_check_isolates_plugins_of_every_role() {
    if isolation().is_none() {
        return;
    }
    for role in ["", "--metric", "--embedder"] {
        let story = epitome().file("secret.txt", "The reference.\n");
        story.does(&format!("plugin new {role} mine")).succeeds();
        let name = match role {
            "" => "plugin.py",
            "--metric" => "metric.py",
            _ => "embedder.py",
        };
        let secret = story.path("secret.txt").display().to_string();
        let program =
            std::fs::read_to_string(story.path(&format!("mine/{name}"))).unwrap();
        let story = story.file(
            &format!("mine/{name}"),
            format!("open({secret:?}).read()\n{program}"),
        );
        let checked = story.does("plugin check mine/plugin.toml");
        assert_ne!(checked.code, 0, "{role}: {}", checked.stdout);
        let said = format!("{}{}", checked.stdout, checked.stderr);
        assert!(said.contains("PermissionError"), "{role}: {said}");
        story
            .does("plugin check --isolation none mine/plugin.toml")
            .succeeds()
            .writes("isolation: none");
    }
}
