//! The colour of a system.

/// The colour of a system by its number, or `None` for a grey one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::html) struct Hue(pub(in crate::html) Option<usize>);

impl Hue {
    /// The number of colours.
    pub(in crate::html) const COUNT: usize = 8;

    /// Returns the CSS classes of the shapes of the system.
    pub(super) fn class(self) -> String {
        match self.0 {
            Some(colour) => format!("s c{colour}"),
            None => "s quiet".to_owned(),
        }
    }
}
