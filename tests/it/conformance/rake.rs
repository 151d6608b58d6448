//! The keywords of two RAKEs on the same texts.
//!
//! multi-rake's stop list is not ours to copy: `EPITOME_MULTI_RAKE_STOP_WORDS` names a
//! file with that of an installed one. Without it that test is skipped. rake-nltk takes
//! NLTK's list, which is ours too.

use std::env;

use epitome::{
    registry::Registry,
    spec::Spec,
    text::{Analyser, Segmenter, Source},
};
use serde_json::Value;

use super::{shared, yake};

/// What of the documents must have the same 20 phrases in the same order with the same
/// scores.
const SHARE: f64 = 0.98;

fn check(arguments: &[(&str, &str)], folder: &str, tool: &str) {
    let documents = shared(&format!("golden/keywords/{folder}/documents.jsonl"));
    let outputs = shared(&format!("golden/keywords/{folder}/{tool}.jsonl"));
    let (Some(documents), Some(outputs)) = (documents, outputs) else { return };
    let own = |&(key, value): &(&str, &str)| (key.to_owned(), value.to_owned());
    let arguments = arguments.iter().map(own).collect();
    let spec = Spec { name: "rake".to_owned(), arguments };
    let rake = Registry::standard().extractor(&spec).unwrap().value;
    let mut analyser = Analyser::default();
    let (mut same, mut all) = (0, 0);
    for (document, output) in documents.lines().zip(outputs.lines()) {
        let [document, output] =
            [document, output].map(|line| serde_json::from_str::<Value>(line).unwrap());
        let text = yake::text(&document);
        let (language, segmenter) = ("en".parse().unwrap(), Segmenter::Own);
        let source = Source { id: "", title: "", text: &text, language, segmenter };
        let found = rake.extract(&analyser.analyse(source), 20);
        let wanted = output["kp"].as_array().unwrap();
        let is_same = found.len() == wanted.len()
            && found.iter().zip(wanted).all(|(found, wanted)| {
                found.text == wanted[0].as_str().unwrap()
                    && (found.score - wanted[1].as_f64().unwrap()).abs() < 1e-9
            });
        all += 1;
        same += u32::from(is_same);
        if !is_same {
            let pairs = found.iter().zip(wanted);
            let differs =
                pairs.map(|(a, b)| (&a.text, a.score, b)).find(|it| it.0 != &it.2[0]);
            println!("{}: {differs:?}", document["id"]);
        }
    }
    println!("{tool}, {folder}: {same} of {all} documents");
    assert!(f64::from(same) >= SHARE * f64::from(all), "{tool}: {same} of {all}");
}

#[test]
fn the_profile_of_rake_nltk_finds_what_it_finds() {
    let profile = ("profile", "rake-nltk");
    for folder in ["inspec", "sem3"] {
        check(&[profile], folder, "py_rake_nltk");
        check(&[profile, ("max-words", "4")], folder, "py_rake_nltk_max4");
    }
}

#[test]
fn the_profile_of_multi_rake_finds_what_it_finds() {
    let Some(path) = env::var_os("EPITOME_MULTI_RAKE_STOP_WORDS") else {
        println!("skipped: EPITOME_MULTI_RAKE_STOP_WORDS names no stop list");
        return;
    };
    let path = path.display().to_string();
    for folder in ["inspec", "sem3"] {
        let arguments = [("profile", "multi-rake"), ("stop-words", path.as_str())];
        check(&arguments, folder, "py_multi_rake");
    }
}
