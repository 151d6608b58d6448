//! What comes of a document: outcomes, failures, and which documents are done.

pub(super) mod failure;
pub(super) mod ids;
pub(super) mod outcome;
