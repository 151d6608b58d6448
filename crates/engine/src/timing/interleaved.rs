//! Two systems timed side by side: A B A B.

use std::time::Duration;

use crate::run::{RunCorpus, System, Work, analyse_all, clock};
use epitome_corpora::CorpusError;
use epitome_stats::{Interval, median};

use super::pass::pass;

/// How much faster the first of two systems is: the median of the rounds' ratios of speed,
/// with its 95 % interval; 1 is as fast.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ratio {
    /// By the clock on the wall.
    pub wall: Interval,
    /// By the time of the processor, where the system tells it.
    pub cpu: Option<Interval>,
    /// Rounds.
    pub rounds: usize,
}

impl Ratio {
    /// What to judge by: time of the processor does not grow when others use the machine.
    pub fn least_noisy(&self) -> Interval {
        self.cpu.unwrap_or(self.wall)
    }
}

/// The least time that one measurement takes, of the processor where the system tells it;
/// shorter passes are repeated. The time of the processor is counted in ticks of up to 4 ms.
const LEAST: Duration = Duration::from_millis(20);

/// Even the fastest system on a corpus of one word is not passed more often.
const MOST_PASSES: u32 = 1 << 24;

/// Times two systems on the documents of a corpus, in `rounds` rounds of one
/// measurement each, in turn, so that whatever slows the machine down hits both.
///
/// # Errors
/// Returns an error if the corpus is broken.
pub fn interleaved(
    work: &Work,
    on: RunCorpus<'_>,
    systems: [&System; 2],
    rounds: usize,
) -> Result<Option<Ratio>, CorpusError> {
    let documents = analyse_all(work, on.corpus)?;
    let measure = |system: &System, passes: u32| {
        let (start, cpu) = (clock::now(), clock::cpu());
        for _ in 0..passes {
            pass(on.length, system, &documents);
        }
        let used = clock::cpu()
            .zip(cpu)
            .map(|(end, start)| end.saturating_sub(start));
        (start.elapsed(), used)
    };
    // warms up, and finds how many passes make a measurement
    let passes = systems.map(|system| {
        let mut passes = 1_u32;
        loop {
            let (wall, cpu) = measure(system, passes);
            if cpu.unwrap_or(wall) >= LEAST || passes >= MOST_PASSES {
                return passes;
            }
            passes *= 2;
        }
    });
    let (mut wall, mut cpu) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        let [a, b] = [0, 1].map(|at| measure(systems[at], passes[at]));
        let speed = |a: Duration, b: Duration| {
            let a = a.as_secs_f64() / f64::from(passes[0]);
            let b = b.as_secs_f64() / f64::from(passes[1]);
            b / a.max(1e-12)
        };
        wall.push(speed(a.0, b.0));
        // what the ticks have missed is not known
        let known = a.1.zip(b.1).filter(|(a, b)| !a.is_zero() && !b.is_zero());
        cpu.extend(known.map(|(a, b)| speed(a, b)));
    }
    let cpu = median(&cpu, 0.95).filter(|_| cpu.len() == rounds);
    Ok(median(&wall, 0.95).map(|wall| Ratio { wall, cpu, rounds }))
}
