//! Panels of a LaTeX table: columns that fit the width of the text beside each other.

use std::ops::Range;

use super::grid::{Grid, GridBlock, GridCell, GridGroup, short};

/// Width of the text of the class `article`, in points.
const TEXT_WIDTH: f64 = 345.0;

/// How much wider than the text a panel may be: it is scaled down so much, to type of 7.2 points.
const SLACK: f64 = 1.1;

/// Distance between two columns, in points.
const BETWEEN: f64 = 8.0;

/// Maximum number of lines of the panels and notes on a page, below the caption.
const LINES: usize = 54;

/// Number of characters of a line of notes.
const LINE: usize = 88;

/// Number of lines of a panel besides its rows: titles, rules, and the distance to the next.
const AROUND: usize = 5;

/// Returns the table in as few parts as possible whose columns fit the width of the text, and which
/// are about equally wide. Each part has the columns of words. Groups of columns stay whole if they
/// fit.
pub(super) fn panels(grid: &Grid) -> Vec<Grid> {
    let room = SLACK * TEXT_WIDTH - width_of(grid, &(0..grid.words));
    let mut parts = parts(grid, room);
    for narrower in (1..20).map(|step| room * (1.0 - f64::from(step) / 20.0)) {
        let found = self::parts(grid, narrower);
        if found.len() > parts.len() {
            break;
        }
        parts = found;
    }
    match parts.as_slice() {
        [] | [_] => vec![grid.clone()],
        parts => parts.iter().map(|part| part_of(grid, part)).collect(),
    }
}

/// Returns the columns that are not words in ranges that fit into `room`.
fn parts(grid: &Grid, room: f64) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    for group in groups(grid) {
        let width = width_of(grid, &group);
        match parts.last_mut() {
            Some(part) if width_of(grid, part) + width <= room => part.end = group.end,
            _ if width <= room => parts.push(group),
            _ => parts.extend(divided(grid, group, room)),
        }
    }
    parts
}

/// Returns panels by the page that they are on, each page with at least one. The notes are on the
/// last page.
pub(super) fn pages(panels: Vec<Grid>, notes: &[String]) -> Vec<Vec<Grid>> {
    let mut pages: Vec<Vec<Grid>> = Vec::new();
    let lines = |panel: &Grid| panel.rows.len() + 2 * panel.blocks.len() + AROUND;
    for panel in panels {
        match pages.last_mut() {
            Some(page)
                if page.iter().map(lines).sum::<usize>() + lines(&panel) <= LINES =>
            {
                page.push(panel);
            }
            _ => pages.push(vec![panel]),
        }
    }

    let of_notes = notes.iter().map(|note| note.chars().count().div_ceil(LINE));
    let below: usize = of_notes.sum();
    if let Some(page) = pages.last_mut()
        && page.len() > 1
        && page.iter().map(lines).sum::<usize>() + below > LINES
    {
        let last = page.pop();
        pages.extend(last.map(|panel| vec![panel]));
    }
    pages
}

/// Returns the columns that are not words as ranges that are kept together: the groups, or each
/// column by itself outside of groups.
fn groups(grid: &Grid) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut at = grid.words;
    while at < grid.header.len() {
        let found = grid.groups.iter().find(|group| group.from == at);
        let end = found.map_or(at + 1, |group| group.to.max(at + 1));
        ranges.push(at..end);
        at = end;
    }
    ranges
}

/// Returns the columns of a group in ranges that fit into `room`, each with at least one column.
fn divided(grid: &Grid, group: Range<usize>, room: f64) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for at in group {
        match ranges.last_mut() {
            Some(range) if width_of(grid, &(range.start..at + 1)) <= room => {
                range.end = at + 1;
            }
            _ => ranges.push(at..at + 1),
        }
    }
    ranges
}

/// Returns the table with the columns of words and the given ones, without the rows that have
/// nothing in these.
fn part_of(grid: &Grid, part: &Range<usize>) -> Grid {
    let kept = || (0..grid.words).chain(part.clone());
    let cells = |row: &Vec<GridCell>| kept().map(|at| row[at].clone()).collect();
    let moved = |at: usize| at.clamp(part.start, part.end) - part.start + grid.words;
    let is_empty =
        |row: &[GridCell]| row[part.clone()].iter().all(|it| it.text.is_empty());
    let rows = grid.rows.iter().filter(|row| !is_empty(row));
    let above = |from: usize| {
        let rows = grid.rows.iter().take(from);
        rows.filter(|row| !is_empty(row)).count()
    };
    let count = above(grid.rows.len());
    let blocks = grid.blocks.iter().map(|block| GridBlock {
        title: block.title.clone(),
        from: above(block.from),
    });
    let groups = grid.groups.iter().map(|group| GridGroup {
        title: group.title.clone(),
        from: moved(group.from),
        to: moved(group.to),
    });
    Grid {
        header: kept().map(|at| grid.header[at].clone()).collect(),
        rows: rows.map(cells).collect(),
        blocks: blocks.filter(|block| block.from < count).collect(),
        groups: groups.filter(|group| group.from < group.to).collect(),
        ..grid.clone()
    }
}

/// Returns the width of columns, in points.
fn width_of(grid: &Grid, columns: &Range<usize>) -> f64 {
    columns.clone().map(|at| column_width(grid, at)).sum()
}

/// Returns the width of a column in `\footnotesize` with the distance to the next, in points.
fn column_width(grid: &Grid, at: usize) -> f64 {
    let numbers = grid.rows.iter().map(|row| number_width(&row[at]));
    let signs = grid.rows.iter().map(|row| signs_width(&row[at]));
    let cells = numbers.fold(0.0, f64::max) + signs.fold(0.0, f64::max);
    cells.max(text_width(&grid.header[at], 8.0)) + BETWEEN
}

/// Returns the width of the number of a cell. What is after ± is in `\scriptsize`.
fn number_width(cell: &GridCell) -> f64 {
    let bold = if cell.best { 1.15 } else { 1.0 };
    match cell.text.split_once(" ±") {
        Some((mean, half)) => bold * text_width(mean, 8.0) + text_width(half, 7.0) + 9.0,
        None => bold * text_width(&cell.text, 8.0),
    }
}

/// Returns the width of the marks and letters of a cell.
fn signs_width(cell: &GridCell) -> f64 {
    let mark = if cell.best || cell.near { 5.0 } else { 0.0 };
    match cell.letters.as_str() {
        "" => mark,
        letters => mark + 1.5 + text_width(&short(letters, "--"), 6.0),
    }
}

/// Returns the width of a text in Computer Modern at a font size, both in points.
fn text_width(text: &str, size: f64) -> f64 {
    let ems = text.chars().map(|sign| match sign {
        '.' | ',' | ':' | ';' | '\'' | 'i' | 'l' | 'j' | '!' | '|' => 0.29,
        '-' | '(' | ')' | '[' | ']' | ' ' | 'f' | 't' | 'r' | 's' => 0.4,
        'm' | 'w' | 'M' | 'W' | '=' | '+' | '−' | '%' | '@' | '<' | '>' => 0.83,
        'A'..='Z' => 0.72,
        _ => 0.54,
    });
    size * ems.sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns a table of `groups` groups of two columns with intervals and letters.
    fn grid(groups: usize, rows: usize) -> Grid {
        let header = (0..2 * groups).map(|at| format!("rouge-{at}"));
        let name = || GridCell::text("text-rank(damping=0.7)");
        let cell = || GridCell {
            letters: "ab".to_owned(),
            ..GridCell::text("27.02 ±0.76")
        };
        let row = || -> Vec<GridCell> {
            std::iter::once(name())
                .chain((0..2 * groups).map(|_| cell()))
                .collect()
        };
        Grid {
            header: std::iter::once("system".to_owned()).chain(header).collect(),
            words: 1,
            rows: (0..rows).map(|_| row()).collect(),
            groups: (0..groups)
                .map(|at| GridGroup {
                    title: format!("corpus {at}"),
                    from: 1 + 2 * at,
                    to: 3 + 2 * at,
                })
                .collect(),
            ..Grid::default()
        }
    }

    #[test]
    fn groups_that_do_not_fit_are_in_panels_with_the_names() {
        let whole = grid(4, 6);
        let found = panels(&whole);
        assert_eq!(found.len(), 2, "two groups fit beside each other");
        for panel in &found {
            assert_eq!(
                (panel.header.len(), panel.header[0].as_str()),
                (5, "system")
            );
            assert!(width_of(panel, &(0..5)) <= SLACK * TEXT_WIDTH);
            let ranges = panel.groups.iter().map(|group| (group.from, group.to));
            assert_eq!(ranges.collect::<Vec<_>>(), [(1, 3), (3, 5)]);
        }
        assert_eq!(found[1].header[1], "rouge-4");
        assert_eq!(found[1].groups[0].title, "corpus 2");
        assert_eq!(panels(&grid(2, 6)).len(), 1);
    }

    #[test]
    fn a_group_that_does_not_fit_is_divided_under_its_title() {
        let mut whole = grid(4, 6);
        whole.groups = vec![GridGroup {
            title: "news".to_owned(),
            from: 1,
            to: 9,
        }];
        let found = panels(&whole);
        assert!(found.len() > 1);
        assert!(found.iter().all(|panel| panel.groups[0].title == "news"));
        let columns: usize = found.iter().map(|panel| panel.header.len() - 1).sum();
        assert_eq!(columns, 8, "each column once");
    }

    #[test]
    fn a_row_without_scores_in_a_panel_is_not_in_it() {
        let mut whole = grid(4, 3);
        for cell in &mut whole.rows[2][5..] {
            *cell = GridCell::default();
        }
        whole.blocks = vec![GridBlock {
            title: "knows the references".to_owned(),
            from: 2,
        }];
        let found = panels(&whole);
        let sizes = found.iter().map(|it| (it.rows.len(), it.blocks.len()));
        assert_eq!(sizes.collect::<Vec<_>>(), [(3, 1), (2, 0)]);
    }

    #[test]
    fn panels_that_do_not_fit_a_page_are_on_the_next() {
        let of = |groups, rows, note: usize| {
            let notes = ["a".repeat(note)];
            let pages = pages(panels(&grid(groups, rows)), &notes);
            pages.iter().map(Vec::len).collect::<Vec<_>>()
        };
        assert_eq!(of(4, 6, 0), [2]);
        assert_eq!(of(4, 30, 0), [1, 1]);
        assert_eq!(of(1, 100, 0), [1]);
        assert_eq!(of(4, 20, LINE), [2]);
        assert_eq!(of(4, 20, 5 * LINE), [1, 1], "notes need room too");
    }
}
