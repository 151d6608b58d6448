//! The differences of signatures, which decide whether two numbers may be compared.

use super::recipe::Signature;

/// A field in which two signatures differ; a value is `None` if the signature lacks the
/// field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The key of the field.
    pub key: String,
    /// The value of the field in the first signature.
    pub here: Option<String>,
    /// The value of the field in the second signature.
    pub there: Option<String>,
}

/// The reason why two scores are not comparable. The message reads well after "error: ".
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("scores of `{here}` and `{there}` are not comparable: {}", sentence(.differences))]
pub struct Incomparable {
    /// The name of the first metric.
    pub here: String,
    /// The name of the second metric.
    pub there: String,
    /// The fields in which the signatures differ.
    pub differences: Vec<Difference>,
}

impl Signature {
    /// Checks that scores of this signature may be compared with scores of another one.
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

    /// Returns the fields in which this signature differs from another one.
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

/// Returns the part of a value that is compared: of `path#digest` only the digest.
fn content(value: &str) -> &str {
    value.rsplit_once('#').map_or(value, |(_, digest)| digest)
}

fn sentence(differences: &[Difference]) -> String {
    let parts = differences.iter().map(|Difference { key, here, there }| {
        format!(
            "`{key}` is {} here and {} there",
            shown(here.as_ref()),
            shown(there.as_ref())
        )
    });
    parts.collect::<Vec<_>>().join(", ")
}

fn shown(value: Option<&String>) -> String {
    value.map_or("not there".to_owned(), |value| format!("`{value}`"))
}
