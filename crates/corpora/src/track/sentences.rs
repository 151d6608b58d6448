//! The sentences that a change is of.

use epitome_text::{Language, Rules, Segmenter};

use crate::record::Record;

/// The sentences of a record's text as the program's own segmenter finds them.
pub(super) fn sentences(record: &Record) -> Vec<&str> {
    let language = record
        .language
        .parse::<Language>()
        .unwrap_or_else(|_| Language::detect(&record.text));
    let spans = Segmenter::Own.spans(&record.text, Rules::of(language.code()));
    spans.iter().map(|span| span.of(&record.text)).collect()
}
