//! A child process, and the exchange of lines with it.

use std::time::{Duration, Instant};

use crate::clock::{after, now};

use super::{
    command::CommandLine,
    failure::{Fault, PluginFailure},
    group::{Group, in_words},
    limits::{PluginLimits, Stop},
    pipes::{LONGEST_LINE, Pipes, Take},
    start::Started,
    step::{Heard, Step},
    working::Working,
};

/// The interval at which memory and the request to stop are checked while nothing
/// happens.
const TICK: Duration = Duration::from_millis(100);

/// The interval at which the memory of all processes of the plugin is checked, which
/// requires looking at every process of the machine.
const GROUP_TICK: Duration = Duration::from_secs(1);

/// A process with pipes to its three standard streams. The process and everything that it
/// started are ended when the value is dropped.
pub(super) struct Child {
    group: Group,
    pipes: Pipes,
    limits: PluginLimits,
    stop: Stop,
    looked: Instant,
    looked_at_group: Instant,
    /// Whether the leader of the group has ended; a process that it left may still hold
    /// its pipes.
    is_gone: bool,
    is_swept: bool,
    /// Whether it cannot open every file.
    pub(super) is_isolated: bool,
    _working: Working,
}

impl Child {
    /// Starts a command as a child process.
    pub(super) fn start(
        command: &CommandLine,
        limits: &PluginLimits,
        stop: &Stop,
    ) -> Result<Self, PluginFailure> {
        let mut child = Self::of(command.start(false)?, limits, stop)?;
        child.is_isolated = command.isolated.is_of_files();
        Ok(child)
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
        let mut child = Self::of(command.start(true)?, limits, stop)?;
        child.pipes.input = None;

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

        said.append(&mut child.pipes.unread);
        child.pipes.drain_rest();
        match child.end(limits.grace) {
            Some(status) if status.success() => {
                Ok(String::from_utf8_lossy(&said).trim().to_owned())
            }
            status => Err(PluginFailure {
                message: status.map(in_words).unwrap_or_default(),
                stderr: child.pipes.tail.text(),
                ..failure
            }),
        }
    }

    /// Returns the process that has been started, with its pipes.
    fn of(
        mut started: Started,
        limits: &PluginLimits,
        stop: &Stop,
    ) -> Result<Self, PluginFailure> {
        let pipes = Pipes::of(&mut started.process)
            .map_err(|error| PluginFailure::not_started(&error))?;
        let child = Self {
            group: Group::new(started.process, started.mark, started.keeper),
            pipes,
            limits: limits.clone(),
            stop: stop.clone(),
            looked: now(),
            looked_at_group: now(),
            is_gone: false,
            is_swept: false,
            is_isolated: false,
            _working: started.working,
        };
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
        self.pipes.tail.clear();
        let result = self.talk(input, patience, end, &mut take);
        result.map_err(|failure| self.explain(failure))
    }

    /// Closes the child's standard input, and returns whether the child then ends within
    /// `patience`.
    pub(super) fn ends_by_itself(mut self, patience: Duration) -> bool {
        self.pipes.input = None;
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
            self.pipes.wait(!unsent.is_empty(), TICK, deadline)?;
            unsent = self.pipes.send(unsent);
            let came = self.pipes.hear();
            self.pipes.drain_error();

            let time = now();
            match self.pipes.take_lines(time, take)? {
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

            if self.pipes.unread.len() > LONGEST_LINE {
                return Err(PluginFailure::protocol(
                    "it wrote a line of more than 16 MiB",
                ));
            }
            self.look(time)?;

            // input that cannot be sent any more will not be answered
            let deaf = self.pipes.input.is_none() && !unsent.is_empty();
            if self.pipes.output.is_none() || deaf || (self.is_gone && came == 0) {
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

        // the memory of the leader is cheap to read, that of all its processes is not
        let mut resident = self.group.memory_of_leader();
        if time.duration_since(self.looked_at_group) >= GROUP_TICK {
            self.looked_at_group = time;
            resident = resident.max(self.group.memory());
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
        let stream = if self.pipes.output.is_none() {
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
        // what it writes once we end it is about its end, and depends on the moment of it
        let is_ended_for_its_lines = failure.fault == Fault::Protocol;
        if is_ended_for_its_lines {
            self.pipes.drain_rest();
            failure.stderr = self.pipes.tail.text();
        }
        let status = self.end(grace);
        if failure.fault == Fault::Crash && failure.message.is_empty() {
            failure.message = status.map(in_words).unwrap_or_default();
        }
        if !is_ended_for_its_lines {
            self.pipes.drain_rest();
            failure.stderr = self.pipes.tail.text();
        }
        match self.is_isolated {
            true => failure.of_isolated(),
            false => failure,
        }
    }

    /// Ends the process and everything that it started.
    fn end(&mut self, grace: Duration) -> Option<std::process::ExitStatus> {
        self.is_swept = true;
        self.pipes.input = None;
        self.pipes.output = None;
        self.group.end(grace)
    }
}

impl Drop for Child {
    /// Ends the process in an orderly way: its input is closed, and it has time to end by
    /// itself.
    fn drop(&mut self) {
        if !self.is_swept {
            self.pipes.input = None;
            self.pipes.output = None;
            self.pipes.error = None;
            if !self.stop.is_wished() {
                self.group.has_ended(self.limits.grace);
            }
            self.end(self.limits.grace);
        }
    }
}
