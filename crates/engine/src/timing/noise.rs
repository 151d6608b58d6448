//! Warnings about timings that should not be trusted.

use std::num::NonZero;

use super::Timing;

/// Width of the interval of a speed, as a share of the speed, above which a warning is given.
const WIDE: f64 = 0.1;

/// Share of samples beyond Tukey's fences above which a warning is given.
const OUTLIERS: f64 = 0.1;

/// Ratio of wall-clock time to CPU time above which a warning is given.
const WAITED: f64 = 1.1;

/// Returns warnings about signs of a noisy machine, each a line for the user; none if there are
/// no signs. The signs are those that hyperfine looks for, and the load.
pub fn noise(timings: &[Timing], cores: NonZero<usize>) -> Vec<String> {
    let highest_load = timings
        .iter()
        .filter_map(|timing| timing.load)
        .fold(0.0, f64::max);
    let busy = (highest_load > cores.get() as f64).then(|| {
        format!(
            "the machine was busy: {highest_load:.1} threads wanted {cores} cores; time again when it is quiet"
        )
    });

    busy.into_iter()
        .chain(warning_about(
            timings,
            has_wide_interval,
            "an interval of speed wider than 10 %: give `--measurement-ms` more",
        ))
        .chain(warning_about(
            timings,
            has_outliers,
            "more than one outlier in ten samples",
        ))
        .chain(warning_about(
            timings,
            has_waited,
            "waited for the processor: see `cpu_ns`, which does not count that",
        ))
        .collect()
}

/// Returns the sentence "SYSTEMS has/have `what`" about the timings with a sign of noise; `None`
/// if there are none. Up to three systems are named, more are counted.
fn warning_about(
    timings: &[Timing],
    has_sign: fn(&Timing) -> bool,
    what: &str,
) -> Option<String> {
    let names: Vec<String> = timings
        .iter()
        .filter(|timing| has_sign(timing))
        .map(|timing| format!("`{}`", timing.system))
        .collect();

    match names.len() {
        0 => None,
        1 => Some(format!("{} has {what}", names[0])),
        2 | 3 => Some(format!("{} have {what}", names.join(", "))),
        many => Some(format!("{many} of {} systems have {what}", timings.len())),
    }
}

/// Returns whether the interval of the speed is wider than [`WIDE`].
fn has_wide_interval(timing: &Timing) -> bool {
    timing.docs_per_s_high - timing.docs_per_s_low > WIDE * timing.docs_per_s
}

/// Returns whether more than [`OUTLIERS`] of the samples are outliers.
fn has_outliers(timing: &Timing) -> bool {
    let outliers =
        timing.low_severe + timing.low_mild + timing.high_mild + timing.high_severe;
    outliers as f64 > OUTLIERS * timing.samples as f64
}

/// Returns whether a pass took longer on the wall clock than in CPU time by [`WAITED`].
fn has_waited(timing: &Timing) -> bool {
    timing
        .cpu_ns
        .is_some_and(|cpu| timing.mean_ns > WAITED * cpu)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn timing(system: &str) -> Timing {
        Timing {
            system: system.to_owned(),
            version: String::new(),
            corpus: String::new(),
            digest: String::new(),
            budget: String::new(),
            documents: 1,
            bytes: 1,
            sentences: 1,
            samples: 20,
            mean_ns: 100.0,
            mean_low_ns: 99.0,
            mean_high_ns: 101.0,
            median_ns: 100.0,
            median_low_ns: 99.0,
            median_high_ns: 101.0,
            slope_ns: None,
            slope_low_ns: None,
            slope_high_ns: None,
            mad_ns: 1.0,
            std_dev_ns: 1.0,
            low_severe: 0,
            low_mild: 0,
            high_mild: 1,
            high_severe: 0,
            docs_per_s: 1e7,
            docs_per_s_low: 0.99e7,
            docs_per_s_high: 1.01e7,
            mb_per_s: 10.0,
            mb_per_s_low: 9.9,
            mb_per_s_high: 10.1,
            ns_per_sentence: 100.0,
            cpu_ns: Some(99.0),
            load: Some(0.4),
            total_docs_per_s: None,
            build: String::new(),
        }
    }

    fn warnings(timings: &[Timing]) -> String {
        noise(timings, NonZero::new(2).unwrap()).join("\n")
    }

    #[test]
    fn there_is_no_warning_if_the_machine_was_quiet() {
        assert_eq!(warnings(&[timing("lead")]), "");
    }

    #[test]
    fn each_sign_of_noise_is_named_with_the_systems() {
        let noisy = Timing {
            load: Some(3.2),
            docs_per_s_low: 0.8e7,
            high_severe: 4,
            cpu_ns: Some(50.0),
            ..timing("tail")
        };
        insta::assert_snapshot!(warnings(&[timing("lead"), noisy]), @"
        the machine was busy: 3.2 threads wanted 2 cores; time again when it is quiet
        `tail` has an interval of speed wider than 10 %: give `--measurement-ms` more
        `tail` has more than one outlier in ten samples
        `tail` has waited for the processor: see `cpu_ns`, which does not count that
        ");
    }
}
