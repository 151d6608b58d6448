//! Where a corpus is and what is taken of it: enough to open it again.

use serde::{Deserialize, Serialize};

use super::subset::Subset;

/// Where a corpus is and what is taken of it, as a manifest has it.
///
/// A part is taken before a text is changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Address {
    /// What the corpus is called before its texts are changed.
    pub name: String,
    /// Where its records are.
    pub place: Place,
    /// Which of its documents are taken.
    #[serde(default, skip_serializing_if = "Subset::is_all")]
    pub subset: Subset,
    /// The perturbations that its texts are changed by, in order: `noisy(rate=0.1)`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub perturbations: Vec<String>,
}

/// Where records are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// Compiled into the program.
    Sampler,
    /// A file of JSON Lines or a folder of texts.
    Path(String),
    /// Standard input, which cannot be opened again.
    StandardInput,
}

impl Address {
    /// All documents at a place.
    pub fn of(name: &str, place: Place) -> Self {
        let subset = Subset::default();
        Self {
            name: name.to_owned(),
            place,
            subset,
            perturbations: Vec::new(),
        }
    }

    /// The perturbations that lead from `base` to this corpus: `shuffled +doubled`. `None` if it is
    /// not `base` under further perturbations.
    pub fn perturbations_from(&self, base: &Self) -> Option<String> {
        let is_same = (&self.place, &self.subset) == (&base.place, &base.subset);
        let more = self
            .perturbations
            .strip_prefix(base.perturbations.as_slice())?;
        (is_same && !more.is_empty()).then(|| more.join(" +"))
    }
}
