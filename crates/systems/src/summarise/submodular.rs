//! Submodular: covers the document and rewards diversity, with diminishing returns.

mod k_means;
mod saturated;

use crate::rank::{Budget, Objective, Selection, Vectors, lazy_greedy};
use epitome_base::spec::{Entry, Parameter, ParameterKind, Params};
use epitome_text::Document;

use self::{k_means::k_means, saturated::Saturated};
use super::summariser::Summariser;

pub(super) const ENTRY: Entry<dyn Summariser> = Entry {
    name: "submodular",
    about: "coverage and diversity with diminishing returns",
    source: "Lin & Bilmes (2011), A class of submodular functions for document summarization, ACL",
    parameters: &[
        Parameter {
            name: "lambda",
            kind: ParameterKind::Number(0.0, 1e6),
            default: "6",
            about: "weight of diversity against coverage",
        },
        Parameter {
            name: "saturation",
            kind: ParameterKind::Number(0.0, 1e6),
            default: "5",
            about: "the coverage of a sentence is at most this divided by N times its similarity to all sentences",
        },
        Parameter {
            name: "scaling",
            kind: ParameterKind::Number(0.0, 5.0),
            default: "0.3",
            about: "exponent of the cost by which a gain is divided",
        },
    ],
    build: |params| Box::new(Submodular::from(params)),
};

/// The objective of Lin & Bilmes, maximised greedily.
///
/// ```text
/// F(S) = L(S) + λ R(S)
/// L(S) = Σᵢ min(Σ_{j ∈ S} w(i, j), saturation/N · Σⱼ w(i, j))
/// R(S) = Σₖ √ Σ_{j ∈ Pₖ ∩ S} 1/N Σᵢ w(i, j)
/// ```
///
/// `w` is the cosine of tf-isf vectors; `Pₖ` are N/5 clusters of sentences by k-means on
/// the unit vectors, with ten rounds from evenly spaced sentences. Gains are divided by
/// `price^scaling` under budgets of words and bytes. They are computed lazily, the first
/// time only if a bound requires it (`Saturated`). `O(Σₜ n(t)²)` time, `O(tokens)`
/// memory.
///
/// Lin & Bilmes (2011), section 4. Left open there: the clustering, theirs is by CLUTO;
/// the collection in which idf is counted, here the sentences of the document; λ,
/// saturation and scaling, here within the ranges in which they tune them.
#[derive(Debug, Clone, PartialEq)]
pub struct Submodular {
    /// The weight of diversity against coverage, λ.
    pub lambda: f64,
    /// The number that, divided by N, is the share of its likeness to all at which a
    /// sentence is covered.
    pub saturation: f64,
    /// The power of the price that a gain is divided by.
    pub scaling: f64,
}

default_of_entry!(Submodular);

impl From<&Params> for Submodular {
    fn from(params: &Params) -> Self {
        let number = |name| params.number(name);
        Self {
            lambda: number("lambda"),
            saturation: number("saturation"),
            scaling: number("scaling"),
        }
    }
}

/// The largest number of sentences: there is a cluster for every five of them, so that
/// clustering takes the square of the length.
const MOST_SENTENCES: usize = 25_000;

impl Summariser for Submodular {
    fn summarise(&self, document: &Document, budget: Budget) -> Selection {
        let unit = Vectors::tf_isf(document).normalised();
        let mut worth = Worth::new(&unit, self);
        lazy_greedy(&mut worth, document, budget, self.scaling).finish()
    }

    fn most_sentences(&self) -> Option<usize> {
        Some(MOST_SENTENCES)
    }
}

/// The value F of the picks so far.
struct Worth<'a> {
    unit: &'a Vectors,
    index: Vectors,
    lambda: f64,
    caps: Vec<f64>,
    covered: Vec<f64>,
    rewards: Vec<f64>,
    cluster: Vec<usize>,
    rewarded: Vec<f64>,
    saturated: Saturated,
    column: Column,
}

impl<'a> Worth<'a> {
    fn new(unit: &'a Vectors, weights: &Submodular) -> Self {
        let count = unit.len();
        let share = (weights.saturation / count.max(1) as f64).min(1.0);
        let likeness = unit.dot(&unit.sum(&vec![1.0; count]));
        // the paper has N/5 clusters
        let clusters = (count / 5).max(1);

        let index = unit.transposed();
        let caps: Vec<f64> = likeness.iter().map(|sum| share * sum).collect();

        Self {
            unit,
            saturated: Saturated::new(&index, &caps),
            index,
            lambda: weights.lambda,
            caps,
            covered: vec![0.0; count],
            rewards: likeness.iter().map(|sum| sum / count as f64).collect(),
            cluster: k_means(unit, clusters),
            rewarded: vec![0.0; clusters],
            column: Column::new(count),
        }
    }
}

impl Objective for Worth<'_> {
    fn bound(&mut self, sentence: u32) -> f64 {
        let at = sentence as usize;
        let coverage = self
            .unit
            .row(at)
            .map(|(term, x)| self.saturated.covered(term, x));
        coverage.sum::<f64>() + self.lambda * self.rewards[at].sqrt()
    }

    fn gain(&mut self, sentence: u32) -> f64 {
        let at = sentence as usize;
        self.column.fill(self.unit, &self.index, at);
        let coverage: f64 = self
            .column
            .entries()
            .map(|(i, likeness)| {
                let room = (self.caps[i] - self.covered[i]).max(0.0);
                likeness.min(room)
            })
            .sum();
        let before = self.rewarded[self.cluster[at]];
        let reward = (before + self.rewards[at]).sqrt() - before.sqrt();
        coverage + self.lambda * reward
    }

    fn add(&mut self, sentence: u32) {
        let at = sentence as usize;
        self.column.fill(self.unit, &self.index, at);
        for (i, likeness) in self.column.entries() {
            self.covered[i] += likeness;
        }
        self.rewarded[self.cluster[at]] += self.rewards[at];
    }
}

/// A column of the matrix of products, computed through an inverted index.
struct Column {
    sums: Vec<f64>,
    met: Vec<u32>,
}

impl Column {
    fn new(count: usize) -> Self {
        Self {
            sums: vec![0.0; count],
            met: Vec::new(),
        }
    }

    fn fill(&mut self, vectors: &Vectors, index: &Vectors, at: usize) {
        // only entries that were changed are cleared, which costs less than a new column
        for row in self.met.drain(..) {
            self.sums[row as usize] = 0.0;
        }
        for (term, weight) in vectors.row(at) {
            for (row, other) in index.row(term) {
                if self.sums[row] == 0.0 {
                    self.met.push(row as u32);
                }
                self.sums[row] += weight * other;
            }
        }
    }

    fn entries(&self) -> impl Iterator<Item = (usize, f64)> {
        self.met
            .iter()
            .map(|&row| (row as usize, self.sums[row as usize]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::testing::lines;

    const TEXT: &str = "whales sing songs\nwhales sing\nwhales sing loudly\n\
                        ships carry salt\nships carry coal\nbirds\n";

    #[test]
    fn what_is_covered_gains_no_more() {
        let system = Submodular {
            lambda: 6.0,
            saturation: 1.0,
            scaling: 0.0,
        };
        let picks = system.summarise(&lines(TEXT), Budget::Sentences(2)).picks;
        assert!(picks[0] < 3 && picks[1] >= 3, "{picks:?}");
    }

    #[test]
    fn no_gain_is_above_its_bound() {
        let unit = Vectors::tf_isf(&lines(TEXT)).normalised();
        for saturation in [0.5, 2.0, 5.0] {
            let weights = Submodular {
                lambda: 6.0,
                saturation,
                scaling: 0.0,
            };
            let mut worth = Worth::new(&unit, &weights);
            for at in 0..6 {
                assert!(worth.gain(at) <= worth.bound(at) + 1e-12, "{at}");
            }
        }
    }

    #[test]
    fn gains_only_fall() {
        let unit = Vectors::tf_isf(&lines(TEXT)).normalised();
        let weights = Submodular {
            lambda: 6.0,
            saturation: 2.0,
            scaling: 0.0,
        };
        let mut worth = Worth::new(&unit, &weights);
        let before: Vec<f64> = (0..6).map(|at| worth.gain(at)).collect();
        worth.add(1);
        for (at, before) in (0..).zip(before) {
            assert!(worth.gain(at) <= before + 1e-12, "{at}");
        }
    }
}
