//! What a plugin can see.

use std::path::Path;

use epitome::plugin::{AskedDocument, Declaration, PluginOptions};
use serde_json::Value;

use crate::python::interpreter;

use super::stage::{LENGTH, document, script};

/// What the spy tells of itself, started under `sandbox`.
fn seen(sandbox: Option<&str>) -> Value {
    let declaration = format!("spy={} {}", interpreter(), script("spy.py"));
    let declaration = Declaration::parse(&declaration).unwrap();
    let options = PluginOptions {
        sandbox: sandbox.map(str::to_owned),
        seed: 7,
        ..PluginOptions::default()
    };
    let mut plugins = declaration.open(&"spy".parse().unwrap(), &options).unwrap();
    let summariser = plugins.remove(0);
    let answered = summariser
        .work(&[AskedDocument::from(&document("", 0))], LENGTH)
        .remove(0);
    serde_json::from_str(&answered.result.unwrap_err().message).unwrap()
}

/// What names the world of an interpreter where these tests run.
fn passed_on() -> Vec<String> {
    let declaration = Declaration::parse("spy=true").unwrap();
    declaration
        .environment()
        .into_iter()
        .map(str::to_owned)
        .collect()
}

fn names(value: &Value) -> Vec<&str> {
    value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

#[test]
fn its_environment_is_stated_and_its_group_its_own() {
    let seen = seen(None);
    let environment: Vec<&str> = names(&seen["environment"])
        .into_iter()
        .filter(|name| *name != "LC_CTYPE") // Python sets it for itself
        .filter(|name| !passed_on().contains(&(*name).to_owned()))
        .collect();
    assert_eq!(
        environment,
        [
            "EPITOME_PLUGIN_PROCESS",
            "HOME",
            "LANG",
            "PATH",
            "PYTHONHASHSEED",
            "TMPDIR"
        ]
    );
    assert_eq!(seen["leads"], true);
}

#[test]
fn its_working_folder_is_its_own_and_does_not_stay() {
    let seen = seen(None);
    let folder = Path::new(seen["folder"].as_str().unwrap());
    assert!(
        folder.is_absolute() && !folder.exists(),
        "{}",
        folder.display()
    );
    assert_eq!(seen["environment"]["HOME"], seen["folder"]);
}

#[test]
fn it_has_no_file_but_its_three_even_if_we_were_given_more() {
    let leaky = rustix::io::dup(std::io::stdin()).unwrap(); // no close-on-exec
    assert_eq!(seen(None)["files"], 3);
    drop(leaky);
}

#[test]
fn it_is_sent_the_document_and_nothing_else() {
    let seen = seen(None);
    assert_eq!(
        names(&seen["message"]),
        ["budget", "id", "language", "sentences", "title", "type"]
    );
}

#[test]
fn a_sandbox_is_what_starts_it() {
    let seen = seen(Some("env SANDBOX={working} FOLDER={folder}"));
    assert_eq!(seen["environment"]["SANDBOX"], seen["folder"]);
    assert!(seen["environment"]["FOLDER"].is_string());
}
