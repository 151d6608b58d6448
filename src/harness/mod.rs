//! The harness as a library: runs that can be opened, taken up again, concluded, scored by
//! further metrics, put together from parts, and judged by a gate.
//!
//! `epitome run` is [`Session`] with arguments in front and tables behind:
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
//! print!("{}", finished.tables()?);
//! # Ok::<_, Box<dyn std::error::Error>>(())
//! ```

mod aggregate;
mod bench;
mod condition;
mod error;
mod finished;
mod gate;
mod listener;
mod rescore;
mod session;
mod sides;
mod stored;
mod tables;

pub use aggregate::{Aggregation, sum_parts};
pub use bench::{bench, write_compared};
pub use condition::{Direction, Gate, GateCondition, Threshold};
pub use error::{Error, ErrorKind};
pub use finished::Finished;
pub use gate::{GateVerdict, JudgedPair};
pub use listener::{Listener, Quiet};
pub use rescore::add_metrics;
pub use session::{Session, SessionOptions};
pub use sides::{Named, Sides};
pub use stored::{find_run, newest_run, open_run, system_of};
