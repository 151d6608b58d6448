//! The colour of a system.

/// How a system is marked: one of the colours, or quiet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::html) struct Hue(pub(in crate::html) Option<usize>);

impl Hue {
    /// How many colours there are.
    pub(in crate::html) const COUNT: usize = 8;

    /// The classes of a group of shapes.
    pub(super) fn class(self) -> String {
        match self.0 {
            Some(colour) => format!("s c{colour}"),
            None => "s quiet".to_owned(),
        }
    }
}
