//! How well lines are told apart.

use std::fmt;

use crate::pages::Judged;

/// Figures of a decision at 0.5. A line counts once.
#[derive(Default)]
pub(crate) struct Figures {
    hits: f64,
    missed: f64,
    false_alarms: f64,
    /// Words of the body, and those in lines taken for boilerplate.
    body: f64,
    lost: f64,
}

impl Figures {
    pub(crate) fn of(pages: &[Judged]) -> Self {
        let mut figures = Self::default();
        for Judged {
            document,
            labels,
            lines,
        } in pages
        {
            for line in lines {
                let p = f64::from(document.sentences()[line.start].boilerplate);
                let sentences = &document.sentences()[line.clone()];
                let words: usize = sentences.iter().map(|it| document.words(it)).sum();
                figures.count(p, labels[line.start], words as f64);
            }
        }
        figures
    }

    /// The lines of boilerplate that are found, if at most this share of the words of the body
    /// is dropped.
    pub(crate) fn found_within(&self, share: f64) -> Option<f64> {
        (self.lost <= share * self.body).then_some(self.hits)
    }

    fn count(&mut self, p: f64, is_boilerplate: bool, words: f64) {
        match (is_boilerplate, p > 0.5) {
            (true, true) => self.hits += 1.0,
            (true, false) => self.missed += 1.0,
            (false, true) => self.false_alarms += 1.0,
            (false, false) => {}
        }
        if !is_boilerplate {
            self.body += words;
            self.lost += if p > 0.5 { words } else { 0.0 };
        }
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let precision = self.hits / (self.hits + self.false_alarms);
        let recall = self.hits / (self.hits + self.missed);
        let f1 = 2.0 * precision * recall / (precision + recall);
        let lost = 100.0 * self.lost / self.body;
        write!(
            out,
            "F1 {f1:.3} (precision {precision:.3}, recall {recall:.3}), {lost:.2} % of body words dropped"
        )
    }
}
