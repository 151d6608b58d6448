//! Sentences that continue after a page break.
//!
//! The last line of a wrapped block and the first line of a later block are joined if
//!
//! * the first is open and at least half as long as the block is wide, and the second begins
//!   with a lower-case letter,
//! * there is a form feed or a page number (a number alone, or `[Page 7]` at the end of a line)
//!   between them, and
//! * all lines between them are headers or footers of a page (a row of columns or a page
//!   number), at most two of them.

use super::{
    blocks::{BlockKind, Decided},
    line::Line,
};

/// Maximum number of headers and footers between the texts of two pages.
const MAX_BETWEEN: usize = 2;

/// Returns the pairs of lines that are joined across a page break, as indices of `lines`.
pub(super) fn joined(lines: &[Line<'_>], blocks: &[Decided]) -> Vec<(usize, usize)> {
    let mut first = 0;
    let mut found = Vec::new();
    for decided in blocks {
        let end = first + decided.length;
        if let BlockKind::Wrapped { width } = decided.block.kind
            && let Some(next) = next_page(lines, end, width)
        {
            found.push((end - 1, next));
        }
        first = end;
    }
    found
}

/// Returns the line on the next page that continues the sentence of the line before `end`; `None`
/// if there is none. `width` is the width of the block that ends there.
fn next_page(lines: &[Line<'_>], end: usize, width: usize) -> Option<usize> {
    let last = &lines[end - 1];
    if !last.is_open() || last.is_item() || last.is_row() || 2 * last.length < width {
        return None;
    }

    let between = lines[end..]
        .iter()
        .take_while(|it| is_head_or_foot(it))
        .count();
    let next = lines.get(end + between)?;
    let is_page_break = lines[end..=end + between]
        .iter()
        .any(|it| it.is_on_new_page)
        || lines[end..end + between].iter().any(Line::is_page_number);
    (between <= MAX_BETWEEN
        && is_page_break
        && next.is_lower()
        && !next.is_item()
        && !next.is_row())
    .then_some(end + between)
}

/// Returns whether a line may be the header or footer of a page.
fn is_head_or_foot(line: &Line<'_>) -> bool {
    line.is_page_number() || line.body.contains("   ")
}
