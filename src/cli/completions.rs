//! `epitome completions SHELL`: completion scripts of shells, from the tree of arguments.

use clap::{Args, Command};
use clap_complete::{Shell, generate};

use super::{
    failure::{Code, Failure},
    output::Output,
};

/// Print a completion script.
#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {
    /// Shell that the script is for
    #[arg(value_enum)]
    shell: Shell,
}

impl CompletionsArgs {
    /// Prints the completions of `tree` as a script of the shell.
    pub(super) fn run(self, mut tree: Command) -> Result<Code, Failure> {
        let name = tree.get_name().to_owned();
        let mut script = Vec::new();
        generate(self.shell, &mut tree, name, &mut script);
        let mut output = Output::new();
        output.text(&String::from_utf8_lossy(&script))?;
        output.finish()?;
        Ok(Code::Fine)
    }
}
