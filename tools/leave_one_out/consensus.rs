//! Summaries on which several systems of the registry agree.

use epitome::{
    rank::{Budget, Selection, best_first},
    summarise::Summariser,
    text::Document,
};

/// Reciprocal-rank fusion: a sentence scores the sum of `weight / (60 + rank)` over its
/// ranks in all systems.
///
/// Cormack, Clarke & Büttcher (2009), *Reciprocal rank fusion outperforms Condorcet and
/// individual rank learning methods*, SIGIR.
pub(crate) struct Fusion {
    pub(crate) systems: Vec<Box<dyn Summariser>>,
    /// Whether a system weighs as much as its ranks correlate with those of the others in
    /// this document; otherwise all weigh the same.
    pub(crate) by_agreement: bool,
}

impl Summariser for Fusion {
    fn summarise(&self, document: &Document, budget: Budget) -> Selection {
        let count = document.sentences().len();
        let ranks: Vec<Vec<f64>> = self
            .systems
            .iter()
            .map(|system| ranks(system.as_ref(), document))
            .collect();

        let mut scores = vec![0.0; count];
        for (at, of_system) in ranks.iter().enumerate() {
            let weight = if self.by_agreement {
                let others = ranks.iter().enumerate().filter(|(other, _)| *other != at);
                let agreement = others.map(|(_, other)| correlation(of_system, other));
                agreement.sum::<f64>().max(0.0) / (ranks.len() - 1).max(1) as f64
            } else {
                1.0
            };
            for (score, rank) in scores.iter_mut().zip(of_system) {
                *score += weight / (60.0 + rank);
            }
        }
        Selection::best_first(scores, document, budget)
    }
}

/// Returns the rank of every sentence, from 1: by its score, or by its place among the
/// picks of all sentences if the system has no scores.
fn ranks(system: &dyn Summariser, document: &Document) -> Vec<f64> {
    let count = document.sentences().len();
    let selection = system.summarise(document, Budget::Sentences(count));
    let order = match selection.scores {
        Some(scores) => best_first(&scores),
        None => selection.picks,
    };
    let mut ranks = vec![count as f64; count];
    for (rank, at) in order.into_iter().enumerate() {
        ranks[at as usize] = (rank + 1) as f64;
    }
    ranks
}

/// Returns the correlation of two lists of ranks.
fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
    let (of_a, of_b) = (mean(a), mean(b));
    let mut sums = (0.0, 0.0, 0.0);
    for (x, y) in a.iter().zip(b) {
        let (x, y) = (x - of_a, y - of_b);
        sums = (sums.0 + x * y, sums.1 + x * x, sums.2 + y * y);
    }
    if sums.1 > 0.0 && sums.2 > 0.0 {
        sums.0 / (sums.1 * sums.2).sqrt()
    } else {
        0.0
    }
}

/// Minimum Bayes risk: of the summaries of several systems, the one that is most like all
/// others, by the F1 of the words and pairs of neighbours that two summaries share.
pub(crate) struct LeastRisk {
    pub(crate) systems: Vec<Box<dyn Summariser>>,
}

impl Summariser for LeastRisk {
    fn summarise(&self, document: &Document, budget: Budget) -> Selection {
        let mut selections: Vec<Selection> = self
            .systems
            .iter()
            .map(|system| system.summarise(document, budget))
            .collect();
        let units: Vec<Vec<(usize, usize)>> = selections
            .iter()
            .map(|selection| units(document, selection))
            .collect();

        let like =
            |at: usize| -> f64 { units.iter().map(|other| f1(&units[at], other)).sum() };
        let likes: Vec<f64> = (0..units.len()).map(like).collect();
        let best = best_first(&likes).first().copied().unwrap_or(0) as usize;
        selections.swap_remove(best)
    }
}

/// Returns the words of a summary, each as a pair with itself, and its pairs of
/// neighbours, in rising order.
fn units(document: &Document, selection: &Selection) -> Vec<(usize, usize)> {
    let mut units = Vec::new();
    for &pick in &selection.picks {
        let tokens = document.tokens_of(&document.sentences()[pick as usize]);
        let words: Vec<usize> = tokens
            .iter()
            .filter(|token| token.is_word())
            .map(|token| token.term.index())
            .collect();
        units.extend(words.iter().map(|&word| (word, word)));
        units.extend(words.windows(2).map(|pair| (pair[0], pair[1])));
    }
    units.sort_unstable();
    units
}

/// Returns the F1 of two sorted lists, in which an entry matches as often as both have it.
fn f1(a: &[(usize, usize)], b: &[(usize, usize)]) -> f64 {
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                shared += 1;
                i += 1;
                j += 1;
            }
        }
    }
    2.0 * f64::from(shared) / (a.len() + b.len()).max(1) as f64
}
