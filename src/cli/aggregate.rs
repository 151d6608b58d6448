//! `epitome aggregate`: the rows of workers become a run.

use std::path::PathBuf;

use clap::Args;

use crate::{
    corpus::{Corpus, Stream},
    harness::{Aggregation, SessionOptions, sum_parts},
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

/// What to put together.
///
/// With the arguments of the workers and the corpus that they worked on in parts, it
/// writes the folder that `epitome run` would have written, or fails: where a part is
/// missing or cut off, was made otherwise, or is of another corpus. Parts may come in any
/// order and more than once.
///
/// `--partial` sums up some parts to a file of a few megabytes instead; `--merge` makes
/// the leaderboard from such files, without rows.
#[derive(Debug, Args)]
pub(super) struct AggregateArgs {
    /// Files of rows, or folders of them; with `--merge` files of sums
    #[arg(required = true, value_name = "ROWS")]
    rows: Vec<PathBuf>,
    #[command(flatten)]
    plan: PlanArgs,
    /// Write the sums of these parts to standard output
    #[arg(long)]
    partial: bool,
    /// Read sums instead of rows
    #[arg(long)]
    merge: bool,
    /// Resamples for ranks and for intervals of micro averages; 0 for no interval
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = resamples)]
    resamples: u32,
    /// The share of a corpus that a system may fail on before the command does
    #[arg(long, value_name = "SHARE", default_value = "0", value_parser = share)]
    tolerance: f64,
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
        if self.partial {
            let work = self.plan.work.part(registry, interrupt.stop())?;
            let layout = work.layout(vec![(Stream.name().to_owned(), work.length)]);
            let sums = sum_parts(&work, &layout, self.resamples, &self.rows, self.merge)?;
            let mut output = Output::new();
            output.text(&sums.text())?;
            output.finish()?;
            return Ok(Code::Fine);
        }

        let (plan, folder) = self.plan.plan(registry, interrupt.stop())?;
        let quiet = self.plan.quiet;
        let options = SessionOptions {
            resamples: self.resamples,
            fresh: self.fresh,
            command: line.to_vec(),
            ..SessionOptions::default()
        };
        let mut bar = Bar::new(plan.bytes(), quiet, interrupt.stop());
        let aggregation = Aggregation::open(plan, &folder, options, &mut bar)?;
        let (finished, notes) = if self.merge {
            let finished = aggregation.merge(&self.rows)?;
            let note = format!("{} documents, without their rows", finished.documents);
            (finished, vec![note])
        } else {
            let (finished, repeated) = aggregation.assemble(&self.rows, &mut bar)?;
            let mut notes = vec![format!("{} documents", finished.documents)];
            if repeated > 0 {
                notes.push(format!("note: rows of {repeated} documents came again"));
            }
            (finished, notes)
        };
        bar.finish();
        conclude(&finished, self.tolerance, (!quiet).then_some(&notes))
    }
}
