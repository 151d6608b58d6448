//! Splits the text of a record into the sentences that a perturbation rearranges.

use epitome_text::{Language, LineEnds};

use crate::record::Record;

/// Returns the sentences of a record's text by the program's own segmenter. Wrapped lines
/// are joined.
pub(super) fn sentences(record: &Record) -> Vec<String> {
    let language = record
        .language
        .parse::<Language>()
        .unwrap_or_else(|_| Language::detect_with(&record.title, &record.text));
    LineEnds::Auto.sentences(&record.text, language)
}
