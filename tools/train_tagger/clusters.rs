//! Classes of words that stand in the same places.

/// The least often a word must occur to have a class of its own finding.
const LEAST: usize = 5;

/// Puts words into `count` classes so that the class of a word tells most of the class
/// of the next.
///
/// ```text
/// maximise  Σ_{c,d} N(c,d)·ln N(c,d) − Σ_c N(c)·ln N(c) − Σ_d N(·d)·ln N(·d)
/// ```
///
/// `N(c,d)` counts neighbours of classes `c` and `d`. Words begin in classes by rank of
/// frequency; then each in turn, most frequent first, moves to the class that is best
/// for it, `rounds` times over. `sentences` hold word ids below `vocabulary`; class 0 is
/// that of sentence ends and of words met less than five times.
///
/// Martin, Liermann & Ney (1998), *Algorithms for bigram and trigram word clustering*,
/// Speech Communication 24:19–37.
pub(super) fn clusters(
    sentences: &[Vec<u32>],
    vocabulary: usize,
    count: usize,
    rounds: usize,
) -> Vec<u8> {
    let mut frequency = vec![0_usize; vocabulary];
    sentences
        .iter()
        .flatten()
        .for_each(|&word| frequency[word as usize] += 1);

    let mut ranked: Vec<u32> = (0..vocabulary as u32).collect();
    ranked.retain(|&word| frequency[word as usize] >= LEAST);
    ranked.sort_by_key(|&word| (usize::MAX - frequency[word as usize], word));
    let mut class = vec![0_u8; vocabulary];
    for (rank, &word) in ranked.iter().enumerate() {
        class[word as usize] = (1 + rank % (count - 1)) as u8;
    }
    let neighbours = Neighbours::of(sentences, vocabulary);
    let mut exchange = Exchange::new(sentences, &class, count);

    for round in 0..rounds {
        let mut moved = 0;
        for &word in &ranked {
            moved += usize::from(exchange.settle(word, &mut class, &neighbours));
        }
        eprintln!("clusters: round {round}, {moved} of {} moved", ranked.len());
        if moved * 200 < ranked.len() {
            break;
        }
    }

    class
}

/// Who stands before and after each word, and how often.
struct Neighbours {
    before: Vec<Vec<(u32, u32)>>,
    after: Vec<Vec<(u32, u32)>>,
}

/// Stands before the first and after the last word.
const END: u32 = u32::MAX;

fn pairs(sentences: &[Vec<u32>]) -> impl Iterator<Item = (u32, u32)> {
    sentences.iter().flat_map(|words| {
        let firsts = std::iter::once(END).chain(words.iter().copied());
        firsts.zip(words.iter().copied().chain(std::iter::once(END)))
    })
}

impl Neighbours {
    fn of(sentences: &[Vec<u32>], vocabulary: usize) -> Self {
        let mut all: Vec<(u32, u32)> = pairs(sentences).collect();
        all.sort_unstable();
        let mut found = Self {
            before: vec![vec![]; vocabulary],
            after: vec![vec![]; vocabulary],
        };
        for same in all.chunk_by(|a, b| a == b) {
            let (one, other) = same[0];
            if one != END {
                found.after[one as usize].push((other, same.len() as u32));
            }
            if other != END {
                found.before[other as usize].push((one, same.len() as u32));
            }
        }
        found
    }
}

struct Exchange {
    count: usize,
    pairs: Vec<u32>,
    firsts: Vec<u32>,
    seconds: Vec<u32>,
    entropy: Vec<f64>,
}

impl Exchange {
    fn new(sentences: &[Vec<u32>], class: &[u8], count: usize) -> Self {
        let mut pairs_of = vec![0; count * count];
        let (mut firsts, mut seconds) = (vec![0; count], vec![0; count]);
        let class_of =
            |word: u32| class.get(word as usize).map_or(0, |&c| usize::from(c));
        for (one, other) in pairs(sentences) {
            let (one, other) = (class_of(one), class_of(other));
            pairs_of[one * count + other] += 1;
            firsts[one] += 1;
            seconds[other] += 1;
        }
        let entropy = (0..1 << 16)
            .map(|n| f64::from(n) * f64::from(n.max(1)).ln())
            .collect();
        Self {
            count,
            pairs: pairs_of,
            firsts,
            seconds,
            entropy,
        }
    }

    /// `n · ln n`.
    fn entropy(&self, n: u32) -> f64 {
        let computed = || f64::from(n) * f64::from(n).ln();
        self.entropy
            .get(n as usize)
            .copied()
            .unwrap_or_else(computed)
    }

    /// Moves `word` where it is best; whether that is elsewhere.
    fn settle(&mut self, word: u32, class: &mut [u8], near: &Neighbours) -> bool {
        let mut own = 0;
        let mut sum = |list: &[(u32, u32)]| {
            let mut by_class = vec![0_u32; self.count];
            for &(other, times) in list {
                if other == word {
                    own = times;
                } else {
                    by_class[class.get(other as usize).map_or(0, |&c| usize::from(c))] +=
                        times;
                }
            }
            let dense = by_class
                .into_iter()
                .enumerate()
                .filter(|&(_, times)| times > 0);
            dense.collect::<Vec<_>>()
        };

        let before = sum(&near.before[word as usize]);
        let after = sum(&near.after[word as usize]);
        let from = usize::from(class[word as usize]);
        self.shift(from, &before, &after, own, u32::wrapping_sub);
        let mut best = (from, self.gain(from, &before, &after, own));

        for to in 1..self.count {
            let gain = self.gain(to, &before, &after, own);
            if gain > best.1 + 1e-9 {
                best = (to, gain);
            }
        }

        self.shift(best.0, &before, &after, own, u32::wrapping_add);
        class[word as usize] = best.0 as u8;
        best.0 != from
    }

    fn shift(
        &mut self,
        class: usize,
        before: &[(usize, u32)],
        after: &[(usize, u32)],
        own: u32,
        by: fn(u32, u32) -> u32,
    ) {
        let count = self.count;
        let mut change = |one: usize, other: usize, times: u32| {
            let pair = &mut self.pairs[one * count + other];
            *pair = by(*pair, times);
            self.firsts[one] = by(self.firsts[one], times);
            self.seconds[other] = by(self.seconds[other], times);
        };
        for &(other, times) in before {
            change(other, class, times);
        }
        for &(other, times) in after {
            change(class, other, times);
        }
        change(class, class, own);
    }

    /// What putting the word into `class` adds to the sum that is maximised.
    fn gain(
        &self,
        class: usize,
        before: &[(usize, u32)],
        after: &[(usize, u32)],
        own: u32,
    ) -> f64 {
        let added = |had: u32, more: u32| self.entropy(had + more) - self.entropy(had);
        let pair = |one: usize, other: usize| self.pairs[one * self.count + other];
        let mut gain = 0.0;
        let mut within = own;

        for &(other, times) in before {
            if other == class {
                within += times;
            } else {
                gain += added(pair(other, class), times);
            }
        }

        for &(other, times) in after {
            if other == class {
                within += times;
            } else {
                gain += added(pair(class, other), times);
            }
        }

        let total =
            |list: &[(usize, u32)]| list.iter().map(|&(_, n)| n).sum::<u32>() + own;
        gain + added(pair(class, class), within)
            - added(self.firsts[class], total(after))
            - added(self.seconds[class], total(before))
    }
}
