//! `epitome run`: scores systems on corpora.

use std::{fmt::Write as _, path::PathBuf};

use clap::{Args, Parser};

use crate::{
    harness::{Experiment, JudgedPair, Session, SessionOptions, Verdict},
    registry::Registry,
    run::clock::Stages,
};

use super::{
    arguments::{resamples, share},
    compare::HOLDING_SAID,
    conclude::conclude,
    failure::{Code, Failure},
    interrupt::Interrupt,
    matrix::Matrix,
    output::{Output, say},
    plan::PlanArgs,
    progress::Bar,
    width::columns,
};

/// Score systems on corpora.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(super) struct RunArgs {
    /// Experiment file such as `epitome.toml`; options take precedence over it
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    #[command(flatten)]
    plan: PlanArgs,
    /// Only systems with this name, with any parameters; `*` matches any text
    #[arg(long, value_name = "PATTERN")]
    only: Option<String>,
    /// Leave out this corpus of the experiment file; repeatable
    #[arg(long, value_name = "CORPUS", requires = "file")]
    without: Vec<String>,
    /// Show corpora, budgets, systems and metrics without running anything
    #[arg(long)]
    dry_run: bool,
    /// With `--dry-run`: JSON instead of tables
    #[arg(long, requires = "dry_run")]
    json: bool,
    /// Resamples for ranks and for intervals of micro averages; 0 for no interval
    /// [default: 1000]
    #[arg(long, value_name = "N", value_parser = resamples)]
    resamples: Option<u32>,
    /// Share of a corpus on which a system may fail before the exit code is 3 [default: 0]
    #[arg(long, value_name = "SHARE", value_parser = share)]
    tolerance: Option<f64>,
    /// Run systems again on the documents on which they failed
    #[arg(long)]
    retry_failed: bool,
    /// Replace a run in the folder instead of resuming it
    #[arg(long, conflicts_with = "retry_failed")]
    fresh: bool,
}

impl RunArgs {
    /// Returns the arguments of `epitome run` without any.
    pub(super) fn default_arguments() -> Result<Self, Failure> {
        #[derive(Parser)]
        struct Alone {
            #[command(flatten)]
            arguments: RunArgs,
        }
        let parsed = Alone::try_parse_from(["epitome"]);
        Ok(parsed
            .map_err(|error| Failure::input(error.to_string()))?
            .arguments)
    }

    pub(super) fn run(
        self,
        registry: &Registry,
        line: &[String],
    ) -> Result<Code, Failure> {
        let interrupt = Interrupt::watch()?;
        let mut experiment = self.experiment()?;
        let registry = &self
            .plan
            .with_embedders(registry, interrupt.stop(), &experiment)?
            .keeping_embeddings();
        experiment.check_specs(registry)?;
        let (plan, folder) =
            self.plan
                .planned(registry, interrupt.stop(), &mut experiment)?;
        if self.plan.overrides() || !self.without.is_empty() {
            for note in experiment.keep_what_applies(registry, &plan) {
                say(&note);
            }
        }
        experiment.check(registry, &plan)?;
        experiment.check_baseline(registry, &plan, &self.plan.results)?;
        if self.dry_run {
            let mut output = Output::new();
            let matrix = Matrix {
                plan: &plan,
                folder: &folder,
            };
            match self.json {
                true => output.answer("run", &matrix.json())?,
                false => output.text(&matrix.text(Some(columns())))?,
            }
            output.finish()?;
            return Ok(Code::Fine);
        }

        let quiet = self.plan.quiet;
        let options = SessionOptions {
            resamples: experiment.resamples.unwrap_or(Experiment::RESAMPLES),
            retry_failed: self.retry_failed,
            fresh: self.fresh,
            command: line.to_vec(),
        };

        let mut bar = Bar::new(plan.bytes(), quiet, interrupt.wish());
        let mut session = Session::open(registry, plan, &folder, options, &mut bar)?;
        if self.file.is_some() {
            experiment.write(session.plan(), &folder)?;
        }
        let ran = session.run(&mut bar);
        bar.finish();
        ran.map_err(|error| interrupt.failure(error))?;
        let finished = session.conclude(&mut bar);
        let finished = finished.map_err(|error| interrupt.failure(error))?;

        let mut notes = Vec::new();
        if finished.before > 0 {
            notes.push(format!(
                "note: {} documents were there already",
                finished.before
            ));
        }
        notes.push(summary(finished.documents, &finished.stages));
        let tolerance = experiment.tolerance.unwrap_or(0.0);
        let code = conclude(&finished, tolerance, (!quiet).then_some(&notes))?;
        let verdict = experiment.judge(registry, &finished, &self.plan.results)?;
        Ok(said(&verdict, quiet).unwrap_or(code))
    }

    /// Returns the experiment of the file, overridden by the arguments.
    fn experiment(&self) -> Result<Experiment, Failure> {
        let read = self.file.as_deref().map(Experiment::read).transpose()?;
        let mut read = read.unwrap_or_default();
        read.without_corpora(&self.without)?;
        let mut experiment = self.plan.experiment(read)?;
        experiment.only.clone_from(&self.only);
        experiment.resamples = self.resamples.or(experiment.resamples);
        experiment.tolerance = self.tolerance.or(experiment.tolerance);
        Ok(experiment)
    }
}

/// Prints the results of gates and expected values; returns the exit code if one fails.
fn said(verdict: &Verdict, quiet: bool) -> Option<Code> {
    let judged = || {
        let gates = verdict.gates.iter();
        gates.flat_map(|(place, gate)| gate.judged.iter().map(move |it| (place, it)))
    };
    for (
        place,
        JudgedPair {
            sentence,
            condition,
            ..
        },
    ) in judged().filter(|(_, it)| !it.holds)
    {
        say(&format!(
            "{place}gate fails: {sentence}, against `{condition}`"
        ));
    }
    if !quiet {
        let holding = || judged().filter(|(_, it)| it.holds);
        for (
            place,
            JudgedPair {
                sentence,
                condition,
                ..
            },
        ) in holding().take(HOLDING_SAID)
        {
            say(&format!(
                "{place}gate holds: {sentence}, against `{condition}`"
            ));
        }
        let more = holding().count().saturating_sub(HOLDING_SAID);
        if more > 0 {
            say(&format!("and {more} more gates hold"));
        }
    }

    for expected in &verdict.expected {
        let (place, sentence) = (&expected.place, expected.sentence());
        if !expected.holds() {
            say(&format!("{place}not as expected: {sentence}"));
            if let Some(hint) = expected.hint() {
                say(&hint);
            }
        } else if !quiet {
            say(&format!("{place}as expected: {sentence}"));
        }
    }
    (!verdict.holds()).then_some(Code::Regression)
}

/// Returns the line with the number of documents and the time of each stage.
fn summary(documents: u64, stages: &Stages) -> String {
    let noun = if documents == 1 {
        "document"
    } else {
        "documents"
    };
    let mut text = format!("{documents} {noun} in");
    let parts = [
        ("parse", stages.parse),
        ("analyse", stages.analyse),
        ("systems", stages.systems),
        ("metrics", stages.metrics),
        ("write", stages.write),
    ];
    let _ = write!(text, " {:.2} s of work:", stages.total().as_secs_f64());
    for (name, time) in parts {
        let _ = write!(text, " {name} {:.2}", time.as_secs_f64());
    }
    text
}
