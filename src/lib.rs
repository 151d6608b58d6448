//! Benchmark harness for extractive summarisers and keyword extractors.
pub mod cli;
pub mod corpus;
pub mod intern;
pub mod keywords;
pub mod metric;
pub mod porter;
pub mod rank;
pub mod registry;
pub mod report;
pub mod rng;
pub mod run;
pub mod spec;
pub mod stats;
pub mod summarise;
pub mod text;
pub mod timing;
