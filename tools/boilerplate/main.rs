//! Fits the weights of the boilerplate model and measures what it does.
//!
//! ```text
//! cargo run --release --package epitome-tools --bin boilerplate -- fit SHARED DATE      # weights to stdout
//! cargo run --release --package epitome-tools --bin boilerplate -- measure SHARED
//! cargo run --release --package epitome-tools --bin boilerplate -- clean SHARED       # its last table alone
//! cargo run --release --package epitome-tools --bin boilerplate -- pages FILE         # other labelled pages
//! ```
//!
//! `SHARED` is the folder that holds `corpora`. `scripts/fit-boilerplate` and
//! `scripts/measure-boilerplate` call it.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program of tables"
)]

mod clean;
mod fit;
mod leak;
mod lines;
mod pages;
mod resample;

use std::{error::Error, path::Path};

use epitome::text::boilerplate::{BoilerplateModel, Thresholds};

use fit::Example;
use pages::LabelledPage;

/// Sites are dealt into so many folds.
const FOLDS: usize = 10;
const SEED: u64 = 0;
/// Strength of the ridge. Chosen on the cross-validated figures, which hardly move
/// between 1 and 10.
const RIDGE: f64 = 3.0;
/// Thresholds that are tried.
const GRID: [f32; 4] = [0.2, 0.3, 0.4, 0.5];
/// The largest share of the words of the bodies that may be dropped where thresholds are chosen.
const LOST: f64 = 0.025;
/// How much a line counts of an article, of the same article without its boilerplate, and
/// of a whole page.
const SHARES: [f64; 3] = [1.0, 0.5, 0.3];

/// Pages with the weights that were fitted without their sites.
struct Data {
    articles: Vec<LabelledPage>,
    whole: Vec<LabelledPage>,
    /// Folds of the articles, then of the whole pages.
    folds: Vec<usize>,
    examples: Vec<Example>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["fit", shared, date] => print_weights(&Path::new(shared).join("corpora"), date),
        ["measure", shared] => measure(&Path::new(shared).join("corpora")),
        ["clean", shared] => clean::print(&Path::new(shared).join("corpora")),
        ["pages", file] => measure_others(Path::new(file)),
        _ => Err(
            "usage: boilerplate fit SHARED DATE | (measure | clean) SHARED | pages FILE"
                .into(),
        ),
    }
}

impl Data {
    fn read(corpora: &Path) -> Result<Self, Box<dyn Error>> {
        let articles = pages::read(&corpora.join("furniture/articles.jsonl"))?;
        let whole = pages::read(&corpora.join("furniture/pages.jsonl"))?;
        let both: Vec<&LabelledPage> = articles.iter().chain(&whole).collect();
        let folds = pages::folds(&both, FOLDS, SEED);
        let mut examples = Vec::new();
        for (page, &fold) in articles.iter().zip(&folds) {
            examples.push(Example::of(page, fold, SHARES[0]));
            examples.push(Example::of(&page.clean(), fold, SHARES[1]));
        }
        for (page, &fold) in whole.iter().zip(&folds[articles.len()..]) {
            examples.push(Example::of(page, fold, SHARES[2]));
        }
        Ok(Self {
            articles,
            whole,
            folds,
            examples,
        })
    }

    /// For each fold the weights fitted without it.
    fn cross_validated(&self) -> Vec<BoilerplateModel> {
        let without = |fold| {
            let training = self.examples.iter().filter(|it| it.fold != fold);
            fit::fit(&training.collect::<Vec<_>>(), RIDGE)
        };
        (0..FOLDS).map(without).collect()
    }

    /// For each fold the weights fitted without it, with the thresholds of [`GRID`] that find
    /// most lines of boilerplate in the other folds, each judged by weights that were fitted
    /// without both, while at most [`LOST`] of the words of their bodies are dropped, or the highest. Nothing but
    /// the form of the model has seen the fold.
    fn nested(&self) -> Vec<BoilerplateModel> {
        let mut models = self.cross_validated();
        for (fold, model) in models.iter_mut().enumerate() {
            model.thresholds = self.thresholds_without(fold);
        }
        models
    }

    fn thresholds_without(&self, fold: usize) -> Thresholds {
        let without = |inner| {
            let rest = |it: &&Example| it.fold != fold && it.fold != inner;
            let rest: Vec<&Example> = self.examples.iter().filter(rest).collect();
            fit::fit(&rest, RIDGE)
        };
        let inner: Vec<BoilerplateModel> = (0..FOLDS).map(without).collect();
        let (pages, folds): (Vec<LabelledPage>, Vec<usize>) = self
            .articles
            .iter()
            .cloned()
            .zip(self.article_folds().iter().copied())
            .filter(|(_, of_page)| *of_page != fold)
            .unzip();

        let (text, other) = (GRID[3], GRID[3]);
        let (mut best, mut most) = (Thresholds { text, other }, -1.0);
        for text in GRID {
            for other in GRID {
                let thresholds = Thresholds { text, other };
                let models: Vec<BoilerplateModel> = inner
                    .iter()
                    .map(|model| BoilerplateModel {
                        thresholds,
                        ..model.clone()
                    })
                    .collect();
                let judged = pages::judged(&pages, |at| &models[folds[at]]);
                let found = lines::Figures::of(&judged).found_within(LOST);
                if let Some(found) = found.filter(|&it| it > most) {
                    (best, most) = (thresholds, found);
                }
            }
        }
        best
    }

    fn article_folds(&self) -> &[usize] {
        &self.folds[..self.articles.len()]
    }

    fn whole_folds(&self) -> &[usize] {
        &self.folds[self.articles.len()..]
    }
}

fn print_weights(corpora: &Path, date: &str) -> Result<(), Box<dyn Error>> {
    let all = Data::read(corpora)?;
    let model = fit::fit(&all.examples.iter().collect::<Vec<_>>(), RIDGE);
    println!("# Weights of the boilerplate model: feature, first stage, second stage.");
    println!("# Recipe: scripts/fit-boilerplate; ridge {RIDGE}, seed {SEED}.");
    println!(
        "# Data: furniture/articles.jsonl ({} pages, each also",
        all.articles.len()
    );
    println!(
        "# without its boilerplate) and furniture/pages.jsonl ({}).",
        all.whole.len()
    );
    println!("# Fitted: {date}");
    print!("{model}");

    let held_out = all.cross_validated();
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
    Ok(())
}

/// Prints what the committed weights do to the labelled pages of a file.
fn measure_others(file: &Path) -> Result<(), Box<dyn Error>> {
    let found = pages::read(file)?;
    let judged = pages::judged(&found, |_| BoilerplateModel::standard());
    println!(
        "## {}, {} pages: {}",
        file.display(),
        found.len(),
        lines::Figures::of(&judged)
    );
    leak::print(&judged)
}

fn measure(corpora: &Path) -> Result<(), Box<dyn Error>> {
    let all = Data::read(corpora)?;
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
