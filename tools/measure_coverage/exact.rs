//! Coverage without samples: sums over all outcomes of scores of 0 and 1.

use epitome::stats::{Moments, difference_interval};

use super::populations::Shares;

/// What all outcomes of a number of documents sum up to.
pub(crate) struct Exact {
    /// The chance that the interval holds the truth.
    pub(crate) coverage: f64,
    /// The mean width.
    pub(crate) width: f64,
    /// How many outcomes there are.
    pub(crate) outcomes: usize,
}

/// The coverage of epitome's interval for `size` documents.
pub(crate) fn exact(shares: Shares, truth: f64, size: usize) -> Exact {
    let mut sums = Exact {
        coverage: 0.0,
        width: 0.0,
        outcomes: 0,
    };

    let (first, second) = match shares {
        Shares::Hits(share) => (share, 0.0),
        Shares::Better(first, second) => (first, second),
    };

    for (differ, chance) in chances(size, first + second).into_iter().enumerate() {
        let of_first = chances(differ, first / (first + second));
        for (better, share) in of_first.into_iter().enumerate() {
            let chance = chance * share;
            if chance == 0.0 {
                continue; // more hits than differ where there is one system
            }
            let (low, high) = interval(shares, better, differ - better, size);
            let holds = low - 1e-9 <= truth && truth <= high + 1e-9;
            sums.coverage += if holds { chance } else { 0.0 };
            sums.width += chance * (high - low);
            sums.outcomes += 1;
        }
    }

    sums
}

fn interval(shares: Shares, better: usize, worse: usize, size: usize) -> (f64, f64) {
    let (first, second) = (vec![1.0; better], vec![0.0; size - better]);
    let a = [first, second].concat();
    let found = match shares {
        Shares::Hits(_) => Moments::of(a).interval(0.95).map(|it| (it.low, it.high)),
        Shares::Better(..) => {
            let b = [
                vec![0.0; better],
                vec![1.0; worse],
                vec![0.0; size - better - worse],
            ];
            difference_interval(&a, &b.concat(), 0.95)
        }
    };
    found.unwrap_or((0.0, 0.0))
}

/// The chance of every number of hits of `count` documents.
fn chances(count: usize, share: f64) -> Vec<f64> {
    let mut chances = vec![1.0];
    for _ in 0..count {
        let miss = chances
            .iter()
            .map(|chance| chance * (1.0 - share))
            .chain([0.0]);
        let hit = [0.0].into_iter().chain(chances.iter().map(|it| it * share));
        chances = miss.zip(hit).map(|(miss, hit)| miss + hit).collect();
    }
    chances
}
