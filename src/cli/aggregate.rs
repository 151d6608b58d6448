//! `epitome aggregate`: merges the rows of workers into a run.

use std::path::PathBuf;

use clap::Args;

use crate::{
    corpus::{Corpus, Stream},
    harness::{Aggregation, Experiment, SessionOptions, sum_parts},
    registry::Registry,
};

use super::{
    arguments::{resamples, share},
    conclude::conclude,
    failure::{Code, Failure},
    interrupt::Interrupt,
    output::Output,
    plan::PlanArgs,
    progress::Bar,
};

/// Merge the rows of workers.
///
/// The arguments are those of the workers, and the corpus that they processed in parts. Writes
/// the folder that `epitome run` would have written. Fails if a part is missing or incomplete,
/// was made with other settings, or is of another corpus. Parts may be in any order, and may
/// occur more than once.
///
/// `--partial` writes the sums of some parts, a few megabytes, instead; `--merge` computes the
/// leaderboard from such files, without rows.
#[derive(Debug, Args)]
pub(super) struct AggregateArgs {
    /// Files of rows, or folders of them; with `--merge` files of sums
    #[arg(required = true, value_name = "ROWS")]
    rows: Vec<PathBuf>,
    /// Experiment file that the workers were given; flags go before what it says
    #[arg(long, value_name = "FILE")]
    experiment: Option<PathBuf>,
    #[command(flatten)]
    plan: PlanArgs,
    /// Write the sums of these parts to standard output
    #[arg(long)]
    partial: bool,
    /// Read sums instead of rows
    #[arg(long)]
    merge: bool,
    /// Resamples for ranks and for intervals of micro averages; 0 for no interval
    /// [default: 1000]
    #[arg(long, value_name = "N", value_parser = resamples)]
    resamples: Option<u32>,
    /// Share of a corpus on which a system may fail before the exit code is 3 [default: 0]
    #[arg(long, value_name = "SHARE", value_parser = share)]
    tolerance: Option<f64>,
    /// Replace a run of another plan
    #[arg(long)]
    fresh: bool,
}

impl AggregateArgs {
    pub(super) fn run(
        self,
        registry: &Registry,
        line: &[String],
    ) -> Result<Code, Failure> {
        let interrupt = Interrupt::watch()?;
        let read = self
            .experiment
            .as_deref()
            .map(Experiment::read)
            .transpose()?;
        let mut experiment = self.plan.experiment(read.unwrap_or_default())?;
        let registry = &self
            .plan
            .with_embedders(registry, interrupt.stop(), &experiment)?
            .keeping_embeddings();
        experiment.check_specs(registry)?;
        let resamples = self.resamples.or(experiment.resamples);
        let resamples = resamples.unwrap_or(Experiment::RESAMPLES);
        let tolerance = self.tolerance.or(experiment.tolerance).unwrap_or(0.0);
        if self.partial {
            let work = self
                .plan
                .work
                .part(registry, interrupt.stop(), experiment)?;
            let layout = work.layout(vec![(Stream.name().to_owned(), work.length)]);
            let sums = sum_parts(&work, &layout, resamples, &self.rows, self.merge)?;
            let mut output = Output::new();
            output.text(&sums.text())?;
            output.finish()?;
            return Ok(Code::Fine);
        }

        let (plan, folder) =
            self.plan
                .planned(registry, interrupt.stop(), &mut experiment)?;
        let quiet = self.plan.quiet;
        let options = SessionOptions {
            resamples,
            fresh: self.fresh,
            command: line.to_vec(),
            ..SessionOptions::default()
        };
        let mut bar = Bar::new(plan.bytes(), quiet, interrupt.wish());
        let aggregation = Aggregation::open(plan, &folder, options, &mut bar)?;
        let (finished, notes) = if self.merge {
            let finished = aggregation.merge(&self.rows)?;
            let note = format!("{} documents, without their rows", finished.documents);
            (finished, vec![note])
        } else {
            let assembled = aggregation.assemble(&self.rows, &mut bar);
            let (finished, repeated) =
                assembled.map_err(|error| interrupt.failure(error))?;
            let mut notes = vec![format!("{} documents", finished.documents)];
            if repeated > 0 {
                notes.push(format!(
                    "note: rows of {repeated} documents occurred more than once"
                ));
            }
            (finished, notes)
        };
        bar.finish();
        conclude(&finished, tolerance, (!quiet).then_some(&notes))
    }
}
