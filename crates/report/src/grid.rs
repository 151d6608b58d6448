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
    /// How many columns, from the left, are words and not numbers.
    pub words: usize,
    /// The rows, each as long as the header.
    pub rows: Vec<Vec<GridCell>>,
    /// What its signs and columns mean.
    pub legend: Vec<Explained>,
    /// Sentences below it.
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
    /// All of it.
    Table,
    /// The letters behind numbers.
    Letters,
    /// A column, by its place.
    Column(usize),
}

/// What a part of a [`Grid`] means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explained {
    /// The part.
    pub part: Part,
    /// What it means.
    pub text: String,
}

impl Explained {
    /// What a part means.
    pub(super) fn new(part: Part, text: impl Into<String>) -> Self {
        Self {
            part,
            text: text.into(),
        }
    }
}

/// Where rows of a [`Grid`] begin that stand apart.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct GridBlock {
    /// What they are.
    pub title: String,
    /// The first of them.
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

    /// The title of the block that begins with a row.
    pub(super) fn block_at(&self, row: usize) -> Option<&str> {
        let found = self.blocks.iter().find(|block| block.from == row);
        found.map(|block| block.title.as_str())
    }

    /// The table without some of its parts, and without what explains them.
    pub(super) fn without(&self, parts: &[Part]) -> Self {
        let is_kept = |at: &usize| !parts.contains(&Part::Column(*at));
        let kept: Vec<usize> = (0..self.header.len()).filter(is_kept).collect();
        let cell = |cell: &GridCell| match parts.contains(&Part::Letters) {
            true => GridCell {
                letters: String::new(),
                ..cell.clone()
            },
            false => cell.clone(),
        };
        let row = |row: &Vec<GridCell>| kept.iter().map(|&at| cell(&row[at])).collect();
        let mut legend = self.legend.clone();
        legend.retain(|explained| !parts.contains(&explained.part));
        Self {
            header: kept.iter().map(|&at| self.header[at].clone()).collect(),
            words: kept.iter().filter(|at| **at < self.words).count(),
            rows: self.rows.iter().map(row).collect(),
            legend,
            ..self.clone()
        }
    }

    /// What a part is called.
    pub(super) fn name_of(&self, part: Part) -> &str {
        match part {
            Part::Table => &self.caption,
            Part::Letters => "letters",
            Part::Column(at) => &self.header[at],
        }
    }

    /// The legend in one sentence; empty where nothing has to be explained.
    pub(super) fn legend_text(&self) -> String {
        let texts = self.legend.iter().map(|explained| explained.text.as_str());
        texts.collect::<Vec<_>>().join("; ")
    }
}

/// A cell of a [`Grid`].
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct GridCell {
    /// What it says; empty for what is unknown.
    pub text: String,
    /// Whether it is marked: the best of its column, a difference that is shown.
    pub best: bool,
    /// Whether it is not shown to differ from the best of its column.
    pub near: bool,
    /// The letters of its groups.
    pub letters: String,
}

impl GridCell {
    /// A cell of text alone.
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }
}

/// Returns the width of each column in characters, of which there are `least` at least.
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

/// Rows of neighbouring letters as a range: `bcdef` as `b–f`.
pub(super) fn short(letters: &str, dash: &str) -> String {
    let letters: Vec<char> = letters.chars().collect();
    let follows = |a: &char, b: &char| *b as u32 == *a as u32 + 1;
    let mut out = String::new();
    for run in letters.chunk_by(follows) {
        match run {
            [first, _, .., last] => {
                out.extend([&first.to_string(), dash, &last.to_string()]);
            }
            few => out.extend(few),
        }
    }
    out
}

/// Decimals of a p-value; never `0`.
pub(super) fn p_value(p: f64) -> String {
    match p {
        p if p < 0.000_1 => "<0.0001".to_owned(),
        p if p < 0.1 => format!("{p:.4}"),
        p => format!("{p:.2}"),
    }
}

/// `12345.6` as `12,346`.
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

/// Text whose control characters, which steer a terminal, and marks of direction, which turn
/// lines round, are U+FFFD; line ends stay.
pub fn printable(text: &str) -> String {
    let steers = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars()
        .map(|c| if steers(c) { '\u{fffd}' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_a_range() {
        assert_eq!(short("abcdf", "–"), "a–df");
        assert_eq!(short("ab", "–"), "ab");
        assert_eq!(short("", "–"), "");
    }

    #[test]
    fn what_is_left_out_takes_its_explanation_with_it() {
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
    fn no_p_value_is_nothing() {
        assert_eq!(
            [1e-9, 0.012, 0.5].map(p_value),
            ["<0.0001", "0.0120", "0.50"]
        );
    }
}
