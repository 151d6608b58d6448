//! Our method beside the others: differences on each corpus, and ranks over all.

use epitome::stats::{difference_interval, ranks, sign_flips};

use crate::measure::Scores;

/// The other systems of a task with their scores on each corpus.
pub(crate) struct Others {
    pub(crate) names: Vec<String>,
    /// By corpus, system, metric and document.
    pub(crate) scores: Vec<Vec<Scores>>,
}

/// A paired difference of means between ours and another system on a corpus.
pub(crate) struct Difference {
    pub(crate) other: usize,
    pub(crate) ours: f64,
    pub(crate) theirs: f64,
    /// The bounds of the 95 % interval.
    pub(crate) low: f64,
    pub(crate) high: f64,
    /// The p-value of exchanges of the two systems.
    pub(crate) p: f64,
}

impl Difference {
    /// Returns `first`, `not shown` to differ from the better other system, or `behind`.
    pub(crate) fn verdict(&self) -> &'static str {
        if self.ours >= self.theirs {
            "first"
        } else if self.high >= 0.0 {
            "not shown"
        } else {
            "behind"
        }
    }
}

impl Others {
    /// Returns the other system of the best mean on a corpus.
    pub(crate) fn best(&self, corpus: usize, metric: usize) -> usize {
        let mut best = 0;
        for (at, scores) in self.scores[corpus].iter().enumerate() {
            if mean(&scores[metric]) > mean(&self.scores[corpus][best][metric]) {
                best = at;
            }
        }
        best
    }

    /// Returns how far ours is above a system on a corpus.
    pub(crate) fn difference(
        &self,
        ours: &Scores,
        corpus: usize,
        metric: usize,
        other: usize,
    ) -> Difference {
        let theirs = &self.scores[corpus][other][metric];
        let ours = &ours[metric];
        let differences: Vec<f64> = ours.iter().zip(theirs).map(|(a, b)| a - b).collect();
        let (low, high) =
            difference_interval(ours, theirs, 0.95).unwrap_or((f64::NAN, f64::NAN));
        Difference {
            other,
            ours: mean(ours),
            theirs: mean(theirs),
            low,
            high,
            p: sign_flips(&differences).0,
        }
    }

    /// Returns the mean rank of every other system and of ours, which is last, on one
    /// corpus: ranks of a document are from 1, and systems of equal scores share the mean of
    /// theirs. The second part is the difference between the rank of each other system and
    /// ours, by document.
    fn ranks(
        &self,
        ours: &Scores,
        corpus: usize,
        metric: usize,
    ) -> (Vec<f64>, Vec<Vec<f64>>) {
        let systems = self.names.len();
        let count = ours[metric].len();
        let mut sums = vec![0.0; systems + 1];
        let mut ahead = vec![Vec::with_capacity(count); systems];
        for document in 0..count {
            let others = self.scores[corpus].iter();
            let mut values: Vec<f64> =
                others.map(|scores| scores[metric][document]).collect();
            values.push(ours[metric][document]);
            let ranks = ranks(&values);
            for (sum, rank) in sums.iter_mut().zip(&ranks) {
                *sum += rank;
            }
            for (ahead, rank) in ahead.iter_mut().zip(&ranks) {
                ahead.push(rank - ranks[systems]);
            }
        }
        let means = sums.iter().map(|sum| sum / count.max(1) as f64);
        (means.collect(), ahead)
    }

    /// Returns the standing over all corpora, each of which counts as much as any other.
    pub(crate) fn standing(&self, ours: &[&Scores], metric: usize) -> Standing {
        let corpora = ours.len() as f64;
        let systems = self.names.len();
        let mut means = vec![0.0; systems + 1];
        let mut ahead = vec![Vec::new(); systems];
        for (corpus, ours) in ours.iter().enumerate() {
            let (of_corpus, differences) = self.ranks(ours, corpus, metric);
            for (mean, rank) in means.iter_mut().zip(&of_corpus) {
                *mean += rank / corpora;
            }
            for (ahead, differences) in ahead.iter_mut().zip(differences) {
                let weight = 1.0 / (corpora * differences.len() as f64);
                ahead.extend(differences.iter().map(|difference| difference * weight));
            }
        }

        let rank = means.pop().unwrap_or(f64::NAN);
        let next = (0..systems)
            .min_by(|&a, &b| means[a].total_cmp(&means[b]))
            .unwrap_or(0);
        Standing {
            rank,
            next,
            next_rank: means.get(next).copied().unwrap_or(f64::NAN),
            p: ahead.get(next).map_or(1.0, |ahead| sign_flips(ahead).0),
        }
    }
}

/// Our mean rank over all corpora beside that of the best single other system.
pub(crate) struct Standing {
    pub(crate) rank: f64,
    /// The other system of the lowest mean rank.
    pub(crate) next: usize,
    pub(crate) next_rank: f64,
    /// The p-value of exchanges of the two systems, by document.
    pub(crate) p: f64,
}

pub(crate) fn mean(scores: &[f64]) -> f64 {
    scores.iter().sum::<f64>() / scores.len().max(1) as f64
}
