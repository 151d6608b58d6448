//! Specs: how systems and metrics are named, such as `lex-rank(threshold=0.1)`.
//!
//! One grammar serves every family. An [`Entry`] contains the name of a system or metric,
//! its parameters and how it is built; a family is a list of entries. Unknown names and
//! parameters are refused, and the message contains the most similar one. A text is
//! parsed into a [`Spec`], whose arguments [`build`] checks against the entry and turns
//! into [`Params`].

mod choice;
mod entry;
mod error;
mod grammar;
mod lists;
mod nearest;
mod parameter;
mod params;
mod pattern;
mod resource;

pub use choice::{Choice, Profiles};
pub use entry::{Built, Entry, Shared, build, build_with, check, find, parameters_of};
pub use error::SpecError;
pub use grammar::Spec;
pub use lists::{LISTS, MissingList, NamedList};
pub use parameter::{Parameter, ParameterKind, Profile};
pub use params::Params;
pub use pattern::is_named;
pub use resource::Resource;
