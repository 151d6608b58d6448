//! Trains the English part-of-speech tagger: see `scripts/train-tagger`.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program of its own"
)]

mod clusters;
mod corpus;
mod knowledge;
mod listed;
mod perceptron;
mod score;
mod table;
mod training;
mod write;

use std::{env, error::Error, fs, path::Path};

use epitome::text::{
    Tag,
    training::{features, greedy, lexicon, model, word},
};
use training::Trained;

const USAGE: &str = "wanted: cross-validate|train SHARED WORDS WEIGHTS";

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [command, shared, words, weights] = &arguments[..] else {
        return Err(USAGE.into());
    };
    let corpora = Path::new(shared).join("corpora");
    let treebank = |name: &str| corpus::treebank(&corpora.join("treebank").join(name));
    let mut train = treebank("en_ewt-ud-dev.conllu")?;
    let dev = train.len();
    train.extend(treebank("en_pud-ud-test.conllu")?);
    let listed = listed::listed(Path::new(words))?;
    let raw_text = corpus::raw(&corpora)?;
    eprintln!(
        "{} sentences, {} raw, {} words",
        train.len(),
        raw_text.len(),
        listed.len()
    );

    let raw = knowledge::Raw::of(&raw_text);
    let source = training::Source {
        raw: &raw,
        raw_text: &raw_text,
        listed: &listed,
    };

    match command.as_str() {
        "cross-validate" => score::cross_validate(source, &train, dev),
        "train" => fs::write(weights, write::bytes(&Trained::of(source, &train)))?,
        _ => return Err(USAGE.into()),
    }

    Ok(())
}
