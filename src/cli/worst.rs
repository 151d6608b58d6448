//! `epitome worst RUN A B`: the documents where A is furthest behind B.

use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use crate::{
    harness::{Behind, find_run, furthest_behind, open_run},
    registry::Registry,
    report::{Results, difference_in, printable, symbol_of_differences, value_in},
    run::{MetricRecipe, RunManifest},
    spec::{Spec, SpecError},
};

use super::{
    arguments::{metric, some},
    failure::{Code, Failure},
    output::{Output, say},
    progress::Notes,
};

/// List the documents on which a system is furthest behind another.
#[derive(Debug, Args)]
pub(super) struct WorstArgs {
    /// Folder of a run, or its name in the results
    run: String,
    /// System that is behind, by its name in tables
    a: String,
    /// System that it is compared with
    b: String,
    /// Metric of the run, or its signature [default: the first that measures both systems]
    #[arg(long, value_name = "SPEC", value_parser = metric)]
    metric: Option<Spec>,
    /// Maximum number of documents
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = some)]
    number: usize,
    /// Only documents of this corpus
    #[arg(long, value_name = "NAME")]
    corpus: Option<String>,
    /// JSON instead of text
    #[arg(long)]
    json: bool,
    /// Folder of all results
    #[arg(long, value_name = "FOLDER", default_value = "results")]
    results: PathBuf,
}

impl WorstArgs {
    pub(super) fn run(self, registry: &Registry) -> Result<Code, Failure> {
        let folder = find_run(&self.run, &self.results)
            .ok_or_else(|| Failure::input(format!("no run `{}`", self.run)))?;
        open_run(registry, &folder, &mut Notes)?;
        let manifest = Results::read(&folder)?.manifest;
        let metric = self.metric_of(registry, &manifest)?;
        let systems = [self.a.as_str(), self.b.as_str()];
        let corpus = self.corpus.as_deref();
        let found =
            furthest_behind(&folder, &manifest, metric, systems, corpus, self.number)?;

        let recipe = &manifest.metrics[metric];
        let mut output = Output::new();
        if self.json {
            output.answer("worst", &self.as_json(recipe, &found))?;
        } else {
            for behind in &found {
                let line = self.line(recipe, behind, manifest.corpora.len() > 1);
                output.line(&printable(&line))?;
            }
        }
        output.finish()?;
        if !self.json {
            say(&self.what(recipe, found.len()));
        }
        Ok(Code::Fine)
    }

    /// Returns the index of the metric in the manifest.
    fn metric_of(
        &self,
        registry: &Registry,
        manifest: &RunManifest,
    ) -> Result<usize, Failure> {
        let is_of = |name: &str, recipe: &MetricRecipe| {
            manifest
                .systems
                .iter()
                .any(|it| it.name == name && it.task == recipe.task)
        };
        let Some(spec) = &self.metric else {
            let first = manifest
                .metrics
                .iter()
                .position(|it| is_of(&self.a, it) && is_of(&self.b, it));
            return Ok(first.unwrap_or(0)); // `furthest_behind` refuses systems that do not fit
        };

        let built = registry.metric(spec);
        // of a plugin the name is the one that was written
        let name = built.map_or_else(|_| spec.to_string(), |it| it.name);
        let found = manifest.metrics.iter().position(|it| it.name == name);
        found.ok_or_else(|| {
            let names = manifest.metrics.iter().map(|it| it.name.as_str());
            SpecError::unknown_name("metric of the run", &name, names).into()
        })
    }

    /// Returns the line of a document: the difference, both scores, and the command that shows it.
    fn line(&self, metric: &MetricRecipe, behind: &Behind, has_corpora: bool) -> String {
        let Behind {
            corpus,
            document,
            a,
            b,
        } = behind;
        let distance = difference_in(metric.unit, -(a - b).abs());
        let [a, b] = [a, b].map(|score| value_in(metric.unit, *score));
        let mut words = vec!["epitome", "show", &self.run, document, &self.a, &self.b];
        if has_corpora {
            words.extend(["--corpus", corpus]);
        }
        let results = self.results.display().to_string();
        if results != "results" {
            words.extend(["--results", &results]);
        }
        let quoter = shlex::Quoter::new().allow_nul(true);
        let command = quoter
            .join(words)
            .expect("only NUL is refused, and it is allowed");
        format!("{distance:>8} {a:>8} {b:>8}  {command}")
    }

    /// Returns the note about the columns.
    fn what(&self, metric: &MetricRecipe, found: usize) -> String {
        let (a, b, name) = (&self.a, &self.b, &metric.name);
        let unit = symbol_of_differences(metric.unit);
        match found {
            0 => format!("note: `{a}` is behind `{b}` on no document by {name}"),
            _ => format!(
                "note: {name}: how far `{a}` is behind `{b}` in {unit}, the score of each, and the command that shows the document"
            ),
        }
    }

    fn as_json(&self, metric: &MetricRecipe, found: &[Behind]) -> Value {
        let rows = found.iter().map(|it| {
            json!({
                "corpus": it.corpus, "document": it.document,
                "a": it.a, "b": it.b, "difference": it.a - it.b,
            })
        });
        json!({
            "a": self.a,
            "b": self.b,
            "metric": metric.name,
            "signature": metric.signature,
            "unit": metric.unit,
            "documents": rows.collect::<Vec<_>>(),
        })
    }
}
