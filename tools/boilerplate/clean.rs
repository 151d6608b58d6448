//! What would be dropped of text that holds no boilerplate.

use std::{error::Error, fs, path::Path};

use epitome::text::{Analyser, Document, LineEnds, Segmenter, Source};
use serde_json::Value;

const CORPORA: [&str; 12] = [
    "cnndm1000/validation",
    "scitldr_a/test",
    "klexikon/validation20",
    "wikinews_fr/all",
    "temario/all",
    "opinosis/all",
    "fewsum_amazon/test",
    "semeval2010/trial",
    "wiki20/all",
    "inspec/dev",
    "pt110/all",
    "qmsum/val",
];
/// Mails, questions and answers, reviews, by how the ids of their documents begin.
const TREEBANK: [&str; 2] = ["en_ewt-ud-dev", "en_ewt-ud-test"];
const GENRES: [&str; 5] = ["email", "newsgroup", "answers", "reviews", "weblog"];
const MARKDOWN: [&str; 26] = [
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "docs/bias.md",
    "docs/boilerplate.md",
    "docs/ci.md",
    "docs/command-line.md",
    "docs/corpora.md",
    "docs/differences.md",
    "docs/experiments.md",
    "docs/first-result.md",
    "docs/metrics.md",
    "docs/one-text.md",
    "docs/own-metrics.md",
    "docs/own-systems.md",
    "docs/protocol.md",
    "docs/report.md",
    "docs/results.md",
    "docs/runs.md",
    "docs/scale.md",
    "docs/scoring.md",
    "docs/speed.md",
    "docs/statistics.md",
    "docs/systems.md",
    "docs/text.md",
];

/// A text and the code of its language.
type Text = (String, String);

/// Prints the share of the words in sentences with p > 0.5, and of those that are dropped,
/// by kind of text.
pub(crate) fn print(corpora: &Path) -> Result<(), Box<dyn Error>> {
    println!("| texts | words | with p > 0.5, % | dropped, % |\n|---|---|---|---|");
    for name in CORPORA {
        print_row(name, &bodies(&records(corpora, name)?))?;
    }
    let news = bodies(&records(corpora, CORPORA[0])?);
    let news = news
        .iter()
        .map(by_sentence)
        .collect::<Result<Vec<_>, _>>()?;

    print_row("cnndm1000/validation, a sentence a line", &news)?;
    for name in ["inspec/dev", "semeval2017/dev"] {
        let lists = records(corpora, name)?
            .iter()
            .map(keyphrases)
            .collect::<Vec<_>>();
        print_row(&format!("{name}, keyphrases, one a line"), &lists)?;
    }

    let meetings = bodies(&records(corpora, "qmsum/val")?);
    let nameless: Vec<Text> = meetings.iter().map(without_names).collect();
    print_row("qmsum/val, without names", &nameless)?;
    for genre in GENRES {
        print_row(&format!("treebank, {genre}"), &treebank(corpora, genre)?)?;
    }
    let markdown = MARKDOWN
        .iter()
        .map(|file| Ok((fs::read_to_string(file)?, english())));
    let markdown = markdown.collect::<Result<Vec<Text>, std::io::Error>>()?;
    print_row("Markdown of this project", &markdown)
}

fn english() -> String {
    "en".to_owned()
}

fn records(corpora: &Path, name: &str) -> Result<Vec<Value>, Box<dyn Error>> {
    let text = fs::read_to_string(corpora.join(format!("{name}.jsonl")))?;
    Ok(text
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()?)
}

fn bodies(records: &[Value]) -> Vec<Text> {
    let body = |record: &Value| {
        let text = record["text"].as_str().unwrap_or("").to_owned();
        (text, record["lang"].as_str().unwrap_or("en").to_owned())
    };
    records.iter().map(body).collect()
}

fn keyphrases(record: &Value) -> Text {
    let phrases = record["keyphrases"].as_array().into_iter().flatten();
    let lines: Vec<&str> = phrases.filter_map(Value::as_str).collect();
    (lines.join("\n"), english())
}

fn by_sentence(text: &Text) -> Result<Text, Box<dyn Error>> {
    let document = document(text)?;
    let sentences = (0..document.sentences().len()).map(|at| document.sentence_text(at));
    Ok((sentences.collect::<Vec<_>>().join("\n"), text.1.clone()))
}

/// Turns without what stands before their first colon.
fn without_names((text, language): &Text) -> Text {
    let said = |line: &str| match line.split_once(": ") {
        Some((name, said)) if name.len() <= 30 => said.to_owned(),
        _ => line.to_owned(),
    };
    (
        text.lines().map(said).collect::<Vec<_>>().join("\n"),
        language.clone(),
    )
}

/// The documents of a genre, blank lines between their paragraphs.
fn treebank(corpora: &Path, genre: &str) -> Result<Vec<Text>, Box<dyn Error>> {
    let mut texts: Vec<Text> = Vec::new();

    for file in TREEBANK {
        let path = corpora.join(format!("treebank/{file}.conllu"));
        let (mut is_wanted, mut separator) = (false, "");
        for line in fs::read_to_string(path)?.lines() {
            if let Some(id) = line.strip_prefix("# newdoc id = ") {
                (is_wanted, separator) = (id.starts_with(genre), "");
                if is_wanted {
                    texts.push((String::new(), english()));
                }
            } else if line.starts_with("# newpar") && separator == " " {
                separator = "\n\n";
            } else if let Some(sentence) = line.strip_prefix("# text = ")
                && is_wanted
                && let Some((text, _)) = texts.last_mut()
            {
                text.push_str(separator);
                text.push_str(sentence);
                separator = " ";
            }
        }
    }

    Ok(texts)
}

fn document((text, language): &Text) -> Result<Document, Box<dyn Error>> {
    let (language, segmenter) = (language.parse()?, Segmenter::Own);
    let source = Source {
        id: "",
        title: "",
        text,
        language,
        segmenter,
        line_ends: LineEnds::Auto,
    };
    Ok(Analyser::default().analyse(source))
}

fn print_row(name: &str, texts: &[Text]) -> Result<(), Box<dyn Error>> {
    let (mut words, mut taken, mut dropped) = (0, 0, 0);
    for text in texts {
        let found = document(text)?.boilerplate();
        words += found.of;
        taken += found.words;
        dropped += if found.is_most() { 0 } else { found.words };
    }
    let share = |part: usize| 100.0 * part as f64 / words.max(1) as f64;
    println!(
        "| {name} | {words} | {:.2} | {:.2} |",
        share(taken),
        share(dropped)
    );
    Ok(())
}
