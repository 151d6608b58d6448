//! How a plugin's process is started: in a process group and a working folder of its own, with
//! little of our environment.

use std::{
    io,
    os::unix::process::CommandExt,
    path::{Path, absolute},
    process::{Child, Command, Stdio},
};

use super::{
    command::{CommandLine, is_file},
    group::MARK,
    leftovers,
    working::Working,
};

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
}
