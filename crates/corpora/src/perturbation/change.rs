//! A change of a document.

use crate::record::Record;

/// A change of a document.
pub trait Perturbation: Send + Sync {
    /// Changes its text, or what systems see of it. The same record is changed the same
    /// way.
    fn change(&self, record: &mut Record);
}
