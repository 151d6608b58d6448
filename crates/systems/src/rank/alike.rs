//! Links between sentences whose cosine is above a threshold.

use super::{
    Links, Vectors,
    distinct::Distinct,
    near::{BLOCK, Effort, near_effort, near_pairs},
};

/// Links of weight 1 between sentences whose cosine is above a threshold, and from each
/// sentence to itself. Takes 2 bytes for each linked pair, and at most a bit for each pair.
///
/// In a text of more than 4,096 sentences, those with equal vectors are one node: a log of
/// few different lines takes no more memory than these.
pub struct Alike {
    pairs: AlikePairs,
    /// Whether each sentence is linked to itself: its vector is not 0.
    own: Vec<f64>,
    /// `None` if every sentence is a node of its own.
    groups: Option<Groups>,
}

/// Sentences with equal vectors.
struct Groups {
    /// The node of each sentence.
    of: Vec<u32>,
    /// Whether the sentences of each node are above the threshold among themselves.
    are_alike: Vec<bool>,
}

impl Alike {
    /// Returns the links between sentence vectors, which must have no negative weights. A
    /// vector of zeros is not even linked to itself.
    pub fn above(threshold: f64, vectors: Vectors) -> Self {
        Self::in_groups_above(BLOCK, threshold, vectors)
    }

    /// Does what [`Self::above`] does, with equal vectors as one node if there are more than
    /// `most`.
    fn in_groups_above(most: usize, threshold: f64, vectors: Vectors) -> Self {
        let unit = vectors.normalised();
        let own = unit.rows().map(own_link).collect();
        match grouped(most, threshold, &unit) {
            Some((rows, groups)) => Self {
                pairs: AlikePairs::above(threshold, &rows),
                own,
                groups: Some(groups),
            },
            None => Self {
                pairs: AlikePairs::above(threshold, &unit),
                own,
                groups: None,
            },
        }
    }
}

/// Returns the different vectors of more than `most`, and which sentences have them; `None` if
/// there are no more, or all are different.
fn grouped(most: usize, threshold: f64, unit: &Vectors) -> Option<(Vectors, Groups)> {
    if unit.len() <= most {
        return None;
    }
    let Distinct { rows, of } = Distinct::of(unit);
    if rows.len() == unit.len() {
        return None;
    }
    let square = |row: usize| unit_square(rows.row(row));
    let are_alike = (0..rows.len()).map(|row| square(row) > threshold).collect();
    Some((rows, Groups { of, are_alike }))
}

/// Returns the product of a vector with itself.
fn unit_square(row: impl Iterator<Item = (usize, f64)>) -> f64 {
    row.map(|(_, weight)| weight * weight).sum()
}

/// Returns the weight of the link from a sentence to itself: 1 if its vector is not 0.
fn own_link(row: impl Iterator<Item = (usize, f64)>) -> f64 {
    let sum = row.fold(0.0, |sum, (_, weight)| sum + weight);
    if sum > 0.0 { 1.0 } else { 0.0 }
}

/// Returns what the links of [`Alike`] take, estimated from some of the sentences.
pub fn effort_above(threshold: f64, vectors: Vectors) -> Effort {
    let unit = vectors.normalised();
    match grouped(BLOCK, threshold, &unit) {
        Some((rows, _)) => near_effort(&rows, threshold),
        None => near_effort(&unit, threshold),
    }
}

/// Returns the number of sentences that each sentence is linked to, itself apart, in the graph
/// of [`Alike`]. Takes no memory for links.
pub fn degrees_above(threshold: f64, vectors: Vectors) -> Vec<f64> {
    degrees_in_groups_above(BLOCK, threshold, vectors)
}

/// Does what [`degrees_above`] does, with equal vectors as one node if there are more than
/// `most`.
fn degrees_in_groups_above(most: usize, threshold: f64, vectors: Vectors) -> Vec<f64> {
    let unit = vectors.normalised();
    let Some((rows, groups)) = grouped(most, threshold, &unit) else {
        return degrees(threshold, &unit, &vec![1.0; unit.len()]);
    };

    let sizes = groups.sums(&vec![1.0; unit.len()]);
    let mut degrees = degrees(threshold, &rows, &sizes);
    for (node, degree) in degrees.iter_mut().enumerate() {
        if groups.are_alike[node] {
            *degree += sizes[node] - 1.0;
        }
    }
    groups
        .of
        .iter()
        .map(|&node| degrees[node as usize])
        .collect()
}

/// Returns the sum of the sizes of the nodes that each node is linked to.
fn degrees(threshold: f64, unit: &Vectors, sizes: &[f64]) -> Vec<f64> {
    let mut degrees = vec![0.0; unit.len()];
    near_pairs(unit, threshold, |first, i, row| {
        for &place in row {
            let earlier = first + usize::from(place);
            degrees[i] += sizes[earlier];
            degrees[earlier] += sizes[i];
        }
    });
    degrees
}

impl Groups {
    /// Returns the sum over the sentences of each node.
    fn sums(&self, values: &[f64]) -> Vec<f64> {
        let mut sums = vec![0.0; self.are_alike.len()];
        for (&node, value) in self.of.iter().zip(values) {
            sums[node as usize] += value;
        }
        sums
    }
}

impl Links for Alike {
    fn len(&self) -> usize {
        self.own.len()
    }

    fn strengths(&self) -> Vec<f64> {
        let mut degrees = vec![0.0; self.len()];
        self.gather(&vec![1.0; self.len()], &mut degrees);
        degrees
    }

    fn gather(&self, flows: &[f64], into: &mut [f64]) {
        for ((into, own), flow) in into.iter_mut().zip(&self.own).zip(flows) {
            *into = own * flow;
        }
        let Some(groups) = &self.groups else {
            return self.pairs.gather(flows, into);
        };

        let sums = groups.sums(flows);
        let mut of_nodes = vec![0.0; sums.len()];
        self.pairs.gather(&sums, &mut of_nodes);
        for ((into, &node), flow) in into.iter_mut().zip(&groups.of).zip(flows) {
            let node = node as usize;
            *into += of_nodes[node];
            if groups.are_alike[node] {
                *into += sums[node] - flow;
            }
        }
    }
}

/// The pairs of different nodes that are linked.
struct AlikePairs {
    nodes: usize,
    /// The links to the nodes of each block of [`BLOCK`].
    blocks: Vec<Block>,
}

/// The links from the nodes of a block to those after them.
#[derive(Default)]
struct Block {
    /// For each node from the first of the block on, the number of its links to nodes of the
    /// block that are before it.
    counts: Vec<u16>,
    /// The places of those in the block: a number for each if there are at most [`WORDS`],
    /// otherwise [`WORDS`] numbers with a bit for each place.
    earlier: Vec<u16>,
}

/// The number of words of 16 bits that have a bit for each place in a block.
const WORDS: usize = BLOCK / 16;

impl AlikePairs {
    /// Returns the links between vectors of the length 1 or 0.
    fn above(threshold: f64, unit: &Vectors) -> Self {
        let mut blocks = Vec::new();
        blocks.resize_with(unit.len().div_ceil(BLOCK), Block::default);
        near_pairs(unit, threshold, |first, _, row| {
            let block: &mut Block = &mut blocks[first / BLOCK];
            block.counts.push(row.len() as u16);
            if row.len() <= WORDS {
                block.earlier.extend_from_slice(row);
                return;
            }
            let start = block.earlier.len();
            block.earlier.resize(start + WORDS, 0);
            for &place in row {
                block.earlier[start + usize::from(place / 16)] |= 1 << (place % 16);
            }
        });
        Self {
            nodes: unit.len(),
            blocks,
        }
    }

    /// Adds to each node the flows of those that it is linked to.
    fn gather(&self, flows: &[f64], into: &mut [f64]) {
        // what earlier nodes receive is added up apart, and last: the order of a sum decides its
        // last digits
        let mut from_later = vec![0.0; self.nodes];
        for (at, block) in self.blocks.iter().enumerate() {
            let first = at * BLOCK;
            let end = self.nodes.min(first + BLOCK);
            let (sent, received) = (&flows[first..end], &mut from_later[first..end]);

            let mut rest = block.earlier.as_slice();
            for (i, &count) in (first..).zip(&block.counts) {
                let (row, others) = rest.split_at(usize::from(count).min(WORDS));
                rest = others;
                let mut link = |place: usize| {
                    into[i] += sent[place];
                    received[place] += flows[i];
                };
                if usize::from(count) <= WORDS {
                    for &place in row {
                        link(usize::from(place));
                    }
                    continue;
                }
                for (at, &word) in row.iter().enumerate() {
                    let mut word = word;
                    while word != 0 {
                        link(16 * at + word.trailing_zeros() as usize);
                        word &= word - 1;
                    }
                }
            }
        }

        for (into, sum) in into.iter_mut().zip(&from_later) {
            *into += sum;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::testing::lines;

    #[test]
    fn a_degree_is_a_strength_without_the_own_link() {
        let counts =
            || Vectors::counts(&lines("cats mice\ncats mice cheese\ncats\nof the\n"));
        assert_eq!(degrees_above(0.7, counts()), [2.0, 1.0, 1.0, 0.0]);
    }

    #[test]
    fn those_above_the_threshold_are_linked_both_ways_and_to_themselves() {
        // cosines: 0–1 is 2/(√2·√3) = 0.82, 1–2 is 1/√3 = 0.58, 0–2 is 1/√2 = 0.71
        let counts =
            || Vectors::counts(&lines("cats mice\ncats mice cheese\ncats\nof the\n"));
        assert_eq!(
            Alike::above(0.7, counts()).strengths(),
            [3.0, 2.0, 2.0, 0.0]
        );
        assert_eq!(
            Alike::above(0.75, counts()).strengths(),
            [2.0, 2.0, 1.0, 0.0]
        );
    }

    /// A text in which each line occurs several times, also one without a word.
    fn repeated() -> Vectors {
        let lines_of: Vec<String> = (0..60)
            .map(|at: usize| match at % 12 {
                0 => "of the".to_owned(),
                line => format!("cats{} mice{} cheese{}", line % 2, line % 3, line % 5),
            })
            .collect();
        Vectors::counts(&lines(&(lines_of.join("\n") + "\n")))
    }

    #[test]
    fn equal_sentences_as_one_node_change_no_link() {
        let flows: Vec<f64> = (0..60).map(f64::from).collect();
        for threshold in [0.0, 0.3, 0.5, 0.99, 1.0] {
            let alone = Alike::in_groups_above(60, threshold, repeated());
            let groups = Alike::in_groups_above(0, threshold, repeated());
            assert!(alone.groups.is_none() && groups.groups.is_some());
            assert_eq!(alone.strengths(), groups.strengths(), "{threshold}");
            let gathered = |links: &Alike| {
                let mut into = vec![0.0; 60];
                links.gather(&flows, &mut into);
                into
            };
            assert_eq!(gathered(&alone), gathered(&groups), "{threshold}");
            assert_eq!(
                degrees_in_groups_above(60, threshold, repeated()),
                degrees_in_groups_above(0, threshold, repeated()),
                "{threshold}"
            );
        }
    }

    #[test]
    fn many_links_of_a_sentence_are_kept_as_bits() {
        // each of them is like all others, and different: their second words differ
        let text: Vec<String> = (0..600).map(|at| format!("cats w{at}")).collect();
        let alike = Alike::above(0.1, Vectors::counts(&lines(&(text.join("\n") + "\n"))));
        assert_eq!(alike.strengths(), vec![600.0; 600]);
        let numbers: usize = alike.pairs.blocks.iter().map(|it| it.earlier.len()).sum();
        // the first 257 have a number for each of those before them, the others 256 in all
        assert_eq!(numbers, 256 * 257 / 2 + (600 - 257) * WORDS);
    }
}
