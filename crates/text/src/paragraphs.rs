//! Paragraphs: which sentences of a text stand together.

use super::Span;

/// Numbers paragraphs as sentences are read in order.
pub(super) struct Paragraphs {
    blank_lines_separate: bool,
    number: u32,
    last: Option<Span>,
}

impl Paragraphs {
    /// Returns the numbering of a text with these sentences: blank lines separate paragraphs if
    /// there are any between sentences, line ends otherwise.
    pub(super) fn of(text: &str, sentences: &[Span]) -> Self {
        let blank_lines_separate = sentences
            .windows(2)
            .any(|two| is_separated(gap(text, two[0], two[1]), Separator::BlankLine));
        Self {
            blank_lines_separate,
            number: 0,
            last: None,
        }
    }

    /// Returns the number of the paragraph of the next sentence.
    pub(super) fn at(&mut self, text: &str, sentence: Span) -> u32 {
        if let Some(last) = self.last.replace(sentence) {
            let separator = match self.blank_lines_separate {
                true => Separator::BlankLine,
                false => Separator::LineEnd,
            };
            let separated = is_separated(gap(text, last, sentence), separator);
            self.number += u32::from(separated);
        }
        self.number
    }
}

/// Returns the text between two sentences.
fn gap(text: &str, before: Span, after: Span) -> &str {
    text.get(before.end as usize..after.start as usize)
        .unwrap_or("")
}

/// What separates two paragraphs.
#[derive(Clone, Copy, PartialEq)]
enum Separator {
    LineEnd,
    BlankLine,
}

/// Returns whether the text between two sentences contains the separator.
fn is_separated(gap: &str, by: Separator) -> bool {
    let Some((_, rest)) = gap.split_once('\n') else {
        return false;
    };
    let mut whole_lines = rest.rsplit('\n').skip(1);
    by == Separator::LineEnd || whole_lines.any(|line| line.trim().is_empty())
}
