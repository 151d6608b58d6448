//! How much of what systems pick is furniture.

use std::error::Error;

use epitome::{rank::Budget, registry::Registry};

use crate::{
    pages::{Judged, LabelledPage},
    resample,
};

const CUTS: [usize; 2] = [3, 5];
const SYSTEMS: [&str; 8] = [
    "text-rank(furniture=keep)",
    "text-rank(furniture=mask)",
    "text-rank(furniture=prior)",
    "tf-idf(furniture=keep)",
    "tf-idf(furniture=mask)",
    "tf-idf(furniture=prior)",
    "lead",
    "random",
];

/// Prints leak@k, the share of picks that are furniture, with intervals over pages.
pub(crate) fn print(pages: &[Judged]) -> Result<(), Box<dyn Error>> {
    println!("\n| system | leak@3, % | leak@5, % |\n|---|---|---|");
    for system in SYSTEMS {
        let picks = picks(system, pages, |_| false)?;
        println!("| {system} | {} | {} |", cell(&picks, 0), cell(&picks, 1));
    }
    for system in ["lead", "random"] {
        let picks = picks(system, pages, |p| p > 0.5)?;
        let name = format!("{system}, passing over p > 0.5");
        println!("| {name} | {} | {} |", cell(&picks, 0), cell(&picks, 1));
    }
    Ok(())
}

/// For each cut how many things of a page were picked and how many are furniture.
type Picks = [(u32, u32); CUTS.len()];

/// The picks of each page.
fn picks(
    system: &str,
    pages: &[Judged],
    passed_over: impl Fn(f32) -> bool,
) -> Result<Vec<Picks>, Box<dyn Error>> {
    let system = Registry::standard().summariser(&system.parse()?)?.value;
    let of_page = |page: &Judged| {
        let sentences = page.document.sentences();
        let ranked = system.summarise(&page.document, Budget::Sentences(sentences.len()));
        let kept = ranked.picks.into_iter().map(|pick| pick as usize);
        let kept: Vec<usize> =
            kept.filter(|&pick| !passed_over(sentences[pick].furniture)).collect();
        CUTS.map(|cut| {
            let picks = &kept[..cut.min(kept.len())];
            let leaks = picks.iter().filter(|&&pick| page.labels[pick]).count();
            (picks.len() as u32, leaks as u32)
        })
    };
    Ok(pages.iter().map(of_page).collect())
}

fn cell(picks: &[Picks], cut: usize) -> String {
    let share = |drawn: &[u32]| {
        let (mut picked, mut leaked) = (0, 0);
        for (page, times) in picks.iter().zip(drawn) {
            picked += times * page[cut].0;
            leaked += times * page[cut].1;
        }
        100.0 * f64::from(leaked) / f64::from(picked)
    };
    let (low, high) = resample::interval(picks.len(), share);
    format!("{:.1} ({low:.1} to {high:.1})", share(&vec![1; picks.len()]))
}

/// Prints the share of the first 10 keyphrases that no line of the body holds.
pub(crate) fn print_keyphrases(pages: &[Judged]) -> Result<(), Box<dyn Error>> {
    println!("\n| keyword extractor | leak@10, % |\n|---|---|");
    for name in ["text-rank", "tf-idf", "first-phrases"] {
        for furniture in ["keep", "mask", "prior"] {
            let spec = format!("{name}(furniture={furniture})");
            let extractor = Registry::standard().extractor(&spec.parse()?)?.value;
            let of_page = |page: &Judged| {
                let body = page.body();
                let keys = extractor.extract(&page.document, 10);
                let held = |key: &str| body.iter().any(|line| line.contains(key));
                let leaks = keys.iter().filter(|key| !held(&key.text)).count();
                [(keys.len() as u32, leaks as u32); 2]
            };
            let picks: Vec<_> = pages.iter().map(of_page).collect();
            println!("| {spec} | {} |", cell(&picks, 0));
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
    for system in &SYSTEMS[..6] {
        let built = Registry::standard().summariser(&system.parse()?)?.value;
        let lines = CUTS.map(|cut| {
            let picks = built
                .summarise(&judged.document, Budget::Sentences(cut))
                .in_document_order();
            let line = |pick: u32| {
                let start = judged.document.sentences()[pick as usize].span.start;
                (page.line_at(start as usize) + 1).to_string()
            };
            picks.into_iter().map(line).collect::<Vec<_>>().join(" ")
        });
        println!("| {system} | {} | {} |", lines[0], lines[1]);
    }
    Ok(())
}
