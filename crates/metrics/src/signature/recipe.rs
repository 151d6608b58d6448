//! The signature of a metric: the recipe of a number.

use std::fmt;

/// Everything that changes a metric's value, such as
/// `rouge-1|profile:rouge-score-0.1.2|stem:none|multi:best-f1|v:0.1.0`.
///
/// Scores with different signatures are not comparable. A signature can be parsed and
/// leads to the spec of the metric that printed it. A file is named by its path, followed
/// by `#` and a digest of its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    pub(super) name: String,
    pub(super) fields: Vec<(String, String)>,
    pub(super) version: String,
}

impl Signature {
    /// Returns the signature of the metric called `name`, with no field but the version.
    pub fn of(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            fields: Vec::new(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }

    /// Returns the signature of a metric that is not of this program, with its own version
    /// and fields. No key may contain `:` or `|`, be `v`, or occur twice.
    pub fn external(
        name: &str,
        fields: Vec<(String, String)>,
        version: impl Into<String>,
    ) -> Self {
        Self {
            name: name.to_owned(),
            fields,
            version: version.into(),
        }
    }

    /// Adds a field.
    #[must_use]
    pub fn with(mut self, key: &'static str, value: impl Into<String>) -> Self {
        self.fields.push((key.to_owned(), value.into()));
        self
    }

    /// Returns the name of the metric.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the value of a field; `None` if the signature lacks it.
    pub fn field(&self, key: &str) -> Option<&str> {
        let found = self.fields.iter().find(|(known, _)| known == key);
        found.map(|(_, value)| value.as_str())
    }
}

impl fmt::Display for Signature {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.name)?;
        for (key, value) in &self.fields {
            write!(out, "|{key}:{}", escaped(value))?;
        }
        write!(out, "|v:{}", escaped(&self.version))
    }
}

/// Returns a value in which the characters that end a field are escaped, since paths may
/// contain them.
pub(super) fn escaped(value: &str) -> String {
    value
        .replace('%', "%25")
        .replace('|', "%7C")
        .replace('\n', "%0A")
}

pub(super) fn unescaped(value: &str) -> String {
    value
        .replace("%0A", "\n")
        .replace("%7C", "|")
        .replace("%25", "%")
}
