//! A run: systems over corpora, scored, one document at a time.

mod again;
mod agreement;
mod allowance;
mod ask;
pub mod clock;
mod counts;
mod execute;
mod exhaustive;
mod first_pass;
mod folder;
mod guard;
mod human;
mod ids;
mod judge_plan;
mod judgements;
mod layout;
mod lock;
mod marks;
mod oracle;
mod outcome;
mod pair_sums;
mod pairs;
mod plan;
mod plugged;
mod plugin_timings;
mod pool;
mod provenance;
mod reading;
mod rows;
mod scoring;
mod shard;
mod shards;
mod store;
mod stored;
mod system;
mod system_id;
mod tasks;
mod texts;
mod unread;

pub use again::{rescore, retry};
pub use agreement::{Agreement, Comparison, Findings, Test, judge};
pub use allowance::Allowance;
pub use counts::{CountsError, check_counted, counted, counts_lines, read_counts};
pub use execute::{Progress, RunError, analyse_all, execute, in_order};
pub use first_pass::{CorpusWide, background, counts};
pub use folder::{Earlier, FolderError, earlier_run, is_of_another_build};
pub use guard::panic_text;
pub use human::{HUMAN, LeavingOneOut, Means};
pub use ids::Done;
pub use judge_plan::JudgePlan;
pub use judgements::{JudgementError, Judgements, ScoredSummary};
pub use layout::{Layout, MetricLayout, SystemLayout};
pub use lock::{Lock, LockError};
pub use oracle::{ORACLE, Oracle, Search};
pub use outcome::{
    About, Cell, DocumentOutcome, Extract, Status, SystemOutcome, keyphrase_json,
};
pub use pair_sums::{PairMeans, PairSums};
pub use pairs::{PairOutcome, score_pairs, sum_pairs};
pub use plan::{Background, Counted, Plan, PlanError, UsualMetrics};
pub use plugged::Plugged;
pub use plugin_timings::PluginTimings;
pub use pool::Unstarted;
pub use provenance::{
    CorpusRecipe, LanguageRecipe, Manifest, MetricRecipe, SystemRecipe, write_at_once,
};
pub use reading::{Read, Reading};
pub use shard::{End, Origin, begin_line, document_line};
pub use shards::{Shards, assemble, row_files};
pub use store::{Store, StoreError, replace, settle};
pub use stored::{FailureRow, StoredRows};
pub use system::{Kind, Role, System};
pub use system_id::{NotInRun, SystemId};
pub use tasks::Tasks;
pub use texts::{SourceText, TextsError, texts};
pub use unread::{ReferenceLetters, Unread, unread_notes};
