//! Whether two numbers may be compared.

use super::recipe::Signature;

/// A field in which two signatures differ; a missing one is `None`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The field.
    pub key: String,
    /// Its value in the first.
    pub here: Option<String>,
    /// Its value in the second.
    pub there: Option<String>,
}

/// Why two scores are not comparable. Reads after "error: ".
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("scores of `{here}` and `{there}` are not comparable: {}", sentence(.differences))]
pub struct Incomparable {
    /// The name of the first metric.
    pub here: String,
    /// The name of the second.
    pub there: String,
    /// What differs.
    pub differences: Vec<Difference>,
}

impl Signature {
    /// Refuses scores of another signature.
    ///
    /// # Errors
    /// Returns an error if they differ in something other than where a file was read.
    pub fn comparable(&self, other: &Self) -> Result<(), Incomparable> {
        let differences = self.differences(other);
        if differences.is_empty() {
            return Ok(());
        }
        Err(Incomparable {
            here: self.name.clone(),
            there: other.name.clone(),
            differences,
        })
    }

    /// What differs from another signature.
    pub fn differences(&self, other: &Self) -> Vec<Difference> {
        let mut differences = Vec::new();
        let mut compare = |key: &str, here: Option<&str>, there: Option<&str>| {
            if here.map(content) != there.map(content) {
                differences.push(Difference {
                    key: key.to_owned(),
                    here: here.map(str::to_owned),
                    there: there.map(str::to_owned),
                });
            }
        };
        compare("metric", Some(&self.name), Some(&other.name));
        for (key, value) in &self.fields {
            compare(key, Some(value), other.field(key));
        }
        for (key, value) in &other.fields {
            if self.field(key).is_none() {
                compare(key, None, Some(value));
            }
        }
        compare("v", Some(&self.version), Some(&other.version));
        differences
    }
}

/// What counts of a value: of `path#digest` the digest.
fn content(value: &str) -> &str {
    value.rsplit_once('#').map_or(value, |(_, digest)| digest)
}

fn sentence(differences: &[Difference]) -> String {
    let part = |difference: &Difference| {
        let Difference { key, here, there } = difference;
        let value = |value: &Option<String>| {
            value
                .as_ref()
                .map_or("not there".to_owned(), |value| format!("`{value}`"))
        };
        format!("`{key}` is {} here and {} there", value(here), value(there))
    };
    differences.iter().map(part).collect::<Vec<_>>().join(", ")
}
