//! The trait of perturbations.

use crate::{corpus::Corpus, error::CorpusError, record::Record};

/// A change of a document.
pub trait Perturbation: Send + Sync {
    /// Changes the text of a record, or what systems see of it. Equal records are changed
    /// in the same way. Evidence moves with the text.
    fn change(&self, record: &mut Record);

    /// Returns this perturbation with what it takes from other documents of a corpus;
    /// `None` if it takes nothing from them.
    ///
    /// # Errors
    /// Returns an error if the corpus cannot be read, or has too little to take.
    fn among(
        &self,
        _corpus: &dyn Corpus,
    ) -> Result<Option<Box<dyn Perturbation>>, CorpusError> {
        Ok(None)
    }
}
