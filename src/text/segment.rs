//! Sentences (interim; the real one is on its way).
use super::{Language, Span};
use unicode_segmentation::UnicodeSegmentation;
/// Sentences of a text.
pub fn sentences(text: &str, _language: Language) -> Vec<Span> {
    let mut out = Vec::new();
    for line in text.split('\n') {
        for s in line.unicode_sentences() {
            let s = s.trim();
            if s.is_empty() {
                continue;
            }
            let start = (s.as_ptr().addr() - text.as_ptr().addr()) as u32;
            out.push(Span { start, end: start + s.len() as u32 });
        }
    }
    out
}
