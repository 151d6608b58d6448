//! Texts that are nearly those of documents before them: updated stories, boilerplate.

use hashbrown::HashTable;

use super::repeats::Words;

/// Words of a run.
const RUN: usize = 5;

/// Sets of rows, and rows of a set. A text that shares the share `j` of its runs with
/// another agrees with it in a whole set with the chance `1 − (1 − j³)²¹`: 0.94 at a
/// half, 0.998 at 0.65, 0.16 at a fifth, which the estimate then sorts out.
const SETS: usize = 21;
const ROWS: usize = 3;

/// From this share on two texts are nearly the same.
pub(super) const NEARLY: f64 = 0.5;

/// The least hashes of a text's runs of five words, by 63 hash functions.
///
/// Two texts agree in as many of them, on average, as the share of their runs that both
/// have (of those that either has: Jaccard's coefficient); the standard error is 0.063 at
/// a half. `O(63 · words)`.
///
/// Broder (1997), *On the resemblance and containment of documents*.
pub(super) struct Sketch([u32; SETS * ROWS]);

impl Sketch {
    /// Of a text; of one with fewer than five words, all of them are its only run.
    pub(super) fn of(words: &Words) -> Self {
        let mut least = [u32::MAX; SETS * ROWS];
        let all = words.hashes();
        for run in all.windows(RUN.min(all.len()).max(1)) {
            let run = run.iter().fold(0, |so_far, &word| mix(so_far ^ word));
            for (row, least) in (1..).zip(&mut least) {
                *least = (*least).min((mix(run ^ row) >> 32) as u32);
            }
        }
        Self(least)
    }

    /// What is kept of it.
    fn last_bytes(&self) -> [u8; SETS * ROWS] {
        self.0.map(|least| least as u8)
    }

    /// A hash of each set of rows.
    fn sets(&self) -> impl Iterator<Item = u32> {
        (0..).zip(self.0.as_chunks::<ROWS>().0).map(|(at, rows)| {
            let all = rows
                .iter()
                .fold(at, |so_far, &row| mix(so_far ^ u64::from(row)));
            (all >> 32) as u32
        })
    }
}

/// Spreads what differs in any bit over all of them (Steele & Vigna's `SplitMix64`).
fn mix(bits: u64) -> u64 {
    let bits = bits.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let bits = (bits ^ bits >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let bits = (bits ^ bits >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^ bits >> 31
}

/// The sketches that have been met: about 300 bytes a text.
///
/// A set of rows leads to the first text that had it, and of a sketch the last byte of
/// each hash is kept: enough for an estimate of their likeness, since different hashes
/// agree in it one time in 256 (Li & König 2010, *b-bit minwise hashing*).
#[derive(Default)]
pub(super) struct Sketches {
    first_with: HashTable<(u32, u32)>,
    kept: Vec<[u8; SETS * ROWS]>,
}

impl Sketches {
    /// Adds a text; the number of the text before it that is most like it, the first
    /// among equals, with the share of runs that they have in common, where that is
    /// estimated to be at least [`NEARLY`]. Texts are numbered as they come.
    pub(super) fn add(&mut self, sketch: &Sketch) -> Option<(usize, f64)> {
        let own = sketch.last_bytes();
        let number = self.kept.len() as u32;
        let mut seen: Vec<u32> = Vec::new();
        for set in sketch.sets() {
            let known = self
                .first_with
                .find(spread(set), |(known, _)| *known == set);
            if let Some((_, first)) = known {
                seen.push(*first);
            } else {
                let rehash = |(set, _): &(u32, u32)| spread(*set);
                self.first_with
                    .insert_unique(spread(set), (set, number), rehash);
            }
        }
        self.kept.push(own);
        seen.sort_unstable();
        seen.dedup();
        let with_likeness = seen.into_iter().map(|first| {
            let first = first as usize;
            (first, likeness(&own, &self.kept[first]))
        });
        // of equals `max_by` takes the last, and so the first text
        with_likeness
            .filter(|(_, likeness)| *likeness >= NEARLY)
            .rev()
            .max_by(|(_, a), (_, b)| a.total_cmp(b))
    }
}

/// A table looks at the highest bits and at the lowest.
fn spread(set: u32) -> u64 {
    u64::from(set) << 32 | u64::from(set)
}

fn likeness(a: &[u8; SETS * ROWS], b: &[u8; SETS * ROWS]) -> f64 {
    let agree = a.iter().zip(b).filter(|(a, b)| a == b).count() as f64;
    let by_chance = 1.0 / 256.0;
    ((agree / (SETS * ROWS) as f64 - by_chance) / (1.0 - by_chance)).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text of numbered words.
    fn text(words: impl Iterator<Item = u32>) -> Sketch {
        let text: Vec<String> = words.map(|word| format!("w{word}")).collect();
        Sketch::of(&Words::of(&text.join(" ")))
    }

    #[test]
    fn the_estimate_is_the_share_of_common_runs() {
        // 200 runs each, of which the first `common` are the same
        let (mut error, mut worst): (f64, f64) = (0.0, 0.0);
        for case in 0..40 {
            let common = 100 + case;
            let start = 10_000 * case;
            let one = text(start..start + 204);
            let other =
                text((start..start + common + 4).chain(start + 5_000..).take(204));
            let share = f64::from(common) / f64::from(400 - common);
            let found = likeness(&one.last_bytes(), &other.last_bytes()) - share;
            (error, worst) = (error + found / 40.0, worst.max(found.abs()));
        }
        // standard errors of 0.062 for one, 0.01 for the mean of 40
        assert!(error.abs() < 0.03 && worst < 0.22, "{error} {worst}");
    }

    #[test]
    fn a_text_is_nearly_the_one_most_like_it() {
        let mut sketches = Sketches::default();
        assert_eq!(sketches.add(&text(0..300)), None);
        assert_eq!(sketches.add(&text(1_000..1_300)), None);
        let update = text((0..280).chain(2_000..2_020));
        assert!(matches!(sketches.add(&update), Some((0, share)) if share > 0.7));
        let more = text((0..275).chain(2_000..2_020));
        assert!(matches!(sketches.add(&more), Some((2, share)) if share > 0.8));
        let same = sketches.add(&text(1_000..1_300)).unwrap();
        assert_eq!(same, (1, 1.0));
        assert_eq!(sketches.add(&text((0..60).chain(3_000..3_240))), None);
    }

    #[test]
    fn short_and_empty_texts_have_sketches() {
        let mut sketches = Sketches::default();
        assert_eq!(sketches.add(&text(0..2)), None);
        assert_eq!(sketches.add(&text(0..0)), None);
        assert_eq!(sketches.add(&text(0..2)), Some((0, 1.0)));
        assert_eq!(sketches.add(&text(0..0)), Some((1, 1.0)));
        assert_eq!(sketches.add(&text(0..3)), None);
    }
}
