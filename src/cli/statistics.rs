//! `epitome statistics`: counts frequencies of words and phrases in parts of a corpus.

use std::path::PathBuf;

use clap::Args;

use crate::{
    corpus::Stream,
    harness::Experiment,
    plugin::Stop,
    registry::Registry,
    run::{counts, counts_lines, read_counts},
};

use super::{
    failure::{Code, Failure},
    input::check_input,
    output::Output,
    plan::WorkArgs,
};

/// Count corpus statistics.
///
/// Reads JSON Lines documents from standard input and writes their counts to standard
/// output; with `--merge` it adds up files of counts. The arguments are those of the
/// workers: whether phrases are counted depends on the systems.
#[derive(Debug, Args)]
pub(super) struct StatisticsArgs {
    /// Experiment file, of whose corpora and budgets per corpus nothing is taken; flags go
    /// before what it says
    #[arg(long, value_name = "FILE")]
    experiment: Option<PathBuf>,
    #[command(flatten)]
    work: WorkArgs,
    /// Merge files of counts instead
    #[arg(long, value_name = "FILE", num_args = 1..)]
    merge: Vec<PathBuf>,
}

impl StatisticsArgs {
    pub(super) fn run(self, registry: &Registry) -> Result<Code, Failure> {
        let read = self
            .experiment
            .as_deref()
            .map(Experiment::read)
            .transpose()?;
        let experiment = read.unwrap_or_default();
        let work = self.work.part(registry, &Stop::default(), experiment)?;
        let counted = match self.merge.is_empty() {
            true => {
                check_input("statistics")?;
                counts(&work, &Stream)?
            }
            false => read_counts(&work, &self.merge)?,
        };
        let mut output = Output::new();
        output.text(&counts_lines(&work, &counted))?;
        output.finish()?;
        Ok(Code::Fine)
    }
}
