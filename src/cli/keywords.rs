//! `epitome keywords FILE`.

use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use crate::{
    metric::Task,
    plugin::{Answer, Length, PluginOptions, PluginTask},
    rank::Budget,
    registry::Registry,
    run::keyphrase_json,
    spec::Spec,
    text::{CorpusView, Document},
};

use super::{
    arguments::{BoilerplateArgs, TextArgs, some},
    embedders::EmbedderArgs,
    failure::{Code, Failure},
    input::{self, note_default, system_or},
    one_plugin::OnePluginArgs,
    output::Output,
};

/// Extract keyphrases from a text.
#[derive(Debug, Args)]
pub(super) struct KeywordsArgs {
    /// Text file; `-` is standard input
    file: PathBuf,
    /// Keyword extractor such as `tf-idf` or `text-rank(window=10)` [default: epitome]
    #[arg(long, value_name = "SPEC")]
    system: Option<Spec>,
    #[command(flatten)]
    embedders: EmbedderArgs,
    #[command(flatten)]
    plugin: OnePluginArgs,
    /// Maximum number of keyphrases
    #[arg(long = "keyphrases", alias = "limit", value_name = "N", default_value_t = 10, value_parser = some)]
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
        let (_interrupt, registry) =
            &self.embedders.watched(registry, PluginOptions::default())?;
        let built_in = if self.plugin.is_named() {
            None
        } else {
            let spec = system_or(self.system.as_ref(), DEFAULT);
            input::check_task(registry, &spec.name, Task::Keyphrases)?;
            Some(registry.extractor(&spec)?)
        };

        let needs = built_in.as_ref().map(|system| system.value.needs());
        let document = input::document(&self.file, self.text, needs.unwrap_or_default())?;
        if built_in.is_some() {
            note_default(self.system.as_ref(), DEFAULT);
        }

        let clean = input::cleaned(&document, self.boilerplate.boilerplate());
        let seen = clean.as_ref().unwrap_or(&document);
        let (texts, json): (Vec<String>, Value) = match &built_in {
            Some(extractor) => {
                let corpus = CorpusView::none();
                let keyphrases = extractor.value.extract(seen, &corpus, self.limit);
                let texts = keyphrases.iter().map(|it| it.text.clone()).collect();
                let phrases: Vec<Value> = keyphrases.iter().map(keyphrase_json).collect();
                let json = json!({
                    "system": extractor.name,
                    "signature": extractor.value.signature(seen, &corpus),
                    "keyphrases": phrases,
                });
                (texts, json)
            }
            None => self.answer_of_plugin(registry, seen)?,
        };

        let mut output = Output::new();
        if self.json {
            output.answer("keywords", &json)?;
        } else {
            for text in texts {
                output.line(&text)?;
            }
        }
        output.finish()?;
        Ok(Code::Fine)
    }

    /// Returns the phrases of the plugin, and its answer as JSON.
    fn answer_of_plugin(
        &self,
        registry: &Registry,
        document: &Document,
    ) -> Result<(Vec<String>, Value), Failure> {
        let length = Length {
            budget: Budget::Sentences(0),
            limit: self.limit,
        };
        let (system, task) = (self.system.as_ref(), PluginTask::Keywords);
        let asked = self
            .plugin
            .ask(registry, system, task, length, document.into())?;

        let name = asked.name;
        let Answer::Phrases(phrases) = asked.answer else {
            return Err(Failure::input(format!("`{name}` answers with no phrases")));
        };
        let objects = phrases
            .iter()
            .map(|(text, score)| json!({ "text": text, "score": score }));
        let keyphrases: Vec<Value> = objects.collect();
        let texts = phrases.into_iter().map(|(text, _)| text).collect();
        Ok((texts, json!({ "system": name, "keyphrases": keyphrases })))
    }
}

/// The default extractor: the one with the best mean rank on corpora that it was not fitted on,
/// by `results/published/leave-one-out.csv`.
const DEFAULT: &str = "epitome";
