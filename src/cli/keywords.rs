//! `epitome keywords FILE`.

use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use crate::{registry::Registry, run::keyphrase_json, spec::Spec};

use super::{
    arguments::{BoilerplateArgs, TextArgs},
    failure::{Code, Failure},
    input,
    output::Output,
};

/// What to extract from, and how.
#[derive(Debug, Args)]
pub(super) struct KeywordsArgs {
    /// Text file; `-` is standard input
    file: PathBuf,
    /// Keyword extractor such as `tf-idf` or `text-rank(window=10)`
    #[arg(long, value_name = "SPEC", default_value = "text-rank")]
    system: Spec,
    /// At most so many keyphrases
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: usize,
    #[command(flatten)]
    text: TextArgs,
    #[command(flatten)]
    boilerplate: BoilerplateArgs,
    /// Phrases with scores as one JSON object
    #[arg(long)]
    json: bool,
}

impl KeywordsArgs {
    pub(super) fn run(self, registry: &Registry) -> Result<Code, Failure> {
        let extractor = registry.extractor(&self.system)?;
        let document = input::document(&self.file, self.text, extractor.value.needs())?;
        let clean = input::cleaned(&document, self.boilerplate.boilerplate());
        let seen = clean.as_ref().unwrap_or(&document);
        let keyphrases = extractor.value.extract(seen, self.limit);
        let mut output = Output::new();
        if self.json {
            let phrases: Vec<Value> = keyphrases.iter().map(keyphrase_json).collect();
            output.json(&json!({
                "system": extractor.name,
                "signature": extractor.value.signature(seen),
                "keyphrases": phrases,
            }))?;
        } else {
            for keyphrase in keyphrases {
                output.line(&keyphrase.text)?;
            }
        }
        output.finish()?;
        Ok(Code::Fine)
    }
}
