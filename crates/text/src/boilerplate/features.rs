//! Features of a line: its words, its end, its position, and its neighbours.

mod counts;

use std::ops::Range;

use counts::{Counts, End, count};

use super::super::Document;
use super::{
    comments::has_time,
    cues::KINDS,
    labels::is_labelled,
    lines::{line_text, lines},
};

/// Names of the features of a line by itself, in order. The kinds of cues are the last of them, in
/// the order of [`KINDS`].
const OWN: [&str; OWN_WIDTH] = [
    "length",
    "length-on-page",
    "very-short",
    "unterminated",
    "question",
    "exclamation",
    "colon",
    "stop-words",
    "numbers",
    "capitals",
    "shouted",
    "symbols",
    "marks",
    "quoted",
    "cohesion",
    "cohesion-weight",
    "membership",
    "support",
    "share",
    "legal",
    "credit",
    "navigation",
    "thanks",
    "you",
    "we",
    "i",
    "imperative",
];

/// Number of features of a line by itself.
const OWN_WIDTH: usize = FIRST_CUE + KINDS.len();

/// Index in [`OWN`] of the first kind of cue.
const FIRST_CUE: usize = 16;

/// Names of the features of the position of a line on the page.
const PLACE: [&str; 6] = [
    "near-start",
    "near-end",
    "share-before",
    "before-text",
    "after-text",
    "lines-after-text",
];

/// Features of neighbouring lines that are features of a line too, as indices in [`OWN`]: length,
/// unterminated, stop words, capitals, marks, cohesion weight, membership, navigation, you. They are
/// those of the line before and after, and the means over the [`WINDOW`] lines before and after.
const NEIGHBOURING: [usize; 9] = [0, 3, 7, 9, 12, 15, 16, 21, 23];

/// Number of lines on each side over which features of neighbours are averaged.
const WINDOW: usize = 3;

/// Number of features of the first stage; the last is constant.
pub(super) const WIDTH: usize = OWN_WIDTH + PLACE.len() + 4 * NEIGHBOURING.len() + 1;

/// Names of the additional features of the second stage: probabilities by the first stage.
const VERDICTS: [&str; 9] = [
    "verdict",
    "verdict-before",
    "verdict-after",
    "verdict-2-before",
    "verdict-2-after",
    "verdicts-near",
    "verdicts-before",
    "verdicts-after",
    "verdicts-on-page",
];

/// Number of features of the second stage.
pub(super) const SECOND_WIDTH: usize = WIDTH + VERDICTS.len();

/// Returns the names of all features in order. The first [`WIDTH`] are those of the first stage.
pub(super) fn names() -> Vec<String> {
    let neighbours = ["before", "after", "window-before", "window-after"];
    let neighbouring = neighbours.iter().flat_map(|place| {
        NEIGHBOURING
            .iter()
            .map(move |&at| format!("{}-{place}", OWN[at]))
    });
    let plain = |name: &&str| (*name).to_owned();
    OWN.iter()
        .chain(&PLACE)
        .map(plain)
        .chain(neighbouring)
        .chain(["constant".to_owned()])
        .chain(VERDICTS.iter().map(plain))
        .collect()
}

/// The lines of a document with the features that the model uses.
pub struct Page {
    /// Lines, as ranges of sentences of the body.
    pub lines: Vec<Range<usize>>,
    /// Number of words of each line.
    pub(super) words: Vec<f32>,
    /// Whether each line is text, by its length and end.
    pub(super) is_text: Vec<bool>,
    /// Whether the page is hard-wrapped: at least half of its line ends are joined.
    pub(super) is_wrapped: bool,
    /// Whether each line contains *I*, *you* or *we* outside quotes.
    pub(super) is_personal: Vec<bool>,
    /// Whether each line contains a time of day and a date.
    pub(super) has_time: Vec<bool>,
    /// Whether each line says that it is no text.
    pub(super) is_labelled: Vec<bool>,
    /// Features of each line in the first stage.
    rows: Vec<[f32; WIDTH]>,
}

impl Page {
    /// Computes the features of every line of a document. Linear in its tokens and terms.
    pub fn of(document: &Document) -> Self {
        Self::with_lines(document, lines(document))
    }

    /// Computes the features of lines, given as ranges of sentences of the body.
    pub(super) fn with_lines(document: &Document, lines: Vec<Range<usize>>) -> Self {
        let counts = count(document, &lines);
        let page = Rates::of(&counts);
        let own: Vec<[f32; OWN_WIDTH]> =
            counts.iter().map(|line| own(line, &page)).collect();
        let rows = places(&counts)
            .enumerate()
            .map(|(at, place)| row(&own, &place, at))
            .collect();
        let has_time = lines.iter().map(|line| has_time(line_text(document, line)));
        let is_labelled = lines.iter().enumerate().map(|(at, line)| {
            is_labelled(line_text(document, line), 3 * at >= 2 * lines.len())
        });
        Self {
            has_time: has_time.collect(),
            is_labelled: is_labelled.collect(),
            lines,
            words: counts.iter().map(|line| line.words).collect(),
            is_text: counts.iter().map(Counts::is_text).collect(),
            is_wrapped: document.is_hard_wrapped(),
            is_personal: counts.iter().map(Counts::is_personal).collect(),
            rows,
        }
    }

    /// Returns the features of each line in the first stage.
    pub fn first(&self) -> impl Iterator<Item = &[f32]> {
        self.rows.iter().map(<[f32; WIDTH]>::as_slice)
    }

    /// Returns the features of each line in the second stage, from the probabilities `verdicts` of
    /// the first.
    pub fn second(&self, verdicts: &[f32]) -> impl Iterator<Item = [f32; SECOND_WIDTH]> {
        let mass: Vec<f32> = self
            .words
            .iter()
            .zip(verdicts)
            .map(|(words, p)| words * p)
            .collect();
        let all = (self.words.iter().sum::<f32>(), mass.iter().sum::<f32>());
        let share = |(words, mass): (f32, f32)| mass / words.max(1.0);

        let mut before = (0.0, 0.0);
        self.rows.iter().enumerate().map(move |(at, row)| {
            let own = verdicts[at];
            let near = |offset: isize| {
                let place = at.checked_add_signed(offset);
                place
                    .and_then(|at| verdicts.get(at))
                    .copied()
                    .unwrap_or(own)
            };
            let after = (
                all.0 - before.0 - self.words[at],
                all.1 - before.1 - mass[at],
            );
            let window = &verdicts[at.saturating_sub(5)..verdicts.len().min(at + 6)];
            let seen = [
                own,
                near(-1),
                near(1),
                near(-2),
                near(2),
                window.iter().sum::<f32>() / window.len() as f32,
                share(before),
                share((after.0, after.1.max(0.0))),
                share(all),
            ];
            before = (before.0 + self.words[at], before.1 + mass[at]);
            let mut full = [0.0; SECOND_WIDTH];
            full[..WIDTH].copy_from_slice(row);
            full[WIDTH..].copy_from_slice(&seen);
            full
        })
    }
}

/// Means over a page, in which each line is weighted by its words.
struct Rates {
    /// Mean of `ln(1 + words)`.
    length: f32,
    /// Share of lines that end in a mark.
    terminated: f32,
    /// Counts per word.
    per_word: Counts,
}

impl Rates {
    /// Computes the means of a page from the counts of its lines.
    fn of(counts: &[Counts]) -> Self {
        let mut sum = Counts::default();
        let (mut length, mut terminated) = (0.0, 0.0);
        for line in counts {
            length += line.words * (1.0 + line.words).ln();
            terminated += if line.end == End::Open {
                0.0
            } else {
                line.words
            };
            sum.add(line);
        }
        let words = sum.words.max(1.0);
        Self {
            length: length / words,
            terminated: terminated / words,
            per_word: sum.over(words),
        }
    }
}

impl Counts {
    /// Returns all counts.
    fn fields(&mut self) -> impl Iterator<Item = &mut f32> {
        [
            &mut self.words,
            &mut self.stop_words,
            &mut self.numbers,
            &mut self.capitals,
            &mut self.shouted,
            &mut self.symbols,
            &mut self.marks,
            &mut self.quotes,
            &mut self.content,
            &mut self.shared,
            &mut self.weight,
        ]
        .into_iter()
        .chain(&mut self.cues)
    }

    /// Adds the counts of another line.
    fn add(&mut self, other: &Self) {
        let mut other = other.clone();
        for (sum, count) in self.fields().zip(other.fields()) {
            *sum += *count;
        }
    }

    /// Divides all counts by a number of words.
    fn over(mut self, words: f32) -> Self {
        self.fields().for_each(|count| *count /= words);
        self
    }
}

/// Returns the features of a line by itself. Counts are transformed to excesses: the difference to
/// the count that is expected from the length of the line and the rate of the page, divided by the
/// square root of the number of words. Hence a feature that no line has, such as cues of a language
/// without a list, has no effect.
fn own(line: &Counts, page: &Rates) -> [f32; OWN_WIDTH] {
    let usual = &page.per_word;
    let root = line.words.max(1.0).sqrt();
    let excess = |count: f32, usual: f32| (count - line.words * usual) / root;
    let is = |end: End| f32::from(u8::from(line.end == end));
    let length = (1.0 + line.words).ln();
    let mut own = [0.0; OWN_WIDTH];
    own[..FIRST_CUE].copy_from_slice(&[
        length,
        length - page.length,
        (1.0 - line.words / 6.0).max(0.0),
        is(End::Open) * page.terminated,
        is(End::Question),
        is(End::Exclamation),
        is(End::Colon),
        excess(line.stop_words, usual.stop_words),
        excess(line.numbers, usual.numbers),
        excess(line.capitals, usual.capitals),
        excess(line.shouted, usual.shouted),
        excess(line.symbols, usual.symbols),
        excess(line.marks, usual.marks),
        line.quotes.min(1.0),
        excess(line.shared, usual.shared),
        excess(line.weight, usual.weight),
    ]);

    for (kind, number) in own[FIRST_CUE..].iter_mut().enumerate() {
        *number = excess(line.cues[kind], usual.cues[kind]);
    }
    own
}

/// Returns the features of the position of each line: in lines, in words, and relative to the lines
/// of text.
fn places(counts: &[Counts]) -> impl Iterator<Item = [f32; PLACE.len()]> {
    let lines = counts.len();
    let first = counts.iter().position(Counts::is_text).unwrap_or(0);
    let last = counts.iter().rposition(Counts::is_text).unwrap_or(lines);
    let all: f32 = counts.iter().map(|line| line.words).sum();
    let mut before = 0.0;
    counts.iter().enumerate().map(move |(at, line)| {
        let share_before = before / all.max(1.0);
        before += line.words;
        let near = |away: usize| 1.0 / (1.0 + away as f32);
        [
            near(at),
            near(lines - 1 - at),
            share_before,
            f32::from(u8::from(at < first)),
            f32::from(u8::from(at > last)),
            1.0 - near(at.saturating_sub(last)),
        ]
    })
}

/// Returns all features of the line `at` in the first stage.
fn row(own: &[[f32; OWN_WIDTH]], place: &[f32; PLACE.len()], at: usize) -> [f32; WIDTH] {
    let mut row = [0.0; WIDTH];
    let (mine, rest) = row.split_at_mut(OWN_WIDTH);
    mine.copy_from_slice(&own[at]);
    let (placed, rest) = rest.split_at_mut(PLACE.len());
    placed.copy_from_slice(place);

    let before = &own[at.saturating_sub(WINDOW)..at];
    let after = &own[(at + 1).min(own.len())..(at + 1 + WINDOW).min(own.len())];
    let nearest = (before.len().saturating_sub(1).., ..after.len().min(1));
    let groups = [&before[nearest.0], &after[nearest.1], before, after];
    for (numbers, lines) in rest.chunks_mut(NEIGHBOURING.len()).zip(groups) {
        for (number, &feature) in numbers.iter_mut().zip(&NEIGHBOURING) {
            let sum: f32 = lines.iter().map(|line| line[feature]).sum();
            *number = sum / lines.len().max(1) as f32;
        }
    }
    row[WIDTH - 1] = 1.0;
    row
}

#[cfg(test)]
mod tests;
