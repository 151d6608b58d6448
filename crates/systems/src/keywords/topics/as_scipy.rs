//! Topics as scipy's average linkage makes them: for pke's profile, so that its results can
//! be checked.

use super::different::different;

/// The most phrases that are grouped so; the table of distances takes 4 bytes times their
/// square.
pub(super) const MOST: usize = 4_096;

/// The flat groups that `fcluster(linkage(pdist(X, "jaccard"), "average"), threshold,
/// "distance")` makes of phrases as sets of words, as scipy
/// 1.17 reads the counts that pke gives it.
///
/// Many distances between short phrases are equal, and which groups there are then goes by
/// the order in which the chain of nearest neighbours meets them: it starts at the first
/// group that is left, keeps the one before it among equally near ones, then the first, and
/// puts what it joins in the place of the later. `O(n²)` time and memory.
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

/// Goes along the chain until two groups are nearest to each other, and takes them off.
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

/// The distances of all pairs.
struct Distances(Vec<f64>);

impl Distances {
    /// The share of the words of either phrase that the other does not have.
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

    fn between(&self, one: usize, other: usize) -> f64 {
        self.0[place(one, other)]
    }

    fn entry(&mut self, one: usize, other: usize) -> &mut f64 {
        &mut self.0[place(one, other)]
    }
}

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
