//! The address of a corpus: where it is and which part of it is used. Manifests store
//! addresses so that later commands open the same corpus again.

use serde::{Deserialize, Serialize};

use super::{column_names::ColumnNames, subset::Subset};

/// Where a corpus is, which documents are used and how their texts are changed, as a
/// manifest stores it.
///
/// The subset is chosen before texts are changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Address {
    /// The name of the corpus before its texts are changed.
    pub name: String,
    /// The place of its records.
    pub place: Place,
    /// The columns that the user names, by role.
    #[serde(default, skip_serializing_if = "ColumnNames::is_empty")]
    pub columns: ColumnNames,
    /// The documents that are used.
    #[serde(default, skip_serializing_if = "Subset::is_all")]
    pub subset: Subset,
    /// The perturbations by which its texts are changed, in order: `noisy(rate=0.1)`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub perturbations: Vec<String>,
}

/// The place of a corpus's records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// The sampler, which is compiled into the program.
    Sampler,
    /// The path of a file of records or of a folder of texts.
    Path(String),
    /// Standard input, which cannot be opened again.
    StandardInput,
}

impl Address {
    /// Returns the address of all documents at a place, unchanged.
    pub fn of(name: &str, place: Place) -> Self {
        Self {
            name: name.to_owned(),
            place,
            columns: ColumnNames::default(),
            subset: Subset::default(),
            perturbations: Vec::new(),
        }
    }

    /// Returns the perturbations that lead from `base` to this corpus, such as `shuffled
    /// +doubled`. Returns `None` if this is not `base` under further perturbations.
    pub fn perturbations_from(&self, base: &Self) -> Option<String> {
        let is_same = (&self.place, &self.columns, &self.subset)
            == (&base.place, &base.columns, &base.subset);
        let more = self
            .perturbations
            .strip_prefix(base.perturbations.as_slice())?;
        (is_same && !more.is_empty()).then(|| more.join(" +"))
    }
}
