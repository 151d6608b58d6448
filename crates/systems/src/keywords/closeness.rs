//! How close phrases stand to each other in the text.

use std::ops::Range;

use crate::rank::{Graph, Links, Table};

/// Up to so many occurrences every pair counts.
const ALL: usize = 3_000;

/// Pairs that count where there are more.
const PAIRS: usize = 1 << 22;

/// Up to so many nodes the links are a table.
const TABLE: usize = 2_048;

/// Links between groups of occurrences, stronger the closer these stand.
///
/// ```text
/// w(a, b) = Σ_{i ∈ a, j ∈ b} 1 / gap(i, j)       gap: tokens from the end of the earlier
///                                                 to the start of the later, at least 1
/// ```
///
/// Up to 3,000 occurrences (a text of some 10,000 words) every pair counts. With more of
/// them, each is linked to the next ones only, to so many that there are 4 million
/// pairs in all: time and memory do not grow with the square of the text. Row `u` has
/// what leads to `u`.
pub(super) enum Closeness {
    /// For some thousand nodes, nearly all of them linked.
    Table(Table),
    /// For more.
    Graph(Graph),
}

impl Closeness {
    /// Between `nodes` nodes; an occurrence is its tokens and the node it belongs to, in
    /// the order of the text. Nodes of one `side` are not linked.
    pub(super) fn of(
        nodes: usize,
        occurrences: &[(Range<usize>, u32)],
        side: impl Fn(u32) -> u32,
    ) -> Self {
        let count = occurrences.len();
        let reach = if count <= ALL {
            count
        } else {
            (PAIRS / count).max(1)
        };
        match nodes > TABLE {
            true => Self::Graph(graph(nodes, occurrences, reach, side)),
            false => Self::Table(table(nodes, occurrences, reach, side)),
        }
    }

    /// Adds `factor` times the sum of the rows of `others` to the row of `node`, where
    /// that has links.
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

fn closeness(earlier: &Range<usize>, later: &Range<usize>) -> f64 {
    1.0 / (later.start + 1).saturating_sub(earlier.end).max(1) as f64
}

fn table(
    nodes: usize,
    occurrences: &[(Range<usize>, u32)],
    reach: usize,
    side: impl Fn(u32) -> u32,
) -> Table {
    let mut table = Table::empty(nodes);
    // millions of pairs: no division for each, and little to read
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
    let sides: Vec<u32> = (0..nodes as u32).map(side).collect();
    for (one, &side) in sides.iter().enumerate() {
        for (weight, &other) in table.row_mut(one).iter_mut().zip(&sides) {
            if side == other {
                *weight = 0.0;
            }
        }
    }
    table.make_symmetric();
    table
}

fn graph(
    nodes: usize,
    occurrences: &[(Range<usize>, u32)],
    reach: usize,
    side: impl Fn(u32) -> u32,
) -> Graph {
    let mut edges = Vec::new();
    for (at, (tokens, node)) in occurrences.iter().enumerate() {
        for (later, other) in occurrences[at + 1..].iter().take(reach) {
            if side(*node) != side(*other) {
                edges.push((*node, *other, closeness(tokens, later)));
            }
        }
    }
    Graph::from_edges(nodes, &edges)
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
