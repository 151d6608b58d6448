//! The command line, told as stories.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod any_file;
mod background;
mod bad_corpora;
mod bad_input;
mod boilerplate;
mod budgets;
mod colour;
mod compare;
mod corpus;
mod dictionary;
mod embedder_plugins;
mod embedders;
mod experiment;
mod failures;
mod help;
mod history;
mod hostile_folder;
mod hostile_words;
#[cfg(target_os = "linux")]
mod interrupts;
mod json;
mod judge;
mod learnt;
mod metric_cache;
mod metric_failures;
mod metric_notes;
mod metric_plugins;
mod numbers;
mod one_text;
#[cfg(feature = "onnx")]
mod onnx_models;
mod parts;
mod plugin_builds;
mod plugin_checks;
mod plugin_failures;
#[cfg(target_os = "linux")]
mod plugin_isolation;
mod plugin_processes;
mod plugin_resume;
#[cfg(target_os = "linux")]
mod plugin_sandbox;
#[cfg(target_os = "linux")]
mod plugin_secrets;
mod plugin_stories;
mod plugins;
mod queries;
mod references;
mod report;
mod report_parts;
mod resume;
mod run;
mod runs;
mod score;
mod scores;
mod scripts;
mod site;
pub(crate) mod story;
mod suites;
#[cfg(target_os = "linux")]
mod threads;
mod tokens;
mod tune;
mod verify;
