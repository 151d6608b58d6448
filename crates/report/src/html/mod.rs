//! The report as one page that needs nothing else: no network, no server, and without
//! scripts all of its tables and plots.
//!
//! A page is a [`page`] of sections, one for each corpus and task of a run: a table
//! ([`table`]), figures ([`figures`], which [`charts`] draw) and the documents, which are
//! [`packed`] and unpacked by the reader's browser when they are asked for.

mod charts;
mod documents;
mod figure_files;
mod figures;
mod gathered;
mod languages;
mod overall;
mod packed;
mod page;
mod recipe;
mod scaling;
mod section;
mod table;
mod templates;
mod wins;

pub use figure_files::{FigureFile, figure_files};
pub use page::{ReportError, write_report};
pub use recipe::command as command_of_run;
pub use scaling::{ScalingPoint, read_scaling};
pub use templates::{
    COMMON_JS as PAGE_SCRIPT, CSS as PAGE_STYLE, hash as hash_of_content, sentence,
};
