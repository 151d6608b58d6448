//! Topics: groups of candidates that share words.

mod as_scipy;
mod different;

use different::different;

/// Pairs of alike candidates that are looked at; see [`topics`].
const PAIRS: usize = 1 << 22;

/// Groups phrases by average linkage over the Jaccard distance of their words; groups
/// that are nearer than `threshold` on average are joined, the nearest first.
///
/// ```text
/// d(a, b) = 1 − |a ∩ b| / |a ∪ b|
/// ```
///
/// Each of `forms` lists the words of a phrase. The groups and their members are in the order of the
/// forms, which also breaks ties.
///
/// Only pairs that share a word are stored, 16 bytes each. Chains of nearest neighbours
/// (Müllner 2011, *Modern hierarchical, agglomerative clustering algorithms*) find every
/// join below the threshold: average linkage never brings a group nearer by joining
/// others. Where more than 4 million pairs share a word (in texts of some hundred
/// thousand words), the words of most phrases are passed over as if they were in none.
pub(super) fn topics(forms: &[Vec<u32>], threshold: f64) -> Vec<Vec<usize>> {
    let mut clusters = Clusters::of(forms);
    clusters.join(threshold);
    let mut groups: Vec<Vec<usize>> = clusters
        .members
        .into_iter()
        .filter(|it| !it.is_empty())
        .collect();
    for group in &mut groups {
        group.sort_unstable();
    }
    groups.sort_unstable_by_key(|group| group[0]);
    groups
}

/// The same as pke has it: with the ties of scipy, but where there are too many phrases for
/// its table of distances.
pub(super) fn topics_as_pkes(forms: &[Vec<u32>], threshold: f64) -> Vec<Vec<usize>> {
    if forms.len() > as_scipy::MOST {
        return topics(forms, threshold);
    }
    as_scipy::topics(forms, threshold)
}

/// The number of the topic that each of `count` phrases is in.
pub(super) fn topic_numbers(topics: &[Vec<usize>], count: usize) -> Vec<u32> {
    let mut topic_of = vec![0; count];
    for (topic, members) in topics.iter().enumerate() {
        for &member in members {
            topic_of[member] = topic as u32;
        }
    }
    topic_of
}

struct Clusters {
    /// The phrases of each group; none where it was joined to another.
    members: Vec<Vec<usize>>,
    /// For each group its neighbours with the sum of the similarities of all pairs,
    /// sorted.
    alike: Vec<Vec<(u32, f64)>>,
}

impl Clusters {
    /// Every phrase alone.
    fn of(forms: &[Vec<u32>]) -> Self {
        Self {
            members: (0..forms.len()).map(|at| vec![at]).collect(),
            alike: similarities(forms),
        }
    }

    fn join(&mut self, threshold: f64) {
        let mut is_done = vec![false; self.members.len()];
        let mut chain: Vec<usize> = Vec::new();
        for start in 0..self.members.len() {
            loop {
                let tip = match chain.last() {
                    Some(&tip) => tip,
                    None if is_done[start] || self.members[start].is_empty() => break,
                    None => start,
                };
                if chain.is_empty() {
                    chain.push(tip);
                }
                let before = chain.len().checked_sub(2).map(|at| chain[at]);
                match self.nearest(tip, before, threshold) {
                    None => {
                        is_done[tip] = true;
                        chain.pop();
                    }
                    Some(nearest) if Some(nearest) == before => {
                        chain.truncate(chain.len() - 2);
                        self.merge(tip.min(nearest), tip.max(nearest));
                    }
                    Some(nearest) => chain.push(nearest),
                }
            }
        }
    }

    /// The nearest group that is near enough; of equally near ones the one before in
    /// the chain, then the first.
    fn nearest(
        &self,
        tip: usize,
        before: Option<usize>,
        threshold: f64,
    ) -> Option<usize> {
        let size = self.members[tip].len();
        let similarity = |(other, sum): (u32, f64)| {
            sum / (size * self.members[other as usize].len()) as f64
        };
        let mut nearest = None;
        let mut best = 0.0;
        if let Some(before) = before {
            let row = &self.alike[tip];
            let at = row.partition_point(|it| (it.0 as usize) < before);
            (nearest, best) =
                (Some(before), row.get(at).map_or(0.0, |&it| similarity(it)));
        }
        for &it in &self.alike[tip] {
            let similarity = similarity(it);
            if similarity > best {
                (nearest, best) = (Some(it.0 as usize), similarity);
            }
        }
        nearest.filter(|_| 1.0 - best <= threshold)
    }

    /// Joins group `from` to group `to`.
    fn merge(&mut self, from: usize, to: usize) {
        let moved = std::mem::take(&mut self.members[from]);
        self.members[to].extend(moved);
        let one = std::mem::take(&mut self.alike[from]);
        let other = std::mem::take(&mut self.alike[to]);
        let own = |it: &(u32, f64)| it.0 as usize != from && it.0 as usize != to;
        let mut joined: Vec<(u32, f64)> =
            one.into_iter().chain(other).filter(own).collect();
        joined.sort_by_key(|it| it.0);
        joined.dedup_by(|later, kept| {
            let same = later.0 == kept.0;
            kept.1 += if same { later.1 } else { 0.0 };
            same
        });
        for &(neighbour, sum) in &joined {
            let row = &mut self.alike[neighbour as usize];
            if let Ok(at) = row.binary_search_by_key(&(from as u32), |it| it.0) {
                row.remove(at);
            }
            match row.binary_search_by_key(&(to as u32), |it| it.0) {
                Ok(at) => row[at].1 = sum,
                Err(at) => row.insert(at, (to as u32, sum)),
            }
        }
        self.alike[to] = joined;
    }
}

/// The similarity of every pair that shares a word, in both rows.
fn similarities(forms: &[Vec<u32>]) -> Vec<Vec<(u32, f64)>> {
    let sets: Vec<Vec<u32>> = forms.iter().map(|form| different(form)).collect();
    let words = sets
        .iter()
        .flatten()
        .map(|&word| word as usize + 1)
        .max()
        .unwrap_or(0);
    let mut phrases_with: Vec<Vec<u32>> = vec![Vec::new(); words];
    for (phrase, set) in sets.iter().enumerate() {
        for &word in set {
            phrases_with[word as usize].push(phrase as u32);
        }
    }
    let widest = widest(&phrases_with);
    let mut rows = vec![Vec::new(); forms.len()];
    let mut shared = vec![0_u32; forms.len()];
    let mut met: Vec<u32> = Vec::new();
    for (phrase, set) in sets.iter().enumerate() {
        for &word in set {
            let others = &phrases_with[word as usize];
            if others.len() > widest {
                continue;
            }
            for &other in others {
                if shared[other as usize] == 0 {
                    met.push(other);
                }
                shared[other as usize] += 1;
            }
        }
        met.sort_unstable();
        for other in met.drain(..) {
            let both = std::mem::take(&mut shared[other as usize]);
            if other as usize != phrase {
                let all = set.len() + sets[other as usize].len() - both as usize;
                rows[phrase].push((other, f64::from(both) / all as f64));
            }
        }
    }
    rows
}

/// The most phrases a word may be in to be looked at, so that there are at most
/// [`PAIRS`].
fn widest(phrases_with: &[Vec<u32>]) -> usize {
    let mut lengths: Vec<usize> = phrases_with.iter().map(Vec::len).collect();
    lengths.sort_unstable();
    let mut pairs = 0;
    for length in lengths {
        pairs += length * length;
        if pairs > PAIRS {
            return length - 1;
        }
    }
    usize::MAX
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn phrases_that_share_a_quarter_of_their_words_are_a_topic() {
        // {0, 1} {1, 2}: a third is shared; {3} shares with none
        assert_eq!(
            topics(&[vec![0, 1], vec![3], vec![1, 2]], 0.74),
            [vec![0, 2], vec![1]]
        );
        assert_eq!(topics(&[vec![0, 1], vec![1, 2]], 0.6).len(), 2);
        assert_eq!(topics(&[], 0.74), [[0; 0]; 0]);
    }

    #[test]
    fn the_nearest_are_joined_first_and_the_average_decides() {
        // {0, 1} and {0} are half alike; {1, 2, 3} and {0, 1} a quarter, and {1, 2, 3}
        // is (1/4 + 0)/2 alike to the two
        let forms = [vec![0], vec![1, 2, 3], vec![0, 1]];
        assert_eq!(topics(&forms, 0.8), [vec![0, 2], vec![1]]);
        assert_eq!(topics(&forms, 0.875), [vec![0, 1, 2]]);
    }

    #[test]
    fn a_word_twice_is_a_word() {
        assert_eq!(topics(&[vec![0, 0], vec![0]], 0.74).len(), 1);
        assert_eq!(topics_as_pkes(&[vec![0, 0], vec![0]], 0.74).len(), 1);
    }

    /// Joins the nearest two groups until they are too far, by all distances.
    fn by_hand(forms: &[Vec<u32>], threshold: f64) -> Vec<Vec<usize>> {
        let similarity = |a: &[u32], b: &[u32]| {
            let (a, b) = (different(a), different(b));
            let both = a.iter().filter(|x| b.contains(x)).count();
            both as f64 / (a.len() + b.len() - both) as f64
        };
        let mut groups: Vec<Vec<usize>> = (0..forms.len()).map(|at| vec![at]).collect();
        loop {
            let mut best = (f64::INFINITY, 0, 0);
            for one in 0..groups.len() {
                for other in 0..one {
                    let pairs = groups[one]
                        .iter()
                        .flat_map(|&x| groups[other].iter().map(move |&y| (x, y)));
                    let sum: f64 =
                        pairs.map(|(x, y)| similarity(&forms[x], &forms[y])).sum();
                    let distance =
                        1.0 - sum / (groups[one].len() * groups[other].len()) as f64;
                    if distance < best.0 {
                        best = (distance, one, other);
                    }
                }
            }
            if best.0 > threshold {
                return groups;
            }
            let joined = groups.remove(best.1);
            groups[best.2].extend(joined);
        }
    }

    proptest! {
        #[test]
        fn chains_give_what_all_distances_give_where_no_two_are_equal(
            sizes in prop::collection::vec(1_u32..6, 2..7),
            threshold in 0.3_f64..0.95,
        ) {
            // nested phrases {0}, {0, 1}, … of different sizes: distances 1 − a/b
            let mut sizes: Vec<u32> = sizes.iter().enumerate().map(|(at, size)| size + 7 * at as u32).collect();
            sizes.dedup();
            let forms: Vec<Vec<u32>> = sizes.iter().map(|&size| (0..size).collect()).collect();
            let sorted = |mut groups: Vec<Vec<usize>>| {
                for group in &mut groups {
                    group.sort_unstable();
                }
                groups.sort();
                groups
            };
            let found = topics(&forms, threshold);
            prop_assert_eq!(sorted(found), sorted(by_hand(&forms, threshold)));
        }

        #[test]
        fn every_phrase_is_in_one_topic(
            forms in prop::collection::vec(prop::collection::vec(0_u32..9, 1..5), 0..40),
        ) {
            let mut all: Vec<usize> = topics(&forms, 0.74).concat();
            all.sort_unstable();
            prop_assert_eq!(all, (0..forms.len()).collect::<Vec<_>>());
        }
    }
}
