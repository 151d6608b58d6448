//! How a plugin's process is started: in a process group and a working folder of its own, with
//! little of our environment.

use std::{
    io,
    os::unix::process::CommandExt,
    path::{Path, absolute},
    process::{Child, Command, Stdio},
};

use rustix::process::Pid;

use super::{
    command::{CommandLine, is_file},
    failure::PluginFailure,
    group::MARK,
    landlock::Keeper,
    leftovers, orphans, own_process, search_path,
    working::Working,
};

/// A process that has been started, in a process group and a working folder of its own.
pub(super) struct Started {
    pub(super) process: Child,
    pub(super) keeper: Option<Keeper>,
    pub(super) mark: String,
    pub(super) working: Working,
}

impl CommandLine {
    /// Starts the command with pipes for its three standard streams and no other open
    /// file of this process. It runs in a new working folder, or in its own folder if it
    /// `stays`.
    pub(super) fn start(&self, stays: bool) -> Result<Started, PluginFailure> {
        // what fails before the program is looked at is no fault of the plugin
        let of_machine = |error| PluginFailure::not_started(&error);
        own_process::prepare().map_err(of_machine)?;
        leftovers::end();
        let working = Working::new(&leftovers::prefix()).map_err(of_machine)?;
        let mark = working.path().display().to_string();
        let mut command = self.command(working.path()).map_err(of_machine)?;
        if stays {
            command.current_dir(&self.folder);
        }
        command.env(MARK, &mark);
        close_fds::set_fds_cloexec_threadsafe(3, &[]);
        let (process, keeper) = orphans::start(|| {
            let started = self.spawn(command, working.path())?;
            let pid = Pid::from_child(&started.0);
            Ok::<_, io::Error>((started, pid))
        })
        .map_err(|error| PluginFailure::of_start(&error))?;
        Ok(Started {
            process,
            keeper,
            mark,
            working,
        })
    }

    /// Starts a command; if it is isolated, with the thread that keeps it.
    #[cfg(target_os = "linux")]
    fn spawn(
        &self,
        command: Command,
        working: &Path,
    ) -> io::Result<(Child, Option<Keeper>)> {
        if !self.isolated.is_of_files() {
            return Ok((search_path::spawn(command, set_up)?, None));
        }
        let rules = self.access.rules(self, working)?;
        let (child, keeper) =
            Keeper::start(move || search_path::spawn(command, set_up), rules)?;
        Ok((child, Some(keeper)))
    }

    /// Starts a command, which nothing isolates on this system.
    #[cfg(not(target_os = "linux"))]
    #[expect(clippy::unused_self, reason = "it is used on Linux")]
    fn spawn(&self, command: Command, _: &Path) -> io::Result<(Child, Option<Keeper>)> {
        Ok((search_path::spawn(command, set_up)?, None))
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

/// Gives a command pipes for its three standard streams and a process group of its own.
fn set_up(command: &mut Command) {
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .process_group(0);
}
