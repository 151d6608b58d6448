//! A command that goes on while a test looks, kills or interrupts it.

use std::{
    fs::{self, File},
    path::PathBuf,
    process::{Child, Command, ExitStatus, Stdio},
    thread,
    time::Duration,
};

use crate::python::search_path;

use super::story::Story;

/// The longest time that something is waited for. It is long because a machine that writes much
/// can hold a run back for many seconds, and it costs nothing where nothing is wrong.
const PATIENCE: Duration = Duration::from_mins(2);

/// The time between two looks.
const PAUSE: Duration = Duration::from_millis(20);

/// A command that goes on. It is killed when this is dropped.
pub(crate) struct Background {
    child: Child,
    said: PathBuf,
}

impl Background {
    /// Starts the program in the folder of a story with arguments as one would type them.
    pub(crate) fn starts(
        story: &Story,
        environment: &[(&str, &str)],
        arguments: &[&str],
    ) -> Self {
        let said = story.path("said-in-the-background");
        let child = Command::new(env!("CARGO_BIN_EXE_epitome"))
            .current_dir(story.path(""))
            .env("PATH", search_path())
            .envs(environment.iter().copied())
            .args(arguments)
            .stdout(Stdio::null())
            .stderr(File::create(&said).unwrap())
            .spawn()
            .unwrap();
        Self { child, said }
    }

    /// Waits until `is_so`, which the command brings about.
    pub(crate) fn until(&mut self, what: &str, is_so: impl Fn() -> bool) {
        let mut waited = Duration::ZERO;
        while !is_so() {
            let over = self.child.try_wait().unwrap();
            // it may have become so between the two looks
            assert!(
                over.is_none() || is_so(),
                "over ({over:?}) before {what}: {}",
                self.said()
            );
            assert!(waited < PATIENCE, "no {what}: {}", self.said());
            thread::sleep(PAUSE);
            waited += PAUSE;
        }
    }

    /// Asks it to end, and waits until it has.
    pub(crate) fn interrupt(&mut self) -> ExitStatus {
        let pid = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
        self.child.wait().unwrap()
    }

    /// Kills it, and waits until it has ended.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// What it has written to standard error.
    pub(crate) fn said(&self) -> String {
        fs::read_to_string(&self.said).unwrap()
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
