//! The open corpora of summaries.

use std::{error::Error, fs, path::Path};

use epitome::{
    rank::Budget,
    text::{Analyser, Document, LineEnds, Segmenter, Source},
};
use serde_json::Value;

/// Name, files, and two budgets. The first is of words, the mean length of the references
/// rounded up to tens, or the three sentences that are usual for `CNN/DailyMail`; the
/// second is of more words.
const CORPORA: [(&str, &[&str], [Budget; 2]); 11] = [
    (
        "cnndm1000",
        &["cnndm1000/validation"],
        [Budget::Sentences(3), Budget::Words(60)],
    ),
    (
        "scitldr_a",
        &["scitldr_a/test"],
        [Budget::Words(30), Budget::Words(60)],
    ),
    (
        "klexikon",
        &["klexikon/validation20"],
        [Budget::Words(460), Budget::Words(920)],
    ),
    (
        "temario",
        &["temario/all"],
        [Budget::Words(200), Budget::Words(400)],
    ),
    (
        "legal_plain",
        &["legal_plain/all"],
        [Budget::Words(20), Budget::Words(40)],
    ),
    (
        "qmsum",
        &["qmsum/val"],
        [Budget::Words(110), Budget::Words(220)],
    ),
    (
        "opinosis",
        &["opinosis/all"],
        [Budget::Words(20), Budget::Words(40)],
    ),
    (
        "fewsum_amazon",
        &[
            "fewsum_amazon/train",
            "fewsum_amazon/val",
            "fewsum_amazon/test",
        ],
        [Budget::Words(50), Budget::Words(100)],
    ),
    (
        "summa10",
        &["summa10/all"],
        [Budget::Words(80), Budget::Words(160)],
    ),
    (
        "summeval",
        &["summeval/test"],
        [Budget::Sentences(3), Budget::Words(60)],
    ),
    (
        "newsroom60",
        &["newsroom60/test"],
        [Budget::Words(40), Budget::Words(80)],
    ),
];

/// A corpus in memory.
pub(crate) struct Corpus {
    pub(crate) name: &'static str,
    pub(crate) budgets: [Budget; 2],
    /// Documents with their references.
    pub(crate) documents: Vec<(Document, Vec<String>)>,
}

/// All corpora, at most `limit` documents of each.
pub(crate) fn read(folder: &Path, limit: usize) -> Result<Vec<Corpus>, Box<dyn Error>> {
    let mut analyser = Analyser::default();
    let mut corpora = Vec::new();
    for (name, files, budgets) in CORPORA {
        let mut documents = Vec::new();
        for file in files {
            let text = fs::read_to_string(folder.join(format!("{file}.jsonl")))?;
            for line in text.lines().take(limit - documents.len().min(limit)) {
                documents.push(document(&mut analyser, &serde_json::from_str(line)?)?);
            }
        }
        corpora.push(Corpus {
            name,
            budgets,
            documents,
        });
    }
    Ok(corpora)
}

fn document(
    analyser: &mut Analyser,
    record: &Value,
) -> Result<(Document, Vec<String>), Box<dyn Error>> {
    let document = analyser.analyse(Source {
        id: "",
        title: record["title"].as_str().unwrap_or(""),
        text: record["text"].as_str().unwrap_or(""),
        language: record["lang"].as_str().unwrap_or("en").parse()?,
        segmenter: Segmenter::Own,
        line_ends: LineEnds::Auto,
    });
    let references = record["summaries"].as_array().into_iter().flatten();
    let references = references
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect();
    Ok((document, references))
}
