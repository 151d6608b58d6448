//! Finds texts that are nearly equal to earlier ones, such as updated stories.
//!
//! The words of a text become a [`Sketch`], and [`Sketches`] find the earlier text whose
//! sketch is most like it (minwise hashing with locality-sensitive hashing).

use hashbrown::HashTable;

use super::repeats::Words;

/// The number of words in a run.
const RUN: usize = 5;

/// The number of sets of rows, and the number of rows in a set. A text that shares the
/// share `j` of its runs with another agrees with it in at least one whole set with the
/// probability `1 − (1 − j³)²¹`: 0.94 at 0.5, 0.998 at 0.65, and 0.16 at 0.2, which the
/// estimate then sorts out.
const SETS: usize = 21;
const ROWS: usize = 3;

/// The share of runs from which two texts count as nearly equal.
pub(super) const NEARLY: f64 = 0.5;

/// The least hashes of a text's runs of five words, under 63 hash functions.
///
/// The expected share of hashes in which two texts agree is the share of their runs that
/// both have, out of those that either has (Jaccard's coefficient). The standard error is
/// 0.063 at 0.5. `O(63 · words)`.
///
/// Broder (1997), *On the resemblance and containment of documents*.
pub(super) struct Sketch([u32; SETS * ROWS]);

impl Sketch {
    /// Returns the sketch of a text. All words of a text with fewer than five are its
    /// only run.
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

    /// Returns the last byte of each hash, which is what [`Sketches`] keep.
    fn last_bytes(&self) -> [u8; SETS * ROWS] {
        self.0.map(|least| least as u8)
    }

    /// Returns a hash of each set of rows.
    fn sets(&self) -> impl Iterator<Item = u32> {
        (0..).zip(self.0.as_chunks::<ROWS>().0).map(|(at, rows)| {
            let all = rows
                .iter()
                .fold(at, |so_far, &row| mix(so_far ^ u64::from(row)));
            (all >> 32) as u32
        })
    }
}

/// Returns a hash of `bits` in which every bit depends on all of them (`SplitMix64` by
/// Steele & Vigna).
fn mix(bits: u64) -> u64 {
    let bits = bits.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let bits = (bits ^ bits >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let bits = (bits ^ bits >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^ bits >> 31
}

/// The sketches of all texts so far: about 300 bytes for each text.
///
/// A set of rows leads to the first text that had it. The last byte of each hash is kept
/// of a sketch, which is enough to estimate how alike two texts are: different hashes
/// agree in it with a probability of 1/256 (Li & König 2010, *b-bit minwise hashing*).
#[derive(Default)]
pub(super) struct Sketches {
    first_with: HashTable<(u32, u32)>,
    kept: Vec<[u8; SETS * ROWS]>,
}

impl Sketches {
    /// Adds a text. Returns the number of the earlier text that is most like it, the
    /// first among equals, with the estimated share of runs that they have in common, if
    /// that is at least [`NEARLY`]. Texts are numbered from 0 as they are added.
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
                self.first_with
                    .insert_unique(spread(set), (set, number), |(set, _)| spread(*set));
            }
        }

        self.kept.push(own);
        seen.sort_unstable();
        seen.dedup();

        let with_likeness = seen.into_iter().map(|first| {
            let first = first as usize;
            (first, likeness(&own, &self.kept[first]))
        });
        // `max_by` returns the last of equals, which is the first text in reversed order
        with_likeness
            .filter(|(_, likeness)| *likeness >= NEARLY)
            .rev()
            .max_by(|(_, a), (_, b)| a.total_cmp(b))
    }
}

/// Returns `set` in both halves of a hash, since a table looks at the highest bits and at
/// the lowest.
fn spread(set: u32) -> u64 {
    u64::from(set) << 32 | u64::from(set)
}

/// Returns the estimated share of common runs, corrected for hashes whose last bytes agree by
/// chance.
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
