//! The recipe of a number.

use std::fmt;

/// Everything that changes a metric's value:
/// `rouge-1|profile:rouge-score-0.1.2|stem:none|multi:best-f1|v:0.1.0`.
///
/// Scores of different signatures are not comparable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    name: &'static str,
    fields: Vec<(&'static str, String)>,
}

impl Signature {
    /// The signature of the metric called `name`, without fields but the version.
    pub fn of(name: &'static str) -> Self {
        Self { name, fields: Vec::new() }
    }

    /// Adds a field.
    #[must_use]
    pub fn with(mut self, key: &'static str, value: impl Into<String>) -> Self {
        self.fields.push((key, value.into()));
        self
    }
}

impl fmt::Display for Signature {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name)?;
        for (key, value) in &self.fields {
            write!(out, "|{key}:{value}")?;
        }
        write!(out, "|v:{}", env!("CARGO_PKG_VERSION"))
    }
}
