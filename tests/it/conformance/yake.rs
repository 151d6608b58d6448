//! The keywords of YAKE 0.4.8 on the same texts.
//!
//! Its stop list is not ours to copy: `EPITOME_YAKE` names a folder with the list of an
//! installed YAKE (`stopwords_en.txt`) and its keywords of the SemEval-2010 papers, made
//! by `scripts/golden/keywords_by_yake.py` (`sem3.jsonl`). Without it these tests are
//! skipped.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use epitome::{
    keywords::{Keyphrase, KeywordExtractor},
    registry::Registry,
    spec::Spec,
    text::{Analyser, Segmenter, Source},
};
use serde_json::Value;

use super::shared;

/// What of the documents must have the same 20 phrases in the same order, with the same
/// scores to 1e-6.
const SHARE: f64 = 0.98;

fn folder() -> Option<PathBuf> {
    let folder = env::var_os("EPITOME_YAKE").map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: EPITOME_YAKE names no folder");
    }
    folder
}

fn profile(folder: &Path) -> Box<dyn KeywordExtractor> {
    let list = folder.join("stopwords_en.txt").display().to_string();
    let arguments = [("profile", "0.4.8"), ("stop-words", &list)];
    let arguments = arguments.map(|(key, value)| (key.to_owned(), value.to_owned()));
    let spec = Spec { name: "yake".to_owned(), arguments: arguments.to_vec() };
    Registry::standard().extractor(&spec).unwrap().value
}

/// Documents as the tools were given them: the title without its stop, then the text.
pub(super) fn text(document: &Value) -> String {
    let field = |key: &str| document[key].as_str().unwrap_or("").to_owned();
    let title = field("title");
    let title = title.strip_suffix('.').unwrap_or(&title);
    if title.is_empty() { field("text") } else { format!("{title}. {}", field("text")) }
}

fn is_same(found: &[Keyphrase], wanted: &Value) -> bool {
    let wanted = wanted.as_array().unwrap();
    found.len() == wanted.len()
        && found.iter().zip(wanted).all(|(found, wanted)| {
            found.text == wanted[0].as_str().unwrap()
                && (found.score + wanted[1].as_f64().unwrap()).abs() <= 1e-6
        })
}

fn check(documents: &str, outputs: &str) {
    let (Some(folder), Some(documents)) = (folder(), shared(documents)) else { return };
    let yake = profile(&folder);
    let mut analyser = Analyser::default();
    let (mut same, mut all) = (0, 0);
    for (document, output) in documents.lines().zip(outputs.lines()) {
        let [document, output] =
            [document, output].map(|line| serde_json::from_str::<Value>(line).unwrap());
        assert_eq!(document["id"], output["id"]);
        let text = text(&document);
        let (language, segmenter) = ("en".parse().unwrap(), Segmenter::Own);
        let source = Source { id: "", title: "", text: &text, language, segmenter };
        let found = yake.extract(&analyser.analyse(source), 20);
        all += 1;
        if is_same(&found, &output["kp"]) {
            same += 1;
        } else {
            let pairs = found.iter().zip(output["kp"].as_array().unwrap());
            let differs =
                pairs.clone().position(|(a, b)| a.text != b[0].as_str().unwrap());
            let (ours, theirs) = pairs.clone().nth(differs.unwrap_or(0)).unwrap();
            println!(
                "{}: {differs:?} {:?} {}, theirs {theirs}",
                document["id"], ours.text, -ours.score
            );
        }
    }
    println!("yake(profile=0.4.8): {same} of {all} documents");
    assert!(f64::from(same) >= SHARE * f64::from(all), "{same} of {all}");
}

#[test]
fn the_profile_of_yake_finds_what_yake_finds_in_abstracts() {
    let Some(outputs) = shared("golden/keywords/inspec/py_yake048.jsonl") else { return };
    check("golden/keywords/inspec/documents.jsonl", &outputs);
}

#[test]
fn the_profile_of_yake_finds_what_yake_finds_in_papers() {
    let Some(folder) = folder() else { return };
    let outputs = fs::read_to_string(folder.join("sem3.jsonl")).unwrap();
    check("golden/keywords/sem3/documents.jsonl", &outputs);
}
