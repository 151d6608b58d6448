//! A run: systems over corpora, scored one document at a time.
//!
//! A [`Plan`] decides what is written; [`execute()`] carries it out and passes a
//! [`DocumentOutcome`] for each document, in the order of the corpus, to its caller, which
//! writes it with a [`Store`]. A [`RunManifest`] has the recipe of the numbers. What is
//! derived from stored rows later needs a [`Layout`] and the rows ([`StoredRows`]).

mod distributed;
mod execution;
mod folders;
mod input;
mod judging;
mod outcomes;
mod planning;
mod setup;
mod storing;
mod text_pairs;
mod threads;

pub use distributed::counts::{
    CountsError, check_counted, counted, counts_lines, read_counts,
};
pub use distributed::sealed::{seal, unsealed};
pub use distributed::shard::{Part, ShardOrigin};
pub use distributed::shards::{Shards, assemble, row_files};
pub use execution::again::{Rescoring, rescore, retry};
pub use execution::execute::{analyse_all, execute};
pub use execution::run_error::{NotStarted, RunError};
pub use folders::checked::checked;
pub use folders::folder::{Earlier, FolderError, earlier_run, is_of_another_build};
pub use folders::lock::{FolderLock, LockError};
pub use folders::manifest::RunManifest;
pub use folders::program::{compiler, own_build, revision};
pub use folders::replace::{is_unsettled, replace, settle};
pub use folders::system_id::{NotInRun, SystemId};
pub use folders::texts::{Reach, SourceText, TextsError, texts};
pub use input::first_pass::{background, counts};
pub use input::reading::{Read, Reader, Seen};
pub use judging::agreement::{
    Agreement, AgreementComparison, AgreementFindings, AgreementTest, judge,
};
pub use judging::judge_plan::JudgePlan;
pub use judging::judgement_error::JudgementError;
pub use judging::judgements::{Judgements, ScoredSummary};
pub use outcomes::failure::{Fault, RowFailure};
pub use outcomes::ids::Done;
pub use outcomes::outcome::{
    About, DocumentOutcome, Extract, ScoreCell, Status, SystemOutcome, keyphrase_json,
};
pub use planning::metric_sources::{
    KnownDocuments, MetricSources, NamedMetrics, remarks, strangers,
};
pub use planning::plan::{Plan, PlannedCorpus, UsualMetrics};
pub use planning::plan_error::PlanError;
pub use planning::plugin_set::PluginSet;
pub use planning::request::{Request, RequestedCorpus};
pub use planning::unread::{Unread, unread_notes};
pub use setup::allowance::Allowance;
pub use setup::corpus_wide::{Background, CorpusWide, Counted};
pub use setup::embedders::EmbedderRecipe;
pub use setup::human::{HUMAN, LeavingOneOut, Means};
pub use setup::layout::{Layout, MetricLayout, SystemLayout};
pub use setup::letters::ReferenceLetters;
pub use setup::manifest_entries::{
    CorpusRecipe, LanguageRecipe, MetricRecipe, SystemRecipe,
};
pub use setup::oracle::{ORACLE, Oracle};
pub use setup::run_corpus::RunCorpus;
pub use setup::system::{Role, System, SystemKind};
pub use setup::tasks::Tasks;
pub use setup::work::{Reading, Work, cores};
pub use storing::contents::{Contents, ContentsError, FileDigest};
pub use storing::folded::fold_rows;
pub use storing::kept::Kept;
pub use storing::plugin_timings::PluginTimings;
pub use storing::store::Store;
pub use storing::store_error::{StoreError, write_at_once};
pub use storing::stored::StoredRows;
pub use storing::stored_row::FailureRow;
pub use text_pairs::pair::PairOutcome;
pub use text_pairs::pair_sums::{Cautions, PairMeans, PairSums};
pub use text_pairs::pairs::{score_pairs, sum_pairs};
pub use threads::clock;
pub use threads::guard::panic_text;
pub use threads::pool::{Unstarted, in_order};
pub use threads::progress::Progress;
