//! The command line, one file a subcommand. Parsing does no work.

mod arguments;
mod bench;
mod entry;
mod failure;
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
mod run;
mod score;
mod summarise;

pub use entry::main;
