//! Removes white space at the ends of sentences.

use crate::span::Span;

/// Appends the span `start..end` without the white space at its ends, unless it is empty then.
pub(super) fn push(text: &str, start: usize, end: usize, out: &mut Vec<Span>) {
    let body = text[start..end].trim_start();
    let start = end - body.len();
    let end = start + body.trim_end().len();
    if let (Ok(start), Ok(end)) = (u32::try_from(start), u32::try_from(end))
        && start < end
    {
        out.push(Span { start, end });
    }
}
