//! A static site of many runs: an index with filters, a page for each run, and the history of
//! recorded runs. Pages are texts: reading tables and writing files is left to
//! [`read_runs`] and to the caller.
//!
//! Every page is a file that needs no server and no other file. What systems are worth is said by
//! intervals of ranks and by tests before it is said by places.

mod bar;
mod board;
mod board_view;
mod command;
mod differences;
mod error;
mod field;
mod history;
mod languages;
mod pages;
mod places;
mod source;
mod templates;

pub use error::SiteError;
pub use history::{SiteHistory, SitePoint, SiteSeries};
pub use languages::Languages;
pub use pages::{SitePage, site};
pub use source::{SiteRun, read_runs};
