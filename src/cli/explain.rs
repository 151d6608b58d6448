//! `epitome explain`: explains a signature of a metric or a keyword extractor.

use clap::Args;
use serde_json::json;

use crate::{
    embedding::RecordedEmbedder, keywords::signature_in_words, metric::Signature,
    registry::Registry, spec::Spec,
};

use super::{
    arguments::metric,
    failure::{Code, Failure},
    output::Output,
};

/// Explain the signature of a metric or a keyword extractor.
#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    /// Signature as in tables and files, in its long or its short form, a metric such as
    /// `rouge-1(stemmer=true)`, or the signature of an extractor as in `extracts.jsonl`
    metric: String,
    /// JSON instead of text
    #[arg(long)]
    json: bool,
}

impl ExplainArgs {
    pub(super) fn run(self, registry: &Registry) -> Result<Code, Failure> {
        if let Some(fields) = signature_in_words(&self.metric) {
            return self.extractor(&fields);
        }
        let registry = &self.with_its_vectors(registry);
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
            let fields = fields
                .iter()
                .map(|(field, words)| (field.as_str(), words.as_deref()));
            write_fields(&mut output, &fields.collect::<Vec<_>>())?;
            output.line(&format!("as an argument: --metric '{}'", built.name))?;
        }
        output.finish()?;
        Ok(Code::Fine)
    }

    /// Returns a registry in which the vectors that the signature names have a name.
    fn with_its_vectors(&self, registry: &Registry) -> Registry {
        let signature = self.metric.parse::<Signature>().ok();
        let vectors = signature.as_ref().and_then(|it| it.field("embedder"));
        match vectors {
            Some(vectors) => {
                let recorded = RecordedEmbedder::named(vectors, vectors);
                registry.clone().with_embedder(recorded)
            }
            None => registry.clone(),
        }
    }

    /// Explains the signature of a keyword extractor.
    fn extractor(&self, fields: &[(&str, Option<String>)]) -> Result<Code, Failure> {
        let mut output = Output::new();
        if self.json {
            let fields = fields.iter();
            let fields: Vec<_> = fields
                .map(|(field, words)| json!({ "field": field, "words": words }))
                .collect();
            let explained = json!({ "signature": self.metric, "fields": fields });
            output.answer("explain", &explained)?;
        } else {
            output.line("how a keyword extractor has read a document")?;
            let fields = fields
                .iter()
                .map(|(field, words)| (*field, words.as_deref()));
            write_fields(&mut output, &fields.collect::<Vec<_>>())?;
        }
        output.finish()?;
        Ok(Code::Fine)
    }
}

/// Writes fields, each with what it means.
fn write_fields(
    output: &mut Output,
    fields: &[(&str, Option<&str>)],
) -> Result<(), Failure> {
    let widths = fields.iter().map(|(field, _)| field.chars().count());
    let width = widths.max().unwrap_or(0);
    for (field, words) in fields {
        let words = words.unwrap_or("not known to this build");
        output.line(&format!("  {field:width$}  {words}"))?;
    }
    Ok(())
}

fn is_system(registry: &Registry, name: &str) -> bool {
    let mut summarisers = registry.summarisers().iter();
    let mut extractors = registry.extractors().iter();
    summarisers.any(|it| it.name == name) || extractors.any(|it| it.name == name)
}
