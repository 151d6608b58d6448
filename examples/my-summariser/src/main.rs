//! epitome with a summariser of one's own: all subcommands know it.

use epitome::summarise::{SentenceScorer, Summariser};
use epitome::{registry::Registry, spec::Entry, text::Document};

/// Scores a sentence by the share of its words that have more than six letters.
struct LongWords;

impl SentenceScorer for LongWords {
    fn scores(&self, document: &Document) -> Vec<f64> {
        let score = |at| {
            let words = document.sentence_text(at).split_whitespace();
            let long = words.clone().filter(|word| word.chars().count() > 6);
            long.count() as f64 / words.count().max(1) as f64
        };
        (0..document.sentences().len()).map(score).collect()
    }
}

const ENTRY: Entry<dyn Summariser> = Entry {
    name: "long-words",
    about: "share of long words",
    source: "",
    parameters: &[],
    build: |_| Box::new(LongWords),
};

fn main() -> std::process::ExitCode {
    epitome::cli::main(&Registry::standard().with_summariser(ENTRY))
}
