//! The sentences of a record that a perturbation rearranges.

use epitome_text::{Language, LineEnds};

use crate::record::Record;

/// A line of the text of a record.
#[derive(Clone)]
pub(super) struct Line {
    pub(super) text: String,
    /// Whether it contains evidence.
    is_evidence: bool,
}

impl Line {
    /// Returns a line that contains no evidence.
    pub(super) fn of(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            is_evidence: false,
        }
    }
}

/// Returns the language of a record: the one that it states, or else the one that is
/// detected.
pub(super) fn language(record: &Record) -> Language {
    record
        .language
        .parse::<Language>()
        .unwrap_or_else(|_| Language::detect_with(&record.title, &record.text))
}

/// Returns the sentences of a record's text by the program's own segmenter. Wrapped lines
/// are joined. A sentence that shares a byte with evidence is evidence.
pub(super) fn sentences(record: &Record) -> Vec<Line> {
    let sentences = LineEnds::Auto.placed_sentences(&record.text, language(record));
    let line = |(span, text): (epitome_text::Span, String)| {
        let (start, end) = (span.start as usize, span.end as usize);
        let mut passages = record.evidence.iter();
        let is_evidence = passages.any(|it| it.start < end && start < it.end);
        Line { text, is_evidence }
    };
    sentences.into_iter().map(line).collect()
}

/// Makes lines the text of a record, and the lines that are evidence its evidence.
pub(super) fn replace(record: &mut Record, lines: &[Line]) {
    record.text.clear();
    record.evidence.clear();
    for (at, line) in lines.iter().enumerate() {
        if at > 0 {
            record.text.push('\n');
        }
        let start = record.text.len();
        record.text.push_str(&line.text);
        if line.is_evidence && !line.text.is_empty() {
            record.evidence.push(start..record.text.len());
        }
    }
}
