//! `epitome worst RUN A B`: the documents where A is furthest behind B.

use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use crate::{
    harness::{Behind, find_run, furthest_behind, newest_run, open_run},
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
    /// `[RUN] A B`: the folder of a run, or its name in the results [default: the newest that
    /// has come to its end]; the system that is behind, by its name in tables; the system
    /// that it is compared with
    #[arg(required = true, num_args = 2..=3, value_name = "RUN A B")]
    what: Vec<String>,
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
        let folder = self.folder()?;
        open_run(registry, &folder, &mut Notes)?;
        let manifest = Results::read(&folder)?.manifest;
        let metric = self.metric_of(registry, &manifest)?;
        let systems = self.systems();
        let corpus = self.corpus.as_deref();
        let found =
            furthest_behind(&folder, &manifest, metric, systems, corpus, self.number)?;

        let recipe = &manifest.metrics[metric];
        let mut output = Output::new();
        if self.json {
            output.answer("worst", &self.as_json(recipe, &found))?;
        } else {
            let run = match self.what.as_slice() {
                [name, _, _] => name.clone(),
                _ => folder.display().to_string(),
            };
            for behind in &found {
                let line = self.line(&run, recipe, behind, manifest.corpora.len() > 1);
                output.line(&printable(&line))?;
            }
        }
        output.finish()?;
        if !self.json {
            say(&self.what(recipe, found.len()));
        }
        Ok(Code::Fine)
    }

    /// Returns the system that is behind, and that it is compared with.
    fn systems(&self) -> [&str; 2] {
        let last = self.what.len() - 1;
        [&self.what[last - 1], &self.what[last]]
    }

    /// Returns the folder of the run.
    fn folder(&self) -> Result<PathBuf, Failure> {
        match self.what.as_slice() {
            [name, _, _] => find_run(name, &self.results)
                .ok_or_else(|| Failure::input(format!("no run `{name}`"))),
            _ => newest_run(&self.results).ok_or_else(|| {
                Failure::input(format!("no run in {}", self.results.display()))
            }),
        }
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
                .position(|it| self.systems().iter().all(|name| is_of(name, it)));
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
    fn line(
        &self,
        run: &str,
        metric: &MetricRecipe,
        behind: &Behind,
        has_corpora: bool,
    ) -> String {
        let Behind {
            corpus,
            document,
            a,
            b,
        } = behind;
        let distance = difference_in(metric.unit, -(a - b).abs());
        let [a, b] = [a, b].map(|score| value_in(metric.unit, *score));
        let [first, second] = self.systems();
        let mut words = vec!["epitome", "show", run, document, first, second];
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
        let ([a, b], name) = (self.systems(), &metric.name);
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
            "a": self.systems()[0],
            "b": self.systems()[1],
            "metric": metric.name,
            "signature": metric.signature,
            "unit": metric.unit,
            "documents": rows.collect::<Vec<_>>(),
        })
    }
}
