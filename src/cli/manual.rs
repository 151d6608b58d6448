//! `epitome manual --output FOLDER`: man pages from the tree of arguments.

use std::{
    fs,
    path::{Path, PathBuf},
};

use clap::{Args, Command};

use super::{
    failure::{Code, Failure},
    output::{Output, say},
};

/// Write man pages.
#[derive(Debug, Args)]
pub(super) struct ManualArgs {
    /// Folder of the man pages, one for each command; created if it does not exist
    #[arg(long, short, value_name = "FOLDER")]
    output: PathBuf,
}

impl ManualArgs {
    /// Writes the pages of `tree`, and prints the path of each.
    pub(super) fn run(self, tree: Command) -> Result<Code, Failure> {
        let folder = &self.output;
        fs::create_dir_all(folder)
            .map_err(|error| Failure::input(format!("{}: {error}", folder.display())))?;
        let mut tree = in_full(tree.disable_help_subcommand(true));
        tree.build();

        let mut output = Output::new();
        write(&tree, folder, &mut output)?;
        output.finish()?;
        say(&format!(
            "hint: `man {}/epitome.1` shows the first",
            folder.display()
        ));
        Ok(Code::Fine)
    }
}

/// Returns the tree with those options shown that the short help leaves out.
fn in_full(command: Command) -> Command {
    let command = command.mut_args(|option| option.hide_short_help(false));
    command.mut_subcommands(in_full)
}

/// Writes the page of a command and those of the commands below it.
fn write(command: &Command, folder: &Path, output: &mut Output) -> Result<(), Failure> {
    let page = clap_mangen::Man::new(command.clone()).generate_to(folder);
    let path =
        page.map_err(|error| Failure::input(format!("{}: {error}", folder.display())))?;
    output.line(&path.display().to_string())?;
    command
        .get_subcommands()
        .try_for_each(|it| write(it, folder, output))
}
