//! The trait of perturbations.

use crate::record::Record;

/// A change of a document.
pub trait Perturbation: Send + Sync {
    /// Changes the text of a record, or what systems see of it. Equal records are changed
    /// in the same way.
    fn change(&self, record: &mut Record);
}
