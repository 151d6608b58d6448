//! The picks of other summarisers on the same sentences.
//!
//! Stop lists of other tools are not ours to copy: `EPITOME_SUMY_STOP_WORDS` and its like
//! name files that `scripts/conformance` takes from their packages. Without one the test
//! of that tool is skipped.

use std::{env, fmt::Write as _, fs};

use epitome::{
    rank::Budget,
    registry::Registry,
    spec::Spec,
    text::{Analyser, Segmenter, Source},
};
use serde_json::Value;

use super::shared;

const DOCUMENTS: [&str; 15] = [
    "lee000", "lee005", "lee008", "lee013", "lee017", "lee025", "lee029", "lee033",
    "lee035", "lee037", "lee039", "lee041", "C04-1089", "C98-1097", "E09-2008",
];

/// What sumy and we call the same method.
const SUMY: [(&str, &str); 7] = [
    ("sumy:textrank", "text-rank"),
    ("sumy:lexrank", "lex-rank"),
    ("sumy:luhn", "luhn"),
    ("sumy:lsa", "lsa"),
    ("sumy:reduction", "degree"),
    ("sumy:sumbasic", "sum-basic"),
    ("sumy:kl", "kl-sum"),
];

/// What of the picks must be theirs.
const SHARE: f64 = 0.95;

#[test]
fn profiles_of_sumy_pick_what_sumy_picks() {
    let Some(path) = env::var_os("EPITOME_SUMY_STOP_WORDS") else {
        println!("skipped: EPITOME_SUMY_STOP_WORDS names no stop list");
        return;
    };
    let stop_words = fs::read_to_string(path).unwrap();
    for (tool, system) in SUMY {
        let arguments = [("profile", "sumy"), ("stop-words", &stop_words)];
        let arguments = arguments.map(|(key, value)| (key.to_owned(), value.to_owned()));
        let spec = Spec { name: system.to_owned(), arguments: arguments.to_vec() };
        let Some((same, all, notes)) = compare(tool, &spec) else { return };
        println!("{system}(profile=sumy): {same} of {all} picks\n{notes}");
        assert!(f64::from(same) >= SHARE * f64::from(all), "{tool}: {same} of {all}");
    }
}

/// sumy's default cue words are Czech and stand in none of the texts; no headings are
/// given. One word of each list is enough.
#[test]
fn edmundson_picks_what_sumy_picks() {
    let profile = "edmundson(profile=sumy, bonus=významný, stigma=nejméně)";
    for spec in ["edmundson(cue=0, title=0)", profile] {
        let Some((same, all, notes)) = compare("sumy:edmundson", &spec.parse().unwrap())
        else {
            return;
        };
        assert_eq!(same, all, "{spec}\n{notes}");
    }
}

/// A tool, its spec, the variable that names its stop list, and what of its 120 picks
/// are ours.
const OTHERS: [(&str, &str, &str, u32); 4] = [
    ("summa:textrank", "text-rank(profile=summa)", "EPITOME_SUMMA_STOP_WORDS", 114),
    (
        "gensim3.8.3:textrank-bm25",
        "text-rank(profile=gensim)",
        "EPITOME_GENSIM_STOP_WORDS",
        114,
    ),
    (
        "lexrank-pkg:lexrank",
        "lex-rank(profile=lexrank)",
        "EPITOME_LEXRANK_STOP_WORDS",
        114,
    ),
    (
        "lexrank-pkg:continuous",
        "lex-rank(profile=lexrank, form=continuous)",
        "EPITOME_LEXRANK_STOP_WORDS",
        114,
    ),
];

#[test]
fn profiles_of_other_tools_pick_what_they_pick() {
    let Some(background) = background() else { return };
    for (tool, spec, variable, least) in OTHERS {
        let Some(path) = env::var_os(variable) else {
            println!("skipped: {variable} names no stop list");
            continue;
        };
        let mut spec: Spec = spec.parse().unwrap();
        let mut give = |key: &str, value: String| {
            spec.arguments.push((key.to_owned(), value));
        };
        give("stop-words", fs::read_to_string(path).unwrap());
        if tool.starts_with("lexrank") {
            give("background", background.path().display().to_string());
        }
        let Some((same, all, notes)) = compare(tool, &spec) else { return };
        println!("{tool}: {same} of {all} picks\n{notes}");
        assert!(same >= least, "{tool}: {same} of {all}");
    }
}

/// The news that lexrank took its idf from, one a line.
fn background() -> Option<tempfile::NamedTempFile> {
    let documents = shared("workloads/summarise_documents.jsonl")?;
    let mut text = String::new();
    for line in documents.lines() {
        let document: Value = serde_json::from_str(line).unwrap();
        if document["kind"] == "news" {
            for sentence in document["sentences"].as_array().unwrap() {
                let _ =
                    write!(text, "{} ", sentence.as_str().unwrap().replace('\n', " "));
            }
            text.push('\n');
        }
    }
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(file.path(), text).unwrap();
    Some(file)
}

/// Picks that are theirs, all picks, and where they differ.
fn compare(tool: &str, spec: &Spec) -> Option<(u32, u32, String)> {
    let system = Registry::standard().summariser(spec).unwrap().value;
    let mut analyser = Analyser::default();
    let (mut same, mut all, mut notes) = (0, 0, String::new());
    for id in DOCUMENTS {
        let golden: Value =
            serde_json::from_str(&shared(&format!("golden/summarise/{id}.json"))?)
                .unwrap();
        let text: Vec<&str> = golden["sentences"]
            .as_array()
            .unwrap()
            .iter()
            .map(|sentence| sentence.as_str().unwrap())
            .collect();
        let text = text.join("\n");
        let (language, segmenter) = ("en".parse().unwrap(), Segmenter::Lines);
        let document =
            analyser.analyse(Source { id, title: "", text: &text, language, segmenter });
        for (count, key) in [(3, "top3"), (5, "top5")] {
            let picks =
                system.summarise(&document, Budget::Sentences(count)).in_document_order();
            let theirs: Vec<u32> = golden["outputs"][tool][key]
                .as_array()
                .unwrap()
                .iter()
                .map(|pick| pick.as_u64().unwrap() as u32)
                .collect();
            all += theirs.len() as u32;
            same += picks.iter().filter(|pick| theirs.contains(pick)).count() as u32;
            if picks != theirs {
                let _ = writeln!(notes, "  {id} {key}: {picks:?}, theirs {theirs:?}");
            }
        }
    }
    Some((same, all, notes))
}
