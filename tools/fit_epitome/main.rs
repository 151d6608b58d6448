//! Fits the defaults of the summariser `epitome` and compares it with all others.
//!
//! ```text
//! cargo run --release --package epitome-tools --bin fit_epitome -- fit SHARED
//! cargo run --release --package epitome-tools --bin fit_epitome -- compare SHARED
//! ```
//!
//! `SHARED` is the folder that holds `corpora`. `scripts/fit-epitome` and
//! `scripts/compare-epitome` call it.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program of tables"
)]

mod compare;
mod corpora;
mod fit;
mod measure;

use std::{error::Error, path::Path};

/// The summarisers that `epitome` is compared with: all others of the registry, and the
/// forms of them that do better somewhere.
const FORMS: [&str; 6] = [
    "centroid(form=mead)",
    "lex-rank(form=continuous)",
    "text-rank(edges=bm25)",
    "text-rank(edges=cosine)",
    "tf-idf(normalise=words)",
    "lsa(weights=tf)",
];

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["fit", shared] => fit::print(&Path::new(shared).join("corpora")),
        ["compare", shared] => compare::print(&Path::new(shared).join("corpora")),
        _ => Err("usage: epitome fit SHARED | epitome compare SHARED".into()),
    }
}
