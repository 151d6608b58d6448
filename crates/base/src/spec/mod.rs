//! How systems and metrics are named: `lex-rank(threshold=0.1)`.
//!
//! One grammar serves every family. An [`Entry`] says what it is called, what it
//! takes and how it is built; a list of entries is a family. Unknown names and
//! parameters are refused, with the nearest spelling.

mod choice;
mod entry;
mod error;
mod grammar;
mod lists;
mod nearest;
mod parameter;
mod resource;

pub use choice::{Choice, Profiles};
pub use entry::{Built, Entry, Shared, build, build_with, check, find, parameters_of};
pub use error::SpecError;
pub use grammar::Spec;
pub use lists::{LISTS, MissingList, NamedList};
pub use parameter::{Parameter, ParameterKind, Params, Profile};
pub use resource::Resource;
