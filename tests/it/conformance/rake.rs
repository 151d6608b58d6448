//! The keywords of two RAKEs on the same texts.

use epitome::{
    registry::Registry,
    text::{Analyser, CorpusView, LineEnds, Segmenter, Source},
};
use serde_json::Value;

use super::{
    agreement::{Agreement, has_lists},
    shared, yake,
};

/// A tool, its version, our system, its outputs, and why documents differ.
const TOOLS: [(&str, &str, &str, &str, &str); 3] = [
    (
        "rake-nltk",
        "1.0.6",
        "rake(profile=rake-nltk)",
        "py_rake_nltk",
        "",
    ),
    (
        "rake-nltk",
        "1.0.6",
        "rake(profile=rake-nltk, max-words=4)",
        "py_rake_nltk_max4",
        "",
    ),
    (
        "multi-rake",
        "0.0.2",
        "rake(profile=multi-rake)",
        "py_multi_rake",
        "",
    ),
];

/// The same 20 phrases in the same order, with the same scores.
#[test]
fn profiles_find_what_their_tools_find() {
    if !has_lists() {
        return;
    }
    for (tool, version, system, file, reason) in TOOLS {
        for folder in ["inspec", "sem3"] {
            let Some((agree, of)) = compared(system, folder, file) else {
                return;
            };
            let golden = format!("{folder}/{file}");
            let golden = Agreement {
                tool,
                version,
                system,
                golden: &golden,
                reason,
            };
            golden.record(agree, of);
        }
    }
}

fn compared(system: &str, folder: &str, file: &str) -> Option<(usize, usize)> {
    let documents = shared(&format!("golden/keywords/{folder}/documents.jsonl"))?;
    let outputs = shared(&format!("golden/keywords/{folder}/{file}.jsonl"))?;
    let rake = Registry::standard()
        .extractor(&system.parse().unwrap())
        .unwrap()
        .value;
    let mut analyser = Analyser::default();
    let (mut same, mut all) = (0, 0);
    for (document, output) in documents.lines().zip(outputs.lines()) {
        let [document, output] =
            [document, output].map(|line| serde_json::from_str::<Value>(line).unwrap());
        let text = yake::text(&document);
        let (language, segmenter) = ("en".parse().unwrap(), Segmenter::Own);
        let source = Source {
            id: "",
            title: "",
            text: &text,
            language,
            segmenter,
            line_ends: LineEnds::Auto,
        };
        let found = rake.extract(&analyser.analyse(source), &CorpusView::none(), 20);
        let wanted = output["kp"].as_array().unwrap();
        let is_same = found.len() == wanted.len()
            && found.iter().zip(wanted).all(|(found, wanted)| {
                found.text == wanted[0].as_str().unwrap()
                    && (found.score - wanted[1].as_f64().unwrap()).abs() < 1e-9
            });
        all += 1;
        same += usize::from(is_same);
        if !is_same {
            let pairs = found.iter().zip(wanted);
            let differs = pairs
                .map(|(a, b)| (&a.text, a.score, b))
                .find(|it| it.0 != &it.2[0]);
            println!("{}: {differs:?}", document["id"]);
        }
    }
    Some((same, all))
}
