//! Clusters of sentences: k-means on unit vectors.

use crate::rank::Vectors;

/// The largest number of rounds of k-means.
const ROUNDS: usize = 10;

/// Returns the cluster of each sentence: that of the nearest centre by cosine, the first
/// of equals, after [`ROUNDS`] rounds from evenly spaced sentences, or when nothing
/// moves.
pub(super) fn k_means(unit: &Vectors, clusters: usize) -> Vec<usize> {
    let count = unit.len();
    let mut centres = Vectors::empty(unit.width());
    for k in 0..clusters.min(count) {
        let seed = k * (count - 1) / (clusters - 1).max(1);
        centres.push_row(unit.row(seed).map(|(term, weight)| (term as u32, weight)));
    }

    let mut found = vec![Best::default(); count];
    let mut changed = vec![true; centres.len()];
    for round in 0..ROUNDS {
        let next = nearest(unit, &centres, &found, &changed);
        changed.fill(false);
        for (old, new) in found
            .iter()
            .zip(&next)
            .filter(|(a, b)| a.centre != b.centre)
        {
            changed[old.centre] = true;
            changed[new.centre] = true;
        }

        let moved = changed.contains(&true);
        found = next;
        if round > 0 && !moved {
            break;
        }
        // the first centres were sentences and not means, so that all of them move
        if round == 0 {
            changed.fill(true);
        }

        let cluster: Vec<usize> = found.iter().map(|best| best.centre).collect();
        centres = means(unit, &cluster, &centres);
    }

    found.into_iter().map(|best| best.centre).collect()
}

/// Returns the nearest centre of each sentence. `last` contains the nearest ones of the
/// round before, and `changed` which centres have moved since.
///
/// If a sentence has not moved away from its own centre, only centres that moved can be
/// nearer.
fn nearest(
    unit: &Vectors,
    centres: &Vectors,
    last: &[Best],
    changed: &[bool],
) -> Vec<Best> {
    let mut all = Search::new(centres, |_| true);
    let mut moved = Search::new(centres, |centre| changed[centre]);

    let nearest = (0..unit.len()).zip(last).map(|(at, last)| {
        all.read(unit.row(at));
        let own = Best {
            cosine: all.cosine(last.centre),
            centre: last.centre,
        };
        let farther = changed[last.centre] && own.cosine < last.cosine;
        let search = if farther { &mut all } else { &mut moved };
        search.read(unit.row(at));
        search.nearest(own)
    });
    nearest.collect()
}

/// A search for the nearest of many centres that computes few cosines.
///
/// The terms of a sentence are read by decreasing `x(t) · maximum of t over all centres`.
/// Once the remaining terms cannot make a centre better than the best one so far, a centre that
/// shares none of the terms read is not the nearest, and of the others only those that could be
/// the nearest are computed completely: the frequent terms of small weight, whose lists are long,
/// are not read. Turtle & Flood (1995), *Query evaluation: strategies and optimizations*,
/// `max-score`.
struct Search<'a> {
    centres: &'a Vectors,
    index: Vectors,
    /// The largest weight of each term in any centre.
    highest: Vec<f64>,
    /// The weights of the sentence, by term.
    sentence: Vec<f64>,
    terms: Vec<(usize, f64)>,
    sums: Vec<f64>,
    met: Vec<usize>,
}

impl<'a> Search<'a> {
    /// Returns a search among the centres that satisfy `in_question`.
    fn new(centres: &'a Vectors, in_question: impl Fn(usize) -> bool) -> Self {
        let mut rows = Vectors::empty(centres.width());
        for (at, row) in centres.rows().enumerate() {
            let row = row.filter(|_| in_question(at));
            rows.push_row(row.map(|(term, weight)| (term as u32, weight)));
        }
        let index = rows.transposed();
        let highest = index
            .rows()
            .map(|row| row.fold(0.0, |high: f64, (_, w)| high.max(w)));
        Self {
            highest: highest.collect(),
            index,
            centres,
            sentence: vec![0.0; centres.width()],
            terms: Vec::new(),
            sums: vec![0.0; centres.len()],
            met: Vec::new(),
        }
    }

    /// Reads a sentence, which replaces the one before.
    fn read(&mut self, sentence: impl Iterator<Item = (usize, f64)>) {
        for (term, _) in self.terms.drain(..) {
            self.sentence[term] = 0.0;
        }
        self.terms
            .extend(sentence.filter(|&(_, weight)| weight > 0.0));
        for &(term, weight) in &self.terms {
            self.sentence[term] = weight;
        }
    }

    /// Returns the centre nearest to the sentence that was read: `known` or a nearer one.
    /// Centre 0 is returned if the sentence shares a term with none.
    fn nearest(&mut self, known: Best) -> Best {
        let highest = &self.highest;
        let most = |&(term, weight): &(usize, f64)| weight * highest[term];
        self.terms
            .sort_unstable_by(|a, b| most(b).total_cmp(&most(a)).then(a.0.cmp(&b.0)));

        let mut best = Best::default();
        best.see(known);
        let (left, reached) = self.meet(best.cosine);

        for centre in std::mem::take(&mut self.met) {
            let sum = std::mem::take(&mut self.sums[centre]);
            if (sum + left) * SLACK >= best.cosine.max(reached) {
                best.see(Best {
                    cosine: self.cosine(centre),
                    centre,
                });
            }
        }
        best
    }

    /// Adds up products term by term, until what remains could not make another centre
    /// the nearest and would take long to read. Returns a bound on what remains, and what
    /// the nearest centre has at least.
    fn meet(&mut self, known: f64) -> (f64, f64) {
        let most = self.terms.iter();
        let most = most.map(|&(term, weight)| weight * self.highest[term]);
        let mut left: f64 = most.sum();
        let mut squares: f64 = self.terms.iter().map(|(_, weight)| weight * weight).sum();

        let mut reached = known;
        for at in 0..self.terms.len() {
            let rest = left.min(squares.max(0.0).sqrt() + NOISE);
            let (term, weight) = self.terms[at];
            let places = self.index.row(term).size_hint().0;
            if rest * SLACK < reached && places > PLACES * self.met.len() {
                return (rest, reached);
            }

            for (centre, other) in self.index.row(term) {
                let sum = &mut self.sums[centre];
                if *sum == 0.0 {
                    self.met.push(centre);
                }
                *sum += weight * other;
                reached = reached.max(*sum);
            }

            left -= weight * self.highest[term];
            squares -= weight * weight;
        }
        (0.0, reached)
    }

    fn cosine(&self, centre: usize) -> f64 {
        self.centres
            .row(centre)
            .map(|(term, weight)| weight * self.sentence[term])
            .sum()
    }
}

/// The factor by which bounds are loosened, so that a rounding error does not hide the
/// nearest centre.
const SLACK: f64 = 1.0 + 1e-9;

/// The number of entries in a term's list that cost as much as one complete cosine.
const PLACES: usize = 16;

/// A bound on the root of the rounding error in squares that were subtracted one by one.
const NOISE: f64 = 1e-7;

/// A centre with its cosine.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Best {
    cosine: f64,
    centre: usize,
}

impl Best {
    /// Replaces this centre by one that is nearer, or equally near with a lower index.
    fn see(&mut self, other: Self) {
        let equal = other.cosine == self.cosine && other.cosine > 0.0;
        if other.cosine > self.cosine || (equal && other.centre < self.centre) {
            *self = other;
        }
    }
}

/// Returns the normalised mean of each cluster. An empty cluster keeps its centre.
fn means(unit: &Vectors, cluster: &[usize], old: &Vectors) -> Vectors {
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); old.len()];
    for (sentence, &cluster) in cluster.iter().enumerate() {
        members[cluster].push(sentence);
    }

    let mut sums = vec![0.0; unit.width()];
    let mut means = Vectors::empty(unit.width());
    for (members, old) in members.iter().zip(old.rows()) {
        if members.is_empty() {
            means.push_row(old.map(|(term, weight)| (term as u32, weight)));
            continue;
        }

        let mut terms: Vec<u32> = Vec::new();
        for (term, weight) in members.iter().flat_map(|&member| unit.row(member)) {
            sums[term] += weight;
            terms.push(term as u32);
        }
        terms.sort_unstable();
        terms.dedup();
        means.push_row(
            terms
                .into_iter()
                .map(|term| (term, std::mem::take(&mut sums[term as usize]))),
        );
    }
    means.normalised()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::testing::lines;
    use proptest::prelude::*;

    #[test]
    fn clusters_are_of_like_sentences() {
        let text = "whales sing songs\nwhales sing\nwhales sing loudly\n\
                    ships carry salt\nships carry coal\nbirds\n";
        let cluster = k_means(&Vectors::tf_isf(&lines(text)).normalised(), 2);
        assert!(
            cluster[0] == cluster[1] && cluster[1] == cluster[2],
            "{cluster:?}"
        );
    }

    fn vectors(rows: &[Vec<(u32, u8)>]) -> Vectors {
        let mut vectors = Vectors::empty(12);
        for row in rows {
            let mut row = row.clone();
            row.sort_unstable();
            row.dedup_by_key(|&mut (term, _)| term);
            vectors.push_row(
                row.into_iter()
                    .map(|(term, weight)| (term, f64::from(weight))),
            );
        }
        vectors.normalised()
    }

    fn row() -> impl Strategy<Value = Vec<(u32, u8)>> {
        prop::collection::vec((0_u32..12, 0_u8..5), 0..6)
    }

    fn nearest_of_all(sentences: &Vectors, centres: &Vectors) -> Vec<Best> {
        let one = |row: usize| {
            let mut dense = [0.0; 12];
            sentences
                .row(row)
                .for_each(|(term, weight)| dense[term] = weight);
            let mut best = Best::default();
            for (centre, cosine) in centres.dot(&dense).into_iter().enumerate() {
                best.see(Best { cosine, centre });
            }
            best
        };
        (0..sentences.len()).map(one).collect()
    }

    proptest! {
        #[test]
        fn the_nearest_is_that_of_all(
            sentences in prop::collection::vec(row(), 1..20),
            centres in prop::collection::vec((row(), row(), any::<bool>()), 1..20),
        ) {
            let sentences = vectors(&sentences);
            let changed: Vec<bool> = centres.iter().map(|it| it.2).collect();
            let before: Vec<_> = centres.iter().map(|it| it.0.clone()).collect();
            let after = centres.into_iter().map(|it| if it.2 { it.1 } else { it.0 });
            let after = vectors(&after.collect::<Vec<_>>());
            let last = nearest_of_all(&sentences, &vectors(&before));
            let found = nearest(&sentences, &after, &last, &changed);
            prop_assert_eq!(found, nearest_of_all(&sentences, &after));
        }
    }
}
