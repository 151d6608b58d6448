//! A complete table of directed links.

use super::Links;

/// The weights of all pairs of `n` nodes, row by row: row `u` contains the weights of the
/// links from every node to `u`. Takes 8 bytes for each pair; for graphs of some thousand
/// nodes in which nearly all are linked.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    nodes: usize,
    weights: Vec<f64>,
}

impl Table {
    /// Returns a table without links between `nodes` nodes.
    pub fn empty(nodes: usize) -> Self {
        Self {
            nodes,
            weights: vec![0.0; nodes * nodes],
        }
    }

    /// Returns the weights from every node to `node`.
    pub fn row(&self, node: usize) -> &[f64] {
        &self.weights[node * self.nodes..(node + 1) * self.nodes]
    }

    /// Returns the weights from every node to `node`, for modification.
    pub fn row_mut(&mut self, node: usize) -> &mut [f64] {
        &mut self.weights[node * self.nodes..(node + 1) * self.nodes]
    }

    /// Sets both directions between two nodes to the sum of their weights.
    pub fn make_symmetric(&mut self) {
        for one in 0..self.nodes {
            for other in 0..one {
                let (there, back) = (one * self.nodes + other, other * self.nodes + one);
                let sum = self.weights[there] + self.weights[back];
                (self.weights[there], self.weights[back]) = (sum, sum);
            }
        }
    }

    /// Adds `factor` times row `from` to those entries of row `to` that are links.
    pub fn add_row(&mut self, to: usize, from: usize, factor: f64) {
        let (to, from) = (to * self.nodes, from * self.nodes);
        for at in 0..self.nodes {
            if self.weights[to + at] > 0.0 {
                self.weights[to + at] += factor * self.weights[from + at];
            }
        }
    }
}

impl Links for Table {
    fn len(&self) -> usize {
        self.nodes
    }

    fn strengths(&self) -> Vec<f64> {
        let mut sums = vec![0.0; self.nodes];
        for node in 0..self.nodes {
            for (sum, weight) in sums.iter_mut().zip(self.row(node)) {
                *sum += weight;
            }
        }
        sums
    }

    fn gather(&self, flows: &[f64], into: &mut [f64]) {
        for (node, into) in into.iter_mut().enumerate() {
            *into = product(self.row(node), flows);
        }
    }
}

/// Returns the sum of the products, in eight lanes that the compiler can vectorise.
fn product(a: &[f64], b: &[f64]) -> f64 {
    const LANES: usize = 8;
    let mut sums = [0.0; LANES];
    let (a, b) = (a.chunks_exact(LANES), b.chunks_exact(LANES));
    let rest: f64 = a
        .remainder()
        .iter()
        .zip(b.remainder())
        .map(|(a, b)| a * b)
        .sum();

    for (a, b) in a.zip(b) {
        for lane in 0..LANES {
            sums[lane] += a[lane] * b[lane];
        }
    }
    sums.iter().sum::<f64>() + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_from_columns_to_rows() {
        let mut table = Table::empty(2);
        table.row_mut(0)[1] = 2.0;
        let mut into = vec![0.0; 2];
        table.gather(&[3.0, 5.0], &mut into);
        assert_eq!(into, [10.0, 0.0]);
        assert_eq!(table.strengths(), [0.0, 2.0]);
        table.make_symmetric();
        assert_eq!(table.strengths(), [2.0, 2.0]);
    }

    #[test]
    fn lanes_and_the_rest_are_summed() {
        let ones = vec![1.0; 19];
        assert_eq!(product(&ones, &ones), 19.0);
    }
}
