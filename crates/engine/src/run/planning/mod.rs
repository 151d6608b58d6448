//! From names and settings to a plan.

pub(super) mod metric_sources;
pub(super) mod plan;
pub(super) mod plugin_set;
pub(super) mod request;
pub(super) mod unread;
