//! The command line, one file a subcommand. Parsing does no work.

mod aggregate;
mod arguments;
mod bench;
mod compare;
mod completions;
mod conclude;
mod corpus;
mod entry;
mod explain;
mod failure;
mod input;
mod inspect;
mod interrupt;
mod judge;
mod keywords;
mod list;
mod manual;
mod matrix;
mod one_plugin;
mod output;
mod plan;
mod plugin;
mod plugins;
mod progress;
mod report;
mod run;
mod runs;
mod score;
mod show;
mod statistics;
mod summarise;
mod tree;
mod width;
mod worker;
mod worst;

pub use entry::{main, main_with};
