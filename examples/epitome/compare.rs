//! `epitome` beside the best of the others, with paired intervals.

use std::{error::Error, path::Path};

use epitome::stats::difference_interval;

use crate::{
    corpora,
    measure::{METRICS, Measured, best, measure, others},
};

/// Prints CSV: a row for each corpus, budget, metric and other system: the lead, and the
/// one that is best by this metric.
pub(crate) fn print(folder: &Path) -> Result<(), Box<dyn Error>> {
    println!(
        "corpus,documents,budget,metric,epitome,words,other,other_score,other_words,difference,low,high"
    );
    for corpus in corpora::read(folder, usize::MAX)? {
        for budget in corpus.budgets {
            let ours = measure("epitome", &corpus, budget)?;
            let others = others(&corpus, budget)?;
            let lead = others.iter().find(|other| other.system == "lead");
            for (at, metric) in METRICS.iter().enumerate() {
                let best = best(&others, at);
                let lead = lead.filter(|lead| lead.system != best.system);
                for other in lead.into_iter().chain([best]) {
                    let row = row(&ours, other, at);
                    let count = corpus.documents.len();
                    println!("{},{count},{budget},{metric},{row}", corpus.name);
                }
            }
        }
    }
    Ok(())
}

fn row(ours: &Measured, other: &Measured, metric: usize) -> String {
    let (ours_of, theirs) = (&ours.scores[metric], &other.scores[metric]);
    let (low, high) =
        difference_interval(ours_of, theirs, 0.95).expect("a corpus has documents");
    format!(
        "{:.2},{:.1},{},{:.2},{:.1},{:.2},{:.2},{:.2}",
        ours.mean(metric),
        ours.words,
        other.system,
        other.mean(metric),
        other.words,
        ours.mean(metric) - other.mean(metric),
        low,
        high
    )
}
