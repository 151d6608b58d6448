//! ROUGE of a system on a corpus.

use std::error::Error;

use epitome::{
    metric::{Metric, MetricSet, Task},
    rank::Budget,
    registry::Registry,
};

use crate::{FORMS, corpora::Corpus};

/// What is measured.
pub(crate) const METRICS: [&str; 2] = ["rouge-1", "rouge-2"];

/// The scores of a system, document by document.
pub(crate) struct Measured {
    pub(crate) system: String,
    /// F1 × 100, metric by metric.
    pub(crate) scores: [Vec<f64>; METRICS.len()],
    /// Mean length of a summary.
    pub(crate) words: f64,
}

impl Measured {
    pub(crate) fn mean(&self, metric: usize) -> f64 {
        let scores = &self.scores[metric];
        scores.iter().sum::<f64>() / scores.len().max(1) as f64
    }
}

/// The one of the best mean.
pub(crate) fn best(all: &[Measured], metric: usize) -> &Measured {
    let better = |a: &&Measured, b: &&Measured| a.mean(metric).total_cmp(&b.mean(metric));
    all.iter().max_by(better).expect("there are other systems")
}

/// All summarisers but `epitome` on one corpus.
pub(crate) fn others(
    corpus: &Corpus,
    budget: Budget,
) -> Result<Vec<Measured>, Box<dyn Error>> {
    let registry = Registry::standard();
    let entries = registry.summarisers().iter().map(|entry| entry.name);
    let names = entries.filter(|&name| name != "epitome").chain(FORMS);
    names.map(|name| measure(name, corpus, budget)).collect()
}

/// One system on one corpus.
pub(crate) fn measure(
    system: &str,
    corpus: &Corpus,
    budget: Budget,
) -> Result<Measured, Box<dyn Error>> {
    let registry = Registry::standard();
    let built = registry.summariser(&system.parse()?)?;
    let mut metrics: Vec<Box<dyn Metric>> = Vec::new();
    for name in METRICS {
        metrics.push(registry.metric(&name.parse()?)?.value);
    }
    let mut metric_set =
        MetricSet::new(Task::Summaries, metrics.iter().map(AsRef::as_ref));
    let mut scores: [Vec<f64>; METRICS.len()] = Default::default();
    let mut words = 0;

    for (document, references) in &corpus.documents {
        let references =
            metric_set.references(references.iter().map(std::slice::from_ref));
        let picks = built.value.summarise(document, budget).in_document_order();
        let texts = picks
            .iter()
            .map(|&pick| document.sentence_text(pick as usize));
        let candidate = metric_set.candidate(texts);
        let found = metric_set.prepare(&references).measure(&candidate);
        for ((metric, found), scores) in metrics.iter().zip(&found).zip(&mut scores) {
            scores.push(100.0 * metric.score(found).value);
        }
        let sentences = picks
            .iter()
            .map(|&pick| &document.sentences()[pick as usize]);
        words += sentences
            .map(|sentence| document.words(sentence))
            .sum::<usize>();
    }

    let words = words as f64 / corpus.documents.len().max(1) as f64;
    Ok(Measured {
        system: built.name,
        scores,
        words,
    })
}
