//! `epitome corpus`: lists, imports, describes and verifies corpora.

mod add;
mod library;
mod list;
mod stats;
mod verify;

use clap::{Args, Subcommand};

use super::failure::{Code, Failure};

/// List, import, describe or verify corpora.
#[derive(Debug, Args)]
pub(super) struct CorpusArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List public corpora and imported ones
    List(list::ListArgs),
    /// Show a corpus: description, source, licence, splits, what is imported
    Show(list::ShowArgs),
    /// List the formats that can be imported
    Formats(list::FormatsArgs),
    /// Import a corpus from its own format as JSON Lines
    Add(add::AddArgs),
    /// Describe corpora: lengths, agreement of references, repeated texts
    Stats(stats::StatsArgs),
    /// Check imported corpora against their lock files and the published versions
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
