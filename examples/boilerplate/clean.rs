//! What the model says of text that holds no boilerplate.

use std::{error::Error, fs, path::Path};

use epitome::text::{Analyser, Document, Segmenter, Source};
use serde_json::Value;

const CORPORA: [&str; 12] = [
    "cnndm1000/validation",
    "scitldr_a/test",
    "klexikon/validation20",
    "wikinews_fr/all",
    "temario/all",
    "qmsum/val",
    "opinosis/all",
    "fewsum_amazon/test",
    "semeval2010/trial",
    "wiki20/all",
    "inspec/dev",
    "pt110/all",
];

/// The documents of a corpus.
fn documents(
    corpora: &Path,
    name: &str,
    line_per_sentence: bool,
) -> Result<Vec<Document>, Box<dyn Error>> {
    let text = fs::read_to_string(corpora.join(format!("{name}.jsonl")))?;
    let records =
        text.lines().map(serde_json::from_str).collect::<Result<Vec<Value>, _>>()?;
    let mut analyser = Analyser::default();
    let mut documents = Vec::new();
    for record in records {
        let source = Source {
            id: "",
            title: record["title"].as_str().unwrap_or(""),
            text: record["text"].as_str().unwrap_or(""),
            language: record["lang"].as_str().unwrap_or("en").parse()?,
            segmenter: Segmenter::Own,
        };
        let mut document = analyser.analyse(source);
        if line_per_sentence {
            let sentences: Vec<&str> = (0..document.sentences().len())
                .map(|at| document.sentence_text(at))
                .collect();
            let text = sentences.join("\n");
            document = analyser.analyse(Source { text: &text, ..source });
        }
        documents.push(document);
    }
    Ok(documents)
}

/// Prints the mean probability and the shares above bounds, by words.
pub(crate) fn print(corpora: &Path) -> Result<(), Box<dyn Error>> {
    println!("| corpus | mean p | words with p > 0.2, % | > 0.5, % |\n|---|---|---|---|");
    for name in CORPORA {
        print_row(name, &documents(corpora, name, false)?);
    }
    let news = documents(corpora, CORPORA[0], true)?;
    print_row("cnndm1000/validation, a sentence a line", &news);
    Ok(())
}

fn print_row(name: &str, documents: &[Document]) {
    let (mut words, mut sum, mut above_02, mut above_05) = (0.0, 0.0, 0.0, 0.0);
    for document in documents {
        for sentence in document.sentences() {
            let p = f64::from(sentence.boilerplate);
            let count = document.words(sentence) as f64;
            words += count;
            sum += count * p;
            above_02 += if p > 0.2 { count } else { 0.0 };
            above_05 += if p > 0.5 { count } else { 0.0 };
        }
    }
    println!(
        "| {name} | {:.4} | {:.2} | {:.2} |",
        sum / words,
        100.0 * above_02 / words,
        100.0 * above_05 / words
    );
}
