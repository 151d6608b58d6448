//! How much of what systems pick is boilerplate.

use std::error::Error;

use epitome::{
    metric::{Metric, MetricSet, MetricSource, Task},
    rank::Budget,
    registry::Registry,
    text::{CorpusView, Document, boilerplate::Boilerplate},
};

use crate::{
    pages::{Judged, LabelledPage},
    resample,
};

const CUTS: [usize; 2] = [3, 5];
const METRICS: [&str; 2] = ["leak@3", "leak@5"];
const SYSTEMS: [&str; 12] = [
    "text-rank",
    "lex-rank",
    "tf-idf",
    "tf-idf(normalise=none)",
    "sum-basic",
    "kl-sum",
    "mmr",
    "submodular",
    "concepts",
    "grasshopper",
    "lead",
    "random",
];
/// The first of [`SYSTEMS`], of which the picked lines are printed.
const SHOWN: usize = 4;

/// What is done about the boilerplate of a page, as tables have it.
const WAYS: [(&str, Boilerplate); 2] =
    [("keep", Boilerplate::Keep), ("clean", Boilerplate::Drop)];

/// The document without its boilerplate, if that is to be dropped.
fn clean(document: &Document, what: Boilerplate) -> Option<Document> {
    match what {
        Boilerplate::Keep => None,
        Boilerplate::Drop => document.without_boilerplate(),
    }
}

/// Prints [`METRICS`] of every system, with intervals over pages.
pub(crate) fn print(pages: &[Judged]) -> Result<(), Box<dyn Error>> {
    println!("\n| system | leak@3, % | leak@5, % |\n|---|---|---|");
    for system in SYSTEMS {
        for (way, what) in WAYS {
            print_row(&format!("{system}, {way}"), &scores(system, pages, what)?);
        }
    }
    Ok(())
}

fn print_row(name: &str, scores: &[[f64; METRICS.len()]]) {
    let cells: Vec<String> = (0..METRICS.len())
        .map(|metric| {
            let mean = |drawn: &[u32]| {
                let pages = scores.iter().zip(drawn);
                let sum: f64 = pages
                    .map(|(page, &times)| f64::from(times) * page[metric])
                    .sum();
                100.0 * sum / scores.len() as f64
            };
            let (low, high) = resample::interval(scores.len(), mean);
            format!(
                "{:.1} ({low:.1} to {high:.1})",
                mean(&vec![1; scores.len()])
            )
        })
        .collect();
    println!("| {name} | {} |", cells.join(" | "));
}

/// [`METRICS`] of each page that has any picks.
fn scores(
    system: &str,
    pages: &[Judged],
    what: Boilerplate,
) -> Result<Vec<[f64; METRICS.len()]>, Box<dyn Error>> {
    let system = Registry::standard().summariser(&system.parse()?)?.value;
    let mut metrics: Vec<Box<dyn Metric>> = Vec::new();
    for name in METRICS {
        metrics.push(Registry::standard().metric(&name.parse()?)?.value);
    }
    let mut metric_set =
        MetricSet::new(Task::Summaries, metrics.iter().map(AsRef::as_ref));
    let mut of_page = |Judged {
                           document, labels, ..
                       }: &Judged| {
        let count = document.sentences().len();
        let sentences: Vec<String> = (0..count)
            .map(|at| document.sentence_text(at).to_owned())
            .collect();
        let source = MetricSource {
            sentences: &sentences,
            boilerplate: Some(labels),
            ..MetricSource::default()
        };
        let clean = clean(document, what);
        let seen = clean.as_ref().unwrap_or(document);
        let selection = system.summarise(seen, Budget::Sentences(count));
        let picks = selection.of_whole(seen).indices();
        let references = metric_set.references_and_source([], source);
        let candidate = metric_set.candidate([]).with_picks(&picks);
        let statistics = metric_set.prepare(&references).measure(&candidate);
        let known = statistics.iter().all(|it| it.outputs > 0.0);
        known.then(|| std::array::from_fn(|at| metrics[at].score(&statistics[at]).value))
    };

    Ok(pages.iter().filter_map(&mut of_page).collect())
}

/// The share of keyphrases of each page that are boilerplate, as how many there are and how
/// many of them are.
fn cell(pages: &[(u32, u32)]) -> String {
    let share = |drawn: &[u32]| {
        let (mut found, mut leaked) = (0, 0);
        for (page, times) in pages.iter().zip(drawn) {
            found += times * page.0;
            leaked += times * page.1;
        }
        100.0 * f64::from(leaked) / f64::from(found)
    };
    let (low, high) = resample::interval(pages.len(), share);
    format!(
        "{:.1} ({low:.1} to {high:.1})",
        share(&vec![1; pages.len()])
    )
}

/// Prints the share of the first 10 keyphrases that no line of the body holds.
pub(crate) fn print_keyphrases(pages: &[Judged]) -> Result<(), Box<dyn Error>> {
    println!("\n| keyword extractor | leak@10, % |\n|---|---|");
    for name in ["text-rank", "tf-idf", "first-phrases"] {
        let extractor = Registry::standard().extractor(&name.parse()?)?.value;
        for (way, what) in WAYS {
            let of_page = |page: &Judged| {
                let body = page.body();
                let clean = clean(&page.document, what);
                let seen = clean.as_ref().unwrap_or(&page.document);
                let keys = extractor.extract(seen, &CorpusView::none(), 10);
                let held = |key: &str| body.iter().any(|line| line.contains(key));
                let leaks = keys.iter().filter(|key| !held(&key.text)).count();
                (keys.len() as u32, leaks as u32)
            };
            let picks: Vec<_> = pages.iter().map(of_page).collect();
            println!("| {name}, {way} | {} |", cell(&picks));
        }
    }
    Ok(())
}

/// Prints which lines of a page are picked.
pub(crate) fn print_picked_lines(
    judged: &Judged,
    page: &LabelledPage,
) -> Result<(), Box<dyn Error>> {
    println!("\n| system | lines at 3 sentences | lines at 5 |\n|---|---|---|");
    for system in &SYSTEMS[..SHOWN] {
        let built = Registry::standard().summariser(&system.parse()?)?.value;
        for (way, what) in WAYS {
            let clean = clean(&judged.document, what);
            let seen = clean.as_ref().unwrap_or(&judged.document);
            let lines = CUTS.map(|cut| {
                let selection = built.summarise(seen, Budget::Sentences(cut));
                let line = |pick: u32| {
                    let start = seen.sentences()[pick as usize].span.start;
                    (page.line_at(start as usize) + 1).to_string()
                };
                let picks = selection.in_document_order();
                picks.into_iter().map(line).collect::<Vec<_>>().join(" ")
            });
            println!("| {system}, {way} | {} | {} |", lines[0], lines[1]);
        }
    }
    Ok(())
}
