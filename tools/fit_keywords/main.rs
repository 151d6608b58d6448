//! Fits the exponents of the keyword extractor `epitome`.
//!
//! ```text
//! cargo run --release --package epitome-tools --bin fit_keywords -- SHARED
//! ```
//!
//! `SHARED` is the folder that holds `corpora`; `scripts/fit-keywords` calls it. Gold
//! keyphrases are read here and nowhere else, those of the test parts not at all.
#![allow(clippy::print_stdout, reason = "a program of tables")]

mod corpora;
mod exponents;
mod features;

use std::{error::Error, path::Path};

use corpora::Corpus;
use exponents::{COMMITTED, Exponents, NAMES};

/// What the search may add to an exponent, in this order.
const STEPS: [f64; 6] = [0.1, -0.1, 0.25, -0.25, 0.5, -0.5];

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args()
        .nth(1)
        .ok_or("usage: fit_keywords SHARED")?;
    let corpora = corpora::read(&Path::new(&folder).join("corpora"))?;
    print("those of `src/keywords/epitome.rs`", &COMMITTED, &corpora);
    print(
        "fitted on all",
        &fit(&corpora.iter().collect::<Vec<_>>()),
        &corpora,
    );
    for held_out in &corpora {
        let others: Vec<&Corpus> = corpora
            .iter()
            .filter(|corpus| corpus.name != held_out.name)
            .collect();
        let found = held_out.f1(&fit(&others));
        println!("without {}: {:.2} on it", held_out.name, 100.0 * found);
    }
    Ok(())
}

/// The exponents of the largest sum of F1@10 over the corpora, by going up one of them at
/// a time from [`COMMITTED`] until no step helps.
fn fit(corpora: &[&Corpus]) -> Exponents {
    let sum = |exponents: &Exponents| -> f64 {
        corpora.iter().map(|corpus| corpus.f1(exponents)).sum()
    };
    let mut best = COMMITTED;
    let mut highest = sum(&best);

    loop {
        let before = highest;
        for knot in 0..best.len() {
            for at in 0..NAMES.len() {
                for step in STEPS {
                    let mut next = best;
                    next[knot].exponents[at] += step;
                    let found = sum(&next);
                    if found > highest + 1e-9 {
                        (best, highest) = (next, found);
                    }
                }
            }
        }
        if highest <= before {
            return best;
        }
    }
}

fn print(title: &str, exponents: &Exponents, corpora: &[Corpus]) {
    println!("{title}:");
    for knot in exponents {
        print!("  {:>5} tokens:", knot.length);
        for (name, value) in NAMES.iter().zip(knot.exponents) {
            print!(" {name} {value:.2}");
        }
        println!();
    }
    for corpus in corpora {
        println!(
            "  {}: F1@10 {:.2}",
            corpus.name,
            100.0 * corpus.f1(exponents)
        );
    }
}
