//! Weights of links between phrases by their distance in the text.

use std::ops::Range;

use crate::rank::{Graph, Links, Table};

/// Maximum number of occurrences for which all pairs count.
const ALL: usize = 3_000;

/// Number of pairs that count if there are more than [`ALL`] occurrences.
const PAIRS: usize = 1 << 22;

/// Maximum number of nodes for which links are stored as a table.
const TABLE: usize = 2_048;

/// Links between nodes, each of which has occurrences in the text. The weight of a link is the
/// sum of the inverse gaps between occurrences.
///
/// ```text
/// w(a, b) = Σ_{i ∈ a, j ∈ b} 1 / gap(i, j)       gap: tokens from the end of the earlier
///                                                 to the start of the later, at least 1
/// ```
///
/// Up to 3,000 occurrences (a text of about 10,000 words) all pairs count. With more, each
/// occurrence is linked to a number of next ones only, such that there are about 4 million pairs;
/// time and memory then do not grow with the square of the length. Row `u` has the links that
/// lead to `u`.
pub(super) enum Closeness {
    /// A table of all weights, for few nodes, nearly all of which are linked.
    Table(Table),
    /// Lists of neighbours, for many nodes.
    Graph(Graph),
}

impl Closeness {
    /// Returns the links between `nodes` nodes. An occurrence is a range of tokens and the node
    /// that it belongs to; occurrences are in the order of the text. Nodes with the same `group`
    /// are not linked.
    pub(super) fn of(
        nodes: usize,
        occurrences: &[(Range<usize>, u32)],
        group: impl Fn(u32) -> u32,
    ) -> Self {
        let count = occurrences.len();
        let reach = if count <= ALL {
            count
        } else {
            (PAIRS / count).max(1)
        };

        match nodes > TABLE {
            true => Self::Graph(graph(nodes, occurrences, reach, group)),
            false => Self::Table(table(nodes, occurrences, reach, group)),
        }
    }

    /// Adds `factor` times the sum of the rows of `others` to the row of `node`. Links that `node`
    /// does not have are not created.
    pub(super) fn add_rows(&mut self, node: usize, others: &[usize], factor: f64) {
        match self {
            Self::Table(table) => {
                for &other in others {
                    table.add_row(node, other, factor);
                }
            }
            Self::Graph(graph) => {
                let mut added: Vec<(u32, f64)> =
                    others.iter().flat_map(|&other| graph.row(other)).collect();
                added.sort_by_key(|it| it.0);

                let (neighbours, weights) = graph.row_mut(node);
                for (at, weight) in added {
                    if let Ok(at) = neighbours.binary_search(&at) {
                        weights[at] += factor * weight;
                    }
                }
            }
        }
    }
}

/// Returns the inverse of the gap between two occurrences, in tokens.
fn closeness(earlier: &Range<usize>, later: &Range<usize>) -> f64 {
    1.0 / (later.start + 1).saturating_sub(earlier.end).max(1) as f64
}

/// Returns the weights of links between all nodes; each occurrence is linked to the `reach` next
/// ones.
fn table(
    nodes: usize,
    occurrences: &[(Range<usize>, u32)],
    reach: usize,
    group: impl Fn(u32) -> u32,
) -> Table {
    let mut table = Table::empty(nodes);

    // there are millions of pairs: divide once for each gap, and read compact positions
    let last = occurrences.last().map_or(0, |(tokens, _)| tokens.start + 1);
    let inverse: Vec<f64> = (0..=last).map(|gap| 1.0 / gap.max(1) as f64).collect();
    let starts: Vec<(u32, u32)> = occurrences
        .iter()
        .map(|(tokens, node)| (tokens.start as u32 + 1, *node))
        .collect();

    for (at, (tokens, node)) in occurrences.iter().enumerate() {
        let row = table.row_mut(*node as usize);
        let end = tokens.end as u32;
        for &(start, other) in starts[at + 1..].iter().take(reach) {
            row[other as usize] += inverse[start.saturating_sub(end) as usize];
        }
    }

    let groups: Vec<u32> = (0..nodes as u32).map(group).collect();
    for (node, &group) in groups.iter().enumerate() {
        for (weight, &other) in table.row_mut(node).iter_mut().zip(&groups) {
            if group == other {
                *weight = 0.0;
            }
        }
    }

    table.make_symmetric();
    table
}

/// Returns the links as a graph; each occurrence is linked to the `reach` next ones.
fn graph(
    nodes: usize,
    occurrences: &[(Range<usize>, u32)],
    reach: usize,
    group: impl Fn(u32) -> u32,
) -> Graph {
    let mut edges = Vec::new();
    for (at, (tokens, node)) in occurrences.iter().enumerate() {
        for (later, other) in occurrences[at + 1..].iter().take(reach) {
            if group(*node) != group(*other) {
                edges.push((*node, *other, closeness(tokens, later)));
            }
        }
    }
    Graph::from_edges(nodes, edges.iter().copied())
}

impl Links for Closeness {
    fn len(&self) -> usize {
        match self {
            Self::Table(table) => table.len(),
            Self::Graph(graph) => graph.len(),
        }
    }

    fn strengths(&self) -> Vec<f64> {
        let graph = match self {
            Self::Table(table) => return table.strengths(),
            Self::Graph(graph) => graph,
        };
        let mut sums = vec![0.0; graph.len()];
        for node in 0..graph.len() {
            graph
                .row(node)
                .for_each(|(from, weight)| sums[from as usize] += weight);
        }
        sums
    }

    fn gather(&self, flows: &[f64], into: &mut [f64]) {
        match self {
            Self::Table(table) => table.gather(flows, into),
            Self::Graph(graph) => graph.gather(flows, into),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Occurrences of one token each, with a gap of one token between.
    fn occurrences(nodes: &[u32]) -> Vec<(Range<usize>, u32)> {
        nodes
            .iter()
            .enumerate()
            .map(|(at, &node)| (2 * at..2 * at + 1, node))
            .collect()
    }

    #[test]
    fn the_gap_is_from_the_end_of_the_earlier_to_the_start_of_the_later() {
        let strengths = |pair: &[(Range<usize>, u32)]| {
            Closeness::of(2, pair, |node| node).strengths()
        };
        assert_eq!(strengths(&[(0..3, 0), (5..6, 1)]), [1.0 / 3.0; 2]);
        assert_eq!(strengths(&[(0..3, 0), (1..2, 1)]), [1.0; 2], "they overlap");
    }

    #[test]
    fn a_graph_has_what_the_table_has() {
        let occurrences = occurrences(&[0, 1, 2, 1, 3, 0, 2]);
        let side = |node| node / 2; // 0 and 1 are not linked, nor 2 and 3
        let mut table = Closeness::Table(table(4, &occurrences, 9, side));
        let mut graph = Closeness::Graph(graph(4, &occurrences, 9, side));
        let flows = [0.1, 0.2, 0.3, 0.4];
        for _ in 0..2 {
            let (mut one, mut other) = (table.strengths(), graph.strengths());
            let (mut inflows, mut inflows_too) = ([0.0; 4], [0.0; 4]);
            table.gather(&flows, &mut inflows);
            graph.gather(&flows, &mut inflows_too);
            one.extend(inflows);
            other.extend(inflows_too);
            for (one, other) in one.iter().zip(other) {
                assert!((one - other).abs() < 1e-12 && *one > 0.0);
            }
            table.add_rows(0, &[1], 2.0);
            graph.add_rows(0, &[1], 2.0);
        }
    }
}
