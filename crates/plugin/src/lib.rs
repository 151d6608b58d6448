//! Systems that are not ours, in any language: a child process that speaks JSON Lines
//! (`docs/protocol.md`), or a file of outputs made elsewhere.
//!
//! A child gets documents and never a reference. Whatever it does (hang, crash, talk
//! nonsense) costs it the document that made it do so, and nobody else anything.

mod answer;
pub mod check;
mod child;
pub mod clock;
mod command;
mod declaration;
mod error;
mod failure;
mod group;
mod hosted_plugin;
mod limits;
mod manifest;
mod memory;
mod message;
mod outputs;
mod plugin;
mod program;
mod question;
mod record;
pub mod scaffold;
mod session;
mod sweep;
mod tail;
mod working;

pub use answer::{Answer, Answered, Clocks};
pub use declaration::{Declaration, PluginOptions};
pub use error::PluginError;
pub use failure::{Fault, PluginFailure};
pub use hosted_plugin::HostedPlugin;
pub use limits::{PluginLimits, Stop};
pub use outputs::Outputs;
pub use plugin::{Outcome, Plugin, PluginOrigin};
pub use question::{BATCH, Length, PluginTask};
