//! Divides a document into lines.

use std::ops::Range;

use super::super::{Document, Sentence};

/// Returns the lines of the body as ranges of its sentences.
///
/// Lines are separated by line ends; in hard-wrapped text by blank lines. A text is hard-wrapped
/// here if at least half of its single line ends between sentences are before a lower-case letter.
pub(super) fn lines(document: &Document) -> Vec<Range<usize>> {
    let sentences = document.sentences();
    let breaks: Vec<Break> = sentences.windows(2).map(|two| gap(document, two)).collect();

    let single = breaks
        .iter()
        .filter(|it| matches!(it, Break::LineEnd { .. }))
        .count();
    let wraps = breaks
        .iter()
        .filter(|it| **it == Break::LineEnd { wraps: true })
        .count();
    let wrapped = wraps > 0 && 2 * wraps >= single;

    let ends = breaks.iter().enumerate().filter_map(|(at, it)| match it {
        Break::Blank => Some(at + 1),
        Break::LineEnd { .. } if !wrapped => Some(at + 1),
        _ => None,
    });
    let mut start = 0;
    ends.chain((!sentences.is_empty()).then_some(sentences.len()))
        .map(|end| std::mem::replace(&mut start, end)..end)
        .collect()
}

/// Returns the text of a line, given as a range of sentences of the body.
pub(super) fn line_text<'d>(document: &'d Document, line: &Range<usize>) -> &'d str {
    let sentences = &document.sentences()[line.clone()];
    let first = sentences.first().map_or(0, |it| it.span.start as usize);
    let end = sentences.last().map_or(0, |it| it.span.end as usize);
    &document.full_text()[first..end]
}

impl Document {
    /// Returns whether at least half of the line ends of the body are joined, those next to blank
    /// lines not counted.
    pub(super) fn is_hard_wrapped(&self) -> bool {
        let body = self.body_start as usize;
        let (mut all, mut joined, mut at) = (0, 0, body);
        let mut lines = self.full_text()[body..].split('\n').peekable();
        while let Some(line) = lines.next() {
            at += line.len();
            let is_inside = !line.trim().is_empty()
                && lines.peek().is_some_and(|it| !it.trim().is_empty());
            if is_inside {
                all += 1;
                joined += usize::from(self.seams.cover(at));
            }
            at += 1;
        }
        joined > 0 && 2 * joined >= all
    }
}

/// The break between two successive sentences.
#[derive(PartialEq)]
enum Break {
    /// No line end, or a joined one.
    Inside,
    /// One line end.
    LineEnd {
        /// Whether the next line begins in lower case.
        wraps: bool,
    },
    /// At least one blank line.
    Blank,
}

/// Returns the break between two successive sentences.
fn gap(document: &Document, two: &[Sentence]) -> Break {
    let text = document.full_text();
    let gap = &text[two[0].span.end as usize..two[1].span.start as usize];
    let start = two[0].span.end as usize;
    let ends =
        |&(at, byte): &(usize, u8)| byte == b'\n' && !document.seams.cover(start + at);
    match gap.bytes().enumerate().filter(ends).count() {
        0 => Break::Inside,
        1 => Break::LineEnd {
            wraps: two[1].span.of(text).starts_with(char::is_lowercase),
        },
        _ => Break::Blank,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Analyser, LineEnds, Segmenter, Source};

    fn lines_of(text: &str) -> Vec<Range<usize>> {
        let language = "en".parse().unwrap();
        let segmenter = Segmenter::Own;
        let source = Source {
            id: "",
            title: "A title",
            text,
            language,
            segmenter,
            line_ends: LineEnds::Auto,
        };
        lines(&Analyser::default().analyse(source))
    }

    #[test]
    fn a_line_holds_its_sentences() {
        assert_eq!(lines_of("One. Two.\nThree.\n\nFour."), [0..2, 2..3, 3..4]);
        assert_eq!(lines_of("One. Two. Three.").len(), 1);
        assert!(lines_of("").is_empty());
    }

    #[test]
    fn a_text_is_wrapped_whose_line_ends_are_joined() {
        let paragraph = "The miller told the council that the repair of the\n\
                         sluice was under way, and that the wheel would be\n\
                         turning by autumn. Every gate on the river had been\n\
                         opened by hand in that night, and the bell was rung\n\
                         until the morning.\n";

        let is_wrapped = |text: &str| {
            let source = Source {
                id: "",
                title: "",
                text,
                language: "en".parse().unwrap(),
                segmenter: Segmenter::Own,
                line_ends: LineEnds::Auto,
            };
            Analyser::default().analyse(source).is_hard_wrapped()
        };

        assert!(is_wrapped(&format!(
            "The mill\n\n{paragraph}\nMenu\nHome\n"
        )));
        assert!(!is_wrapped("The mill turns.\nIt grinds.\n\nIt is old.\n"));
        assert!(!is_wrapped(&format!("{paragraph}\n{}", "Menu\n".repeat(9))));
    }

    #[test]
    fn lines_of_hard_wrapped_text_are_its_paragraphs() {
        assert_eq!(
            lines_of("The bridge\nwas closed\nfor a year.\n\nIt is\nopen now."),
            [0..3, 3..5]
        );
    }
}
