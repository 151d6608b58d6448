//! The scores of the package lexrank 0.1.

use std::collections::{BTreeMap, BTreeSet};

use super::form::FORM;
use crate::rank::{Vectors, products_after};
use epitome_base::spec::Params;
use epitome_text::{Document, GivenStopWords};

use crate::summarise::{profiles::MOST_IN_PAIRS, summariser::SentenceScorer};

/// The scores of lexrank's `LexRank(documents).rank_sentences`.
///
/// ```text
/// score(u) = |C| · Σᵥ w(u, v) / Σ_{v, z ∈ C} w(v, z)          C: the component of u
/// w(u, v)  = 1 if cos(u, v) > threshold, else 0          [ form=continuous: cos(u, v) ]
/// ```
///
/// This is the limit of its walk without teleport, which starts from 1 for each sentence,
/// in each component: a sentence linked to none has the mean, 1. `cos` is over `tf ·
/// ln(N/n)` of unstemmed words; `N` and `n` count the documents of `background`, a text
/// with one document on each line, or the sentences of the document if there is none; a
/// word that it lacks has `ln(N + 1)`. A sentence is linked to itself. `O(Σₜ n(t)²)`.
///
/// Its iteration leaves equal scores different in the last digits, by which its sort
/// orders them, with the later one first if those are equal too. For components of up to
/// 24 sentences the same iteration is done here, and decides between scores that are
/// equal: a rank adds a share of 1e-11. Departures: the digits of its library depend on
/// the machine; it finds addresses of web pages by a list of domains, here they are found
/// by `://` and `www.`.
pub(super) struct LexRank {
    threshold: Option<f64>,
    stop_words: GivenStopWords,
    background: Option<Idf>,
}

impl From<&Params> for LexRank {
    fn from(params: &Params) -> Self {
        let is_continuous = params.choice(FORM).is_some();
        Self {
            threshold: (!is_continuous).then(|| params.number("threshold")),
            stop_words: params.into(),
            background: params.file("background").map(|file| {
                let text = String::from_utf8_lossy(&file.bytes);
                Idf::of(text.lines().map(|line| words(line).collect()))
            }),
        }
    }
}

impl SentenceScorer for LexRank {
    fn scores(&self, document: &Document) -> Vec<f64> {
        let links = self.links(document);
        let mut scores = vec![0.0; links.strengths.len()];
        let mut computed = scores.clone();
        for component in links.components() {
            let sum: f64 = component.nodes.iter().map(|&at| links.strengths[at]).sum();
            let size = component.nodes.len() as f64;
            for &at in &component.nodes {
                scores[at] = size * links.strengths[at] / sum;
            }

            let is_small = component.nodes.len() <= ITERATED;
            let values = is_small.then(|| component.iterated(&links.strengths));
            for (place, &at) in component.nodes.iter().enumerate() {
                computed[at] = values.as_ref().map_or(scores[at], |it| it[place]);
            }
        }

        let mut order: Vec<usize> = (0..scores.len()).collect();
        order.sort_by(|&a, &b| computed[a].total_cmp(&computed[b]));
        for (rank, at) in order.into_iter().enumerate() {
            // the shares are far below the differences between scores that are not equal
            scores[at] *= 1.0 + rank as f64 * 1e-11;
        }
        scores
    }

    fn most_sentences(&self) -> Option<usize> {
        Some(MOST_IN_PAIRS)
    }
}

/// The size of the largest component whose last digits are computed as the package
/// computes them.
const ITERATED: usize = 24;

/// The linked pairs of sentences, and the sum of each sentence's weights.
struct Links {
    pairs: Vec<(usize, usize, f64)>,
    strengths: Vec<f64>,
}

impl Links {
    fn components(&self) -> Vec<Component> {
        let mut sets = Sets::new(self.strengths.len());
        for &(i, j, _) in &self.pairs {
            sets.join(i, j);
        }

        let mut components: Vec<Component> = Vec::new();
        let mut place = vec![(0, 0); self.strengths.len()];
        for at in 0..self.strengths.len() {
            let root = sets.root(at);
            if root == at {
                place[at].0 = components.len();
                components.push(Component::default());
            }
            let component = place[root].0;
            place[at] = (component, components[component].nodes.len());
            components[component].nodes.push(at);
        }

        for &(i, j, weight) in &self.pairs {
            let (component, one) = place[i];
            components[component].pairs.push((one, place[j].1, weight));
        }
        components
    }
}

/// A component of the graph: sentences that are linked to each other, directly or through
/// others.
#[derive(Default)]
struct Component {
    nodes: Vec<usize>,
    /// The linked pairs, by places in `nodes`, with their weights.
    pairs: Vec<(usize, usize, f64)>,
}

impl Component {
    /// Returns the walk from 1 for each node after 1, 3, 7 … steps, until little changes
    /// or after 40 rounds.
    fn iterated(&self, strengths: &[f64]) -> Vec<f64> {
        const ROUNDS: usize = 40;
        let size = self.nodes.len();
        let mut ranks = vec![1.0; size];
        if size == 1 {
            return ranks;
        }

        let strength = |place: usize| strengths[self.nodes[place]];

        let mut steps = vec![vec![0.0; size]; size];
        for (place, row) in steps.iter_mut().enumerate() {
            row[place] = 1.0 / strength(place);
        }
        for &(one, other, weight) in &self.pairs {
            steps[other][one] = weight / strength(one);
            steps[one][other] = weight / strength(other);
        }

        for _ in 0..ROUNDS {
            let next: Vec<f64> = steps
                .iter()
                .map(|row| product(row.iter().copied().zip(ranks.iter().copied())))
                .collect();

            // the tolerances are those of numpy's `allclose`
            let ends = next
                .iter()
                .zip(&ranks)
                .all(|(a, b)| (a - b).abs() <= 1e-8 + 1e-5 * b.abs());
            ranks = next;
            if ends {
                break;
            }
            steps = squared(&steps);
        }
        ranks
    }
}

/// Returns the sum of products, rounded once for each step as the fused instructions of
/// the package's library round.
fn product(pairs: impl Iterator<Item = (f64, f64)>) -> f64 {
    pairs.fold(0.0, |sum, (a, b)| f64::mul_add(a, b, sum))
}

/// Returns the square of a matrix.
fn squared(matrix: &[Vec<f64>]) -> Vec<Vec<f64>> {
    matrix
        .iter()
        .map(|row| {
            let entries = (0..row.len()).map(|column| {
                let pairs = row.iter().zip(matrix);
                product(pairs.map(|(value, other)| (*value, other[column])))
            });
            entries.collect()
        })
        .collect()
}

impl LexRank {
    fn links(&self, document: &Document) -> Links {
        let list = self.stop_words.of(document);
        let sentences: Vec<Vec<String>> = (0..document.sentences().len())
            .map(|at| words(document.sentence_text(at)))
            .map(|words| words.filter(|word| !list.contains(word)).collect())
            .collect();

        let own;
        let idf = if let Some(background) = &self.background {
            background
        } else {
            let sets = sentences
                .iter()
                .map(|words| words.iter().cloned().collect());
            own = Idf::of(sets);
            &own
        };

        let unit = idf.vectors(&sentences).normalised();
        let mut links = Links {
            pairs: Vec::new(),
            strengths: vec![1.0; unit.len()],
        };

        products_after(&unit, |i, row| {
            for &(j, cosine) in row {
                let weight = match self.threshold {
                    Some(threshold) if cosine > threshold => 1.0,
                    Some(_) => continue,
                    None => cosine,
                };
                links.pairs.push((i, j as usize, weight));
                links.strengths[i] += weight;
                links.strengths[j as usize] += weight;
            }
        });
        links
    }
}

/// How rare words are in a background, as the logarithm of the inverse document
/// frequency.
struct Idf {
    known: BTreeMap<String, f64>,
    unknown: f64,
}

impl Idf {
    fn of(documents: impl Iterator<Item = BTreeSet<String>>) -> Self {
        let mut holders: BTreeMap<String, f64> = BTreeMap::new();
        let mut count = 0.0;
        for document in documents.filter(|words| !words.is_empty()) {
            count += 1.0;
            for word in document {
                *holders.entry(word).or_default() += 1.0;
            }
        }

        let known = holders
            .into_iter()
            .map(|(word, n)| (word, (count / n).ln()))
            .collect();
        Self {
            known,
            unknown: (count + 1.0).ln(),
        }
    }

    /// Returns `tf · idf` of the words of each sentence.
    fn vectors(&self, sentences: &[Vec<String>]) -> Vectors {
        let mut ids: BTreeMap<&str, u32> = BTreeMap::new();
        let mut idf = Vec::new();
        let rows: Vec<Vec<u32>> = sentences
            .iter()
            .map(|words| {
                let mut row: Vec<u32> = words
                    .iter()
                    .map(|word| {
                        *ids.entry(word).or_insert_with(|| {
                            let known = self.known.get(word).copied();
                            idf.push(known.unwrap_or(self.unknown));
                            idf.len() as u32 - 1
                        })
                    })
                    .collect();
                row.sort_unstable();
                row
            })
            .collect();

        let mut counts = Vectors::empty(idf.len());
        for row in rows {
            let runs = row.chunk_by(|a, b| a == b);
            counts.push_row(runs.map(|run| (run[0], run.len() as f64)));
        }
        counts.scaled(&idf)
    }
}

/// Disjoint sets that can be joined (union–find).
struct Sets(Vec<usize>);

impl Sets {
    fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.0[one.max(other)] = one.min(other);
    }
}

/// Returns whether a word is an address of a mailbox or a web page.
fn is_address(word: &str) -> bool {
    word.contains('@') || word.contains("://") || word.contains("www.")
}

/// Returns the words of a text in lower case. They are separated by white space and by
/// punctuation except `-` and `'`; other signs are dropped, and so are addresses,
/// numbers, and words with digits.
fn words(text: &str) -> impl Iterator<Item = String> {
    const PARTS: &str = ".,;:¡!¿?…⋯&‹›«»\"“”[]()⟨⟩}{/|\\";
    text.split_whitespace()
        .filter(|word| !is_address(word))
        .flat_map(|word| word.split(|c: char| PARTS.contains(c)))
        .map(|word| {
            let lower = word.to_lowercase();
            lower
                .chars()
                .filter(|&c| c.is_alphanumeric() || c == '-')
                .collect()
        })
        .filter(|word: &String| {
            word.contains(char::is_alphabetic) && !word.contains(char::is_numeric)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::testing::lines;

    fn scores(threshold: Option<f64>, text: &str) -> Vec<f64> {
        let lex_rank = LexRank {
            threshold,
            stop_words: GivenStopWords::default(),
            background: None,
        };
        lex_rank.scores(&lines(text))
    }

    #[test]
    fn each_component_shares_out_its_own_size() {
        // a star of three (degrees 2, 3, 2 with the own link), and one alone
        let text = "red fish swim\nfish birds swim fly\nbirds fly home\nold ships";
        let found = scores(Some(0.1), text);
        for (found, wanted) in found.iter().zip([6.0 / 7.0, 9.0 / 7.0, 6.0 / 7.0, 1.0]) {
            assert!((found - wanted).abs() < 1e-9, "{found} is not {wanted}");
        }
        assert!(scores(None, text)[1] > 1.0);
    }

    #[test]
    fn words_are_letters_and_hyphens() {
        let found: Vec<String> =
            words("Don't e-mail a.b@c.de, 12 A4/Half-open!").collect();
        assert_eq!(found, ["dont", "e-mail", "half-open"]);
    }
}
