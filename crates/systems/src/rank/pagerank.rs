//! PageRank on a weighted graph.

use super::Links;

/// Returns the PageRank of each node: the probability that a random walk is there after
/// many steps.
///
/// ```text
/// p(u) = (1 − d)/N + d · Σᵥ w(v, u) / Σ_z w(v, z) · p(v)
/// ```
///
/// `d` is `damping`, a share in 0..=1. From a node without edges the walk goes to any
/// node. The result sums to 1. It stops when the L1 change is below 1e-10, or after 1,000
/// rounds, each of which is one product with the links.
///
/// Brin & Page (1998), *The anatomy of a large-scale hypertextual Web search engine*,
/// in the weighted form of Mihalcea & Tarau (2004). Departure from the latter: their
/// first term is `1 − d`, which scales every score by `N` and changes no rank.
pub fn pagerank(links: &impl Links, damping: f64) -> Vec<f64> {
    let uniform = 1.0 / links.len().max(1) as f64;
    biased_pagerank(links, damping, &vec![uniform; links.len()])
}

/// Returns the [`pagerank`] of a walk that restarts at `u` with probability
/// `teleport[u]`, and goes there from a node without edges. `teleport` must sum to 1.
///
/// Haveliwala (2002), *Topic-sensitive PageRank*, WWW.
pub fn biased_pagerank(links: &impl Links, damping: f64, teleport: &[f64]) -> Vec<f64> {
    walk(links, damping, teleport, teleport.to_vec(), 1e-10, 1_000)
}

/// Returns the [`biased_pagerank`] that networkx computes: it starts from equal shares
/// and ends when the L1 change is below `tolerance` times the number of nodes, or after
/// 100 rounds. That ends early, in texts of a thousand words before any rank has settled;
/// it is for comparison with tools that use networkx. If `teleport` is `None`, the walk
/// restarts anywhere.
pub fn networkx_pagerank(
    links: &impl Links,
    damping: f64,
    teleport: Option<&[f64]>,
    tolerance: f64,
) -> Vec<f64> {
    let nodes = links.len();
    let equal = vec![1.0 / nodes.max(1) as f64; nodes];
    let teleport = teleport.unwrap_or(&equal);
    walk(
        links,
        damping,
        teleport,
        equal.clone(),
        tolerance * nodes as f64,
        100,
    )
}

/// Returns the distribution of a walk that starts from `ranks`, when the L1 change is below
/// `tolerance` or after `rounds` rounds.
fn walk(
    links: &impl Links,
    damping: f64,
    teleport: &[f64],
    mut ranks: Vec<f64>,
    tolerance: f64,
    rounds: usize,
) -> Vec<f64> {
    let strengths = links.strengths();
    let mut flows = vec![0.0; ranks.len()];
    let mut inflows = vec![0.0; ranks.len()];

    for _ in 0..rounds {
        let mut dangling = 0.0;
        for ((flow, &rank), &strength) in flows.iter_mut().zip(&ranks).zip(&strengths) {
            *flow = if strength > 0.0 { rank / strength } else { 0.0 };
            dangling += if strength > 0.0 { 0.0 } else { rank };
        }

        links.gather(&flows, &mut inflows);
        let restart = 1.0 - damping + damping * dangling;
        let mut change = 0.0;
        for ((rank, inflow), share) in ranks.iter_mut().zip(&inflows).zip(teleport) {
            let next = restart * share + damping * inflow;
            change += (next - *rank).abs();
            *rank = next;
        }

        if change < tolerance {
            break;
        }
    }
    ranks
}

/// Returns non-negative weights as shares of their sum; equal shares if all are 0.
pub fn distribution(mut weights: Vec<f64>) -> Vec<f64> {
    let sum: f64 = weights.iter().sum();
    let equal = 1.0 / weights.len().max(1) as f64;
    for w in &mut weights {
        *w = if sum > 0.0 { *w / sum } else { equal };
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::Graph;
    use proptest::prelude::*;

    #[test]
    fn a_star_has_its_rank_in_the_middle() {
        // p(leaf) = 0.15/3 + 0.85/2 · p(hub), 2 p(leaf) + p(hub) = 1
        let graph = Graph::from_edges(3, [(0, 1, 1.0), (0, 2, 1.0)].into_iter());
        let ranks = pagerank(&graph, 0.85);
        let hub = 0.9 / 1.85;
        assert!((ranks[0] - hub).abs() < 1e-9, "{ranks:?}");
        assert!((ranks[1] - (1.0 - hub) / 2.0).abs() < 1e-9);
    }

    #[test]
    fn without_edges_all_are_equal() {
        assert_eq!(
            pagerank(&Graph::from_edges(4, [].into_iter()), 0.85),
            [0.25; 4]
        );
        assert_eq!(pagerank(&Graph::default(), 0.85), [0.0; 0]);
    }

    #[test]
    fn a_walker_that_always_restarts_is_where_it_restarts() {
        let graph = Graph::from_edges(3, [(0, 1, 1.0), (0, 2, 1.0)].into_iter());
        assert_eq!(
            biased_pagerank(&graph, 0.0, &[0.5, 0.25, 0.25]),
            [0.5, 0.25, 0.25]
        );
    }

    proptest! {
        #[test]
        fn ranks_are_a_distribution(
            edges in prop::collection::vec((0_u32..9, 0_u32..9, 0.01_f64..9.0), 0..30),
            damping in 0.0_f64..=1.0,
        ) {
            let ranks = pagerank(&Graph::from_edges(9, edges.iter().copied()), damping);
            prop_assert!((ranks.iter().sum::<f64>() - 1.0).abs() < 1e-9);
            prop_assert!(ranks.iter().all(|&rank| rank >= 0.0));
        }
    }
}
