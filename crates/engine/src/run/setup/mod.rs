//! What a run is made of: systems, tasks, lengths, settings, and the layout of its rows.

pub(super) mod allowance;
pub(super) mod corpus_counts;
pub(super) mod corpus_wide;
pub(super) mod embedders;
pub(super) mod human;
pub(super) mod layout;
pub(super) mod letters;
pub(super) mod manifest_entries;
pub(super) mod oracle;
pub(super) mod run_corpus;
pub(super) mod system;
pub(super) mod tasks;
pub(super) mod work;
