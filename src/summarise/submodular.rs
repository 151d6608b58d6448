//! Submodular: covers the document and rewards diversity, with diminishing returns.

use crate::{
    rank::{Budget, Objective, Selection, Vectors, lazy_greedy, products_after},
    spec::{Entry, Kind, Parameter, Params},
    text::Document,
};

use super::Summariser;

pub(super) const ENTRY: Entry<dyn Summariser> = Entry {
    name: "submodular",
    about: "coverage and diversity with diminishing returns",
    source: "Lin & Bilmes (2011), A class of submodular functions for document summarization, ACL",
    parameters: &[
        Parameter {
            name: "lambda",
            kind: Kind::Number(0.0, 1e6),
            default: "6",
            about: "weight of diversity against coverage",
        },
        Parameter {
            name: "saturation",
            kind: Kind::Number(0.0, 1e6),
            default: "5",
            about: "a sentence is covered at this over N of its likeness to all",
        },
        Parameter {
            name: "scaling",
            kind: Kind::Number(0.0, 5.0),
            default: "0.3",
            about: "power of the price that a gain is divided by",
        },
    ],
    build: |params| Box::new(Submodular::from(params)),
};

/// Lin & Bilmes' objective, chosen greedily.
///
/// ```text
/// F(S) = L(S) + λ R(S)
/// L(S) = Σᵢ min(Σ_{j ∈ S} w(i, j), saturation/N · Σⱼ w(i, j))
/// R(S) = Σₖ √ Σ_{j ∈ Pₖ ∩ S} 1/N Σᵢ w(i, j)
/// ```
///
/// `w` is the cosine of tf-isf vectors, `Pₖ` are N/5 clusters of sentences: k-means on
/// the unit vectors, ten rounds from evenly spaced sentences. Gains are divided by
/// `price^scaling` under words and bytes and are looked at lazily. `O(Σₜ n(t)²)` time,
/// `O(tokens)` memory.
///
/// Lin & Bilmes (2011), section 4. Departures: they cluster with CLUTO; tf-isf within
/// the document; λ, saturation and scaling are in the ranges they tune in.
struct Submodular {
    lambda: f64,
    saturation: f64,
    scaling: f64,
}

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

impl Summariser for Submodular {
    fn summarise(&self, document: &Document, budget: Budget) -> Selection {
        let unit = Vectors::tf_isf(document).normalised();
        let mut worth = Worth::new(&unit, self);
        lazy_greedy(&mut worth, document, budget, self.scaling).finish()
    }
}

/// F of the picks so far.
struct Worth<'a> {
    unit: &'a Vectors,
    index: Vectors,
    lambda: f64,
    caps: Vec<f64>,
    covered: Vec<f64>,
    rewards: Vec<f64>,
    cluster: Vec<usize>,
    rewarded: Vec<f64>,
    column: Column,
    /// What each sentence covers as long as there is no pick.
    alone: Option<Vec<f64>>,
}

impl<'a> Worth<'a> {
    fn new(unit: &'a Vectors, weights: &Submodular) -> Self {
        let count = unit.len();
        let share = (weights.saturation / count.max(1) as f64).min(1.0);
        let likeness = unit.dot(&unit.sum(&vec![1.0; count]));
        let clusters = (count / 5).max(1);
        let caps: Vec<f64> = likeness.iter().map(|sum| share * sum).collect();
        Self {
            unit,
            index: unit.transposed(),
            lambda: weights.lambda,
            alone: Some(covers_alone(unit, &caps)),
            caps,
            covered: vec![0.0; count],
            rewards: likeness.iter().map(|sum| sum / count as f64).collect(),
            cluster: k_means(unit, clusters),
            rewarded: vec![0.0; clusters],
            column: Column::new(count),
        }
    }

    /// `Σᵢ min(w(i, at), what is left of caps(i))`.
    fn covers_more(&mut self, at: usize) -> f64 {
        self.column.fill(self.unit, &self.index, at);
        let entries = self.column.entries();
        let covers = entries.map(|(i, likeness)| {
            let room = (self.caps[i] - self.covered[i]).max(0.0);
            likeness.min(room)
        });
        covers.sum()
    }
}

/// `Σᵢ min(w(i, j), caps(i))` of every `j`, each pair being looked at once.
fn covers_alone(unit: &Vectors, caps: &[f64]) -> Vec<f64> {
    let own = |row: usize| unit.row(row).map(|(_, weight)| weight * weight).sum::<f64>();
    let mut covers: Vec<f64> = (0..unit.len()).map(|at| own(at).min(caps[at])).collect();
    products_after(unit, |i, row| {
        for &(j, likeness) in row {
            covers[i] += likeness.min(caps[j as usize]);
            covers[j as usize] += likeness.min(caps[i]);
        }
    });
    covers
}

impl Objective for Worth<'_> {
    fn gain(&mut self, sentence: u32) -> f64 {
        let at = sentence as usize;
        let coverage = match &self.alone {
            Some(alone) => alone[at],
            None => self.covers_more(at),
        };
        let before = self.rewarded[self.cluster[at]];
        let reward = (before + self.rewards[at]).sqrt() - before.sqrt();
        coverage + self.lambda * reward
    }

    fn add(&mut self, sentence: u32) {
        let at = sentence as usize;
        self.alone = None;
        self.column.fill(self.unit, &self.index, at);
        for (i, likeness) in self.column.entries() {
            self.covered[i] += likeness;
        }
        self.rewarded[self.cluster[at]] += self.rewards[at];
    }
}

/// One column of products, filled through an inverted index.
struct Column {
    sums: Vec<f64>,
    met: Vec<u32>,
}

impl Column {
    fn new(count: usize) -> Self {
        Self { sums: vec![0.0; count], met: Vec::new() }
    }

    fn fill(&mut self, vectors: &Vectors, index: &Vectors, at: usize) {
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
        self.met.iter().map(|&row| (row as usize, self.sums[row as usize]))
    }
}

/// The cluster of each sentence; its nearest centre by cosine, the first of equals.
fn k_means(unit: &Vectors, clusters: usize) -> Vec<usize> {
    const ROUNDS: usize = 10;
    let count = unit.len();
    let mut centres = Vectors::empty(unit.width());
    for k in 0..clusters.min(count) {
        let seed = k * (count - 1) / (clusters - 1).max(1);
        centres.push_row(unit.row(seed).map(|(term, weight)| (term as u32, weight)));
    }
    let mut nearest = vec![Nearest::NONE; count];
    let mut moved = vec![true; centres.len()];
    for _ in 0..ROUNDS {
        look_again(unit, &centres, &moved, &mut nearest);
        let cluster: Vec<usize> = nearest.iter().map(|it| it.centre).collect();
        let next = means(unit, &cluster, &centres);
        for (k, moved) in moved.iter_mut().enumerate() {
            *moved = !next.row(k).eq(centres.row(k));
        }
        centres = next;
        if !moved.contains(&true) {
            break;
        }
    }
    nearest.iter().map(|it| it.centre).collect()
}

/// The nearest centre of a sentence.
#[derive(Debug, Clone, Copy)]
struct Nearest {
    cosine: f64,
    centre: usize,
}

impl Nearest {
    /// No centre shares a word with the sentence.
    const NONE: Self = Self { cosine: 0.0, centre: 0 };

    fn or(self, cosine: f64, centre: usize) -> Self {
        let nearer = cosine > self.cosine;
        let first = cosine == self.cosine && centre < self.centre;
        if nearer || first { Self { cosine, centre } } else { self }
    }
}

/// Finds the nearest centres after some have moved. A sentence whose own has not is
/// nearer to none of the others that have not.
fn look_again(
    unit: &Vectors,
    centres: &Vectors,
    moved: &[bool],
    nearest: &mut [Nearest],
) {
    let index = centres.transposed();
    let mut moved_alone = Vectors::empty(centres.width());
    for (row, &moved) in centres.rows().zip(moved) {
        let row = row.filter(|_| moved).map(|(term, weight)| (term as u32, weight));
        moved_alone.push_row(row);
    }
    let moved_index = moved_alone.transposed();
    let mut column = Column::new(centres.len());
    for (at, nearest) in nearest.iter_mut().enumerate() {
        let (index, known) = match moved[nearest.centre] {
            true => (&index, Nearest::NONE),
            false => (&moved_index, *nearest),
        };
        column.fill(unit, index, at);
        let better = |known: Nearest, (centre, cosine)| known.or(cosine, centre);
        *nearest = column.entries().fold(known, better);
    }
}

/// The unit mean of each cluster; an empty one keeps its centre.
fn means(unit: &Vectors, cluster: &[usize], old: &Vectors) -> Vectors {
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); old.len()];
    for (sentence, &cluster) in cluster.iter().enumerate() {
        members[cluster].push(sentence);
    }
    let mut sums = vec![0.0; unit.width()];
    let mut means = Vectors::empty(unit.width());
    for (members, old) in members.iter().zip(old.rows()) {
        if members.is_empty() {
            means.push_row(old.map(|(term, weight)| (term as u32, weight)));
            continue;
        }
        let mut terms: Vec<u32> = Vec::new();
        for (term, weight) in members.iter().flat_map(|&member| unit.row(member)) {
            sums[term] += weight;
            terms.push(term as u32);
        }
        terms.sort_unstable();
        terms.dedup();
        let entry = |term: u32| (term, std::mem::take(&mut sums[term as usize]));
        means.push_row(terms.into_iter().map(entry));
    }
    means.normalised()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::testing::lines;

    const TEXT: &str = "whales sing songs\nwhales sing\nwhales sing loudly\n\
                        ships carry salt\nships carry coal\nbirds\n";

    #[test]
    fn what_is_covered_gains_no_more() {
        let system = Submodular { lambda: 6.0, saturation: 1.0, scaling: 0.0 };
        let picks = system.summarise(&lines(TEXT), Budget::Sentences(2)).picks;
        assert!(picks[0] < 3 && picks[1] >= 3, "{picks:?}");
    }

    #[test]
    fn gains_only_fall() {
        let unit = Vectors::tf_isf(&lines(TEXT)).normalised();
        let weights = Submodular { lambda: 6.0, saturation: 2.0, scaling: 0.0 };
        let mut worth = Worth::new(&unit, &weights);
        let before: Vec<f64> = (0..6).map(|at| worth.gain(at)).collect();
        worth.add(1);
        for (at, before) in (0..).zip(before) {
            assert!(worth.gain(at) <= before + 1e-12, "{at}");
        }
    }

    #[test]
    fn clusters_are_of_like_sentences() {
        let cluster = k_means(&Vectors::tf_isf(&lines(TEXT)).normalised(), 2);
        assert!(cluster[0] == cluster[1] && cluster[1] == cluster[2], "{cluster:?}");
    }
}
