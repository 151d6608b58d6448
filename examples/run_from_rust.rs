//! A run from a program of one's own: two systems over a corpus, compared, written to a
//! folder. `cargo run --example run_from_rust [FOLDER]`

#![expect(clippy::print_stdout, reason = "an example shows what it has")]

use std::{error::Error, path::PathBuf};

use epitome::{
    corpus,
    harness::{Quiet, Session, SessionOptions},
    registry::Registry,
    run::Request,
};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args()
        .nth(1)
        .unwrap_or("results/run_from_rust".to_owned());
    let registry = Registry::standard();
    let request = Request {
        systems: vec!["lead".parse()?, "text-rank(damping=0.9)".parse()?],
        metrics: vec!["rouge-1".parse()?, "rouge-2".parse()?],
        ..Request::default()
    };
    let plan = request.plan(&registry, vec![corpus::open("sampler")?])?;

    let folder = PathBuf::from(folder);
    let session = Session::open(
        &registry,
        plan,
        &folder,
        SessionOptions::default(),
        &mut Quiet,
    )?;
    let finished = session.conclude(&mut Quiet)?;
    for pair in &finished.comparisons {
        println!(
            "{} {} − {}: {:+.4}",
            pair.metric, pair.a, pair.b, pair.difference
        );
    }
    println!("{}\n{}", finished.tables(None)?, folder.display());
    Ok(())
}
