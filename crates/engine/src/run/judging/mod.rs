//! Metrics compared with human judgements.

pub(super) mod agreement;
pub(super) mod judge_plan;
pub(super) mod judgement_error;
mod judgement_rows;
pub(super) mod judgements;
