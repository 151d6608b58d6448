//! Runs systems over corpora, scores their output, stores the rows and times the systems.

pub mod learnt;
pub mod registry;
pub mod run;
pub mod survey;
pub mod timing;
