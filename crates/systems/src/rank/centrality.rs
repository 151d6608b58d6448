//! Centrality of nodes by the shortest paths of a graph. The weights of edges are
//! ignored.

use std::collections::VecDeque;

use super::Graph;

/// The number of edges that all searches together may visit, which takes some seconds. If
/// searches from every node would visit more, searches start from evenly spaced nodes only.
const STEPS: usize = 1 << 28;

/// Returns the closeness of every node.
///
/// ```text
/// closeness(u) = (r / Σ_{v reached} d(u, v)) · (r / (n − 1))      r: nodes reached
/// ```
///
/// `d` counts edges. The second factor, of Wasserman & Faust (1994), makes components
/// comparable. `O(N · E)`; in large graphs `d` is to evenly spaced nodes only, as in
/// Eppstein & Wang (2004), *Fast approximation of centrality*.
pub fn closeness(graph: &Graph) -> Vec<f64> {
    let nodes = graph.len();
    let mut sums = vec![0_u64; nodes];
    let mut reached = vec![0_u64; nodes];
    let sources = sources(graph);

    let mut search = Search::of(nodes);
    for &source in &sources {
        search.from(graph, source);
        for &node in &search.order[1..] {
            sums[node] += u64::from(search.distance[node]);
            reached[node] += 1;
        }
    }

    let others = sources.len().saturating_sub(1).max(1) as f64;
    sums.iter()
        .zip(&reached)
        .map(|(&sum, &reached)| match sum {
            0 => 0.0,
            _ => (reached * reached) as f64 / (sum as f64 * others),
        })
        .collect()
}

/// Returns the betweenness of every node: the share of shortest paths between two other
/// nodes that lead through it, summed over all pairs.
///
/// Brandes (2001), *A faster algorithm for betweenness centrality*, `O(N · E)`; in large
/// graphs paths start from evenly spaced nodes only.
pub fn betweenness(graph: &Graph) -> Vec<f64> {
    let nodes = graph.len();
    let mut centrality = vec![0.0; nodes];
    let mut dependence = vec![0.0; nodes];
    let mut search = Search::of(nodes);
    for source in sources(graph) {
        search.from(graph, source);

        // from the farthest node inwards, so that what depends on a node is known before
        // it passes it on
        for &node in search.order.iter().rev() {
            let share = (1.0 + dependence[node]) / search.paths[node];
            for (before, _) in graph.row(node) {
                let before = before as usize;
                if search.distance[before] + 1 == search.distance[node] {
                    dependence[before] += search.paths[before] * share;
                }
            }
            // each pair of ends is counted twice, once from either end
            if node != source {
                centrality[node] += dependence[node] / 2.0;
            }
        }

        search.order.iter().for_each(|&node| dependence[node] = 0.0);
    }
    centrality
}

/// Returns the core number of every node: the largest `k` for which it is in a part of
/// the graph whose nodes all have `k` neighbours in that part. `O(E)`.
///
/// Seidman (1983), *Network structure and minimum degree*; Batagelj & Zaveršnik (2003).
pub fn core_numbers(graph: &Graph) -> Vec<f64> {
    let nodes = graph.len();
    let mut degree: Vec<usize> = (0..nodes).map(|node| graph.row(node).count()).collect();
    let most = degree.iter().max().map_or(0, |most| most + 1);

    let mut of_degree: Vec<Vec<usize>> = vec![Vec::new(); most];
    for node in (0..nodes).rev() {
        of_degree[degree[node]].push(node);
    }

    let mut core = vec![0.0; nodes];
    let mut is_taken = vec![false; nodes];
    let (mut lowest, mut level) = (0, 0);
    while lowest < most {
        let Some(node) = of_degree[lowest].pop() else {
            lowest += 1;
            continue;
        };

        // a node whose degree has changed is in the list of its degree as well
        if is_taken[node] || degree[node] != lowest {
            continue;
        }

        is_taken[node] = true;
        level = level.max(lowest);
        core[node] = level as f64;

        for (other, _) in graph.row(node).filter(|it| !is_taken[it.0 as usize]) {
            let other = other as usize;
            degree[other] -= 1;
            of_degree[degree[other]].push(other);
            lowest = lowest.min(degree[other]);
        }
    }
    core
}

/// Returns the nodes that searches start from: all of them, or evenly spaced ones in a
/// large graph.
fn sources(graph: &Graph) -> Vec<usize> {
    let nodes = graph.len();
    let edges: usize = (0..nodes).map(|node| graph.row(node).count()).sum();
    let searches = (STEPS / (nodes + edges).max(1)).clamp(1, nodes.max(1));
    (0..searches.min(nodes))
        .map(|at| at * nodes / searches)
        .collect()
}

/// A breadth-first search, whose memory is used again for every source.
struct Search {
    /// The distance from the source in edges; only valid for nodes in `order`.
    distance: Vec<u32>,
    /// The number of shortest paths from the source.
    paths: Vec<f64>,
    /// The nodes that were reached, the nearest first.
    order: Vec<usize>,
}

impl Search {
    const FAR: u32 = u32::MAX - 1;

    fn of(nodes: usize) -> Self {
        Self {
            distance: vec![Self::FAR; nodes],
            paths: vec![0.0; nodes],
            order: Vec::new(),
        }
    }

    fn from(&mut self, graph: &Graph, source: usize) {
        for node in self.order.drain(..) {
            self.distance[node] = Self::FAR;
            self.paths[node] = 0.0;
        }

        (self.distance[source], self.paths[source]) = (0, 1.0);
        let mut queue = VecDeque::from([source]);
        while let Some(node) = queue.pop_front() {
            self.order.push(node);
            for (next, _) in graph.row(node) {
                let next = next as usize;
                if self.distance[next] == Self::FAR {
                    self.distance[next] = self.distance[node] + 1;
                    queue.push_back(next);
                }
                if self.distance[next] == self.distance[node] + 1 {
                    self.paths[next] += self.paths[node];
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(nodes: usize, edges: &[(u32, u32)]) -> Graph {
        let edges: Vec<_> = edges.iter().map(|&(a, b)| (a, b, 1.0)).collect();
        Graph::from_edges(nodes, edges.iter().copied())
    }

    #[test]
    fn the_middle_of_a_path_is_close_and_between() {
        let path = graph(3, &[(0, 1), (1, 2)]);
        assert_eq!(closeness(&path), [2.0 / 3.0, 1.0, 2.0 / 3.0]);
        assert_eq!(betweenness(&path), [0.0, 1.0, 0.0]);
    }

    #[test]
    fn two_shortest_paths_share_their_pair() {
        let square = graph(4, &[(0, 1), (1, 2), (2, 3), (3, 0)]);
        assert_eq!(betweenness(&square), [0.5; 4]);
    }

    #[test]
    fn a_small_component_is_not_close_to_much() {
        let two = graph(5, &[(0, 1), (1, 2), (3, 4)]);
        assert_eq!(closeness(&two)[3], 1.0 / 4.0);
        assert_eq!(closeness(&graph(1, &[])), [0.0]);
        assert_eq!(closeness(&graph(0, &[])), [0.0; 0]);
    }

    #[test]
    fn a_tail_is_no_part_of_the_core() {
        let kite = graph(5, &[(0, 1), (1, 2), (2, 0), (2, 3)]);
        assert_eq!(core_numbers(&kite), [2.0, 2.0, 2.0, 1.0, 0.0]);
        assert_eq!(core_numbers(&graph(0, &[])), [0.0; 0]);
    }
}
