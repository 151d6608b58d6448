//! The command line, one file a subcommand. Parsing does no work.

mod aggregate;
mod arguments;
mod bench;
mod compare;
mod conclude;
mod corpus;
mod entry;
mod failure;
mod gate;
mod input;
mod inspect;
mod interrupt;
mod judge;
mod keywords;
mod list;
mod output;
mod plan;
mod plugin;
mod plugins;
mod progress;
mod regression;
mod report;
mod rescore;
mod run;
mod score;
mod statistics;
mod stored;
mod summarise;
mod tables;
mod worker;

pub use entry::main;
