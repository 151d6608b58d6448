//! A run: systems over corpora, scored one document at a time.
//!
//! A [`Plan`] decides what is written; [`execute()`] carries it out and passes a
//! [`DocumentOutcome`] for each document, in the order of the corpus, to its caller, which
//! writes it with a [`Store`]. A [`RunManifest`] has the recipe of the numbers. What is
//! derived from stored rows later needs a [`Layout`] and the rows ([`StoredRows`]).

mod again;
mod agreement;
mod allowance;
mod ask;
mod checked;
pub mod clock;
mod contents;
mod corpus_wide;
mod counts;
mod execute;
mod failure;
mod first_pass;
mod folder;
mod guard;
mod human;
mod ids;
mod judge_plan;
mod judgements;
mod kept;
mod layout;
mod letters;
mod lock;
mod manifest;
mod manifest_entries;
mod marks;
mod oracle;
mod outcome;
mod pair;
mod pair_sums;
mod pairs;
mod plan;
mod plugin_set;
mod plugin_timings;
mod pool;
mod program;
mod progress;
mod reading;
mod recipe;
mod replace;
mod request;
mod row_files;
mod rows;
mod run_corpus;
mod run_error;
mod scorer;
mod scoring;
mod sealed;
mod shard;
mod shards;
mod store;
mod store_error;
mod stored;
mod system;
mod system_id;
mod tasks;
mod texts;
mod unread;
mod work;
mod worker;

pub use again::{Rescoring, rescore, retry};
pub use agreement::{
    Agreement, AgreementComparison, AgreementFindings, AgreementTest, judge,
};
pub use allowance::Allowance;
pub use checked::checked;
pub use contents::{Contents, ContentsError, FileDigest};
pub use corpus_wide::{Background, CorpusWide, Counted};
pub use counts::{CountsError, check_counted, counted, counts_lines, read_counts};
pub use execute::{analyse_all, execute};
pub use failure::{Fault, RowFailure};
pub use first_pass::{background, counts};
pub use folder::{Earlier, FolderError, earlier_run, is_of_another_build};
pub use guard::panic_text;
pub use human::{HUMAN, LeavingOneOut, Means};
pub use ids::Done;
pub use judge_plan::JudgePlan;
pub use judgements::{JudgementError, Judgements, ScoredSummary};
pub use kept::Kept;
pub use layout::{Layout, MetricLayout, SystemLayout};
pub use letters::ReferenceLetters;
pub use lock::{FolderLock, LockError};
pub use manifest::RunManifest;
pub use manifest_entries::{CorpusRecipe, LanguageRecipe, MetricRecipe, SystemRecipe};
pub use oracle::{ORACLE, Oracle};
pub use outcome::{
    About, DocumentOutcome, Extract, ScoreCell, Status, SystemOutcome, keyphrase_json,
};
pub use pair::PairOutcome;
pub use pair_sums::{Cautions, PairMeans, PairSums};
pub use pairs::{score_pairs, sum_pairs};
pub use plan::{Plan, PlanError, PlannedCorpus, UsualMetrics};
pub use plugin_set::PluginSet;
pub use plugin_timings::PluginTimings;
pub use pool::{Unstarted, in_order};
pub use program::{compiler, own_build, revision};
pub use progress::Progress;
pub use reading::{Read, Reader, Seen};
pub use replace::{is_unsettled, replace, settle};
pub use request::{Request, RequestedCorpus};
pub use run_corpus::RunCorpus;
pub use run_error::RunError;
pub use sealed::{seal, unsealed};
pub use shard::{Part, ShardOrigin};
pub use shards::{Shards, assemble, row_files};
pub use store::Store;
pub use store_error::{StoreError, write_at_once};
pub use stored::{FailureRow, StoredRows};
pub use system::{Role, System, SystemKind};
pub use system_id::{NotInRun, SystemId};
pub use tasks::Tasks;
pub use texts::{Reach, SourceText, TextsError, texts};
pub use unread::{Unread, unread_notes};
pub use work::{Reading, Work, cores};
