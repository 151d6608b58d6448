//! The sentences that a change is of.

use epitome_text::{Language, LineEnds};

use crate::record::Record;

/// The sentences of a record's text as the program's own segmenter finds them; wrapped
/// lines are joined.
pub(super) fn sentences(record: &Record) -> Vec<String> {
    let language = record
        .language
        .parse::<Language>()
        .unwrap_or_else(|_| Language::detect_with(&record.title, &record.text));
    LineEnds::Auto.sentences(&record.text, language)
}
