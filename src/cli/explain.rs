//! `epitome explain`: explains a signature.

use clap::Args;
use serde_json::json;

use crate::{metric::Signature, registry::Registry, spec::Spec};

use super::{
    arguments::metric,
    failure::{Code, Failure},
    output::Output,
};

/// Explain a signature.
#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    /// Signature as in tables and files, in its long or its short form, or a metric such as
    /// `rouge-1(stemmer=true)`
    metric: String,
    /// JSON instead of text
    #[arg(long)]
    json: bool,
}

impl ExplainArgs {
    pub(super) fn run(self, registry: &Registry) -> Result<Code, Failure> {
        let spec: Spec = metric(&self.metric).map_err(Failure::input)?;
        let is_metric = registry.metrics().iter().any(|it| it.name == spec.name);
        if !is_metric && is_system(registry, &spec.name) {
            return Err(Failure::input(format!(
                "`{0}` is a system, not a metric\nhint: `epitome list {0}` describes it",
                spec.name
            )));
        }
        let built = registry.metric(&spec)?;
        // fields that the signature has take precedence over those of this version
        let signature = match self.metric.parse::<Signature>() {
            Ok(given) => given.completed(&built.value.signature()),
            Err(_) => built.value.signature(),
        };

        let fields = signature.in_words();
        let entry = registry
            .metrics()
            .iter()
            .find(|entry| entry.name == spec.name);
        let (about, source) = entry.map_or(("", ""), |entry| (entry.about, entry.source));

        let mut output = Output::new();
        if self.json {
            let fields: Vec<_> = fields
                .iter()
                .map(|(field, words)| json!({ "field": field, "words": words }))
                .collect();
            let explained = json!({
                "metric": built.name,
                "signature": signature.to_string(),
                "about": about,
                "source": source,
                "fields": fields,
            });
            output.answer("explain", &explained)?;
        } else {
            output.line(&format!("{}: {about}", built.name))?;
            output.line(&format!("  {source}"))?;
            let width = fields
                .iter()
                .map(|(field, _)| field.chars().count())
                .max()
                .unwrap_or(0);
            for (field, words) in &fields {
                let words = words.as_deref().unwrap_or("not known to this build");
                output.line(&format!("  {field:width$}  {words}"))?;
            }
            output.line(&format!("as an argument: --metric '{}'", built.name))?;
        }
        output.finish()?;
        Ok(Code::Fine)
    }
}

fn is_system(registry: &Registry, name: &str) -> bool {
    let mut summarisers = registry.summarisers().iter();
    let mut extractors = registry.extractors().iter();
    summarisers.any(|it| it.name == name) || extractors.any(|it| it.name == name)
}
