//! The command line, one file a subcommand. Parsing does no work.

mod aggregate;
mod arguments;
mod bench;
mod cache;
mod colour;
mod compare;
mod completions;
mod conclude;
mod corpus;
mod embedders;
mod entry;
mod explain;
mod failure;
mod history;
mod input;
mod inspect;
mod interrupt;
mod judge;
mod keywords;
mod list;
mod manual;
mod matrix;
mod metric_plugins;
mod one_plugin;
mod output;
mod plan;
mod plugin;
mod plugins;
mod progress;
mod record;
mod report;
mod run;
mod runs;
mod score;
mod show;
#[cfg(feature = "site")]
mod site;
mod statistics;
mod summarise;
mod tree;
mod tune;
mod verify;
mod width;
mod worker;
mod worst;

pub use entry::{main, main_with};
