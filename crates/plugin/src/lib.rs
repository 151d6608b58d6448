//! Plugins: systems in any language, either a child process that communicates by JSON
//! Lines (`docs/protocol.md`) or a file of outputs made elsewhere.
//!
//! A [`Declaration`] opens as one [`Plugin`] per task, whose [`Plugin::work`] returns an
//! [`Answered`] for each document. A child receives documents but never a reference.
//! Whatever it does (hang, crash, send nonsense), only the document that made it do so
//! fails.

mod access;
mod answer;
pub mod check;
#[cfg(unix)]
mod child;
#[cfg(not(unix))]
#[path = "no_child.rs"]
mod child;
mod child_source;
pub mod clock;
mod command;
mod declaration;
mod embed_question;
mod end_all;
#[cfg_attr(not(unix), expect(dead_code, reason = "no plugin is started there"))]
mod ending;
mod environment;
mod error;
mod failure;
#[cfg(feature = "fuzzing")]
pub mod fuzzing;
#[cfg(unix)]
mod group;
mod hosted_embedder;
mod hosted_metric;
mod hosted_plugin;
mod isolation;
#[cfg(target_os = "linux")]
mod landlock;
#[cfg(not(target_os = "linux"))]
#[path = "no_landlock.rs"]
mod landlock;
#[cfg(unix)]
mod leftovers;
mod limits;
mod manifest;
mod measure_question;
#[cfg(unix)]
mod memory;
mod message;
mod metric_fields;
mod options;
#[cfg(unix)]
mod orphans;
mod outputs;
#[cfg_attr(not(unix), expect(dead_code, reason = "no plugin is started there"))]
mod own_process;
#[cfg(unix)]
mod pipes;
mod plugin;
#[cfg(unix)]
mod processes;
mod program;
mod question;
mod record;
#[cfg(target_os = "linux")]
mod rule;
#[cfg(target_os = "linux")]
mod rules;
pub mod scaffold;
mod score_cache;
mod score_line;
mod scores;
#[cfg(unix)]
mod search_path;
mod session;
#[cfg(unix)]
mod start;
mod step;
mod supervisor;
#[cfg(unix)]
mod sweep;
mod system_question;
#[cfg(unix)]
mod tail;
#[cfg(unix)]
mod working;

pub use answer::{Answer, Answered, Clocks};
pub use declaration::Declaration;
pub use end_all::end_all;
pub use ending::is_ending;
pub use epitome_base::isolated::Isolated;
pub use error::PluginError;
pub use failure::{Fault, PluginFailure};
pub use hosted_plugin::HostedPlugin;
pub use isolation::Isolation;
pub use limits::{PluginLimits, Stop};
pub use options::PluginOptions;
pub use outputs::Outputs;
pub use own_process::own_process;
pub use plugin::{Outcome, Plugin, PluginOrigin};
pub use question::{AskedDocument, BATCH, Length, PluginTask};
pub use score_cache::{KeptScores, verify as verify_kept_scores};
pub use scores::ScoresFile;
