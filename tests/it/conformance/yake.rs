//! The keywords of YAKE 0.4.8 on the same texts.
//!
//! `EPITOME_YAKE` names a folder with its keywords of documents of which there is no golden,
//! made by `scripts/golden/keywords_by_yake.py`: `NAME.jsonl` beside the documents
//! `NAME.documents.jsonl`. Without it those are skipped.

use std::{env, fs, path::PathBuf};

use epitome::{
    keywords::Keyphrase,
    registry::Registry,
    text::{Analyser, CorpusView, LineEnds, Segmenter, Source},
};
use serde_json::Value;

use super::{
    agreement::{Agreement, has_lists},
    shared,
};

const SYSTEM: &str = "yake(profile=0.4.8)";

/// Documents as the tools were given them: the title without its stop, then the text.
pub(super) fn text(document: &Value) -> String {
    let field = |key: &str| document[key].as_str().unwrap_or("").to_owned();
    let title = field("title");
    let title = title.strip_suffix('.').unwrap_or(&title);
    if title.is_empty() {
        field("text")
    } else {
        format!("{title}. {}", field("text"))
    }
}

fn is_same(found: &[Keyphrase], wanted: &Value) -> bool {
    let wanted = wanted.as_array().unwrap();
    found.len() == wanted.len()
        && found.iter().zip(wanted).all(|(found, wanted)| {
            found.text == wanted[0].as_str().unwrap()
                && (found.score + wanted[1].as_f64().unwrap()).abs() <= 1e-6
        })
}

/// How many documents have the same 20 phrases in the same order, with the same scores
/// to 1e-6.
fn compared(documents: &str, outputs: &str) -> (usize, usize) {
    let yake = Registry::standard()
        .extractor(&SYSTEM.parse().unwrap())
        .unwrap()
        .value;
    let mut analyser = Analyser::default();
    let (mut same, mut all) = (0, 0);
    for (document, output) in documents.lines().zip(outputs.lines()) {
        let [document, output] =
            [document, output].map(|line| serde_json::from_str::<Value>(line).unwrap());
        assert_eq!(document["id"], output["id"]);
        let text = text(&document);
        let (language, segmenter) = ("en".parse().unwrap(), Segmenter::Own);
        let source = Source {
            id: "",
            title: "",
            text: &text,
            language,
            segmenter,
            line_ends: LineEnds::Auto,
        };
        let found = yake.extract(&analyser.analyse(source), &CorpusView::none(), 20);
        all += 1;
        if is_same(&found, &output["kp"]) {
            same += 1;
        } else {
            let pairs = found.iter().zip(output["kp"].as_array().unwrap());
            let differs = pairs
                .clone()
                .position(|(a, b)| a.text != b[0].as_str().unwrap());
            let (ours, theirs) = pairs.clone().nth(differs.unwrap_or(0)).unwrap();
            println!(
                "{}: {differs:?} {:?} {}, theirs {theirs}",
                document["id"], ours.text, -ours.score
            );
        }
    }
    (same, all)
}

fn record(golden: &str, (agree, of): (usize, usize)) {
    let golden = Agreement {
        tool: "yake",
        version: "0.4.8",
        system: SYSTEM,
        golden,
        reason: "",
    };
    golden.record(agree, of);
}

#[test]
fn the_profile_of_yake_finds_what_yake_finds_in_abstracts() {
    let documents = shared("golden/keywords/inspec/documents.jsonl");
    let outputs = shared("golden/keywords/inspec/py_yake048.jsonl");
    let (Some(documents), Some(outputs)) = (documents, outputs) else {
        return;
    };
    if has_lists() {
        record("inspec/py_yake048", compared(&documents, &outputs));
    }
}

/// Documents that nobody looked at while the profile was written.
const UNSEEN: [&str; 4] = ["sem3", "semeval2010-trial", "kpcrowd500", "inspec-rest"];

#[test]
fn the_profile_of_yake_finds_what_yake_finds_in_texts_without_a_golden() {
    let Some(folder) = env::var_os("EPITOME_YAKE").map(PathBuf::from) else {
        assert_ne!(env::var("EPITOME_CONFORMANCE").as_deref(), Ok("1"));
        println!("skipped: EPITOME_YAKE names no folder");
        return;
    };
    for name in UNSEEN {
        let read = |file: String| fs::read_to_string(folder.join(file)).unwrap();
        let documents = read(format!("{name}.documents.jsonl"));
        let outputs = read(format!("{name}.jsonl"));
        record(&format!("{name}/yake"), compared(&documents, &outputs));
    }
}
