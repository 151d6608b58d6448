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

    /// Returns a graph of `nodes` nodes with the undirected edges `(a, b, weight)`, which are
    /// read twice. The weights of repeated edges are added up in their order. `O(E log E)`, and
    /// 12 bytes for each end of an edge.
    pub fn from_edges(
        nodes: usize,
        edges: impl Iterator<Item = (u32, u32, f64)> + Clone,
    ) -> Self {
        let mut begins = vec![0; nodes + 1];
        for (a, b, _) in edges.clone() {
            begins[a as usize + 1] += 1;
            begins[b as usize + 1] += 1;
        }
        for node in 0..nodes {
            begins[node + 1] += begins[node];
        }

        // every edge in both rows, in the order of the edges
        let mut neighbours = vec![0; begins[nodes]];
        let mut weights = vec![0.0; begins[nodes]];
        let mut next = begins.clone();
        for (a, b, weight) in edges {
            for (from, to) in [(a, b), (b, a)] {
                let at = next[from as usize];
                (neighbours[at], weights[at]) = (to, weight);
                next[from as usize] += 1;
            }
        }

        // a row is not longer than its edges, so that rows are written over those before them
        let mut ends = Vec::with_capacity(nodes);
        let mut row: Vec<(u32, f64)> = Vec::new();
        let mut end = 0;
        for node in 0..nodes {
            let edges = begins[node]..begins[node + 1];
            row.clear();
            row.extend(edges.map(|at| (neighbours[at], weights[at])));
            row.sort_by_key(|&(to, _)| to);
            for same in row.chunk_by(|a, b| a.0 == b.0) {
                neighbours[end] = same[0].0;
                weights[end] = same.iter().map(|&(_, weight)| weight).sum();
                end += 1;
            }
            ends.push(end);
        }

        neighbours.truncate(end);
        weights.truncate(end);
        Self {
            ends,
            neighbours,
            weights,
        }
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
        let graph =
            Graph::from_edges(4, [(0, 1, 1.0), (1, 0, 0.5), (3, 1, 2.0)].into_iter());
        let rows: Vec<Vec<_>> = (0..4).map(|node| graph.row(node).collect()).collect();
        assert_eq!(rows[0], [(1, 1.5)]);
        assert_eq!(rows[1], [(0, 1.5), (3, 2.0)]);
        assert_eq!(rows[2], []);
        assert!((graph.strength(1) - 3.5).abs() < 1e-15);
    }
}
