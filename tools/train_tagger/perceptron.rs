//! The averaged perceptron.

use super::{
    Tag,
    features::{FEATURES, WINDOW, features},
    model::WIDTH,
    table::Table,
    word::{self, Word},
};

/// A sentence ready to learn from: its words between two edges on either side.
#[derive(Debug)]
pub(super) struct Lesson {
    pub words: Vec<Word>,
    pub tags: Vec<Tag>,
}

#[derive(Debug, Default)]
struct Perceptron {
    rows: Table,
    weights: Vec<[f32; Tag::COUNT]>,
    /// Each change times the step it was made at.
    moments: Vec<[f64; Tag::COUNT]>,
    step: f64,
}

/// Feature and averaged weights.
pub(super) type Weights = Vec<(u32, [f32; Tag::COUNT])>;

/// Learns from `lessons`, `rounds` times over, in an order given by `seed`.
///
/// A word is learnt from whenever its own tag does not lead the best other by `margin`.
/// History is what the perceptron itself has said so far.
pub(super) fn learn(
    lessons: &[Lesson],
    rounds: usize,
    margin: f32,
    seed: u64,
) -> Weights {
    let mut perceptron = Perceptron::default();
    let mut order: Vec<usize> = (0..lessons.len()).collect();
    let mut state = seed;
    for _ in 0..rounds {
        for at in (1..order.len()).rev() {
            order.swap(at, (next(&mut state) % (at as u64 + 1)) as usize);
        }
        for &at in &order {
            perceptron.study(&lessons[at], margin);
        }
    }
    perceptron.averaged()
}

/// `SplitMix64`.
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

impl Perceptron {
    fn study(&mut self, lesson: &Lesson, margin: f32) {
        let loud = word::is_loud(&lesson.words);
        let mut before = [None; 2];
        for (window, &gold) in lesson.words.array_windows::<WINDOW>().zip(&lesson.tags) {
            self.step += 1.0;
            let said = window[WINDOW / 2].facts.only.unwrap_or_else(|| {
                let features = features(window, before, loud);
                let sums = self.sums(&features);
                let (best, rival) = best_and_rival(&sums, gold);
                if sums[gold as usize] - sums[rival as usize] < margin {
                    self.change(&features, gold, 1.0);
                    self.change(&features, rival, -1.0);
                }
                best
            });
            before = [Some(said), before[0]];
        }
    }

    fn sums(&self, features: &[u32; FEATURES]) -> [f32; Tag::COUNT] {
        let mut sums = [0.0; Tag::COUNT];
        for row in features
            .iter()
            .filter_map(|&feature| self.rows.find(feature))
        {
            for (sum, weight) in sums.iter_mut().zip(&self.weights[row]) {
                *sum += weight;
            }
        }
        sums
    }

    fn change(&mut self, features: &[u32; FEATURES], tag: Tag, by: f32) {
        for &feature in features {
            let row = self.rows.intern(feature);
            if row == self.weights.len() {
                self.weights.push([0.0; Tag::COUNT]);
                self.moments.push([0.0; Tag::COUNT]);
            }
            self.weights[row][tag as usize] += by;
            self.moments[row][tag as usize] += f64::from(by) * self.step;
        }
    }

    fn averaged(&self) -> Weights {
        let average = |row: usize| {
            std::array::from_fn(|tag| {
                let past = self.moments[row][tag] / self.step.max(1.0);
                (f64::from(self.weights[row][tag]) - past) as f32
            })
        };
        let keys = self.rows.keys().iter().enumerate();
        keys.map(|(row, &feature)| (feature, average(row)))
            .collect()
    }
}

fn best_and_rival(sums: &[f32; Tag::COUNT], gold: Tag) -> (Tag, Tag) {
    let highest = |except: Option<Tag>| {
        let mut tags = Tag::ALL.into_iter().filter(|&tag| Some(tag) != except);
        let first = tags.next().expect("there are 17");
        tags.fold(first, |best, tag| {
            if sums[tag as usize] > sums[best as usize] {
                tag
            } else {
                best
            }
        })
    };
    (highest(None), highest(Some(gold)))
}

/// The `keep` features of the widest weights, each weight as a whole number up to 127,
/// in the order of the features.
pub(super) fn quantised(mut weights: Weights, keep: usize) -> Vec<(u32, [i8; WIDTH])> {
    let width =
        |row: &[f32; Tag::COUNT]| row.iter().map(|weight| weight.abs()).sum::<f32>();
    weights.sort_by(|a, b| width(&b.1).total_cmp(&width(&a.1)).then(a.0.cmp(&b.0)));
    weights.truncate(keep);
    let mut sizes: Vec<f32> = weights
        .iter()
        .flat_map(|(_, row)| row.map(f32::abs))
        .collect();

    sizes.sort_by(f32::total_cmp);
    let largest = sizes
        .get(sizes.len() - sizes.len() / 20_000 - 1)
        .copied()
        .unwrap_or(1.0);

    let mut out: Vec<_> = weights
        .iter()
        .map(|(feature, row)| {
            let mut small = [0; WIDTH];
            for (small, weight) in small.iter_mut().zip(row) {
                *small = (weight / largest * 127.0).round().clamp(-127.0, 127.0) as i8;
            }
            (*feature, small)
        })
        .filter(|(_, row)| row.iter().any(|&weight| weight != 0))
        .collect();

    out.sort_unstable();
    out
}
