//! `epitome worker`: processes a part of a corpus, on any machine.

use std::path::PathBuf;

use clap::Args;

use crate::{
    corpus::{Corpus, Stream},
    harness::Experiment,
    registry::Registry,
    run::{self, Done, Part, Progress, ShardOrigin, check_counted, execute},
};

use super::{
    failure::{Code, Failure},
    input::check_input,
    interrupt::Interrupt,
    output::Output,
    plan::WorkArgs,
};

/// Process documents from standard input.
///
/// Reads JSON Lines documents, each with an `id`, from standard input, and writes a line
/// of JSON for each, between a line with the settings and an end marker with the number of
/// documents. The exit code is 0 only if the end marker was written. Failures of systems and
/// plugins are in the rows.
#[derive(Debug, Args)]
pub(super) struct WorkerArgs {
    /// Experiment file, of whose corpora and budgets per corpus nothing is taken; flags go
    /// before what it says
    #[arg(long, value_name = "FILE")]
    experiment: Option<PathBuf>,
    #[command(flatten)]
    work: WorkArgs,
    /// File of statistics of the whole corpus, made by `epitome statistics`
    #[arg(long, value_name = "FILE")]
    corpus_statistics: Option<PathBuf>,
}

/// Shows no progress: the output of a worker shows how far it is.
pub(super) struct Unwatched;

impl Progress for Unwatched {
    fn advance(&mut self, _: u64) {}
}

impl WorkerArgs {
    pub(super) fn run(self, registry: &Registry) -> Result<Code, Failure> {
        let interrupt = Interrupt::watch()?;
        let read = self
            .experiment
            .as_deref()
            .map(Experiment::read)
            .transpose()?;
        let experiment = read.unwrap_or_default();
        let mut work = self.work.part(registry, interrupt.stop(), experiment)?;
        check_input("worker")?;
        if let Some(path) = &self.corpus_statistics {
            work.counted = Some(run::counted(&work, path)?);
        }
        check_counted(&work)?;

        let layout = work.layout(vec![(Stream.name().to_owned(), work.length)]);
        let (mut part, begin) = Part::begin(&ShardOrigin::of(&work));
        let mut output = Output::new();
        output.text(&begin).map_err(unheard)?;

        let done = execute(
            &work,
            &[work.on(&Stream)],
            Done::default(),
            &mut Unwatched,
            |outcome| {
                if interrupt.wish().is_wished() {
                    return Err(Failure::input("interrupted: there is no end marker"));
                }
                output
                    .text(&part.document(&layout, &outcome))
                    .map_err(unheard)
            },
        );
        done.map_err(Failure::of_run)?;

        output.text(&part.end()).map_err(unheard)?;
        output.finish().map_err(unheard)?;
        Ok(Code::Fine)
    }
}

/// Makes a closed standard output an error: unlike with other commands, rows are lost.
fn unheard(failure: Failure) -> Failure {
    match failure {
        Failure::BrokenPipe => Failure::input("standard output: its reader closed it"),
        other @ Failure::Message { .. } => other,
    }
}
