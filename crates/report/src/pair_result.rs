//! What a comparison of two systems is made with, and what it finds.

use std::num::NonZero;

use epitome_stats::{Bounds, Exchanges, Wins};

/// Confidence level of all intervals.
pub(super) const LEVEL: f64 = 0.95;

/// Settings of comparisons of systems.
#[derive(Debug, Clone, Copy)]
pub struct ComparisonSettings {
    /// Test that p-values are from.
    pub test: SignificanceTest,
    /// Seed of random resamples and exchanges.
    pub seed: u64,
    /// Number of resamples, or of rounds of exchanges.
    pub resamples: u32,
    /// Number of threads.
    pub jobs: NonZero<usize>,
}

impl ComparisonSettings {
    /// Default number of resamples. A p-value of 0.01 has a standard error of 0.001; smaller
    /// p-values of randomisation are not estimated from rounds.
    pub const RESAMPLES: u32 = 10_000;
}

/// A test of whether two systems differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SignificanceTest {
    /// Paired approximate randomisation.
    #[default]
    Randomisation,
    /// Paired bootstrap.
    Bootstrap,
    /// Wilcoxon's signed-rank test.
    Wilcoxon,
}

/// Test, and for randomisation the method, that a p-value is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PValueOrigin {
    /// Paired randomisation, with the way in which exchanges were counted.
    Randomisation(Exchanges),
    /// Paired bootstrap.
    Bootstrap,
    /// Wilcoxon's signed-rank test.
    Wilcoxon,
}

/// Result of the comparison of two columns.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PairResult {
    /// Indices of the columns.
    pub pair: (usize, usize),
    /// Mean of the first column minus mean of the second.
    pub difference: f64,
    /// 95 % interval of the difference.
    pub interval: Option<Bounds>,
    /// Two-sided p-value.
    pub p: f64,
    /// Test that the p-value is from.
    pub origin: PValueOrigin,
    /// Number of rounds or resamples of the test.
    pub rounds: u32,
    /// p-value corrected over all pairs by Holm's method.
    pub p_holm: f64,
    /// p-value corrected over all pairs by the method of Benjamini and Hochberg.
    pub p_fdr: f64,
    /// Effect size: the mean of the differences divided by their standard deviation.
    pub effect: Option<f64>,
    /// Cliff's delta.
    pub cliff: Option<f64>,
    /// Number of documents on which the first is better, equal and worse.
    pub wins: Wins,
}

impl PairResult {
    /// Returns the test with the settings that change its p-value, as in `comparisons.csv`.
    pub fn test(&self) -> String {
        let rounds = self.rounds;
        match self.origin {
            PValueOrigin::Randomisation(Exchanges::Rounds) => {
                format!("randomisation(rounds={rounds})")
            }
            PValueOrigin::Randomisation(Exchanges::All) => {
                "randomisation(exact)".to_owned()
            }
            PValueOrigin::Randomisation(Exchanges::Saddlepoint) => {
                "randomisation(saddlepoint)".to_owned()
            }
            PValueOrigin::Bootstrap => format!("bootstrap(resamples={rounds})"),
            PValueOrigin::Wilcoxon => "wilcoxon".to_owned(),
        }
    }

    /// Returns that only one of interval and p-value shows a difference, and what that means;
    /// `None` if they agree.
    pub fn note(&self) -> Option<String> {
        let (low, high) = self.interval?;
        let found = match (self.p < 1.0 - LEVEL, low <= 0.0 && 0.0 <= high) {
            (true, true) => "p is below 0.05 and 0 is in the interval",
            (false, false) => "0 is outside the interval and p is not below 0.05",
            _ => return None,
        };

        let trusted = match self.origin {
            PValueOrigin::Randomisation(_) => {
                "the evidence is borderline; p is of exchanges between equal systems, the interval of the mean"
            }
            PValueOrigin::Bootstrap => {
                "trust the interval: it is made for few documents, and the p-value of a bootstrap is not"
            }
            PValueOrigin::Wilcoxon => {
                "trust the interval for the mean: Wilcoxon's test is about ranks of differences"
            }
        };
        Some(format!("{found}: {trusted}"))
    }
}
