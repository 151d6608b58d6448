//! From names and settings to a plan.

pub(super) mod metric_sources;
pub(super) mod plan;
mod plan_checks;
pub(super) mod plan_error;
pub(super) mod plugin_set;
pub(super) mod request;
pub(super) mod unread;
