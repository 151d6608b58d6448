//! How a plugin is started: words, environment, working folder.

use std::{
    io,
    os::unix::process::CommandExt,
    path::{Path, PathBuf, absolute},
    process::{Child, Command, Stdio},
};

use super::{group::MARK, working::Working};

/// A command line and where it belongs.
#[derive(Debug, Clone, Default)]
pub(super) struct CommandLine {
    /// Program and arguments.
    pub(super) words: Vec<String>,
    /// Words to put before them.
    pub(super) sandbox: Vec<String>,
    /// Where files of the command are looked for.
    pub(super) folder: PathBuf,
    /// Variables beside the usual ones.
    pub(super) environment: Vec<(String, String)>,
}

/// A process that has been started, alone in its group and its working folder.
pub(super) struct Started {
    pub(super) process: Child,
    pub(super) mark: String,
    pub(super) working: Working,
}

impl CommandLine {
    /// Starts it with its three standard streams as pipes and no other file of ours, in
    /// its working folder, or in its own where it `stays`.
    pub(super) fn start(&self, stays: bool) -> io::Result<Started> {
        let working = Working::new()?;
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

    /// The files among its words: what runs, as far as it says.
    pub(super) fn files(&self) -> io::Result<Vec<PathBuf>> {
        let folder = absolute(&self.folder)?;
        let words = self.words.iter().enumerate();
        let files = words.filter(|(at, word)| is_file(&folder, *at, word));
        Ok(files.map(|(_, word)| folder.join(word)).collect())
    }

    fn command(&self, working: &Path) -> io::Result<Command> {
        let folder = absolute(&self.folder)?;
        let place = |word: &String| {
            word.replace("{folder}", &folder.to_string_lossy())
                .replace("{working}", &working.to_string_lossy())
        };
        let words = self.words.iter().enumerate().map(|(at, word)| {
            if is_file(&folder, at, word) {
                folder.join(word).display().to_string()
            } else {
                word.clone()
            }
        });
        let mut words = self.sandbox.iter().map(place).chain(words);
        let program = words.next().unwrap_or_default();
        let mut command = Command::new(program);
        command.args(words).current_dir(working).env_clear();
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

    /// As one would type it.
    pub(super) fn text(&self) -> String {
        let words = self.sandbox.iter().chain(&self.words).map(String::as_str);
        shlex::try_join(words.clone())
            .unwrap_or_else(|_| words.collect::<Vec<_>>().join(" "))
    }
}

/// Whether a word of a command names a file; a program without a slash is looked for in
/// `PATH`.
fn is_file(folder: &Path, at: usize, word: &str) -> bool {
    (at > 0 || word.contains('/')) && folder.join(word).is_file()
}

/// The words of a command line as a shell would see them, without expansions.
pub(super) fn words(text: &str) -> Option<Vec<String>> {
    shlex::split(text).filter(|words| !words.is_empty())
}
