//! How each tool computes a score from counts, and combines several references.

use crate::{
    Signature, aggregate,
    score::Score,
    statistics::{Matches, Statistics},
};

use super::round::five_decimals;

/// How a tool computes scores from counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Profile {
    /// rouge-score 0.1.2, and the profile `unicode`: F1 of unrounded shares. Of several
    /// references the one with the highest F1 counts, the first of equal ones
    /// (`np.argmax`).
    Unrounded,
    /// ROUGE-1.5.5: shares are rounded to five decimals, and F is computed from the
    /// rounded ones.
    Rouge155(Rouge155Scores),
}

/// How ROUGE-1.5.5 computes a score from counts: its options `-f` and `-p`, and the
/// jackknife that was done around the script.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rouge155Scores {
    /// How several references are combined.
    pub multi: SeveralReferences,
    /// The weight of precision in F, from 0 to 1.
    pub alpha: f64,
    /// Whether a score is the mean of the scores with each reference left out in turn.
    pub jackknife: bool,
}

impl Default for Rouge155Scores {
    fn default() -> Self {
        Self {
            multi: SeveralReferences::Sum,
            alpha: 0.5,
            jackknife: false,
        }
    }
}

/// How ROUGE-1.5.5 combines several references.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SeveralReferences {
    /// The option `-f A`: counts are added up and divided once. The candidate's own count
    /// is added once for each reference.
    Sum,
    /// The option `-f B`: the reference with the highest recall counts, the first of
    /// equal ones. Precision and F are those with that reference, not the best ones.
    BestRecall,
}

/// How the counts of a kind of units are turned into shares.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shares {
    /// For ROUGE-W: a share is raised to the power of `1 / weight`.
    pub(super) weight: Option<f64>,
    /// Quirk of ROUGE-1.5.5: recalls are compared as printed for N and S, but unrounded
    /// for L and W.
    pub(super) compared_rounded: bool,
}

impl Shares {
    /// Returns a share, raised to the power that ROUGE-W requires; 0 if `of` is 0.
    fn share(self, shared: f64, of: f64) -> f64 {
        let share = if of > 0.0 { shared / of } else { 0.0 };
        self.root(share)
    }

    fn root(self, value: f64) -> f64 {
        self.weight.map_or(value, |weight| value.powf(1.0 / weight))
    }

    /// Returns the recall that the option `-f B` compares.
    ///
    /// Quirk: for ROUGE-W it is the recall with the reference weighted *once*, so that
    /// the best reference need not have the highest recall that is printed.
    fn recall(self, matches: &Matches) -> f64 {
        let once = self.root(matches.reference);
        let recall = self.share(matches.shared, once);
        if self.compared_rounded {
            five_decimals(recall)
        } else {
            recall
        }
    }
}

impl Profile {
    /// Returns the names of the statistics.
    pub(super) fn statistics(self) -> &'static [&'static str] {
        match self {
            Self::Rouge155(Rouge155Scores {
                jackknife: true, ..
            }) => Statistics::SCORES,
            Self::Unrounded | Self::Rouge155(_) => Statistics::MATCHES,
        }
    }

    /// Returns the statistics that the matches with each reference amount to.
    pub(super) fn combine(self, each: &[Matches], shares: Shares) -> Statistics {
        match self {
            Self::Unrounded => {
                best(each, |matches| self.score_once(matches, shares).value).into()
            }
            Self::Rouge155(Rouge155Scores {
                multi,
                jackknife: false,
                ..
            }) => multi.combine(each, shares).into(),
            Self::Rouge155(Rouge155Scores { multi, .. }) => {
                let mean = aggregate::jackknife(each, |subset| {
                    self.score_once(&multi.combine(subset, shares), shares)
                });
                Statistics::scores(
                    mean.precision.unwrap_or(0.0),
                    mean.recall.unwrap_or(0.0),
                    mean.value,
                )
            }
        }
    }

    /// Returns the score of combined statistics, or of their sum over documents.
    pub(super) fn score(self, statistics: &Statistics, shares: Shares) -> Score {
        match self {
            Self::Rouge155(Rouge155Scores {
                jackknife: true, ..
            }) => statistics.mean_scores(),
            Self::Unrounded | Self::Rouge155(_) => {
                self.score_once(&statistics.matches(), shares)
            }
        }
    }

    /// Returns the score of the matches with one reference, or of combined matches.
    fn score_once(self, matches: &Matches, shares: Shares) -> Score {
        let precision = shares.share(matches.shared, matches.candidate);
        let recall = shares.share(matches.shared, matches.reference);
        match self {
            Self::Unrounded => Score::of(precision, recall),
            Self::Rouge155(Rouge155Scores { alpha, .. }) => {
                // quirk: F is computed from the printed, rounded numbers
                let (p, r) = (five_decimals(precision), five_decimals(recall));
                Score {
                    precision: Some(p),
                    recall: Some(r),
                    value: weighted_f(p, r, alpha),
                }
            }
        }
    }

    /// Adds the fields that change the value to a signature.
    pub(super) fn signature(self, signature: Signature) -> Signature {
        match self {
            Self::Unrounded => signature.with("multi", "best-f1"),
            Self::Rouge155(Rouge155Scores {
                multi,
                alpha,
                jackknife,
            }) => signature
                .with("multi", multi.name())
                .with("alpha", alpha.to_string())
                .with("jackknife", if jackknife { "yes" } else { "no" }),
        }
    }
}

impl SeveralReferences {
    fn name(self) -> &'static str {
        match self {
            Self::Sum => "average",
            Self::BestRecall => "best",
        }
    }

    /// Returns the matches that those with several references are combined into.
    fn combine(self, each: &[Matches], shares: Shares) -> Matches {
        match self {
            Self::Sum => {
                let mut sum = Matches::default();
                for matches in each {
                    sum += *matches;
                }
                sum
            }
            Self::BestRecall => best(each, |matches| shares.recall(matches)),
        }
    }
}

/// Returns the first matches with the highest key; matches of 0 if there are none.
fn best(each: &[Matches], key: impl Fn(&Matches) -> f64) -> Matches {
    if let [only] = each {
        return *only;
    }
    let mut best: Option<(Matches, f64)> = None;
    for matches in each {
        let key = key(matches);
        if best.is_none_or(|(_, highest)| key > highest) {
            best = Some((*matches, key));
        }
    }
    best.map_or_else(Matches::default, |(first, _)| first)
}

/// Returns `P · R / ((1 − α) · P + α · R)`, rounded to five decimals; a large `alpha`
/// favours precision.
pub(super) fn weighted_f(precision: f64, recall: f64, alpha: f64) -> f64 {
    let of = (1.0 - alpha) * precision + alpha * recall;
    if of > 0.0 {
        five_decimals(precision * recall / of)
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Shares = Shares {
        weight: None,
        compared_rounded: true,
    };

    fn profile(multi: SeveralReferences) -> Profile {
        Profile::Rouge155(Rouge155Scores {
            multi,
            alpha: 0.5,
            jackknife: false,
        })
    }

    #[test]
    fn f_is_made_of_what_is_printed() {
        let score =
            profile(SeveralReferences::Sum).score(&Statistics::counts(1, 3, 3), PLAIN);
        assert_eq!((score.precision, score.value), (Some(0.333_33), 0.333_33));
        assert_eq!(
            Profile::Unrounded
                .score(&Statistics::counts(1, 3, 3), PLAIN)
                .value,
            1.0 / 3.0
        );
    }

    #[test]
    fn references_are_added_or_the_best_recall_is_taken() {
        let each = [Matches::counts(1, 10, 10), Matches::counts(1, 10, 2)];
        let recall = |multi: SeveralReferences| {
            let profile = profile(multi);
            profile.score(&profile.combine(&each, PLAIN), PLAIN).recall
        };
        assert_eq!(recall(SeveralReferences::Sum), Some(0.166_67), "2 of 12");
        assert_eq!(recall(SeveralReferences::BestRecall), Some(0.5));
    }

    #[test]
    fn a_jackknife_is_the_mean_over_sets_without_one_reference() {
        let profile = Profile::Rouge155(Rouge155Scores {
            multi: SeveralReferences::BestRecall,
            alpha: 0.5,
            jackknife: true,
        });
        let each = [0, 1, 2].map(|hits| Matches::counts(hits, 10, 10));
        // the best of {1, 2}, {0, 2}, {0, 1}
        let combined = profile.combine(&each, PLAIN);
        let score = profile.score(&combined, PLAIN);
        assert!((score.recall.unwrap() - 0.5 / 3.0).abs() < 1e-15);
        assert_eq!(profile.score(&(combined.clone() + combined), PLAIN), score);
    }
}
