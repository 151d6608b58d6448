//! What comes before systems: records read and analysed, and the first pass over a corpus.

pub(super) mod first_pass;
pub(super) mod reading;
