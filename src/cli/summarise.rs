//! `epitome summarise FILE`.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use crate::{registry::Registry, spec::Spec};

use super::{
    arguments::{BoilerplateArgs, BudgetArgs, TextArgs},
    failure::{Code, Failure},
    input,
    output::Output,
};

/// What to summarise, and how.
#[derive(Debug, Args)]
pub(super) struct SummariseArgs {
    /// Text file; `-` is standard input
    file: PathBuf,
    /// Summariser such as `lead` or `text-rank(damping=0.9)`
    #[arg(long, value_name = "SPEC", default_value = "text-rank")]
    system: Spec,
    #[command(flatten)]
    budget: BudgetArgs,
    #[command(flatten)]
    text: TextArgs,
    #[command(flatten)]
    boilerplate: BoilerplateArgs,
    /// All sentences, picks and scores as one JSON object
    #[arg(long)]
    json: bool,
}

impl SummariseArgs {
    pub(super) fn run(self, registry: &Registry) -> Result<Code, Failure> {
        let summariser = registry.summariser(&self.system)?;
        let document = input::document(&self.file, self.text, summariser.value.needs())?;
        let clean = input::cleaned(&document, self.boilerplate.boilerplate());
        let seen = clean.as_ref().unwrap_or(&document);
        let selection = summariser.value.summarise(seen, self.budget.budget());
        let selection = selection.of_whole(seen);
        let picks = selection.in_document_order();
        let count = document.sentences().len();
        let mut output = Output::new();
        if self.json {
            let sentences: Vec<&str> =
                (0..count).map(|at| document.sentence_text(at)).collect();
            let scores: Vec<Option<f64>> = match selection.scores {
                Some(scores) => scores.into_iter().map(known).collect(),
                None => vec![None; count],
            };
            let left_out: Vec<u32> = (0..count as u32)
                .filter(|&number| seen.sentence_numbered(number).is_none())
                .collect();
            output.json(&json!({
                "system": summariser.name,
                "sentences": sentences,
                "picks": picks,
                "scores": scores,
                "left_out": left_out,
            }))?;
        } else {
            for pick in picks {
                output.line(document.sentence_text(pick as usize))?;
            }
        }
        output.finish()?;
        Ok(Code::Fine)
    }
}

/// A sentence that the system did not see has no score.
fn known(score: f64) -> Option<f64> {
    Some(score).filter(|score| !score.is_nan())
}
