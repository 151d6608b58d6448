//! A plan carried out: systems at work and their outputs scored, or stored rows gone over again.

pub(super) mod again;
pub(super) mod ask;
pub(super) mod execute;
pub(super) mod external;
pub(super) mod run_error;
pub(super) mod scorer;
pub(super) mod scoring;
pub(super) mod worker;
