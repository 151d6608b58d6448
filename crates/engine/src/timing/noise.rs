//! When a timing should not be trusted.

use std::num::NonZero;

use super::Timing;

/// A speed whose interval is wider than this share of it is not settled.
const WIDE: f64 = 0.1;

/// Of the samples, at most this share may lie beyond the fences.
const OUTLIERS: f64 = 0.1;

/// The wall clock may show so much more than the processor was busy.
const WAITED: f64 = 1.1;

/// What makes the machine look noisy while timings were made, in words; nothing where it
/// was quiet. As hyperfine does, and with the load beside it.
pub fn noise(timings: &[Timing], cores: NonZero<usize>) -> Vec<String> {
    let mut warnings = Vec::new();
    let busy = timings
        .iter()
        .filter_map(|timing| timing.load)
        .fold(0.0, f64::max);
    if busy > cores.get() as f64 {
        warnings.push(format!(
            "the machine was busy: {busy:.1} threads wanted {cores} cores; time again when it is quiet"
        ));
    }
    let mut warn = |is: &dyn Fn(&Timing) -> bool, what: &str| {
        let names: Vec<String> = timings
            .iter()
            .filter(|timing| is(timing))
            .map(|timing| format!("`{}`", timing.system))
            .collect();
        match names.len() {
            0 => {}
            few @ 1..=3 => {
                let verb = if few == 1 { "has" } else { "have" };
                warnings.push(format!("{} {verb} {what}", names.join(", ")));
            }
            many => {
                warnings.push(format!("{many} of {} systems have {what}", timings.len()));
            }
        }
    };
    let wide = |timing: &Timing| {
        timing.docs_per_s_high - timing.docs_per_s_low > WIDE * timing.docs_per_s
    };
    warn(
        &wide,
        "an interval of speed wider than 10 %: give `--measurement-ms` more",
    );
    let scattered = |timing: &Timing| {
        let outliers =
            timing.low_severe + timing.low_mild + timing.high_mild + timing.high_severe;
        outliers as f64 > OUTLIERS * timing.samples as f64
    };
    warn(&scattered, "more than one outlier in ten samples");
    let waited = |timing: &Timing| {
        timing
            .cpu_ns
            .is_some_and(|cpu| timing.mean_ns > WAITED * cpu)
    };
    warn(
        &waited,
        "waited for the processor: see `cpu_ns`, which does not count that",
    );
    warnings
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
    fn a_quiet_machine_gives_no_warning() {
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
