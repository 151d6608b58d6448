//! Lines that recur over the documents of a corpus.

use std::hash::{BuildHasher, Hasher};

use foldhash::quality::FixedState;

/// How many documents of a corpus have each line.
///
/// A count-min sketch: a line adds one to a counter in each of four rows, and is taken to
/// be as frequent as the least of them, less what other lines are likely to have added.
/// 4 MiB, whatever the corpus; sums, so that parts merge exactly and in any order.
///
/// Cormode & Muthukrishnan (2005), *An improved data stream summary: the count-min
/// sketch and its applications*, Journal of Algorithms 55(1). Departure: `μ + 3 √μ` is
/// taken off, rounded down, where `μ` is how many lines a counter has on the average. Up
/// to 20,000 lines that is nothing.
#[derive(Debug, Clone)]
pub struct RepeatedLines {
    counters: Vec<u32>,
    lines: u64,
}

const ROWS: usize = 4;
const WIDTH: usize = 1 << 18;

/// Up to so many documents may have a line by chance: quotations, headings.
const CHANCE: u32 = 2;

/// The share of a text that must recur less than something for it to be a repetition.
const UNIQUE: f64 = 0.25;

impl Default for RepeatedLines {
    fn default() -> Self {
        Self { counters: vec![0; ROWS * WIDTH], lines: 0 }
    }
}

impl RepeatedLines {
    /// Counts the lines of one document, each once. Linear in its length.
    pub fn add(&mut self, body: &str) {
        let mut hashes: Vec<u64> = lines(body).filter_map(|line| line.hash).collect();
        hashes.sort_unstable();
        hashes.dedup();
        for &hash in &hashes {
            for place in places(hash) {
                self.counters[place] = self.counters[place].saturating_add(1);
            }
        }
        self.lines += hashes.len() as u64;
    }

    /// Adds the counts of another part of the corpus.
    pub fn merge(&mut self, other: &Self) {
        for (sum, count) in self.counters.iter_mut().zip(&other.counters) {
            *sum = sum.saturating_add(*count);
        }
        self.lines += other.lines;
    }

    /// How many lines were counted, each once a document.
    pub fn lines(&self) -> u64 {
        self.lines
    }

    /// Every counter that is not 0, with its place.
    pub fn counters(&self) -> impl Iterator<Item = (usize, u32)> {
        self.counters.iter().copied().enumerate().filter(|(_, count)| *count > 0)
    }

    /// Adds so many lines, of which nothing else is known.
    pub fn add_lines(&mut self, lines: u64) {
        self.lines += lines;
    }

    /// Adds to a counter; `None` where there is none at that place.
    pub fn add_counter(&mut self, place: usize, count: u32) -> Option<()> {
        let counter = self.counters.get_mut(place)?;
        *counter = counter.saturating_add(count);
        Some(())
    }

    /// How many documents have a line.
    fn documents(&self, hash: u64) -> u32 {
        let least = places(hash).map(|place| self.counters[place]).min().unwrap_or(0);
        let mean = self.lines as f64 / WIDTH as f64;
        least.saturating_sub((mean + 3.0 * mean.sqrt()) as u32)
    }

    /// Where each line of a document of the corpus ends, and how probably it is
    /// furniture by its recurrence alone:
    ///
    /// ```text
    /// r = 1 − 2 / n,   n = d − (d₂₅ − 1)        0 for n ≤ 2
    /// ```
    ///
    /// `d` documents have the line. `d₂₅` is that of the least repeated quarter of the
    /// text, in bytes: in a copy of another document every line recurs, and says nothing.
    pub(super) fn probabilities(&self, body: &str) -> Vec<(usize, f32)> {
        let lines: Vec<(Line, u32)> = lines(body)
            .map(|line| (line, line.hash.map_or(1, |hash| self.documents(hash).max(1))))
            .collect();
        let usual = least_repeated(&lines);
        let probability = |documents: u32| match (documents + 1).saturating_sub(usual) {
            ..=CHANCE => 0.0,
            excess => 1.0 - CHANCE as f32 / excess as f32,
        };
        lines
            .iter()
            .map(|(line, documents)| (line.end, probability(*documents)))
            .collect()
    }
}

/// How many documents have a line of the least repeated [`UNIQUE`] part of a text.
fn least_repeated(lines: &[(Line, u32)]) -> u32 {
    let mut frequencies: Vec<(u32, usize)> =
        lines.iter().map(|(line, documents)| (*documents, line.length)).collect();
    frequencies.sort_unstable();
    let bytes: usize = frequencies.iter().map(|(_, length)| length).sum();
    let mut rest = UNIQUE * bytes as f64;
    let place = frequencies.iter().find(|(_, length)| {
        rest -= *length as f64;
        rest <= 0.0
    });
    place.map_or(1, |(documents, _)| *documents)
}

/// A line of a text of several.
#[derive(Clone, Copy)]
struct Line {
    /// Its last byte but the line feed, in the text.
    end: usize,
    /// Its bytes but white space at its ends.
    length: usize,
    /// Of its words in small letters, any number as 0; `None` without a letter.
    hash: Option<u64>,
}

/// The lines of a text; none where there is only one, which could be but a copy.
fn lines(body: &str) -> impl Iterator<Item = Line> {
    let several = body.trim().contains('\n');
    let mut folded = String::new();
    let mut end = 0;
    let lines = if several { body } else { "" }.split_inclusive('\n');
    lines.map(move |line| {
        end += line.len();
        fold(line, &mut folded);
        let hash = folded.contains(char::is_alphabetic).then(|| hash(&folded));
        Line { end, length: line.trim().len(), hash }
    })
}

fn fold(line: &str, folded: &mut String) {
    folded.clear();
    for word in line.split_whitespace() {
        for character in word.chars() {
            match character {
                digit if digit.is_numeric() && folded.ends_with('0') => {}
                digit if digit.is_numeric() => folded.push('0'),
                ascii if ascii.is_ascii() => folded.push(ascii.to_ascii_lowercase()),
                other => folded.extend(other.to_lowercase()),
            }
        }
        folded.push(' ');
    }
}

fn hash(folded: &str) -> u64 {
    let mut state = FixedState::with_seed(0).build_hasher();
    state.write(folded.as_bytes());
    state.finish()
}

/// Where the counters of a line are, one in each row.
fn places(hash: u64) -> impl Iterator<Item = usize> {
    let (first, step) = (hash & u64::from(u32::MAX), (hash >> 32) | 1);
    (0..ROWS as u64).map(move |row| {
        let column = first.wrapping_add(row * step) % WIDTH as u64;
        row as usize * WIDTH + column as usize
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PLEA: &str = "The museum is open from 10 to 5.";

    /// Texts of three lines of their own; the first `pleading` have a line in common.
    fn corpus(count: usize, pleading: usize) -> Vec<String> {
        let own = |at: usize| {
            let word = |line: usize| "abcdefghij".repeat(1 + at).split_off(line);
            format!("{}\n{}\n{}\n", word(0), word(1), word(2))
        };
        let plea = |at: usize| if at < pleading { PLEA } else { "" };
        (0..count).map(|at| own(at) + plea(at)).collect()
    }

    fn counted(texts: &[String]) -> RepeatedLines {
        let mut counted = RepeatedLines::default();
        for text in texts {
            counted.add(text);
        }
        counted
    }

    fn of_lines(counted: &RepeatedLines, text: &str) -> Vec<f32> {
        counted.probabilities(text).into_iter().map(|(_, it)| it).collect()
    }

    #[test]
    fn two_in_n_documents_have_a_line_by_chance() {
        let of_plea = |pleading: usize| {
            let texts = corpus(9, pleading);
            of_lines(&counted(&texts), &texts[0])
        };
        assert_eq!(of_plea(2), [0.0, 0.0, 0.0, 0.0]);
        assert_eq!(of_plea(4), [0.0, 0.0, 0.0, 0.5]);
        assert_eq!(of_plea(8), [0.0, 0.0, 0.0, 0.75]);
    }

    #[test]
    fn numbers_case_and_white_space_make_no_other_line() {
        let mut counted = counted(&corpus(3, 2));
        counted.add("one\ntwo\n  the museum is open  from 9 to 12. ");
        counted.add("one more\n\n1\n2\n3");
        let text = format!("{PLEA}\nsomething quite different, and longer than that\n1");
        assert_eq!(of_lines(&counted, &text), [1.0 - 2.0 / 3.0, 0.0, 0.0]);
    }

    #[test]
    fn a_document_counts_once_and_one_of_a_single_line_not_at_all() {
        let mut counted = RepeatedLines::default();
        counted.add(&format!("{PLEA}\n").repeat(50));
        (0..50).for_each(|_| counted.add(PLEA));
        assert_eq!(of_lines(&counted, &format!("{PLEA}\nsomething else\n")), [0.0, 0.0]);
    }

    #[test]
    fn a_copy_of_a_document_has_no_repeated_lines_but_those_of_others() {
        let mut texts = corpus(6, 6);
        texts.extend([texts[0].clone(), texts[0].clone()]);
        let found = of_lines(&counted(&texts), &texts[0]);
        assert_eq!(found, [0.0, 0.0, 0.0, 1.0 - 2.0 / 6.0], "8 documents, 3 of them one");
    }

    #[test]
    fn no_line_of_a_large_corpus_recurs_by_its_noise() {
        let mut counted = RepeatedLines::default();
        let own = |at: u32| {
            let letter = |place: u32| char::from(b'a' + ((at >> (4 * place)) & 15) as u8);
            (0..6).map(letter).collect::<String>()
        };
        for document in 0..3_000 {
            let lines = (0..100).map(|at| own(100 * document + at) + "\n");
            counted.add(&(lines.collect::<String>() + "\nsubscribe"));
        }
        let repeated = (0..1_000).filter(|&at| {
            let text = own(297 * at) + "\nsomething quite different\nsubscribe";
            of_lines(&counted, &text)[0] > 0.0
        });
        assert!(repeated.count() < 2, "one in a thousand");
        let plea = of_lines(&counted, "a line of its own\nsubscribe")[1];
        assert!(plea > 0.99, "{plea}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))] // of 12 MiB each

        #[test]
        fn parts_merge_into_the_whole_in_any_order(
            texts in prop::collection::vec("([a-c]\n){0,4}", 0..8),
            at in 0_usize..8,
        ) {
            let (first, second) = texts.split_at(at.min(texts.len()));
            let mut merged = counted(second);
            merged.merge(&counted(first));
            let whole = counted(&texts);
            prop_assert_eq!(merged.lines, whole.lines);
            prop_assert!(merged.counters == whole.counters);
        }
    }
}
