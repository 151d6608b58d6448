//! The harness as a library: opening and resuming runs, scoring them by further metrics,
//! putting them together from parts, comparing them, and judging them by a gate.
//!
//! The command `epitome run` parses arguments, uses a [`Session`] as follows, and prints
//! the tables:
//!
//! ```no_run
//! use epitome::{corpus, harness::{Quiet, Session, SessionOptions}, registry::Registry, run::Request};
//!
//! let registry = Registry::standard();
//! let request = Request {
//!     systems: vec!["lead".parse()?, "text-rank".parse()?],
//!     metrics: vec!["rouge-1".parse()?],
//!     ..Request::default()
//! };
//! let plan = request.plan(&registry, vec![corpus::open("sampler")?])?;
//! let folder = std::path::Path::new("results/mine");
//! let mut session = Session::open(&registry, plan, folder, SessionOptions::default(), &mut Quiet)?;
//! session.run(&mut Quiet)?;
//! let finished = session.conclude(&mut Quiet)?;
//! print!("{}", finished.tables(None)?);
//! # Ok::<_, Box<dyn std::error::Error>>(())
//! ```

mod aggregate;
mod bench;
mod condition;
mod documents;
mod error;
mod experiment;
mod failed_systems;
mod finished;
mod gate;
mod history;
mod listener;
mod record;
mod rescore;
mod runs;
mod session;
mod sides;
mod stored;
mod tables;
mod verification;

pub use aggregate::{Aggregation, sum_parts};
pub use bench::{bench, timed_run, write_compared};
pub use condition::{Direction, Gate, GateCondition, Proof, Threshold};
pub use documents::{Behind, DocumentView, SystemView, furthest_behind, view_document};
pub use error::{Error, ErrorKind};
pub use experiment::{
    Choice, Expectation, Expected, Experiment, ExperimentCorpus, ExperimentError,
    ExperimentLimits, ExperimentPlugin, HeldOut, Place, Placed, Sweep, Tuning, Verdict,
};
pub use failed_systems::{FailedSystem, failed_systems};
pub use finished::Finished;
pub use gate::{GateVerdict, JudgedPair};
pub use history::{HistoryChange, HistoryFilter, HistoryPoint, HistorySeries, history};
pub use listener::{Listener, Quiet};
pub use record::{HistoryRecord, RecordedMean, RecordedMetric};
pub use rescore::add_metrics;
pub use runs::{RunState, StoredRun, stored_runs};
pub use session::{Session, SessionOptions};
pub use sides::{Named, Sides};
pub use stored::{find_run, newest_run, open_run, system_of};
pub use verification::{Verified, verify};
