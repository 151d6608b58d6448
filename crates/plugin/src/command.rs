//! How a plugin's process is started: words, environment and working folder.

use std::{
    io,
    os::unix::process::CommandExt,
    path::{Path, PathBuf, absolute},
    process::{Child, Command, Stdio},
};

use super::{group::MARK, leftovers, working::Working};

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
}

/// A process that has been started, in a process group and a working folder of its own.
pub(super) struct Started {
    pub(super) process: Child,
    pub(super) mark: String,
    pub(super) working: Working,
}

impl CommandLine {
    /// Starts the command with pipes for its three standard streams and no other open
    /// file of this process. It runs in a new working folder, or in its own folder if it
    /// `stays`.
    pub(super) fn start(&self, stays: bool) -> io::Result<Started> {
        leftovers::end();
        let working = Working::new(&leftovers::prefix())?;
        let mark = working.path().display().to_string();
        let mut command = self.command(working.path())?;
        if stays {
            command.current_dir(&self.folder);
        }
        command.env(MARK, &mark);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        close_fds::set_fds_cloexec_threadsafe(3, &[]);
        let process = command.process_group(0).spawn()?;
        Ok(Started {
            process,
            mark,
            working,
        })
    }

    /// Returns the files among the words of the command, which are what runs as far as is
    /// known.
    pub(super) fn files(&self) -> io::Result<Vec<PathBuf>> {
        let folder = absolute(&self.folder)?;
        let words = self.words.iter().enumerate();
        let files = words.filter(|(at, word)| is_file(&folder, *at, word));
        Ok(files.map(|(_, word)| folder.join(word)).collect())
    }

    /// Returns the command as the operating system needs it, with its environment.
    fn command(&self, working: &Path) -> io::Result<Command> {
        let folder = absolute(&self.folder)?;
        let sandbox = self.sandbox.iter().map(|word| {
            word.replace("{folder}", &folder.to_string_lossy())
                .replace("{working}", &working.to_string_lossy())
        });

        // a word that names a file is made absolute, since the process runs in another
        // folder
        let words = self.words.iter().enumerate().map(|(at, word)| {
            if is_file(&folder, at, word) {
                folder.join(word).display().to_string()
            } else {
                word.clone()
            }
        });

        let mut words = sandbox.chain(words);
        let program = words.next().unwrap_or_default();
        let mut command = Command::new(program);
        command.args(words).current_dir(working).env_clear();

        // nothing else of this process's environment may change what a plugin answers
        if let Some(path) = std::env::var_os("PATH") {
            command.env("PATH", path);
        }
        command
            .env("LANG", "C.UTF-8")
            .env("HOME", working)
            .env("TMPDIR", working)
            .env("PYTHONHASHSEED", "0") // sets in Python in the same order each time
            .envs(self.environment.iter().map(|(name, value)| (name, value)));
        Ok(command)
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
fn is_file(folder: &Path, at: usize, word: &str) -> bool {
    (at > 0 || word.contains('/')) && folder.join(word).is_file()
}

/// Returns the words of a command line as a shell would split it, without expansions;
/// `None` if a quote is not closed.
pub(super) fn words(text: &str) -> Option<Vec<String>> {
    shlex::split(text).filter(|words| !words.is_empty())
}
