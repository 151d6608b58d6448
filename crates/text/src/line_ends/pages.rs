//! Sentences that go on behind a page break.
//!
//! The last line of a wrapped block and the first line of a later block are one sentence if
//!
//! * the first is open and at least half as long as the block is wide, and the second goes
//!   on in small letters,
//! * a form feed or the foot of a page (a number alone, or `[Page 7]` at the end of a line)
//!   stands between them, and
//! * whatever else stands between them is a page's head or foot: a row of columns or a page
//!   number, and no more than two of them.

use super::{
    blocks::{BlockKind, Decided},
    line::Line,
};

/// The most lines between two pages that are no text: a foot and a head.
const MOST: usize = 2;

/// The lines that go on behind a page break, each with the line that it goes on in.
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

/// The line that goes on with the sentence of the line before `end`, on another page.
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
    let is_parted = lines[end..=end + between]
        .iter()
        .any(|it| it.is_on_new_page)
        || lines[end..end + between].iter().any(Line::is_page_number);
    (between <= MOST && is_parted && next.is_small() && !next.is_item() && !next.is_row())
        .then_some(end + between)
}

/// Whether a line may stand at the head or the foot of a page.
fn is_head_or_foot(line: &Line<'_>) -> bool {
    line.is_page_number() || line.body.contains("   ")
}
