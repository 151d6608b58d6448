//! Clusters candidates that share words to topics.

mod as_scipy;
mod different;

use different::different;

/// Maximum number of pairs of candidates with a common word that are compared; see [`topics`].
const PAIRS: usize = 1 << 22;

/// Clusters phrases by average linkage on the Jaccard distance of their sets of words. Groups
/// are joined, the nearest first, while their average distance is at most `threshold`.
///
/// ```text
/// d(a, b) = 1 − |a ∩ b| / |a ∪ b|
/// ```
///
/// Each of `forms` contains the words of a phrase. Groups and their members are returned in the
/// order of `forms`, which also breaks ties.
///
/// The algorithm is that of nearest-neighbour chains (Müllner 2011, *Modern hierarchical,
/// agglomerative clustering algorithms*), which is exact for average linkage since a join never
/// brings a third group nearer. Only pairs that share a word are stored, 16 bytes each. If there
/// are more than 4 million of them (in texts of some hundred thousand words), the words that
/// occur in most phrases are ignored.
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

/// Clusters phrases as [`topics`] does, with ties broken as in pke 2.0, which uses scipy. If
/// there are more than [`as_scipy::MOST`] phrases, ties are broken as in [`topics`].
pub(super) fn topics_as_pkes(forms: &[Vec<u32>], threshold: f64) -> Vec<Vec<usize>> {
    if forms.len() > as_scipy::MOST {
        return topics(forms, threshold);
    }
    as_scipy::topics(forms, threshold)
}

/// Returns the index of the topic of each of `count` phrases.
pub(super) fn topic_numbers(topics: &[Vec<usize>], count: usize) -> Vec<u32> {
    let mut topic_of = vec![0; count];
    for (topic, members) in topics.iter().enumerate() {
        for &member in members {
            topic_of[member] = topic as u32;
        }
    }
    topic_of
}

/// Groups of phrases that are being joined.
struct Clusters {
    /// Phrases of each group; empty if the group was joined to another.
    members: Vec<Vec<usize>>,
    /// For each group the groups that it shares words with, in order, with the sum of the
    /// similarities (1 − distance) of all pairs of members.
    similar: Vec<Vec<(u32, f64)>>,
}

impl Clusters {
    /// Returns groups of one phrase each.
    fn of(forms: &[Vec<u32>]) -> Self {
        Self {
            members: (0..forms.len()).map(|at| vec![at]).collect(),
            similar: similarities(forms),
        }
    }

    /// Joins groups until none are within the threshold.
    fn join(&mut self, threshold: f64) {
        let mut is_done = vec![false; self.members.len()];
        let mut chain: Vec<usize> = Vec::new();

        for start in 0..self.members.len() {
            // extend the chain from neighbour to nearest neighbour; join the last two once
            // each is the nearest of the other
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

    /// Returns the group nearest to `tip` within the threshold; of equally near ones, the group
    /// before it in the chain, otherwise the first.
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
            let row = &self.similar[tip];
            let at = row.partition_point(|it| (it.0 as usize) < before);
            (nearest, best) =
                (Some(before), row.get(at).map_or(0.0, |&it| similarity(it)));
        }

        for &it in &self.similar[tip] {
            let similarity = similarity(it);
            if similarity > best {
                (nearest, best) = (Some(it.0 as usize), similarity);
            }
        }
        nearest.filter(|_| 1.0 - best <= threshold)
    }

    /// Moves the members of group `from` to group `to`.
    fn merge(&mut self, from: usize, to: usize) {
        let moved = std::mem::take(&mut self.members[from]);
        self.members[to].extend(moved);

        // the sums of similarities of both groups to each other group are added
        let one = std::mem::take(&mut self.similar[from]);
        let other = std::mem::take(&mut self.similar[to]);
        let mut joined: Vec<(u32, f64)> = one
            .into_iter()
            .chain(other)
            .filter(|it| it.0 as usize != from && it.0 as usize != to)
            .collect();
        joined.sort_by_key(|it| it.0);
        joined.dedup_by(|later, kept| {
            let same = later.0 == kept.0;
            kept.1 += if same { later.1 } else { 0.0 };
            same
        });

        for &(neighbour, sum) in &joined {
            let row = &mut self.similar[neighbour as usize];
            if let Ok(at) = row.binary_search_by_key(&(from as u32), |it| it.0) {
                row.remove(at);
            }
            match row.binary_search_by_key(&(to as u32), |it| it.0) {
                Ok(at) => row[at].1 = sum,
                Err(at) => row.insert(at, (to as u32, sum)),
            }
        }
        self.similar[to] = joined;
    }
}

/// Returns for each phrase the phrases that share a word with it, in order, with their Jaccard
/// similarity.
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

/// Returns in how many phrases a word may occur to be considered, so that there are at most
/// [`PAIRS`] pairs.
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

    /// Computes the topics by definition: joins the nearest two groups, by all distances, while
    /// they are within the threshold.
    fn by_definition(forms: &[Vec<u32>], threshold: f64) -> Vec<Vec<usize>> {
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
        fn topics_are_those_by_definition_if_no_distances_are_equal(
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
            prop_assert_eq!(sorted(found), sorted(by_definition(&forms, threshold)));
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
