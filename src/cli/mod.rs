//! The command line, one file a subcommand. Parsing does no work.

mod arguments;
mod bench;
mod corpus;
mod entry;
mod failure;
mod input;
mod inspect;
mod judge;
mod keywords;
mod list;
mod output;
mod plan;
mod progress;
mod run;
mod score;
mod summarise;

pub use entry::main;
