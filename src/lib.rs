//! Benchmark harness for extractive summarisers and keyword extractors.
use epitome_base::whole_file;
pub use epitome_base::{embedding, intern, name, porter, rng, spec};
pub use epitome_corpora as corpus;
pub use epitome_embedders as embedder;
pub use epitome_encodings::{Encoding, UnknownEncoding};
pub use epitome_engine::{learnt, registry, run, survey, timing};
pub use epitome_metrics as metric;
pub use epitome_plugin as plugin;
pub use epitome_plugin::clock;
pub use epitome_report as report;
pub use epitome_stats as stats;
pub use epitome_systems::{keywords, rank, summarise};
pub use epitome_text as text;

pub mod cli;
pub mod harness;
