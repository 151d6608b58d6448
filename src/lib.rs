//! wip
pub mod corpus;
pub mod intern;
pub mod keywords;
pub mod metric;
pub mod rank;
pub mod registry;
pub mod rng;
pub mod run;
pub mod spec;
pub mod summarise;
pub mod text;
