//! A table before it is drawn.

use serde::Serialize;

/// A table of texts, numbers to the right.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Grid {
    /// What LaTeX refers to it by; empty where nothing does.
    pub label: String,
    /// What it is of: corpus, budget, number of documents.
    pub caption: String,
    /// The titles of the columns.
    pub header: Vec<String>,
    /// Number of columns, from the left, that contain words and are aligned to the left.
    pub words: usize,
    /// Rows, each as long as the header.
    pub rows: Vec<Vec<GridCell>>,
    /// Explanations of marks and columns.
    pub legend: Vec<Explained>,
    /// Notes below the table.
    pub notes: Vec<String>,
    /// Rows that stand apart from those before them, in their order.
    pub blocks: Vec<GridBlock>,
    /// Columns that belong together, under a title of their own; LaTeX alone draws it.
    pub groups: Vec<GridGroup>,
    /// What is left out first where a table is too wide.
    pub dispensable: Vec<Part>,
}

/// Columns of a [`Grid`] that belong together.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct GridGroup {
    /// What they are of.
    pub title: String,
    /// The first of them.
    pub from: usize,
    /// The first that is not one of them any more.
    pub to: usize,
}

/// A part of a [`Grid`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Part {
    /// The whole table.
    Table,
    /// The letters after numbers.
    Letters,
    /// A column, by its index.
    Column(usize),
}

/// The explanation of a part of a [`Grid`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explained {
    /// The part.
    pub part: Part,
    /// Text of the explanation.
    pub text: String,
}

impl Explained {
    /// Creates the explanation of a part.
    pub(super) fn new(part: Part, text: impl Into<String>) -> Self {
        Self {
            part,
            text: text.into(),
        }
    }
}

/// A group of rows of a [`Grid`], under a title. It ends where the next group begins.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct GridBlock {
    /// Title of the group.
    pub title: String,
    /// Index of its first row.
    pub from: usize,
}

impl Grid {
    /// Returns the cells of a row at the widths of their columns: words on the left of
    /// theirs, numbers on the right.
    pub(super) fn padded(&self, cells: &[String], widths: &[usize]) -> Vec<String> {
        cells
            .iter()
            .zip(widths)
            .enumerate()
            .map(|(at, (cell, &width))| match at < self.words {
                true => format!("{cell:<width$}"),
                false => format!("{cell:>width$}"),
            })
            .collect()
    }

    /// Returns the title of the group that begins with a row, if one does.
    pub(super) fn block_at(&self, row: usize) -> Option<&str> {
        let found = self.blocks.iter().find(|block| block.from == row);
        found.map(|block| block.title.as_str())
    }

    /// Returns the table without some of its parts and their explanations.
    pub(super) fn without(&self, parts: &[Part]) -> Self {
        let kept: Vec<usize> = (0..self.header.len())
            .filter(|&at| !parts.contains(&Part::Column(at)))
            .collect();
        let cell = |cell: &GridCell| match parts.contains(&Part::Letters) {
            true => GridCell {
                letters: String::new(),
                ..cell.clone()
            },
            false => cell.clone(),
        };
        let rows = self
            .rows
            .iter()
            .map(|row| kept.iter().map(|&at| cell(&row[at])).collect());

        let mut legend = self.legend.clone();
        legend.retain(|explained| !parts.contains(&explained.part));
        Self {
            header: kept.iter().map(|&at| self.header[at].clone()).collect(),
            words: kept.iter().filter(|at| **at < self.words).count(),
            rows: rows.collect(),
            legend,
            ..self.clone()
        }
    }

    /// Returns the name of a part.
    pub(super) fn name_of(&self, part: Part) -> &str {
        match part {
            Part::Table => &self.caption,
            Part::Letters => "letters",
            Part::Column(at) => &self.header[at],
        }
    }

    /// Returns the legend as one line; empty if there is nothing to explain.
    pub(super) fn legend_text(&self) -> String {
        let texts = self.legend.iter().map(|explained| explained.text.as_str());
        texts.collect::<Vec<_>>().join("; ")
    }
}

/// A cell of a [`Grid`].
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct GridCell {
    /// Text; empty if the value is unknown.
    pub text: String,
    /// Whether the cell is marked as the best of its column, or as a significant difference.
    pub best: bool,
    /// Whether it is not shown to differ from the best of its column.
    pub near: bool,
    /// Letters of the groups of systems that are not shown to differ.
    pub letters: String,
}

impl GridCell {
    /// Creates a cell with a text and nothing else.
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }
}

/// Returns the width of each column in characters, at least `least`.
pub(super) fn widths(
    header: &[String],
    rows: &[Vec<String>],
    least: usize,
) -> Vec<usize> {
    (0..header.len())
        .map(|at| {
            let title = header[at].chars().count();
            let cells = rows.iter().map(|row| row[at].chars().count());
            cells.fold(title, usize::max).max(least)
        })
        .collect()
}

/// Abbreviates three or more successive letters to a range: `bcdef` to `b–f`.
pub(super) fn short(letters: &str, dash: &str) -> String {
    let letters: Vec<char> = letters.chars().collect();
    let mut out = String::new();
    for run in letters.chunk_by(|a, b| *b as u32 == *a as u32 + 1) {
        match run {
            [first, _, .., last] => {
                out.extend([&first.to_string(), dash, &last.to_string()]);
            }
            few => out.extend(few),
        }
    }
    out
}

/// Formats a p-value with four decimals below 0.1, else with two; one that would be 0 is `<0.0001`.
pub fn p_value(p: f64) -> String {
    match p {
        p if p < 0.000_1 => "<0.0001".to_owned(),
        p if p < 0.1 => format!("{p:.4}"),
        p => format!("{p:.2}"),
    }
}

/// Formats a number as an integer with commas between thousands: `12345.6` as `12,346`.
pub(super) fn thousands(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Replaces control characters except line ends, and marks of writing direction, by U+FFFD: they
/// could change the state of a terminal or the order of what is displayed.
pub fn printable(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' => c,
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                char::REPLACEMENT_CHARACTER
            }
            c if c.is_control() => char::REPLACEMENT_CHARACTER,
            c => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn successive_letters_are_a_range() {
        assert_eq!(short("abcdf", "–"), "a–df");
        assert_eq!(short("ab", "–"), "ab");
        assert_eq!(short("", "–"), "");
    }

    #[test]
    fn a_part_is_left_out_with_its_explanation() {
        let cell = |text: &str| GridCell {
            letters: "a".to_owned(),
            ..GridCell::text(text)
        };
        let grid = Grid {
            header: ["system", "x", "y"].map(str::to_owned).to_vec(),
            words: 1,
            rows: vec![["s", "1", "2"].map(cell).to_vec()],
            legend: vec![
                Explained::new(Part::Column(1), "x is so"),
                Explained::new(Part::Letters, "letters are so"),
                Explained::new(Part::Column(2), "y is so"),
            ],
            ..Grid::default()
        };

        let less = grid.without(&[Part::Column(1), Part::Letters]);
        assert_eq!(
            (less.header, less.rows[0].len()),
            (vec!["system".to_owned(), "y".to_owned()], 2)
        );
        assert_eq!(less.rows[0][1], GridCell::text("2"));
        assert_eq!(less.legend.len(), 1);
    }

    #[test]
    fn a_p_value_is_never_printed_as_0() {
        assert_eq!(
            [1e-9, 0.012, 0.5].map(p_value),
            ["<0.0001", "0.0120", "0.50"]
        );
    }
}
