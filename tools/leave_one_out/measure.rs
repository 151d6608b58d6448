//! Scores of systems, document by document.

use std::error::Error;

use epitome::{
    keywords::KeywordExtractor,
    metric::{Metric, MetricSet, Task},
    rank::Budget,
    registry::Registry,
    summarise::Summariser,
};

use crate::corpora::{Corpus, Text};

/// What is measured of summaries: ROUGE in the profile that reads every script.
pub(crate) const OF_SUMMARIES: [&str; 2] =
    ["rouge-1(profile=unicode)", "rouge-2(profile=unicode)"];

/// What is measured of keyphrases.
pub(crate) const OF_KEYPHRASES: [&str; 3] =
    ["keyphrase-f1@5", "keyphrase-f1@10", "keyphrase-map"];

/// Keyphrases that an extractor is asked for: as many as a run asks for.
pub(crate) const LIMIT: usize = 50;

/// A system with its name in the tables.
pub(crate) struct Named<T: ?Sized> {
    pub(crate) name: String,
    pub(crate) system: Box<T>,
}

/// Scores in points, by metric and by document.
pub(crate) type Scores = Vec<Vec<f64>>;

/// Returns the metrics of these names.
pub(crate) fn metrics(names: &[&str]) -> Result<Vec<Box<dyn Metric>>, Box<dyn Error>> {
    let registry = Registry::standard();
    let mut metrics = Vec::new();
    for name in names {
        metrics.push(registry.metric(&name.parse()?)?.value);
    }
    Ok(metrics)
}

/// Returns the scores of each summariser on the first `limit` documents, at the median
/// length of the corpus's references.
pub(crate) fn summarisers(
    systems: &[Named<dyn Summariser>],
    corpus: &Corpus,
    limit: usize,
) -> Result<Vec<Scores>, Box<dyn Error>> {
    let metrics = metrics(&OF_SUMMARIES)?;
    let mut set = MetricSet::new(Task::Summaries, metrics.iter().map(AsRef::as_ref));
    let mut scores = vec![vec![Vec::new(); metrics.len()]; systems.len()];
    let budget = Budget::Words(corpus.words);

    for text in corpus.texts.iter().take(limit) {
        let references = text.summaries.iter().map(std::slice::from_ref);
        let references = set.references(references);
        let mut prepared = set.prepare(&references);
        for (Named { system, .. }, scores) in systems.iter().zip(&mut scores) {
            let picks = system.summarise(&text.document, budget).in_document_order();
            let sentences = picks
                .iter()
                .map(|&at| text.document.sentence_text(at as usize));
            let found = prepared.measure(&set.candidate(sentences));
            for ((metric, found), scores) in metrics.iter().zip(&found).zip(scores) {
                scores.push(100.0 * metric.score(found).value);
            }
        }
    }
    Ok(scores)
}

/// Returns the scores of each extractor on the first `limit` documents.
pub(crate) fn extractors(
    systems: &[Named<dyn KeywordExtractor>],
    corpus: &Corpus,
    limit: usize,
) -> Result<Vec<Scores>, Box<dyn Error>> {
    let metrics = metrics(&OF_KEYPHRASES)?;
    let mut set = MetricSet::new(Task::Keyphrases, metrics.iter().map(AsRef::as_ref));
    let mut scores = vec![vec![Vec::new(); metrics.len()]; systems.len()];

    for Text {
        document,
        view,
        keyphrases,
        ..
    } in corpus.texts.iter().take(limit)
    {
        let references = set.references([keyphrases.as_slice()]);
        let mut prepared = set.prepare(&references);
        for (Named { system, .. }, scores) in systems.iter().zip(&mut scores) {
            let phrases = system.extract(document, view, LIMIT);
            let phrases = phrases.iter().map(|phrase| phrase.text.as_str());
            let found = prepared.measure(&set.candidate(phrases));
            for ((metric, found), scores) in metrics.iter().zip(&found).zip(scores) {
                scores.push(100.0 * metric.score(found).value);
            }
        }
    }
    Ok(scores)
}
