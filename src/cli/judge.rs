//! `epitome judge JUDGEMENTS.jsonl`: how well metrics agree with people.

use std::{
    num::NonZero,
    path::{Path, PathBuf},
    sync::Arc,
};

use clap::Args;
use serde_json::json;

use crate::{
    corpus::CorpusOpener,
    metric::Task,
    name::FileName,
    plugin::ScoresFile,
    registry::Registry,
    report::AgreementReport,
    run::{
        AgreementFindings, FolderLock, JudgePlan, Judgements, KnownDocuments,
        MetricSources, NamedMetrics, RowFailure, RunManifest, ScoredSummary, cores,
        judge, remarks, strangers,
    },
    spec::Spec,
};

use super::{
    arguments::{jobs, metric, some_resamples},
    embedders::EmbedderArgs,
    failure::{Code, Failure},
    metric_plugins::{MetricPluginArgs, PluginLimitArgs},
    output::{Output, say},
    width::columns,
};

/// Measure the agreement of metrics with human judgements.
#[derive(Debug, Args)]
pub(super) struct JudgeArgs {
    /// JSON Lines of {`doc_id`, "system", "summary", "references": […]} with human scores
    /// as further numbers; `name=path` renames it
    judgements: String,
    /// Corpus whose `summaries` are the references, joined by `doc_id`, instead of `references`
    #[arg(long, value_name = "CORPUS")]
    references: Option<String>,
    /// Metric such as `rouge-1(stemmer=true)`, or a signature; repeatable
    #[arg(long, value_name = "SPEC", value_parser = metric,
        required_unless_present_any = ["scores", "metric_plugin"])]
    metric: Vec<Spec>,
    #[command(flatten)]
    embedders: EmbedderArgs,
    #[command(flatten)]
    plugins: MetricPluginArgs,
    #[command(flatten)]
    limits: PluginLimitArgs,
    /// Aspect that was judged, such as `coherence`; repeatable [default: every number]
    #[arg(long, value_name = "NAME")]
    aspect: Vec<String>,
    /// Seed of the intervals and tests
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,
    /// Number of resamples for the intervals and tests
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = some_resamples)]
    resamples: u32,
    /// Number of threads [default: number of cores]
    #[arg(long, short, value_name = "N", value_parser = jobs)]
    jobs: Option<NonZero<usize>>,
    /// Folder of all results
    #[arg(long, value_name = "FOLDER", default_value = "results")]
    results: PathBuf,
    /// Name of the folder of the results [default: derived from the plan]
    #[arg(long, value_name = "NAME")]
    name: Option<FileName>,
    /// JSON instead of tables
    #[arg(long)]
    json: bool,
    /// No notes; tables and errors only
    #[arg(long, short)]
    quiet: bool,
}

impl JudgeArgs {
    pub(super) fn run(
        self,
        registry: &Registry,
        line: &[String],
    ) -> Result<Code, Failure> {
        let (sources, interrupt) = self.plugins.sources(
            &self.limits,
            &self.embedders,
            self.seed,
            &self.results,
            self.files(),
        )?;
        let registry = &self.embedders.registry(registry, &sources.options)?;
        let (plan, scores) = self.plan(registry, &sources)?;
        let judgements = Judgements::read(&plan)?;
        let strangers = strangers_among(&plan, &judgements, &scores)?;
        let name = match &self.name {
            Some(name) => name.clone(),
            None => FileName::new(plan.name())?,
        };
        let folder = self.results.join(name);
        let _lock = FolderLock::take(&folder)?;
        if RunManifest::read(&folder)?.is_some_and(|found| !found.systems.is_empty()) {
            return Err(Failure::input(format!(
                "{}: it holds a run\nhint: another `--name` keeps it",
                folder.display()
            )));
        }
        let mut manifest = RunManifest::of_judging(&plan, line.to_vec());

        let summaries = judgements.score(&plan);
        interrupt.check()?;
        let findings = judge(&plan, judgements.aspects.len(), &summaries);
        let aspects = &judgements.aspects;
        let report = AgreementReport {
            plan: &plan,
            aspects,
            findings: &findings,
        };
        report.write(&folder)?;
        manifest.end();
        manifest.write(&folder)?;

        self.print(report)?;
        if !self.quiet {
            for note in strangers.into_iter().chain(remarks(&plan.metrics)) {
                say(&format!("note: {note}"));
            }
            notes(&plan, &summaries, &findings, aspects);
            say(&summary(&summaries, &folder));
        }
        Ok(Code::Fine)
    }

    /// Returns the files of the judgements and of the references.
    fn files(&self) -> Vec<PathBuf> {
        let opener = CorpusOpener::default();
        let corpora = [&self.judgements].into_iter().chain(&self.references);
        corpora.flat_map(|name| opener.files(name)).collect()
    }

    /// Returns the plan, and the files of scores whose metrics are in it.
    fn plan(
        &self,
        registry: &Registry,
        sources: &MetricSources,
    ) -> Result<(JudgePlan, Vec<Arc<ScoresFile>>), Failure> {
        let NamedMetrics { metrics, scores } =
            sources.open_for_texts(registry, &self.metric)?;
        let plan = JudgePlan {
            metrics,
            aspects: self.aspect.clone(),
            seed: self.seed,
            resamples: self.resamples,
            jobs: self.jobs.unwrap_or(cores()),
            ..JudgePlan::open(&self.judgements, self.references.as_deref())?
        };
        Ok((plan, scores))
    }

    fn print(&self, report: AgreementReport<'_>) -> Result<(), Failure> {
        let mut output = Output::new();
        if self.json {
            let (agreements, tests) = (report.agreements(), report.tests());
            let (agreements, tests): (Vec<_>, Vec<_>) = (
                agreements.into_iter().collect(),
                tests.into_iter().collect(),
            );
            let found = json!({ "agreements": agreements, "tests": tests });
            output.answer("judge", &found)?;
        } else {
            output.text(&report.tables(Some(columns())))?;
        }
        output.finish()
    }
}

/// Returns sentences about lines of files of scores that are about no judged summary.
fn strangers_among(
    plan: &JudgePlan,
    judgements: &Judgements,
    scores: &[Arc<ScoresFile>],
) -> Result<Vec<String>, Failure> {
    let mut documents = KnownDocuments::default();
    for id in judgements.documents() {
        documents.add(plan.judgements.name(), id);
    }
    let systems = judgements.systems().iter();
    let systems: Vec<_> = systems
        .map(|name| (name.as_str(), Task::Summaries))
        .collect();
    Ok(strangers(scores, &plan.metrics, &systems, &documents)?)
}

/// Prints notes about missing scores and undefined correlations.
fn notes(
    plan: &JudgePlan,
    summaries: &[ScoredSummary],
    findings: &AgreementFindings,
    aspects: &[String],
) {
    for (at, metric) in plan.metrics.iter().enumerate() {
        let name = &metric.name;
        let failed: Vec<&RowFailure> = summaries
            .iter()
            .flat_map(|one| &one.failures)
            .filter(|(metric, _)| *metric == at)
            .map(|(_, failure)| failure)
            .collect();
        if let Some(first) = failed.first() {
            let count = failed.len();
            say(&format!(
                "note: `{name}` failed on {count} summaries, which are left out: {first}"
            ));
        }
        let unread = summaries
            .iter()
            .filter(|one| one.metrics[at].is_none())
            .count()
            - failed.len();
        if unread > 0 {
            say(&format!(
                "note: `{name}` cannot read the references of {unread} summaries: they are left out"
            ));
        }
    }

    for (at, aspect) in aspects.iter().enumerate() {
        let unknown = summaries
            .iter()
            .filter(|one| one.human[at].is_none())
            .count();
        if unknown > 0 {
            say(&format!(
                "note: {unknown} summaries have no `{aspect}`: they are left out"
            ));
        }
    }

    let systems = systems(summaries);
    if systems < FEW {
        say(&format!(
            "note: {systems} systems are too few for a correlation of their means: use the other levels"
        ));
    }

    let undefined = findings
        .agreements
        .iter()
        .filter(|one| one.value.is_none())
        .count();
    if undefined > 0 {
        let all = findings.agreements.len();
        say(&format!(
            "note: {undefined} of {all} correlations are undefined: a metric or the human scores do not vary"
        ));
    }
}

/// Number of systems below which the correlation of their means is meaningless: four systems have
/// any given order by chance with probability 1/24.
const FEW: usize = 5;

/// Returns the number of systems.
fn systems(summaries: &[ScoredSummary]) -> usize {
    summaries
        .iter()
        .map(|one| one.system + 1)
        .max()
        .unwrap_or(0)
}

/// Returns the line about the number of summaries and the folder.
fn summary(summaries: &[ScoredSummary], folder: &Path) -> String {
    let documents = summaries
        .iter()
        .map(|one| one.document + 1)
        .max()
        .unwrap_or(0);
    format!(
        "{} summaries of {documents} documents by {} systems; kendall with intervals over both\nresults in {}",
        summaries.len(),
        systems(summaries),
        folder.display()
    )
}
