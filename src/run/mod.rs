//! A run: systems over corpora, scored, one document at a time.

mod agreement;
pub mod clock;
mod execute;
mod exhaustive;
mod judge_plan;
mod judgements;
mod oracle;
mod outcome;
mod pairs;
mod plan;
mod pool;
mod provenance;
mod store;

pub use agreement::{Agreement, Comparison, Findings, Test, judge};
pub use execute::{Progress, RunError, analyse_all, execute};
pub use judge_plan::JudgePlan;
pub use judgements::{JudgementError, Judgements, ScoredSummary};
pub use oracle::{ORACLE, Oracle, Search};
pub use outcome::{
    Cell, DocumentOutcome, Extract, Status, SystemOutcome, keyphrase_json,
};
pub use pairs::{PairOutcome, score_pairs};
pub use plan::{Plan, PlanError, Role, System, Tasks};
pub use provenance::Manifest;
pub use store::{Store, StoreError};
