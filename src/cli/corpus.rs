//! `epitome corpus`: what is known of public corpora, and bringing them in.

mod add;
mod library;
mod list;
mod stats;
mod verify;

use clap::{Args, Subcommand};

use super::failure::{Code, Failure};

/// What to do with corpora.
#[derive(Debug, Args)]
pub(super) struct CorpusArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// What is known and what is here
    List(list::ListArgs),
    /// Everything that is known of one corpus
    Show(list::ShowArgs),
    /// The formats that can be read
    Formats(list::FormatsArgs),
    /// Read a corpus in its own format and keep it as JSON Lines
    Add(add::AddArgs),
    /// What corpora are like: lengths, agreement of references, repeated texts
    Stats(stats::StatsArgs),
    /// Check imported corpora against their locks and what is published
    Verify(verify::VerifyArgs),
}

impl CorpusArgs {
    pub(super) fn run(self) -> Result<Code, Failure> {
        match self.action {
            Action::List(args) => args.run(),
            Action::Show(args) => args.run(),
            Action::Formats(args) => args.run(),
            Action::Add(args) => args.run(),
            Action::Stats(args) => args.run(),
            Action::Verify(args) => args.run(),
        }
    }
}
