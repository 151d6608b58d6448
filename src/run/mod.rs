//! A run: systems over corpora, scored, one document at a time.

mod again;
mod agreement;
mod ask;
pub mod clock;
mod contents;
mod counts;
mod execute;
mod exhaustive;
mod first_pass;
mod folder;
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
mod sealed;
mod shard;
mod shards;
mod store;
mod stored;
mod system;
mod tasks;
mod texts;

pub use again::{rescore, retry};
pub use agreement::{Agreement, Comparison, Findings, Test, judge};
pub use contents::{Contents, ContentsError, FileDigest, checked};
pub use counts::{CountsError, check_counted, counted, counts_lines, read_counts};
pub use execute::{Progress, RunError, analyse_all, execute, in_order};
pub use first_pass::{CorpusWide, background, counts};
pub use folder::{FolderError, earlier_run};
pub use human::{HUMAN, leave_one_out};
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
pub use plan::{Background, Counted, Plan, PlanError};
pub use plugged::Plugged;
pub use plugin_timings::PluginTimings;
pub use provenance::{
    CorpusRecipe, LanguageRecipe, Manifest, MetricRecipe, SystemRecipe, write_at_once,
};
pub use reading::Reading;
pub use sealed::{seal, unsealed};
pub use shard::{Origin, Part};
pub use shards::{Shards, assemble, row_files};
pub use store::{Store, StoreError, is_unsettled, replace, settle};
pub use stored::{FailureRow, StoredRows};
pub use system::{Role, System};
pub use tasks::Tasks;
pub use texts::{Reach, SourceText, TextsError, texts};
