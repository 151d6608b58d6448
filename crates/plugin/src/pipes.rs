//! The pipes to the three standard streams of a child process.

use std::{
    io::{self, Read, Write},
    process::{Child, ChildStderr, ChildStdin, ChildStdout},
    time::{Duration, Instant},
};

use rustix::{
    buffer::spare_capacity,
    event::{PollFd, PollFlags, poll},
    io::Errno,
};

use crate::clock::now;

use super::{
    failure::{Fault, PluginFailure},
    group::{never_block, timespec},
    step::Step,
    tail::Tail,
};

/// The number of reads that empty a pipe of any size that the system allows.
const MOST_ROUNDS: usize = 256;

/// The length in bytes above which a line is not an answer.
pub(super) const LONGEST_LINE: usize = 16 << 20;

/// A function that is called with each line and the time at which it arrived.
pub(super) type Take<'a> = dyn FnMut(&[u8], Instant) -> Result<Step, PluginFailure> + 'a;

/// The pipes to a process. A stream is `None` once it is closed. One thread serves all of
/// them, so that none can block another.
pub(super) struct Pipes {
    pub(super) input: Option<ChildStdin>,
    pub(super) output: Option<ChildStdout>,
    pub(super) error: Option<ChildStderr>,
    /// The output so far that has no line end yet.
    pub(super) unread: Vec<u8>,
    searched: usize,
    pub(super) tail: Tail,
}

impl Pipes {
    /// Takes the pipes of a process that was started with all three.
    pub(super) fn of(process: &mut Child) -> io::Result<Self> {
        let pipes = Self {
            input: process.stdin.take(),
            output: process.stdout.take(),
            error: process.stderr.take(),
            unread: Vec::new(),
            searched: 0,
            tail: Tail::default(),
        };
        never_block(pipes.input.as_ref().expect("it was just started"))?;
        never_block(pipes.output.as_ref().expect("it was just started"))?;
        never_block(pipes.error.as_ref().expect("it was just started"))?;
        Ok(pipes)
    }

    /// Waits until there is something to read, or until writing is possible if
    /// `wants_to_write`, but no longer than `tick` or until the deadline.
    pub(super) fn wait(
        &self,
        wants_to_write: bool,
        tick: Duration,
        deadline: Instant,
    ) -> Result<(), PluginFailure> {
        let mut files = Vec::with_capacity(3);
        if let Some(output) = &self.output {
            files.push(PollFd::new(output, PollFlags::IN));
        }
        if let Some(error) = &self.error {
            files.push(PollFd::new(error, PollFlags::IN));
        }
        if let Some(input) = self.input.as_ref().filter(|_| wants_to_write) {
            files.push(PollFd::new(input, PollFlags::OUT));
        }
        let left = deadline.saturating_duration_since(now());
        match poll(&mut files, Some(&timespec(left.min(tick)))) {
            Ok(_) | Err(Errno::INTR) => Ok(()),
            Err(error) => Err(PluginFailure::new(
                Fault::Crash,
                format!("no more talk: {error}"),
            )),
        }
    }

    /// Sends as much as the pipe accepts, and returns the rest.
    pub(super) fn send<'a>(&mut self, mut unsent: &'a [u8]) -> &'a [u8] {
        while let Some(input) = self.input.as_mut().filter(|_| !unsent.is_empty()) {
            match input.write(unsent) {
                Ok(sent) => unsent = &unsent[sent..],
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => self.input = None,
            }
        }
        unsent
    }

    /// Reads some of the standard output, and returns the number of bytes.
    pub(super) fn hear(&mut self) -> usize {
        /// The capacity of a pipe of Linux, unless it has been changed.
        const SOME: usize = 1 << 16;

        let before = self.unread.len();
        if let Some(output) = &self.output {
            // behind what is unread, without zeros written there first: a plugin that floods
            // its standard error wakes this up for every 16 KiB of it
            self.unread.reserve(SOME);
            let read = rustix::io::read(output, spare_capacity(&mut self.unread));
            let read = read.map_err(io::Error::from);
            if is_over(&read) {
                self.output = None;
            }
        }
        self.unread.len() - before
    }

    /// Reads some of the standard error, a limited amount so that a flood of it does not
    /// block the exchange. Returns whether there was any.
    pub(super) fn drain_error(&mut self) -> bool {
        let mut some = [0; 1 << 14]; // on the stack, and enough for most messages at once
        let Some(error) = &mut self.error else {
            return false;
        };
        let read = error.read(&mut some);
        let count = *read.as_ref().unwrap_or(&0);
        self.tail.push(&some[..count]);
        if is_over(&read) {
            self.error = None;
        }
        count > 0
    }

    /// Reads what is left of the standard error and no more: a surviving process may
    /// write to it forever.
    pub(super) fn drain_rest(&mut self) {
        let mut rounds = 0..MOST_ROUNDS;
        while rounds.next().is_some() && self.drain_error() {}
    }

    /// Calls `take` with every complete line, and returns the step of the last one.
    pub(super) fn take_lines(
        &mut self,
        time: Instant,
        take: &mut Take<'_>,
    ) -> Result<Option<Step>, PluginFailure> {
        let mut start = 0;
        let mut step = None;

        while let Some(length) = find_line_end(&self.unread[self.searched..]) {
            let line = &self.unread[start..self.searched + length];
            if step == Some(Step::Last) {
                let line = super::message::shown(line);
                return Err(PluginFailure::protocol(format!(
                    "it wrote {line} after the end of its answers"
                )));
            }
            step = Some(take(line, time)?);
            start = self.searched + length + 1;
            self.searched = start;
        }

        self.unread.drain(..start);
        self.searched = self.unread.len();
        Ok(step)
    }
}

/// Returns whether a stream has ended.
fn is_over(read: &io::Result<usize>) -> bool {
    match read {
        Ok(count) => *count == 0,
        Err(error) => !matches!(
            error.kind(),
            io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted
        ),
    }
}

fn find_line_end(bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|&byte| byte == b'\n')
}
