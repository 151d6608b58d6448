//! The command of a plugin: its words, its folder and its environment.

use std::{
    io,
    path::{Path, PathBuf, absolute},
};

use epitome_base::isolated::Isolated;

use super::access::Access;

/// A command line with the folder and the environment that it is run with.
#[derive(Debug, Clone, Default)]
pub(super) struct CommandLine {
    /// The program and its arguments.
    pub(super) words: Vec<String>,
    /// The words that are put before the command.
    pub(super) sandbox: Vec<String>,
    /// The folder that the files of the command are relative to.
    pub(super) folder: PathBuf,
    /// Environment variables in addition to the usual ones.
    pub(super) environment: Vec<(String, String)>,
    /// The files that it may open if it is isolated.
    pub(super) access: Access,
    /// What it is kept from.
    pub(super) isolated: Isolated,
}

impl CommandLine {
    /// Returns the files among the words of the command, which are what runs as far as is
    /// known.
    pub(super) fn files(&self) -> io::Result<Vec<PathBuf>> {
        let folder = absolute(&self.folder)?;
        let words = self.words.iter().enumerate();
        let files = words.filter(|(at, word)| is_file(&folder, *at, word));
        Ok(files.map(|(_, word)| folder.join(word)).collect())
    }

    /// Returns the path of the first argument with a dot or slash that is no file and occurs in
    /// `stderr`: the program has not found it.
    pub(super) fn missing(&self, stderr: &str) -> Option<PathBuf> {
        let arguments = self.words.iter().skip(1);
        let mut missing = arguments.filter(|word| {
            word.contains(['.', '/'])
                && stderr.contains(word.as_str())
                && !self.folder.join(word).exists()
        });
        missing.next().map(|word| self.folder.join(word))
    }

    /// Returns the command as one would type it.
    pub(super) fn text(&self) -> String {
        let words = self.sandbox.iter().chain(&self.words).map(String::as_str);
        shlex::try_join(words.clone())
            .unwrap_or_else(|_| words.collect::<Vec<_>>().join(" "))
    }
}

/// Returns whether a word of a command names a file. A program without a slash is searched
/// for in `PATH`.
pub(super) fn is_file(folder: &Path, at: usize, word: &str) -> bool {
    (at > 0 || word.contains('/')) && folder.join(word).is_file()
}

/// Returns the words of a command line as a shell would split it, without expansions;
/// `None` if a quote is not closed.
pub(super) fn words(text: &str) -> Option<Vec<String>> {
    shlex::split(text).filter(|words| !words.is_empty())
}
