//! Adjusts the probabilities of lines to the page as a whole.
//!
//! 1. The odds of a line are multiplied so that a threshold becomes 0.5: 0.2 for a short line, or
//!    one without a mark of the end of a sentence, since dropping it wrongly costs few words and
//!    keeping it wrongly may cost a sentence of the summary; 0.3 for other lines. This step is left
//!    out for pages unlike those that the model was fitted on: with fewer than [`TEXT_LINES`] lines
//!    of text, or [`FEW_TEXT_LINES`] for short lines and those without a mark; with more than half
//!    of the words in lines that contain *I*, *you* or *we*, as in letters and diaries; or with
//!    hard-wrapped lines, as in licences, manuals and books.
//! 2. A request to readers after a report is in the first and second person. If at most a share of
//!    [`PERSONAL`] of the words that are kept is in lines that contain *I*, *you* or *we* outside
//!    quotes, such a line next to a dropped one is also dropped, if its own probability is at
//!    least [`GROWING`].
//! 3. Lines from the first line of the comments (`comments.rs`) on are boilerplate.
//! 4. So are lines that say by their words that they are (`labels.rs`).
//!
//! The numbers of the first two were chosen by cross-validation on the labelled pages, but for
//! [`FEW_TEXT_LINES`], which was chosen on other pages and on texts without boilerplate.
//! `scripts/measure-boilerplate` also chooses the thresholds without the pages that it measures.

use super::{comments, features::Page};

/// Probability above which a sentence is boilerplate.
pub(super) const TAKEN: f32 = 0.5;

/// Probabilities of the regressions from which on a line is boilerplate, on pages like those that the
/// model was fitted on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Thresholds {
    /// Threshold for lines that are text.
    pub text: f32,
    /// Threshold for lines that are short or have no mark of the end of a sentence.
    pub other: f32,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            text: 0.3,
            other: 0.2,
        }
    }
}

/// Minimum probability of a line of a comment, and of a line that says that it is no text.
const NO_TEXT: f32 = 0.9;

/// Minimum number of lines of text for step 1 with lines that are text.
const TEXT_LINES: usize = 8;

/// Minimum number of lines of text for step 1 with short lines and those without a mark of the end of a
/// sentence.
const FEW_TEXT_LINES: usize = 4;

/// Maximum share of words in personal lines for step 2.
const PERSONAL: f32 = 0.2;

/// Minimum probability of a line that is dropped together with its neighbour.
const GROWING: f32 = 0.1;

/// Returns the probabilities of the lines of a page, from those of each line alone.
pub(super) fn on_page(page: &Page, alone: &[f32], thresholds: Thresholds) -> Vec<f32> {
    let text_lines = page.is_text.iter().filter(|&&it| it).count();
    let is_known = !page.is_wrapped && page.personal_share(|_| true) <= 0.5;
    let is_text_known = is_known && text_lines >= TEXT_LINES;
    let is_other_known = is_known && text_lines >= FEW_TEXT_LINES;

    let weighed = alone
        .iter()
        .zip(&page.is_text)
        .map(|(&p, &is_text)| match is_text {
            true if is_text_known => weighed(p, thresholds.text),
            false if is_other_known => weighed(p, thresholds.other),
            _ => p,
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

    if let Some(first) = comments::first_line(&page.words, &page.has_time) {
        for p in &mut found[first..] {
            *p = p.max(NO_TEXT);
        }
    }
    let lines = found.iter_mut().zip(&page.is_labelled);
    for (p, _) in lines.filter(|(_, is_labelled)| **is_labelled) {
        *p = p.max(NO_TEXT);
    }
    found
}

/// Multiplies the odds of a probability by the factor by which `threshold` becomes 0.5.
fn weighed(p: f32, threshold: f32) -> f32 {
    let dropped = p * (1.0 - threshold);
    dropped / (dropped + (1.0 - p) * threshold)
}

/// Gives a personal line the probability of its dropped neighbour.
fn grow(page: &Page, alone: &[f32], found: &mut [f32], from: usize, to: usize) {
    let is_next = found[from] > TAKEN && found[to] <= TAKEN;
    if is_next && page.is_personal[to] && alone[to] >= GROWING {
        found[to] = found[from];
    }
}

impl Page {
    /// Returns, of the words in the lines for which `counts` is true, the share in personal lines.
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
