//! `epitome summarise FILE`.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use crate::{
    metric::Task,
    plugin::{Answer, AskedDocument, Length, PluginOptions, PluginTask},
    rank::Selection,
    registry::Registry,
    spec::{Built, Entry, Spec},
    summarise::Summariser,
    text::Document,
};

use super::{
    arguments::{BoilerplateArgs, BudgetArgs, EncodingArgs, TextArgs},
    embedders::EmbedderArgs,
    failure::{Code, Failure},
    input::{self, note_default, system_or},
    one_plugin::OnePluginArgs,
    output::{Output, say},
};

/// Summarise a text.
#[derive(Debug, Args)]
pub(super) struct SummariseArgs {
    /// Text file; `-` is standard input
    file: PathBuf,
    /// Summariser such as `lead` or `text-rank(damping=0.9)` [default: epitome]
    #[arg(long, value_name = "SPEC")]
    system: Option<Spec>,
    #[command(flatten)]
    embedders: EmbedderArgs,
    #[command(flatten)]
    plugin: OnePluginArgs,
    #[command(flatten)]
    budget: BudgetArgs,
    #[command(flatten)]
    encoding: EncodingArgs,
    #[command(flatten)]
    text: TextArgs,
    /// What the summary is to answer, for a system that reads a query, such as `bm25`
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    query: String,
    #[command(flatten)]
    boilerplate: BoilerplateArgs,
    /// All sentences, selected ones and scores as one JSON object
    #[arg(long)]
    json: bool,
}

impl SummariseArgs {
    pub(super) fn run(self, registry: &Registry) -> Result<Code, Failure> {
        let (_interrupt, registry) =
            &self.embedders.watched(registry, PluginOptions::default())?;
        let built_in = if self.plugin.is_named() {
            None
        } else {
            let spec = system_or(self.system.as_ref(), DEFAULT);
            input::check_task(registry, &spec.name, Task::Summaries)?;
            Some(registry.summariser(&spec)?)
        };

        let needs = built_in.as_ref().map(|system| system.value.needs());
        let document = input::document(&self.file, self.text, needs.unwrap_or_default())?;
        if built_in.is_some() {
            note_default(self.system.as_ref(), DEFAULT);
        }

        let clean = input::cleaned(&document, self.boilerplate.boilerplate());
        let seen = clean.as_ref().unwrap_or(&document);
        let (name, selection) = match &built_in {
            Some(system) => {
                let query = self.query.trim();
                if !query.is_empty() && system.value.with_query(query).is_none() {
                    return Err(reads_none(registry, system));
                }
                if let Some(too_long) = system.value.refusal(seen) {
                    return Err(Failure::input(format!("`{}`: {too_long}", system.name)));
                }
                let budget = self.budget.budget(self.encoding);
                let selection = system.value.summarise_for(query, seen, budget);
                (system.name.clone(), selection)
            }
            None => self.answer_of_plugin(registry, seen)?,
        };

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
            let found = json!({
                "system": name,
                "sentences": sentences,
                "picks": picks,
                "scores": scores,
                "left_out": left_out,
            });
            output.answer("summarise", &found)?;
        } else {
            if picks.is_empty() && count > 0 {
                say(&format!(
                    "note: no sentence is within the budget of {}",
                    self.budget.budget(self.encoding)
                ));
            }
            for pick in picks {
                output.line(document.sentence_text(pick as usize))?;
            }
        }
        output.finish()?;
        Ok(Code::Fine)
    }

    /// Returns the name of the plugin, and its selection.
    fn answer_of_plugin(
        &self,
        registry: &Registry,
        document: &Document,
    ) -> Result<(String, Selection), Failure> {
        let length = Length {
            budget: self.budget.budget(self.encoding),
            limit: 0,
        };
        let (system, task) = (self.system.as_ref(), PluginTask::Summarise);
        let query = self.query.trim();
        let question = AskedDocument { document, query };
        let asked = self.plugin.ask(registry, system, task, length, question)?;
        match asked.answer {
            Answer::Picks(selection) => Ok((asked.name, selection)),
            Answer::Phrases(_) | Answer::Text(_) => Err(Failure::input(format!(
                "`{}` answers with no sentences of the text",
                asked.name
            ))),
        }
    }
}

/// Returns the error that a system reads no query, with the systems that do.
fn reads_none(registry: &Registry, system: &Built<dyn Summariser>) -> Failure {
    let reads = |entry: &&Entry<dyn Summariser>| {
        let name = entry.name.to_owned();
        let arguments = Vec::new();
        let built = registry.summariser(&Spec { name, arguments });
        built.is_ok_and(|built| built.value.with_query("query").is_some())
    };
    let readers = registry.summarisers().iter().filter(reads);
    let readers: Vec<String> = readers.map(|it| format!("`{}`", it.name)).collect();
    Failure::input(format!(
        "`{}` reads no query, or has one of its own\nhint: `--query` is read by {}",
        system.name,
        readers.join(", ")
    ))
}

/// The default summariser: the one with the best mean rank on corpora that it was not fitted
/// on, by `results/published/leave-one-out.csv`.
const DEFAULT: &str = "epitome";

/// Returns a score; `None` for a sentence that the system did not see, whose score is NaN.
fn known(score: f64) -> Option<f64> {
    Some(score).filter(|score| !score.is_nan())
}
