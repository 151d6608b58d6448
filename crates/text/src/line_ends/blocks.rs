//! Divides lines into blocks, and decides which line ends of each block are joined.

use std::ops::Range;

use super::{LineEnds, line::Line};

/// A run of lines of a text with no blank one between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineBlock {
    /// Indices of the lines in the text, blank lines counted.
    pub lines: Range<usize>,
    /// The kind that was decided for the block.
    pub kind: BlockKind,
    /// Number of line ends that are joined.
    pub joined: usize,
}

/// Kind of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// A single line.
    Line,
    /// Several lines, none of which continues the line before.
    Lines,
    /// Lines that were broken to fit a width.
    Wrapped {
        /// Width in characters.
        width: usize,
    },
    /// Lines that are joined because of [`LineEnds::Join`].
    Joined,
}

/// A block with its joined line ends.
pub(super) struct Decided {
    pub block: LineBlock,
    /// Number of lines that are not blank.
    pub length: usize,
    /// Joined line ends, as indices of the lines before them.
    pub joined: Vec<usize>,
}

/// Widths, in characters, that a wrapped text may have.
const WIDTHS: std::ops::RangeInclusive<usize> = 24..=132;

/// Maximum number of lines of a short block, whose line ends are too few to estimate a width.
const FEW: usize = 4;

/// Divides the lines of a text into blocks, and decides which line ends are joined.
pub(super) fn blocks(lines: &[Line<'_>], line_ends: LineEnds) -> Vec<Decided> {
    let ranges = ranges(lines);
    if line_ends != LineEnds::Auto {
        let all = line_ends == LineEnds::Join;
        let joins = |range: Range<usize>| match all {
            true => Ends::of(lines, range).prose,
            false => Vec::new(),
        };
        let kind = if all {
            BlockKind::Joined
        } else {
            BlockKind::Lines
        };
        return ranges
            .into_iter()
            .map(|range| decided(lines, range.clone(), kind, joins(range)))
            .collect();
    }

    // long blocks first: short ones are given their width
    let long: Vec<Option<usize>> = ranges
        .iter()
        .map(|range| {
            (range.len() > FEW)
                .then(|| width_of_long(lines, range.clone()))
                .flatten()
        })
        .collect();
    let usual = long.iter().flatten().copied().max();

    let width = |at: usize, range: &Range<usize>| match range.len() {
        0 | 1 => None,
        few if few <= FEW => width_of_short(lines, range.clone(), usual),
        _ => long[at]
            .or_else(|| usual.and_then(|_| width_of_short(lines, range.clone(), usual))),
    };
    ranges
        .iter()
        .enumerate()
        .map(|(at, range)| match width(at, range) {
            Some(width) => {
                let ends = Ends::of(lines, range.clone());
                let joined = ends
                    .prose
                    .into_iter()
                    .filter(|&end| joins(lines, range, end, width));
                let joined = joined.collect();
                decided(lines, range.clone(), BlockKind::Wrapped { width }, joined)
            }
            None => decided(lines, range.clone(), BlockKind::Lines, Vec::new()),
        })
        .collect()
}

/// Returns a block with its joined line ends; a block of one line has the kind
/// [`BlockKind::Line`].
fn decided(
    lines: &[Line<'_>],
    range: Range<usize>,
    kind: BlockKind,
    joined: Vec<usize>,
) -> Decided {
    let kind = if range.len() == 1 {
        BlockKind::Line
    } else {
        kind
    };

    let numbers = lines[range.start].number..lines[range.end - 1].number + 1;
    let block = LineBlock {
        lines: numbers,
        kind,
        joined: joined.len(),
    };
    Decided {
        block,
        length: range.len(),
        joined,
    }
}

/// Returns the blocks as ranges of indices of `lines`.
fn ranges(lines: &[Line<'_>]) -> Vec<Range<usize>> {
    let mut starts: Vec<usize> = (0..lines.len())
        .filter(|&at| at == 0 || lines[at].is_first)
        .collect();
    starts.push(lines.len());
    starts.windows(2).map(|two| two[0]..two[1]).collect()
}

/// The line ends of a block that have prose on both sides.
struct Ends {
    /// Indices of the lines before them.
    prose: Vec<usize>,
}

impl Ends {
    /// Returns the line ends of a block, given as a range of indices of `lines`.
    fn of(lines: &[Line<'_>], range: Range<usize>) -> Self {
        // lines that begin like an item are items if there are many of them
        let is_doubtful = |line: &Line<'_>| line.is_item() && line.may_be_wrapped_item();
        let doubtful = lines[range.clone()].iter().filter(|line| is_doubtful(line));
        let are_rare = doubtful.count() <= 1.max(range.len() / 10);

        let mut is_code = false;
        let mut prose = Vec::with_capacity(range.len());
        for at in range.start..range.end.saturating_sub(1) {
            let (line, next) = (&lines[at], &lines[at + 1]);
            is_code ^= line.is_fence();
            let is_prose = are_rare && line.is_open() && is_doubtful(next);
            let starts = next.is_item() && !is_prose;
            if !(is_code || starts || line.is_row() || next.is_row()) {
                prose.push(at);
            }
        }
        Self { prose }
    }
}

/// Counts of line ends of a block by property; `line_ends.rs` defines them.
#[derive(Default)]
struct EndCounts {
    all: usize,
    full: usize,
    running: usize,
    /// Open line ends before a line that begins in lower case.
    lower: usize,
}

impl EndCounts {
    /// Counts line ends, given as indices of the lines before them.
    fn of(lines: &[Line<'_>], ends: &[usize], width: usize) -> Self {
        let mut counts = Self {
            all: ends.len(),
            ..Self::default()
        };
        for &at in ends {
            let (line, next) = (&lines[at], &lines[at + 1]);
            counts.full += usize::from(with_next(line, next) > width);
            counts.running += usize::from(line.is_open() && next.may_continue());
            counts.lower += usize::from(line.is_open() && next.is_lower());
        }
        counts
    }
}

/// Returns the length of a line with the first word of the next one, in characters.
fn with_next(line: &Line<'_>, next: &Line<'_>) -> usize {
    line.length + usize::from(!next.starts_wide()) + next.first_word()
}

/// Returns the width of a block of many lines; `None` if it is not wrapped.
fn width_of_long(lines: &[Line<'_>], range: Range<usize>) -> Option<usize> {
    let ends = Ends::of(lines, range.clone()).prose;
    let mut lengths: Vec<usize> = ends.iter().map(|&at| lines[at].length).collect();
    lengths.sort_unstable();
    let width = *lengths.get(lengths.len() * 9 / 10)?;
    if !WIDTHS.contains(&width) || ends.len() < FEW {
        return width_of_short(lines, range, None);
    }

    let EndCounts {
        all,
        full,
        running,
        lower,
    } = EndCounts::of(lines, &ends, width);
    let is_filled = 5 * full >= 4 * all && 4 * running >= all;
    let is_ragged = 2 * lower >= all && lengths[lengths.len() / 2] >= 40;
    (is_filled || is_ragged).then_some(width)
}

/// Returns the width of a block of few lines; `None` if it is not wrapped. `usual` is the width of
/// the long blocks of the text, if there are any.
fn width_of_short(
    lines: &[Line<'_>],
    range: Range<usize>,
    usual: Option<usize>,
) -> Option<usize> {
    let ends = Ends::of(lines, range.clone()).prose;
    let longest = lines[range].iter().map(|line| line.length).max()?;
    let known = usual.filter(|&usual| longest <= usual + usual / 8);
    let width = known.unwrap_or(longest);
    if ends.is_empty() || !WIDTHS.contains(&width) {
        return None;
    }

    let counts = EndCounts::of(lines, &ends, width - width / 8);
    let is_full = counts.full == counts.all;
    let is_running = 2 * counts.running >= counts.all;
    (is_full && (known.is_some() || is_running)).then_some(width)
}

/// Returns whether a line end of a wrapped block is joined; `end` is the line before it.
fn joins(lines: &[Line<'_>], block: &Range<usize>, end: usize, width: usize) -> bool {
    let (line, next) = (&lines[end], &lines[end + 1]);
    let is_running = line.is_open() && next.may_continue();
    let is_hanging = line.is_item() || end > block.start && line.indent == next.indent;
    if next.indent > line.indent + 1 && !is_hanging && !is_running {
        return false; // the first line of a paragraph is indented
    }

    is_running && 2 * line.length >= width
        || with_next(line, next) > width - width * 3 / 20
}
