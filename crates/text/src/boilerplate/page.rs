//! Adjusts the probabilities of lines to the page as a whole.
//!
//! 1. The odds of a line are multiplied so that a threshold becomes 0.5: 0.3 for a short line, or
//!    one without a mark of the end of a sentence, since dropping it wrongly costs few words and
//!    keeping it wrongly may cost a sentence of the summary; 0.4 for other lines. This step is left
//!    out for pages unlike those that the model was fitted on: with fewer than [`TEXT_LINES`] lines
//!    of text; with more than half of the words in lines that contain *I*, *you* or *we*, as in
//!    letters and diaries; or with hard-wrapped lines, as in licences, manuals and books.
//! 2. A request to readers after a report is in the first and second person. If at most a share of
//!    [`PERSONAL`] of the words that are kept is in lines that contain *I*, *you* or *we* outside
//!    quotes, such a line next to a dropped one is also dropped, if its own probability is at
//!    least [`GROWING`].
//!
//! The numbers were chosen by cross-validation on the labelled pages.

use super::features::Page;

/// Probability above which a sentence is boilerplate.
pub(super) const TAKEN: f32 = 0.5;

/// Threshold that becomes 0.5 for lines that are text.
const TEXT: f32 = 0.4;

/// Threshold that becomes 0.5 for lines that are not text.
const OTHER: f32 = 0.3;

/// Minimum number of lines of text for step 1.
const TEXT_LINES: usize = 8;

/// Maximum share of words in personal lines for step 2.
const PERSONAL: f32 = 0.2;

/// Minimum probability of a line that is dropped together with its neighbour.
const GROWING: f32 = 0.1;

/// Returns the probabilities of the lines of a page, from those of each line alone.
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
