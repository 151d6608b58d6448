//! Runs in parts: rows and counts of parts of a corpus, and how they are put together.

pub(super) mod counts;
pub(super) mod sealed;
pub(super) mod shard;
pub(super) mod shards;
