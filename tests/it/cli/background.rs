//! A command that goes on while a test looks, kills or interrupts it.

use std::{
    fs::{self, File},
    path::PathBuf,
    process::{Child, ChildStdin, Command, ExitStatus, Stdio},
    thread,
    time::Duration,
};

use rustix::process::{Pid, Signal, kill_process};

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
    /// Open until this is dropped, and nothing comes.
    #[expect(dead_code, reason = "it is only kept open")]
    input: Option<ChildStdin>,
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
        // a shell in the background ignores SIGINT, and what it starts inherits that
        let mut child = Command::new("env")
            .args(["--default-signal", env!("CARGO_BIN_EXE_epitome")])
            .current_dir(story.path(""))
            .env("PATH", search_path())
            .envs(environment.iter().copied())
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(File::create(&said).unwrap())
            .spawn()
            .unwrap();
        let input = child.stdin.take();
        Self { child, input, said }
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

    /// Waits until signals do not end it by their default action any more.
    pub(crate) fn until_it_listens(&mut self) {
        let tasks = format!("/proc/{}/task", self.child.id());
        self.until("thread that listens to signals", || {
            let tasks = fs::read_dir(&tasks).into_iter().flatten().flatten();
            let mut names = tasks.map(|it| fs::read_to_string(it.path().join("comm")));
            names.any(|name| name.is_ok_and(|name| name.trim() == "signals"))
        });
    }

    /// Asks it to end, and waits until it has.
    pub(crate) fn interrupt(&mut self) -> ExitStatus {
        self.hears(Signal::TERM)
    }

    /// Sends it a signal, and waits until it has ended.
    pub(crate) fn hears(&mut self, signal: Signal) -> ExitStatus {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
        self.ends_within(PATIENCE)
    }

    /// Waits until it has ended by itself, which takes no longer than `longest`.
    pub(crate) fn ends_within(&mut self, longest: Duration) -> ExitStatus {
        let begun = epitome::run::clock::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(begun.elapsed() < longest, "no end: {}", self.said());
            thread::sleep(PAUSE);
        }
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
