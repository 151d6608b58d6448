//! Names that become files or folders: one rule, checked when the name is made.

use std::{fmt, path::Path, str::FromStr};

/// A name that is a single component of a path: letters, digits, `-`, `_`, `.` and `+`,
/// at most [`LONGEST`](Self::LONGEST) bytes, with neither `.` nor `-` at the start or
/// end.
///
/// Such a name never leads out of the folder that it is joined to, is never hidden or
/// mistaken for an option, and fits in one line of every table and message.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileName(String);

/// The reason why a text is not a [`FileName`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{name:?} names no file or folder: {problem}")]
pub struct FileNameError {
    name: String,
    problem: &'static str,
}

impl FileName {
    /// The length of the longest name in bytes. File systems allow 255, and extensions
    /// are added.
    pub const LONGEST: usize = 200;

    /// Returns a name after checking it.
    ///
    /// # Errors
    /// Returns an error if the name breaks the rule; the error quotes it, with line
    /// ends and the like escaped.
    pub fn new(name: impl Into<String>) -> Result<Self, FileNameError> {
        let name = name.into();

        let problem = if name.is_empty() {
            "it is empty"
        } else if name.len() > Self::LONGEST {
            "it is longer than 200 bytes"
        } else if !name.chars().all(is_allowed) {
            "it has other signs than letters, digits, `-`, `_`, `.` and `+`"
        } else if name.starts_with(['-', '.']) || name.ends_with(['-', '.']) {
            "it begins or ends with `-` or `.`"
        } else {
            return Ok(Self(name));
        };
        Err(FileNameError { name, problem })
    }

    /// Returns the name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for FileName {
    type Err = FileNameError;

    fn from_str(text: &str) -> Result<Self, FileNameError> {
        Self::new(text)
    }
}

impl AsRef<Path> for FileName {
    fn as_ref(&self) -> &Path {
        self.0.as_ref()
    }
}

impl fmt::Display for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Returns whether a name may contain the character.
fn is_allowed(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '-' | '_' | '.' | '+')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_part_of_a_path() {
        for name in ["cnndm", "news-2024", "a+b-0123456789", "α_1.v2", "500N"] {
            assert_eq!(
                Path::new("x")
                    .join(FileName::new(name).unwrap())
                    .iter()
                    .count(),
                2
            );
        }
    }

    #[test]
    fn what_leaves_its_folder_hides_or_breaks_a_line_is_refused() {
        let long = "x".repeat(FileName::LONGEST + 1);

        for name in [
            "",
            ".",
            "..",
            "../x",
            "/etc",
            "a/b",
            "a\\b",
            ".hidden",
            "-rf",
            "a\nb",
            "a\0",
            "a b",
            "x.",
            "\u{1b}[31m",
            "a\u{202e}b",
            &long,
        ] {
            assert!(FileName::new(name).is_err(), "{name:?} was taken");
        }

        insta::assert_snapshot!(
            FileName::new("..\n").unwrap_err(),
            @r#""..\n" names no file or folder: it has other signs than letters, digits, `-`, `_`, `.` and `+`"#
        );
    }
}
