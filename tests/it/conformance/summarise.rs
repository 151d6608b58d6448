//! The picks of other summarisers on the same sentences.
//!
//! The stop lists of the tools are read from a folder that `scripts/fetch-lists` fills; without
//! it this is skipped.

use std::{fmt::Write as _, fs};

use epitome::{
    rank::Budget,
    registry::Registry,
    spec::Spec,
    text::{Analyser, LineEnds, Segmenter, Source},
};
use serde_json::Value;

use super::{
    agreement::{Agreement, has_lists},
    shared,
};

const DOCUMENTS: [&str; 15] = [
    "lee000", "lee005", "lee008", "lee013", "lee017", "lee025", "lee029", "lee033",
    "lee035", "lee037", "lee039", "lee041", "C04-1089", "C98-1097", "E09-2008",
];

/// A tool, its version, our system, the golden, and why picks differ.
const TOOLS: [(&str, &str, &str, &str, &str); 12] = [
    (
        "sumy",
        "0.13.0",
        "text-rank(profile=sumy)",
        "sumy:textrank",
        "",
    ),
    (
        "sumy",
        "0.13.0",
        "lex-rank(profile=sumy)",
        "sumy:lexrank",
        "",
    ),
    ("sumy", "0.13.0", "luhn(profile=sumy)", "sumy:luhn", ""),
    ("sumy", "0.13.0", "lsa(profile=sumy)", "sumy:lsa", NOISE),
    (
        "sumy",
        "0.13.0",
        "degree(profile=sumy)",
        "sumy:reduction",
        "",
    ),
    (
        "sumy",
        "0.13.0",
        "sum-basic(profile=sumy)",
        "sumy:sumbasic",
        "",
    ),
    ("sumy", "0.13.0", "kl-sum(profile=sumy)", "sumy:kl", ""),
    (
        "sumy",
        "0.13.0",
        "edmundson(profile=sumy)",
        "sumy:edmundson",
        "",
    ),
    (
        "summa",
        "1.2.0",
        "text-rank(profile=summa)",
        "summa:textrank",
        EIGENVECTOR,
    ),
    (
        "gensim",
        "3.8.3",
        "text-rank(profile=gensim)",
        "gensim3.8.3:textrank-bm25",
        "",
    ),
    (
        "lexrank",
        "0.1.0",
        "lex-rank(profile=lexrank, threshold=0.1)",
        "lexrank-pkg:lexrank",
        SORT,
    ),
    (
        "lexrank",
        "0.1.0",
        "lex-rank(profile=lexrank, form=continuous)",
        "lexrank-pkg:continuous",
        SORT,
    ),
];

const NOISE: &str = "sentences of equal score, which go by the noise of an SVD";
const EIGENVECTOR: &str = "lee039: its first eigenvector is not the dominant one";
const SORT: &str =
    "sentences of equal score, which go by the last digits and an unstable sort";

/// A profile needs no further parameter, but for the corpus that lexrank asks for and the
/// threshold that the golden was made with.
#[test]
fn profiles_pick_what_their_tools_pick() {
    if !has_lists() {
        return;
    }
    let Some(background) = background() else {
        return;
    };
    for (tool, version, system, name, reason) in TOOLS {
        let mut spec: Spec = system.parse().unwrap();
        if tool == "lexrank" {
            let path = background.path().display().to_string();
            spec.arguments.push(("background".to_owned(), path));
        }
        let Some((same, all, notes)) = compare(name, &spec) else {
            return;
        };
        println!("{system}: {same} of {all} picks\n{notes}");
        let golden = format!("summarise/{name}");
        let golden = Agreement {
            tool,
            version,
            system,
            golden: &golden,
            reason,
        };
        golden.record(same as usize, all as usize);
    }
}

#[test]
fn edmundson_without_words_picks_what_sumy_picks() {
    let spec = "edmundson(cue=0, title=0)".parse().unwrap();
    let Some((same, all, notes)) = compare("sumy:edmundson", &spec) else {
        return;
    };
    assert_eq!(same, all, "{notes}");
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
        let document = analyser.analyse(Source {
            id,
            title: "",
            text: &text,
            language,
            segmenter,
            line_ends: LineEnds::Auto,
        });
        for (count, key) in [(3, "top3"), (5, "top5")] {
            let picks = system
                .summarise(&document, Budget::Sentences(count))
                .in_document_order();
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
