//! A table before it is drawn.

use serde::Serialize;

/// A table of texts, numbers to the right.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Grid {
    /// The titles of the columns.
    pub header: Vec<String>,
    /// How many columns, from the left, are words and not numbers.
    pub words: usize,
    /// The rows, each as long as the header.
    pub rows: Vec<Vec<GridCell>>,
    /// Sentences below it.
    pub notes: Vec<String>,
    /// Rows that stand apart from those before them, in their order.
    pub blocks: Vec<GridBlock>,
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
    /// The title of the block that begins with a row.
    pub(super) fn block_at(&self, row: usize) -> Option<&str> {
        let found = self.blocks.iter().find(|block| block.from == row);
        found.map(|block| block.title.as_str())
    }
}

/// A cell of a [`Grid`].
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct GridCell {
    /// What it says; empty for what is unknown.
    pub text: String,
    /// Whether it is the best of its column.
    pub best: bool,
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
    fn no_p_value_is_nothing() {
        assert_eq!(
            [1e-9, 0.012, 0.5].map(p_value),
            ["<0.0001", "0.0120", "0.50"]
        );
    }
}
