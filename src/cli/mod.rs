//! The command line, one file a subcommand. Parsing does no work.

mod arguments;
mod bench;
mod compare;
mod corpus;
mod entry;
mod failure;
mod gate;
mod input;
mod inspect;
mod judge;
mod keywords;
mod list;
mod output;
mod plan;
mod progress;
mod regression;
mod report;
mod rescore;
mod run;
mod score;
mod stored;
mod summarise;
mod tables;

pub use entry::main;
