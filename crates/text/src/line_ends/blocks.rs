//! Blocks, and which of their line ends are joined.

use std::ops::Range;

use super::{LineEnds, line::Line};

/// A run of lines of a text with no blank one between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineBlock {
    /// Their numbers in the text, from 0.
    pub lines: Range<usize>,
    /// What it is taken for.
    pub kind: BlockKind,
    /// How many of its line ends are joined.
    pub joined: usize,
}

/// What a block is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// One line.
    Line,
    /// Lines of which each is by itself.
    Lines,
    /// Lines broken to fit a width, in characters.
    Wrapped {
        /// The width.
        width: usize,
    },
    /// Lines that are joined because it was asked for.
    Joined,
}

/// A block with the line ends that are joined, as indices of the lines before them.
pub(super) struct Decided {
    pub block: LineBlock,
    /// How many lines that are not blank it has.
    pub length: usize,
    pub joined: Vec<usize>,
}

/// The widths that texts are wrapped at.
const WIDTHS: std::ops::RangeInclusive<usize> = 24..=132;

/// A block with fewer line ends says too little by itself.
const FEW: usize = 4;

/// Decides on every block of a text.
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

/// The blocks as ranges of the lines.
fn ranges(lines: &[Line<'_>]) -> Vec<Range<usize>> {
    let mut starts: Vec<usize> = (0..lines.len())
        .filter(|&at| at == 0 || lines[at].is_first)
        .collect();
    starts.push(lines.len());
    starts.windows(2).map(|two| two[0]..two[1]).collect()
}

/// The line ends of a block that have prose on both sides.
struct Ends {
    prose: Vec<usize>,
}

impl Ends {
    fn of(lines: &[Line<'_>], range: Range<usize>) -> Self {
        let cut = |line: &Line<'_>| line.is_item() && line.may_be_cut();
        let are_rare = lines[range.clone()].iter().filter(|line| cut(line)).count()
            <= 1.max(range.len() / 10);
        let mut is_code = false;
        let mut prose = Vec::with_capacity(range.len());
        for at in range.start..range.end.saturating_sub(1) {
            let (line, next) = (&lines[at], &lines[at + 1]);
            is_code ^= line.is_fence();
            // a dash or a number that a wrap has brought to the head of a line
            let is_cut = are_rare && line.is_open() && cut(next);
            let starts = next.is_item() && !is_cut;
            if !(is_code || starts || line.is_row() || next.is_row()) {
                prose.push(at);
            }
        }
        Self { prose }
    }
}

/// What the line ends of a block are like.
#[derive(Default)]
struct Shares {
    ends: usize,
    full: usize,
    running: usize,
    small: usize,
}

impl Shares {
    fn of(lines: &[Line<'_>], ends: &[usize], width: usize) -> Self {
        let mut shares = Self {
            ends: ends.len(),
            ..Self::default()
        };
        for &at in ends {
            let (line, next) = (&lines[at], &lines[at + 1]);
            shares.full += usize::from(with_next(line, next) > width);
            shares.running += usize::from(line.is_open() && next.goes_on());
            shares.small += usize::from(line.is_open() && next.is_small());
        }
        shares
    }
}

/// How long a line would be with the first word of the next one.
fn with_next(line: &Line<'_>, next: &Line<'_>) -> usize {
    line.length + usize::from(!next.starts_wide()) + next.first_word()
}

/// The width that a block of many lines is wrapped at, if it is.
fn width_of_long(lines: &[Line<'_>], range: Range<usize>) -> Option<usize> {
    let ends = Ends::of(lines, range.clone()).prose;
    let mut lengths: Vec<usize> = ends.iter().map(|&at| lines[at].length).collect();
    lengths.sort_unstable();
    let width = *lengths.get(lengths.len() * 9 / 10)?;
    if !WIDTHS.contains(&width) || ends.len() < FEW {
        return width_of_short(lines, range, None);
    }
    let Shares {
        ends,
        full,
        running,
        small,
    } = Shares::of(lines, &ends, width);
    let is_filled = 5 * full >= 4 * ends && 4 * running >= ends;
    let is_ragged = 2 * small >= ends && lengths[lengths.len() / 2] >= 40;
    (is_filled || is_ragged).then_some(width)
}

/// The width that a block of few lines is wrapped at, if it is; `usual` is that of the
/// text's long blocks.
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
    let shares = Shares::of(lines, &ends, width - width / 8);
    let is_full = shares.full == shares.ends;
    let is_running = 2 * shares.running >= shares.ends;
    (is_full && (known.is_some() || is_running)).then_some(width)
}

/// Whether a line end of a wrapped block is joined.
fn joins(lines: &[Line<'_>], block: &Range<usize>, end: usize, width: usize) -> bool {
    let (line, next) = (&lines[end], &lines[end + 1]);
    let is_running = line.is_open() && next.goes_on();
    let is_hanging = line.is_item() || end > block.start && line.indent == next.indent;
    if next.indent > line.indent + 1 && !is_hanging && !is_running {
        return false; // the indentation of a paragraph
    }
    is_running && 2 * line.length >= width
        || with_next(line, next) > width - width * 3 / 20
}
