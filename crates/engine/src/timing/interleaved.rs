//! Comparison of the speed of two systems that are timed in alternation (A B A B …).

use std::time::Duration;

use crate::run::{RunCorpus, Seen, System, Work, analyse_all, clock};
use epitome_corpora::CorpusError;
use epitome_plugin::Length;
use epitome_stats::{Interval, median};

use super::pass::pass;

/// Speed of a first system divided by the speed of a second: the median of the ratios of all
/// rounds with its 95 % interval. It is 1 if both are equally fast, above 1 if the first is
/// faster.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SpeedRatio {
    /// Ratio of wall-clock times.
    pub wall: Interval,
    /// Ratio of CPU times; `None` if the operating system does not report them, or if a
    /// measurement was too short for its clock.
    pub cpu: Option<Interval>,
    /// Number of rounds, each with one measurement of each system.
    pub rounds: usize,
}

impl SpeedRatio {
    /// Returns the ratio of CPU times, or of wall-clock times if those are unknown: other
    /// programs on the machine lengthen the wall-clock time only.
    pub fn least_noisy(&self) -> Interval {
        self.cpu.unwrap_or(self.wall)
    }
}

/// Minimum length of one measurement, in CPU time if that is known. Passes shorter than this
/// are repeated, since CPU time is counted in ticks of up to 4 ms.
const SHORTEST: Duration = Duration::from_millis(20);

/// Maximum number of passes of one measurement; ends the search for it if a pass takes no
/// measurable time.
const MOST_PASSES: u32 = 1 << 24;

/// Compares the speed of two systems on the documents of a corpus, in `rounds` rounds with
/// one measurement of each system. Since measurements alternate, whatever slows the machine
/// down affects both systems. Returns `None` if there are no rounds.
///
/// # Errors
/// Returns an error if the corpus cannot be read.
pub fn interleaved(
    work: &Work,
    on: RunCorpus<'_>,
    systems: [&System; 2],
    rounds: usize,
) -> Result<Option<SpeedRatio>, CorpusError> {
    let documents = analyse_all(work, on.corpus)?;

    // also warms up caches
    let passes = systems.map(|system| passes_needed(on.length, system, &documents));

    let (mut wall, mut cpu) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        let [a, b] =
            [0, 1].map(|at| measured(on.length, systems[at], &documents, passes[at]));

        wall.push(speed_ratio([a.wall, b.wall], passes));
        if let (Some(a), Some(b)) = (a.cpu, b.cpu)
            // zero means shorter than a tick, and so unknown
            && !a.is_zero()
            && !b.is_zero()
        {
            cpu.push(speed_ratio([a, b], passes));
        }
    }

    // a median of some rounds only would compare other rounds than the wall clock does
    let cpu = median(&cpu, 0.95).filter(|_| cpu.len() == rounds);
    Ok(median(&wall, 0.95).map(|wall| SpeedRatio { wall, cpu, rounds }))
}

/// Time that the passes of one measurement took together.
struct Elapsed {
    wall: Duration,
    /// CPU time; `None` if the operating system does not report it.
    cpu: Option<Duration>,
}

/// Measures `passes` passes of a system over the documents.
fn measured(length: Length, system: &System, documents: &[Seen], passes: u32) -> Elapsed {
    let (start, cpu) = (clock::now(), clock::cpu());
    for _ in 0..passes {
        pass(length, system, documents);
    }

    let cpu = clock::cpu()
        .zip(cpu)
        .map(|(end, start)| end.saturating_sub(start));
    Elapsed {
        wall: start.elapsed(),
        cpu,
    }
}

/// Returns the number of passes, a power of two, that take at least [`SHORTEST`] together.
fn passes_needed(length: Length, system: &System, documents: &[Seen]) -> u32 {
    let mut passes = 1;
    loop {
        let elapsed = measured(length, system, documents, passes);
        if elapsed.cpu.unwrap_or(elapsed.wall) >= SHORTEST || passes >= MOST_PASSES {
            return passes;
        }
        passes *= 2;
    }
}

/// Returns the speed of the first system divided by that of the second, from the times that
/// their passes took.
fn speed_ratio(times: [Duration; 2], passes: [u32; 2]) -> f64 {
    let [a, b] = [0, 1].map(|at| times[at].as_secs_f64() / f64::from(passes[at]));
    b / a.max(1e-12)
}
