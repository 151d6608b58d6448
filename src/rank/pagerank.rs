//! PageRank on an undirected weighted graph.

use super::Graph;

/// Where a random walker is found in the long run.
///
/// ```text
/// p(u) = (1 − d)/N + d · Σᵥ w(v, u) / Σ_z w(v, z) · p(v)
/// ```
///
/// `d` is `damping`, a share in 0..=1. A node without edges sends its walker anywhere.
/// The result sums to 1. Stops when the L1 change is below 1e-10, or after 1,000
/// rounds; a round is `O(N + E)`.
///
/// Brin & Page (1998), *The anatomy of a large-scale hypertextual Web search engine*,
/// in the weighted form of Mihalcea & Tarau (2004). Departure from the latter: their
/// first term is `1 − d`, which scales every score by `N` and changes no rank.
pub fn pagerank(graph: &Graph, damping: f64) -> Vec<f64> {
    const TOLERANCE: f64 = 1e-10;
    const ROUNDS: usize = 1_000;
    let nodes = graph.len();
    let uniform = 1.0 / nodes.max(1) as f64;
    let strengths: Vec<f64> = (0..nodes).map(|node| graph.strength(node)).collect();
    let mut ranks = vec![uniform; nodes];
    let mut flows = vec![0.0; nodes];
    for _ in 0..ROUNDS {
        let mut dangling = 0.0;
        for ((flow, &rank), &strength) in flows.iter_mut().zip(&ranks).zip(&strengths) {
            *flow = if strength > 0.0 { rank / strength } else { 0.0 };
            dangling += if strength > 0.0 { 0.0 } else { rank };
        }
        let base = (1.0 - damping) * uniform + damping * dangling * uniform;
        let mut change = 0.0;
        for (node, rank) in ranks.iter_mut().enumerate() {
            let inflow: f64 =
                graph.row(node).map(|(from, weight)| weight * flows[from as usize]).sum();
            let next = base + damping * inflow;
            change += (next - *rank).abs();
            *rank = next;
        }
        if change < TOLERANCE {
            break;
        }
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_star_has_its_rank_in_the_middle() {
        // p(leaf) = 0.15/3 + 0.85/2 · p(hub), 2 p(leaf) + p(hub) = 1
        let graph = Graph::from_edges(3, &[(0, 1, 1.0), (0, 2, 1.0)]);
        let ranks = pagerank(&graph, 0.85);
        let hub = 0.9 / 1.85;
        assert!((ranks[0] - hub).abs() < 1e-9, "{ranks:?}");
        assert!((ranks[1] - (1.0 - hub) / 2.0).abs() < 1e-9);
    }

    #[test]
    fn without_edges_all_are_equal() {
        assert_eq!(pagerank(&Graph::from_edges(4, &[]), 0.85), [0.25; 4]);
        assert_eq!(pagerank(&Graph::default(), 0.85), [0.0; 0]);
    }

    proptest! {
        #[test]
        fn ranks_are_a_distribution(
            edges in prop::collection::vec((0_u32..9, 0_u32..9, 0.01_f64..9.0), 0..30),
            damping in 0.0_f64..=1.0,
        ) {
            let ranks = pagerank(&Graph::from_edges(9, &edges), damping);
            prop_assert!((ranks.iter().sum::<f64>() - 1.0).abs() < 1e-9);
            prop_assert!(ranks.iter().all(|&rank| rank >= 0.0));
        }
    }
}
