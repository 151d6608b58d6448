//! Agreement with the reference tools, on the data of the shared folder.
//!
//! The folder is `../shared`, or what `EPITOME_SHARED` names. Without it these tests
//! are skipped, unless `EPITOME_CONFORMANCE=1`, as in `scripts/conformance`: then they fail.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test may panic and talk"
)]

mod aggregates;
mod agreement;
mod cases;
mod embedders;
mod frank;
mod importers;
mod keyphrases;
mod laws;
mod other_metrics;
mod pke;
mod rake;
mod rouge_155;
mod rouge_score;
mod seed_article;
mod stems;
mod summarise;
mod summeval;
mod tagger;
mod text_cases;
mod yake;

use std::{env, fs, path::PathBuf};

/// The text of a shared file; `None` to skip the test.
fn shared(file: &str) -> Option<String> {
    let folder = env::var_os("EPITOME_SHARED").unwrap_or_else(|| "../shared".into());
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join(folder)
        .join(file);
    match fs::read_to_string(&path) {
        Ok(text) => Some(text),
        Err(error) if is_conformance_run() => {
            panic!("{}: {error}", path.display())
        }
        Err(error) => {
            println!("skipped: {}: {error}", path.display());
            None
        }
    }
}

/// Whether `scripts/conformance` runs the tests: data must be there, and all of it is used.
fn is_conformance_run() -> bool {
    env::var_os("EPITOME_CONFORMANCE").is_some_and(|it| it == "1")
}
