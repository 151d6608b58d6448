//! Where a metric takes a text apart before it looks at words.

use unicode_segmentation::UnicodeSegmentation as _;

/// Where a metric takes a text apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Division {
    /// Nowhere.
    #[default]
    Whole,
    /// At line ends: the producer of the text decides what a sentence is.
    Lines,
    /// At line ends and between the sentences of Unicode Standard Annex 29.
    Sentences,
}

impl Division {
    /// What signatures call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Whole => "none",
            Self::Lines => "lines",
            Self::Sentences => "uax29",
        }
    }
}

/// The sentences of a text by Unicode Standard Annex 29, those without a letter or digit
/// left out; a line end ends one.
pub fn sentences(text: &str) -> impl Iterator<Item = &str> + Clone {
    text.unicode_sentences().map(str::trim)
}

/// How far a text given as segments is taken apart: a metric that divides at line ends
/// compares like with like only if candidate and references are divided alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Divided {
    /// It has one sentence, which there is nothing to divide.
    Single,
    /// It has several sentences in one line.
    Together,
    /// It has several lines.
    Apart,
}

impl Divided {
    /// How far a text is taken apart.
    pub fn of<'a>(segments: impl IntoIterator<Item = &'a str>) -> Self {
        let lines = segments.into_iter().flat_map(str::lines);
        let mut lines = lines.filter(|line| !line.trim().is_empty());
        match (lines.next(), lines.next()) {
            (_, Some(_)) => Self::Apart,
            (Some(line), None) if sentences(line).nth(1).is_some() => Self::Together,
            _ => Self::Single,
        }
    }

    /// Returns whether one of two texts is taken apart, and the other could be and is not.
    pub fn differs_from(self, other: Self) -> bool {
        matches!(
            (self, other),
            (Self::Together, Self::Apart) | (Self::Apart, Self::Together)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_two_sentences_is_not_taken_apart() {
        let of = |text: &str| Divided::of([text]);
        assert_eq!(of("The river rose."), Divided::Single);
        assert_eq!(of("The river rose. Boats left."), Divided::Together);
        assert_eq!(of("The river rose.\nBoats left."), Divided::Apart);
        assert_eq!(
            Divided::of(["The river rose.", "Boats left."]),
            Divided::Apart
        );
        assert!(Divided::Together.differs_from(Divided::Apart));
        assert!(!Divided::Together.differs_from(Divided::Single));
    }

    #[test]
    fn sentences_end_at_line_ends_too() {
        let found: Vec<&str> = sentences("It rose. It fell\nfast! …").collect();
        assert_eq!(found, ["It rose.", "It fell", "fast!"]);
    }
}
