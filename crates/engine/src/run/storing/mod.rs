//! Rows on disk: written as a prefix of the run, and read back.

pub(super) mod contents;
pub(super) mod folded;
pub(super) mod kept;
pub(super) mod marks;
pub(super) mod plugin_timings;
pub(super) mod row_files;
pub(super) mod row_reader;
pub(super) mod rows;
pub(super) mod store;
pub(super) mod store_error;
pub(super) mod stored;
pub(super) mod stored_row;
