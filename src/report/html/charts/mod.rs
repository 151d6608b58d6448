//! Charts as pure functions: numbers in, SVG out. Colours are classes that the page's style
//! sheet knows, in light and dark.

mod heat;
mod interval;
mod labels;
mod lines;
mod ranks;
mod scale;
mod speed;
pub(super) mod svg;

pub(super) use heat::{Heat, heat};
pub(super) use interval::interval;
pub(super) use lines::{Across, Lines, Series, lines};
pub(super) use ranks::{Ranked, ranks};
pub(super) use scale::Spacing;
pub(super) use speed::{Measured, speed};

/// How a system is marked: one of the colours, or quiet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hue(pub(super) Option<usize>);

impl Hue {
    /// How many colours there are.
    pub(super) const COUNT: usize = 8;

    /// The classes of a group of shapes.
    fn class(self) -> String {
        match self.0 {
            Some(colour) => format!("s c{colour}"),
            None => "s quiet".to_owned(),
        }
    }
}

/// A value with its bounds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Estimate {
    /// The value.
    pub(super) value: f64,
    /// Its 95 % interval.
    pub(super) bounds: Option<(f64, f64)>,
}

impl Estimate {
    /// All that an axis has to show.
    fn extent(self) -> impl Iterator<Item = f64> {
        let (low, high) = self.bounds.unwrap_or((self.value, self.value));
        [self.value, low, high].into_iter()
    }
}
