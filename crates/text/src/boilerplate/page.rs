//! From what the model says of a line to what is said of it on its page.
//!
//! 1. A short line, or one without a mark of a sentence at its end, costs few words if it is
//!    dropped wrongly and a pick if it is kept wrongly. Its odds are multiplied so that 0.3
//!    becomes 0.5; those of other lines so that 0.4 does. Not so on a page of which the model
//!    knows little: fewer than [`TEXT_LINES`] lines that are text, more than half of the words
//!    in lines that speak of *I*, *you* or *we*, as letters and diaries do, or hard-wrapped lines,
//!    which licences, manuals and books have.
//! 2. Where a report ends and a plea begins, the voice changes. If at most [`PERSONAL`] of the
//!    words that are kept stand in lines that speak of *I*, *you* or *we* outside quotes, such
//!    a line beside one that is dropped is taken for what that is, if the model says at least
//!    [`GROWING`] of it.
//!
//! The numbers were chosen on the cross-validated figures of the labelled pages.

use super::features::Page;

/// Above this probability a sentence is taken for boilerplate.
pub(super) const TAKEN: f32 = 0.5;

/// What becomes 0.5, for lines that are text and for others.
const TEXT: f32 = 0.4;
const OTHER: f32 = 0.3;

/// A page has this many lines that are text, or little to compare a line with.
const TEXT_LINES: usize = 8;

/// The largest share of words in personal lines that a change of voice can be told from.
const PERSONAL: f32 = 0.2;

/// The least that the model says of a line that is taken for what its neighbour is.
const GROWING: f32 = 0.1;

/// The probabilities of the lines of a page, given those of each line alone.
pub(super) fn on_page(page: &Page, alone: &[f32]) -> Vec<f32> {
    let text_lines = page.is_text.iter().filter(|&&it| it).count();
    let is_known = text_lines >= TEXT_LINES
        && !page.is_wrapped
        && page.personal_share(|_| true) <= 0.5;
    let weighed = alone
        .iter()
        .zip(&page.is_text)
        .map(|(&p, &is_text)| match is_known {
            true => weighed(p, if is_text { TEXT } else { OTHER }),
            false => p,
        });
    let mut found: Vec<f32> = weighed.collect();
    let is_impersonal =
        !page.is_wrapped && page.personal_share(|at| found[at] <= TAKEN) <= PERSONAL;
    if is_impersonal {
        let lines: Vec<usize> = (1..found.len()).collect();
        for &at in &lines {
            grow(page, alone, &mut found, at - 1, at);
        }
        for &at in lines.iter().rev() {
            grow(page, alone, &mut found, at, at - 1);
        }
    }
    found
}

/// A probability whose odds are multiplied so that `threshold` would become 0.5.
fn weighed(p: f32, threshold: f32) -> f32 {
    let dropped = p * (1.0 - threshold);
    dropped / (dropped + (1.0 - p) * threshold)
}

/// Takes a personal line for what its neighbour is.
fn grow(page: &Page, alone: &[f32], found: &mut [f32], from: usize, to: usize) {
    let is_next = found[from] > TAKEN && found[to] <= TAKEN;
    if is_next && page.is_personal[to] && alone[to] >= GROWING {
        found[to] = found[from];
    }
}

impl Page {
    /// The share of the words of the lines that `counts` in lines that are personal.
    fn personal_share(&self, counts: impl Fn(usize) -> bool) -> f32 {
        let (mut personal, mut all) = (0.0, 0.0);
        for (at, &words) in self.words.iter().enumerate().filter(|(at, _)| counts(*at)) {
            all += words;
            personal += if self.is_personal[at] { words } else { 0.0 };
        }
        personal / f32::max(all, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_threshold_becomes_one_half() {
        assert_eq!(weighed(0.5, 0.5), 0.5);
        assert!((weighed(0.3, 0.3) - 0.5).abs() < 1e-6);
        assert_eq!((weighed(0.0, 0.3), weighed(1.0, 0.3)), (0.0, 1.0));
    }
}
