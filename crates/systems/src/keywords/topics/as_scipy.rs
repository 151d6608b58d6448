//! Average linkage with the tie breaking of scipy, so that the results of pke's profile can be
//! compared with those of pke.

use super::different::different;

/// Maximum number of phrases; the table of distances takes 4 bytes times its square.
pub(super) const MOST: usize = 4_096;

/// Clusters phrases, given by their words, into the groups that
/// `fcluster(linkage(pdist(X, "jaccard"), "average"), threshold, "distance")` of scipy 1.17
/// returns for the rows of counts that pke passes to it.
///
/// Many distances between short phrases are equal, so that the groups depend on the order in
/// which the algorithm finds neighbours. Its chain of nearest neighbours starts at the first
/// group that is left; of equally near groups it prefers the one before in the chain, then the
/// first; and a joined group takes the place of the later of its parts. `O(n²)` time and memory.
pub(super) fn topics(forms: &[Vec<u32>], threshold: f64) -> Vec<Vec<usize>> {
    let mut distances = Distances::of(forms);
    let mut members: Vec<Vec<usize>> = (0..forms.len()).map(|at| vec![at]).collect();
    let mut sizes = vec![1_usize; forms.len()];
    let mut groups = members.clone();
    let mut chain: Vec<usize> = Vec::new();

    for _ in 1..forms.len() {
        if chain.is_empty() {
            chain.extend(sizes.iter().position(|&size| size > 0));
        }
        let Some((one, other, distance)) = nearest_pair(&mut chain, &sizes, &distances)
        else {
            break;
        };

        // the distance to a joined group is the mean over all pairs of members
        let (from, to) = (one.min(other), one.max(other));
        let (moved, kept) = (sizes[from] as f64, sizes[to] as f64);
        sizes[to] += std::mem::take(&mut sizes[from]);
        for at in (0..sizes.len()).filter(|&at| sizes[at] > 0 && at != to) {
            let (a, b) = (distances.between(at, from), distances.between(at, to));
            *distances.entry(at, to) = (moved * a + kept * b) / (moved + kept);
        }

        let moved = std::mem::take(&mut members[from]);
        members[to].extend(moved);
        if distance <= threshold {
            groups[to].clone_from(&members[to]);
            groups[from].clear();
        }
    }

    groups.retain(|group| !group.is_empty());
    for group in &mut groups {
        group.sort_unstable();
    }
    groups.sort_unstable_by_key(|group| group[0]);
    groups
}

/// Extends the chain until its last two groups are nearest to each other; removes them from it
/// and returns them with their distance. Returns `None` if no other group is left.
fn nearest_pair(
    chain: &mut Vec<usize>,
    sizes: &[usize],
    distances: &Distances,
) -> Option<(usize, usize, f64)> {
    loop {
        let tip = *chain.last()?;
        let before = chain.len().checked_sub(2).map(|at| chain[at]);

        let mut nearest = before;
        let mut least = before.map_or(f64::INFINITY, |it| distances.between(tip, it));
        for at in (0..sizes.len()).filter(|&at| sizes[at] > 0 && at != tip) {
            let distance = distances.between(tip, at);
            if distance < least {
                (nearest, least) = (Some(at), distance);
            }
        }

        let nearest = nearest?;
        if Some(nearest) == before {
            chain.truncate(chain.len() - 2);
            return Some((tip, nearest, least));
        }
        chain.push(nearest);
    }
}

/// The distances of all pairs of groups: the lower triangle of a symmetric table, row by row.
struct Distances(Vec<f64>);

impl Distances {
    /// Returns the Jaccard distances of phrases, given by their words.
    fn of(forms: &[Vec<u32>]) -> Self {
        let sets: Vec<Vec<u32>> = forms.iter().map(|form| different(form)).collect();
        let mut all = Vec::with_capacity(forms.len() * forms.len().saturating_sub(1) / 2);
        for (at, one) in sets.iter().enumerate() {
            for other in &sets[..at] {
                let both = one
                    .iter()
                    .filter(|word| other.binary_search(word).is_ok())
                    .count();
                let words = one.len() + other.len() - both;
                all.push((words - both) as f64 / words.max(1) as f64);
            }
        }
        Self(all)
    }

    /// Returns the distance between two groups.
    fn between(&self, one: usize, other: usize) -> f64 {
        self.0[place(one, other)]
    }

    /// Returns the entry of two groups, to be changed.
    fn entry(&mut self, one: usize, other: usize) -> &mut f64 {
        &mut self.0[place(one, other)]
    }
}

/// Returns the index of a pair in [`Distances`].
fn place(one: usize, other: usize) -> usize {
    let (low, high) = (one.min(other), one.max(other));
    high * high.saturating_sub(1) / 2 + low
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_equal_distances_those_met_first_are_joined() {
        // {0, 1} is half alike to {0} and to {1}, which share nothing
        let forms = |order: [usize; 3]| -> Vec<Vec<u32>> {
            let all = [vec![0], vec![0, 1], vec![1]];
            order.iter().map(|&at| all[at].clone()).collect()
        };
        assert_eq!(topics(&forms([0, 1, 2]), 0.6), [vec![0, 1], vec![2]]);
        assert_eq!(topics(&forms([2, 1, 0]), 0.6), [vec![0, 1], vec![2]]);
    }

    #[test]
    fn averages_are_of_all_pairs() {
        let forms = [vec![0], vec![1, 2, 3], vec![0, 1]];
        assert_eq!(topics(&forms, 0.8), [vec![0, 2], vec![1]]);
        assert_eq!(topics(&forms, 0.875).len(), 1);
    }
}
