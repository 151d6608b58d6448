//! Counts of letters: how much of a text a tokeniser of ASCII words drops.

use serde::{Deserialize, Serialize};

/// The number of letters in texts, and how many of them are outside ASCII.
///
/// A letter is a character with the property Alphabetic, or a combining mark of
/// U+0300–U+036F: in decomposed text the mark turns `e` into `ê`, and a tokeniser of
/// ASCII words ends the word there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Letters {
    /// The number of all letters.
    pub all: u64,
    /// The number of letters outside ASCII.
    pub beyond_ascii: u64,
}

impl Letters {
    /// Returns the counts of the letters of a text.
    pub fn of(text: &str) -> Self {
        if text.is_ascii() {
            let all = text.bytes().filter(u8::is_ascii_alphabetic).count() as u64;
            return Self {
                all,
                beyond_ascii: 0,
            };
        }

        let mut letters = Self::default();
        for sign in text.chars() {
            let is_letter =
                sign.is_alphabetic() || ('\u{300}'..='\u{36f}').contains(&sign);
            letters.all += u64::from(is_letter);
            letters.beyond_ascii += u64::from(is_letter && !sign.is_ascii());
        }
        letters
    }

    /// Adds the counts of another text.
    pub fn add(&mut self, other: Self) {
        self.all += other.all;
        self.beyond_ascii += other.beyond_ascii;
    }

    /// Returns the share of letters that are outside ASCII, from 0 to 1; 0 if there are
    /// no letters.
    pub fn share_beyond_ascii(self) -> f64 {
        self.beyond_ascii as f64 / self.all.max(1) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_count_whether_they_are_composed_or_not() {
        assert_eq!(
            Letters::of("Tiếng Việt 2"),
            Letters {
                all: 9,
                beyond_ascii: 2
            }
        );
        // e + circumflex + acute is one letter of ASCII and two marks
        assert_eq!(
            Letters::of("e\u{302}\u{301}n"),
            Letters {
                all: 4,
                beyond_ascii: 2
            }
        );
        assert_eq!(
            Letters::of("plain, 3"),
            Letters {
                all: 5,
                beyond_ascii: 0
            }
        );
        assert_eq!(Letters::of("… !").share_beyond_ascii(), 0.0);
    }
}
