//! Charts as pure functions: numbers in, SVG out. Colours are classes that the page's style
//! sheet knows, in light and dark.

mod estimate;
mod file_style;
#[cfg(test)]
mod fitting;
mod heat;
mod hue;
mod interval;
mod labels;
mod lines;
mod matrix;
mod means;
mod names;
mod ranks;
mod scale;
mod speed;
pub(super) mod svg;

pub(super) use estimate::Estimate;
pub(super) use heat::{Heat, heat};
pub(super) use hue::Hue;
pub(super) use interval::interval;
pub(super) use lines::{Across, Lines, Series, lines};
pub(super) use matrix::{Beaten, Matrix, matrix};
pub(super) use means::{Mean, means};
pub(super) use ranks::{Ranked, ranks};
pub(super) use scale::Spacing;
pub(super) use speed::{Measured, speed};
