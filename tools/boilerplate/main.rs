//! Fits the weights of the boilerplate model and measures what it does.
//!
//! ```text
//! cargo run --release --package epitome-tools --bin boilerplate -- fit SHARED OTHERS DATE      # weights to stdout
//! cargo run --release --package epitome-tools --bin boilerplate -- measure SHARED OTHERS
//! cargo run --release --package epitome-tools --bin boilerplate -- clean SHARED              # its last table alone
//! cargo run --release --package epitome-tools --bin boilerplate -- pages FILE SHARED OTHERS  # fresh labelled pages
//! ```
//!
//! `SHARED` is the folder that holds `corpora`, `OTHERS` a file of pages that are fitted on as well, by
//! `scripts/label-pages`; of the pages of `FILE` those of sites that are fitted on are left out. `scripts/fit-boilerplate` and
//! `scripts/measure-boilerplate` call it.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program of tables"
)]

mod clean;
mod data;
mod fit;
mod leak;
mod lines;
mod pages;
mod resample;

use std::{error::Error, path::Path};

use epitome::text::boilerplate::{BoilerplateModel, Thresholds};

use data::{Data, RIDGE, SEED};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["fit", shared, others, date] => {
            print_weights(&read(shared, others)?, date);
            Ok(())
        }
        ["measure", shared, others] => {
            measure(&read(shared, others)?, &Path::new(shared).join("corpora"))
        }
        ["clean", shared] => clean::print(&Path::new(shared).join("corpora")),
        ["pages", file, shared, others] => {
            measure_fresh(Path::new(file), &read(shared, others)?)
        }
        _ => Err(
            "usage: boilerplate fit SHARED OTHERS DATE | measure SHARED OTHERS | clean SHARED \
             | pages FILE SHARED OTHERS"
                .into(),
        ),
    }
}

fn read(shared: &str, others: &str) -> Result<Data, Box<dyn Error>> {
    Data::read(&Path::new(shared).join("corpora"), Path::new(others))
}

fn print_weights(all: &Data, date: &str) {
    let model = all.model();
    println!("# Weights of the boilerplate model: feature, first stage, second stage.");
    println!("# Recipe: scripts/fit-boilerplate; ridge {RIDGE}, seed {SEED}.");
    println!(
        "# Data: furniture/articles.jsonl ({} pages) and furniture/pages.jsonl ({}), and {} articles",
        all.articles.len(),
        all.whole.len(),
        all.others.len()
    );
    println!(
        "# of WCXB 1.0 (M. Foley, CC BY 4.0; scripts/label-pages); articles also without their"
    );
    println!("# boilerplate, those of WCXB without it with a sentence a line as well.");
    println!("# Fitted: {date}");
    print!("{model}");
    eprintln!("thresholds chosen on the articles: {:?}", model.thresholds);

    if model.thresholds != Thresholds::default() {
        eprintln!("they are not those of page.rs, which have to be changed");
    }
    let mut held_out = all.cross_validated();
    for fold in &mut held_out {
        fold.thresholds = model.thresholds;
    }
    for (name, pages, folds) in [
        ("articles", &all.articles, all.article_folds()),
        ("whole pages", &all.whole, all.whole_folds()),
    ] {
        let judged = pages::judged(pages, |at| &held_out[folds[at]]);
        eprintln!(
            "{name}, cross-validated by site: {}",
            lines::Figures::of(&judged)
        );
    }
}

/// Prints what the committed weights do to the labelled pages of a file, without those of sites
/// that are fitted on.
fn measure_fresh(file: &Path, all: &Data) -> Result<(), Box<dyn Error>> {
    let found = pages::read(file)?;
    let of = found.len();
    let fresh = all.fresh(found);
    let judged = pages::judged(&fresh, |_| BoilerplateModel::standard());
    println!(
        "## {}, {} of {of} pages: {}",
        file.display(),
        fresh.len(),
        lines::Figures::of(&judged)
    );
    leak::print(&judged)
}

fn measure(all: &Data, corpora: &Path) -> Result<(), Box<dyn Error>> {
    let held_out = all.nested();
    println!("thresholds of each fold, chosen on the other folds:");
    for model in &held_out {
        println!("{:?}", model.thresholds);
    }
    let standard = BoilerplateModel::standard();

    for (name, pages, folds) in [
        (
            "furniture/articles.jsonl",
            &all.articles,
            all.article_folds(),
        ),
        ("furniture/pages.jsonl", &all.whole, all.whole_folds()),
    ] {
        println!("\n## {name}, {} pages", pages.len());
        let judged = pages::judged(pages, |at| &held_out[folds[at]]);
        println!("\nheld out by site: {}", lines::Figures::of(&judged));
        leak::print(&judged)?;
        leak::print_keyphrases(&judged)?;
        let judged = pages::judged(pages, |_| standard);
        println!(
            "\nin sample, the committed weights: {}",
            lines::Figures::of(&judged)
        );
        leak::print(&judged)?;
    }

    let seed = pages::read(&corpora.join("furniture/seed.jsonl"))?;
    let judged = pages::judged(&seed, |_| standard);
    println!(
        "\n## furniture/seed.jsonl, never fitted: {}",
        lines::Figures::of(&judged)
    );

    leak::print_picked_lines(&judged[0], &seed[0])?;
    let sampler =
        pages::read_sampler(Path::new("crates/corpora/known/sampler/pages.jsonl"))?;
    let judged = pages::judged(&sampler, |_| standard);
    println!(
        "\n## sampler/pages.jsonl, never fitted: {}",
        lines::Figures::of(&judged)
    );

    leak::print(&judged)?;
    println!("\n## text without boilerplate, the committed weights\n");
    clean::print(corpora)
}
