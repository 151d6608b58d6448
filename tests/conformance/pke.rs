//! The keyphrases of pke 2.0 on the same words and parts of speech.
//!
//! pke's stop list is not ours to copy: `EPITOME_PKE_STOP_WORDS` names a file of `spaCy`'s
//! English stop words. Without it these tests are skipped.

use std::env;

use epitome::{
    keywords::KeywordExtractor,
    registry::Registry,
    text::{Analyser, Document, LooseWord, Tag, TaggedText},
};
use serde_json::Value;

use super::shared;

/// A model of pke, what we call it, and the least share of the documents whose first ten
/// keyphrases are the same in the same order.
const MODELS: [(&str, &str, &str, f64); 9] = [
    (
        "inspec/pke_spacy_FirstPhrases",
        "first-phrases",
        "content-runs, max-words=100",
        0.99,
    ),
    (
        "inspec/pke_spacy_FirstPhrases+np",
        "first-phrases",
        "noun-phrases, max-words=100",
        0.99,
    ),
    ("inspec/pke_spacy_TextRank", "text-rank", "content-runs, max-words=100", 0.99),
    ("inspec/pke_spacy_TextRank+np", "text-rank", "noun-phrases, max-words=100", 0.99),
    ("inspec/pke_spacy_SingleRank", "single-rank", "content-runs, max-words=100", 0.99),
    ("inspec/pke_spacy_PositionRank", "position-rank", "noun-phrases, max-words=3", 0.99),
    ("inspec/pke_spacy_TopicRank", "topic-rank", "content-runs", 0.99),
    ("inspec/pke_spacy_MultipartiteRank", "multipartite-rank", "content-runs", 0.99),
    ("sem3/pke_spacy_SingleRank", "single-rank", "content-runs, max-words=100", 0.99),
];

#[test]
fn the_profile_gives_what_pke_gives() {
    let Some(stop_words) = env::var_os("EPITOME_PKE_STOP_WORDS") else {
        println!("skipped: EPITOME_PKE_STOP_WORDS names no stop list");
        return;
    };
    let stop_words = stop_words.to_string_lossy();
    let mut missed = Vec::new();
    for (file, name, candidates, bar) in MODELS {
        let spec = format!(
            "{name}(candidates={candidates}, profile=pke, stemmer=porter, \
             tagger=pretagged, stop-words=\"{stop_words}\")"
        );
        let extractor =
            Registry::standard().extractor(&spec.parse().unwrap()).unwrap().value;
        let Some(shares) = shares(file, extractor.as_ref()) else { return };
        println!(
            "{file}: {:.3} first 10, {:.3} first 20, scores of {:.3}",
            shares.0, shares.1, shares.2
        );
        if shares.0 < bar {
            missed.push((file, shares));
        }
    }
    assert!(missed.is_empty(), "{missed:?}");
}

/// Shares of the documents with the same first ten and twenty phrases, and of the
/// phrases of theirs that we score alike to 1e-6.
fn shares(file: &str, extractor: &dyn KeywordExtractor) -> Option<(f64, f64, f64)> {
    let folder = file.split('/').next().unwrap();
    let documents = rows(&format!("{folder}/documents"))?;
    let outputs = rows(file)?;
    let mut analyser = Analyser::default();
    let (mut ten, mut twenty, mut scored, mut phrases) = (0, 0, 0, 0);
    for (document, output) in documents.iter().zip(&outputs) {
        assert_eq!(document["id"], output["id"]);
        let document = tagged(&mut analyser, document);
        let ours: Vec<(String, f64)> = extractor
            .extract(&document, 20)
            .into_iter()
            .map(|it| (it.text.to_lowercase(), it.score))
            .collect();
        let theirs: Vec<(String, f64)> = output["kp"]
            .as_array()
            .unwrap()
            .iter()
            .map(|pair| (pair[0].as_str().unwrap().into(), pair[1].as_f64().unwrap()))
            .collect();
        let same = |k: usize| {
            let texts = |list: &[(String, f64)]| -> Vec<String> {
                list.iter().take(k).map(|it| it.0.clone()).collect()
            };
            usize::from(texts(&ours) == texts(&theirs))
        };
        ten += same(10);
        twenty += same(20);
        phrases += theirs.len();
        let is_ours = |it: &&(String, f64)| {
            ours.iter().any(|own| own.0 == it.0 && (own.1 - it.1).abs() < 1e-6)
        };
        scored += theirs.iter().filter(is_ours).count();
    }
    let share = |part: usize, whole: usize| part as f64 / whole as f64;
    Some((
        share(ten, documents.len()),
        share(twenty, documents.len()),
        share(scored, phrases),
    ))
}

fn rows(file: &str) -> Option<Vec<Value>> {
    let text = shared(&format!("golden/keywords/{file}.jsonl"))?;
    Some(text.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

fn tagged(analyser: &mut Analyser, row: &Value) -> Document {
    let word = |pair: &Value| LooseWord {
        form: pair[0].as_str().unwrap().to_owned(),
        tag: Tag::from_name(pair[1].as_str().unwrap()).unwrap_or(Tag::X),
        is_joined: false,
    };
    let sentence = |words: &Value| words.as_array().unwrap().iter().map(word).collect();
    let sentences: Vec<Vec<LooseWord>> =
        row["tagged"].as_array().unwrap().iter().map(sentence).collect();
    analyser.analyse_tagged("", "en".parse().unwrap(), &TaggedText::joined(&sentences))
}
