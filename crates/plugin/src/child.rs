//! A child process, and the exchange of lines with it.

use std::{
    io::{self, Read, Write},
    process::{ChildStderr, ChildStdin, ChildStdout},
    time::{Duration, Instant},
};

use crate::clock::{after, now};
use rustix::{
    buffer::spare_capacity,
    event::{PollFd, PollFlags, poll},
    io::Errno,
};

use super::{
    command::CommandLine,
    failure::{Fault, PluginFailure},
    group::{Group, in_words, never_block, timespec},
    limits::{PluginLimits, Stop},
    memory,
    start::Started,
    step::{Heard, Step},
    tail::Tail,
    working::Working,
};

/// The interval at which memory and the request to stop are checked while nothing
/// happens.
const TICK: Duration = Duration::from_millis(100);

/// The interval at which the memory of the whole group is checked, which requires reading
/// every process of the machine.
const GROUP_TICK: Duration = Duration::from_secs(1);

/// The number of reads that empty a pipe of any size that the system allows.
const MOST_ROUNDS: usize = 256;

/// The length in bytes above which a line is not an answer.
const LONGEST_LINE: usize = 16 << 20;

/// A function that is called with each line and the time at which it arrived.
type Take<'a> = dyn FnMut(&[u8], Instant) -> Result<Step, PluginFailure> + 'a;

/// A process with pipes to its three standard streams. One thread serves all of them, so
/// that none can block another. The process and everything that it started are ended when
/// the value is dropped.
pub(super) struct Child {
    group: Group,
    input: Option<ChildStdin>,
    output: Option<ChildStdout>,
    error: Option<ChildStderr>,
    /// The output so far that has no line end yet.
    unread: Vec<u8>,
    searched: usize,
    tail: Tail,
    limits: PluginLimits,
    stop: Stop,
    looked: Instant,
    looked_at_group: Instant,
    /// Whether the leader of the group has ended; a process that it left may still hold
    /// its pipes.
    is_gone: bool,
    is_swept: bool,
    _working: Working,
}

impl Child {
    /// Starts a command as a child process.
    pub(super) fn start(
        command: &CommandLine,
        limits: &PluginLimits,
        stop: &Stop,
    ) -> io::Result<Self> {
        Self::of(command.start(false)?, limits, stop)
    }

    /// Runs a command to its end in its own folder. Returns its standard output, or the
    /// reason why it failed. After `patience` it is ended with everything that it
    /// started.
    pub(super) fn output(
        command: &CommandLine,
        patience: Duration,
        limits: &PluginLimits,
        stop: &Stop,
    ) -> Result<String, PluginFailure> {
        let started = command
            .start(true)
            .and_then(|it| Self::of(it, limits, stop));
        let mut child = started.map_err(|error| {
            PluginFailure::new(Fault::Crash, format!("it cannot be started: {error}"))
        })?;
        child.input = None;

        // there is no last line: the command is over when it closes its output
        let mut said = Vec::new();
        let end = now().checked_add(patience);
        let heard = child.talk(b"", patience, end, &mut |line, _| {
            if said.len() < LONGEST_LINE {
                said.extend_from_slice(line);
                said.push(b'\n');
            }
            Ok(Step::More)
        });

        let failure = match heard {
            Err(failure) if failure.fault == Fault::Crash => failure,
            Err(mut failure) => {
                if failure.fault == Fault::Timeout {
                    let seconds = patience.as_secs_f64();
                    failure.message = format!("it has not ended within {seconds} s");
                }
                return Err(child.explain(failure));
            }
            Ok(_) => PluginFailure::new(Fault::Crash, ""),
        };

        said.append(&mut child.unread);
        child.drain_rest();
        match child.end(limits.grace) {
            Some(status) if status.success() => {
                Ok(String::from_utf8_lossy(&said).trim().to_owned())
            }
            status => Err(PluginFailure {
                message: status.map(in_words).unwrap_or_default(),
                stderr: child.tail.text(),
                ..failure
            }),
        }
    }

    fn of(mut started: Started, limits: &PluginLimits, stop: &Stop) -> io::Result<Self> {
        let process = &mut started.process;
        let pipes = (
            process.stdin.take(),
            process.stdout.take(),
            process.stderr.take(),
        );

        let child = Self {
            group: Group::new(started.process, started.mark),
            input: pipes.0,
            output: pipes.1,
            error: pipes.2,
            unread: Vec::new(),
            searched: 0,
            tail: Tail::default(),
            limits: limits.clone(),
            stop: stop.clone(),
            looked: now(),
            looked_at_group: now(),
            is_gone: false,
            is_swept: false,
            _working: started.working,
        };

        never_block(child.input.as_ref().expect("it was just started"))?;
        never_block(child.output.as_ref().expect("it was just started"))?;
        never_block(child.error.as_ref().expect("it was just started"))?;
        Ok(child)
    }

    /// Sends `input` and calls `take` with every line that arrives and the time of its
    /// arrival, until the last line. The exchange fails if a line arrives more than
    /// `patience` after the one before it, or after `end`.
    pub(super) fn exchange(
        &mut self,
        input: &[u8],
        patience: Duration,
        end: Option<Instant>,
        mut take: impl FnMut(&[u8], Instant) -> Result<Step, PluginFailure>,
    ) -> Result<Heard, PluginFailure> {
        self.tail.clear();
        let result = self.talk(input, patience, end, &mut take);
        result.map_err(|failure| self.explain(failure))
    }

    /// Closes the child's standard input, and returns whether the child then ends within
    /// `patience`.
    pub(super) fn ends_by_itself(mut self, patience: Duration) -> bool {
        self.input = None;
        self.group.has_ended(patience)
    }

    /// Exchanges lines with the process; see [`Self::exchange`]. The process is left as
    /// it is if that fails.
    fn talk(
        &mut self,
        mut unsent: &[u8],
        patience: Duration,
        end: Option<Instant>,
        take: &mut Take<'_>,
    ) -> Result<Heard, PluginFailure> {
        let mut heard = now();
        let mut enough = None;
        loop {
            let next = after(heard, patience);
            let deadline = end.map_or(next, |end| end.min(next));
            let deadline = enough.map_or(deadline, |enough| deadline.min(enough));
            self.wait(!unsent.is_empty(), deadline)?;
            unsent = self.send(unsent);
            let came = self.hear();
            self.drain_error();

            let time = now();
            match self.take_lines(time, take)? {
                Some(Step::Last) => return Ok(Heard::All),
                Some(Step::More) => {
                    heard = time;
                    continue;
                }
                Some(Step::Enough(moment)) => {
                    heard = time;
                    enough = Some(after(time, moment));
                    continue;
                }
                None => {}
            }

            if self.unread.len() > LONGEST_LINE {
                return Err(PluginFailure::protocol(
                    "it wrote a line of more than 16 MiB",
                ));
            }
            self.look(time)?;

            // input that cannot be sent any more will not be answered
            let deaf = self.input.is_none() && !unsent.is_empty();
            if self.output.is_none() || deaf || (self.is_gone && came == 0) {
                return Err(self.closed());
            }

            if enough.is_some_and(|enough| time >= enough) {
                return Ok(Heard::Enough);
            }

            if time >= deadline {
                let waited = match end {
                    Some(end) if time >= end => "the time for the run is over".to_owned(),
                    _ => format!("no answer within {} s", patience.as_secs_f64()),
                };
                return Err(PluginFailure::new(Fault::Timeout, waited));
            }
        }
    }

    /// Waits until there is something to read, or until writing is possible if
    /// `wants_to_write`, but no longer than a tick or until the deadline.
    fn wait(&self, wants_to_write: bool, deadline: Instant) -> Result<(), PluginFailure> {
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
        match poll(&mut files, Some(&timespec(left.min(TICK)))) {
            Ok(_) | Err(Errno::INTR) => Ok(()),
            Err(error) => Err(PluginFailure::new(
                Fault::Crash,
                format!("no more talk: {error}"),
            )),
        }
    }

    /// Sends as much as the pipe accepts, and returns the rest.
    fn send<'a>(&mut self, mut unsent: &'a [u8]) -> &'a [u8] {
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
    fn hear(&mut self) -> usize {
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
    fn drain_error(&mut self) -> bool {
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
    fn drain_rest(&mut self) {
        let mut rounds = 0..MOST_ROUNDS;
        while rounds.next().is_some() && self.drain_error() {}
    }

    /// Calls `take` with every complete line, and returns the step of the last one.
    fn take_lines(
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

    /// Checks what does not arrive through pipes, if it is time to: the request to stop,
    /// and memory.
    fn look(&mut self, time: Instant) -> Result<(), PluginFailure> {
        if time.duration_since(self.looked) < TICK {
            return Ok(());
        }
        self.looked = time;

        if self.stop.is_wished() {
            return Err(PluginFailure::new(
                Fault::Interrupted,
                "the run was interrupted",
            ));
        }

        // the memory of the leader is cheap to read, that of the whole group is not
        let mut resident = memory::of_leader(self.group.pid());
        if time.duration_since(self.looked_at_group) >= GROUP_TICK {
            self.looked_at_group = time;
            resident = resident.max(memory::of_group(self.group.pid()));
        }

        if resident > self.limits.memory {
            let megabytes = self.limits.memory >> 20;
            return Err(PluginFailure::new(
                Fault::OutOfMemory,
                format!("it held more than {megabytes} MiB"),
            ));
        }

        self.is_gone = self.group.has_ended(Duration::ZERO);
        Ok(())
    }

    /// Returns why a pipe is closed: the process has ended, is about to end, or only
    /// closed it.
    fn closed(&self) -> PluginFailure {
        if self.group.has_ended(self.limits.grace) {
            return PluginFailure::new(Fault::Crash, "");
        }
        let stream = if self.output.is_none() {
            "output"
        } else {
            "input"
        };
        PluginFailure::protocol(format!("it closed its standard {stream}"))
    }

    /// Ends the process, and adds what is then known of its end to the failure.
    fn explain(&mut self, mut failure: PluginFailure) -> PluginFailure {
        let grace = match failure.fault {
            Fault::OutOfMemory => Duration::ZERO,
            _ => self.limits.grace,
        };
        let status = self.end(grace);
        if failure.fault == Fault::Crash && failure.message.is_empty() {
            failure.message = status.map(in_words).unwrap_or_default();
        }
        self.drain_rest();
        failure.stderr = self.tail.text();
        failure
    }

    /// Ends the process and everything that it started.
    fn end(&mut self, grace: Duration) -> Option<std::process::ExitStatus> {
        self.is_swept = true;
        self.input = None;
        self.output = None;
        self.group.end(grace)
    }
}

impl Drop for Child {
    /// Ends the process in an orderly way: its input is closed, and it has time to end by
    /// itself.
    fn drop(&mut self) {
        if !self.is_swept {
            self.input = None;
            self.output = None;
            self.error = None;
            if !self.stop.is_wished() {
                self.group.has_ended(self.limits.grace);
            }
            self.end(self.limits.grace);
        }
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
