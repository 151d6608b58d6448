//! Weighted graphs in compressed rows.

use super::Links;

/// An undirected weighted graph. Row `u` lists the neighbours of `u` with the weights of
/// the edges.
///
/// Every edge is in two rows. Takes 12 bytes for each entry.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Graph {
    ends: Vec<usize>,
    neighbours: Vec<u32>,
    weights: Vec<f64>,
}

impl Graph {
    /// Adds the row of the next node, which has these neighbours.
    pub fn push_row(&mut self, row: impl IntoIterator<Item = (u32, f64)>) {
        for (neighbour, weight) in row {
            self.neighbours.push(neighbour);
            self.weights.push(weight);
        }
        self.ends.push(self.neighbours.len());
    }

    /// Returns a graph of `nodes` nodes with the undirected edges `(a, b, weight)`. The
    /// weights of repeated edges are added up. `O(E log E)`.
    pub fn from_edges(nodes: usize, edges: &[(u32, u32, f64)]) -> Self {
        let mut directed: Vec<(u32, u32, f64)> = edges
            .iter()
            .flat_map(|&(a, b, w)| [(a, b, w), (b, a, w)])
            .collect();
        directed.sort_by_key(|&(from, to, _)| (from, to));

        let mut graph = Self::default();
        let mut rest = directed.as_slice();
        for node in 0..nodes as u32 {
            let row = rest.partition_point(|&(from, _, _)| from == node);
            let sums = rest[..row].chunk_by(|a, b| a.1 == b.1).map(|same| {
                (
                    same[0].1,
                    same.iter().map(|&(_, _, weight)| weight).sum::<f64>(),
                )
            });
            graph.push_row(sums);
            rest = &rest[row..];
        }
        graph
    }

    /// Returns the number of nodes.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Returns whether there are no nodes.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Returns the neighbours of `node` with the weights of the edges to them.
    pub fn row(&self, node: usize) -> impl Iterator<Item = (u32, f64)> {
        let start = if node == 0 { 0 } else { self.ends[node - 1] };
        let range = start..self.ends[node];
        self.neighbours[range.clone()]
            .iter()
            .copied()
            .zip(self.weights[range].iter().copied())
    }

    /// Returns the neighbours of `node`, and the weights of the edges to them for
    /// modification.
    pub fn row_mut(&mut self, node: usize) -> (&[u32], &mut [f64]) {
        let start = if node == 0 { 0 } else { self.ends[node - 1] };
        let range = start..self.ends[node];
        (&self.neighbours[range.clone()], &mut self.weights[range])
    }

    /// Returns the sum of the weights of `node`'s edges.
    pub fn strength(&self, node: usize) -> f64 {
        self.row(node).map(|(_, weight)| weight).sum()
    }
}

impl Links for Graph {
    fn len(&self) -> usize {
        self.ends.len()
    }

    fn strengths(&self) -> Vec<f64> {
        (0..self.len()).map(|node| self.strength(node)).collect()
    }

    fn gather(&self, flows: &[f64], into: &mut [f64]) {
        for (node, into) in into.iter_mut().enumerate() {
            *into = self
                .row(node)
                .map(|(from, weight)| weight * flows[from as usize])
                .sum();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_edges_add_up_and_stand_in_both_rows() {
        let graph = Graph::from_edges(4, &[(0, 1, 1.0), (1, 0, 0.5), (3, 1, 2.0)]);
        let rows: Vec<Vec<_>> = (0..4).map(|node| graph.row(node).collect()).collect();
        assert_eq!(rows[0], [(1, 1.5)]);
        assert_eq!(rows[1], [(0, 1.5), (3, 2.0)]);
        assert_eq!(rows[2], []);
        assert!((graph.strength(1) - 3.5).abs() < 1e-15);
    }
}
