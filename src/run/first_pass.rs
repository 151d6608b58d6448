//! The first pass over a corpus, in which it is counted.

use std::sync::Arc;

use crate::{
    corpus::{Corpus, CorpusError},
    text::{Analyser, CorpusStatistics, OPENING},
};

use super::{
    Background, CorpusRecipe, Plan,
    clock::{Stages, timed},
    execute::{Found, Reading, in_order},
};

/// How many documents hold each stem, if any system wants to know.
///
/// A broken record does not end the run here: the second pass meets it too, and by then
/// has handed over everything before it.
pub(super) fn first_pass(
    plan: &Plan,
    corpus: &dyn Corpus,
    stages: &mut Stages,
) -> Result<Option<Arc<CorpusStatistics>>, CorpusError> {
    if !plan.needs().corpus() {
        return Ok(None);
    }
    if let Some(background) = &plan.background {
        return Ok(Some(background.statistics.clone()));
    }
    count(plan, corpus, stages).map(|counted| Some(Arc::new(counted)))
}

/// Counts a corpus for `plan` to take document frequencies from instead of those that
/// it runs on.
///
/// # Errors
/// The corpus cannot be read.
pub fn background(plan: &Plan, corpus: &dyn Corpus) -> Result<Background, CorpusError> {
    let counted = count(plan, corpus, &mut Stages::default())?;
    let statistics = Arc::new(counted.into_background());
    let corpus = CorpusRecipe::of(corpus, corpus.digest()?);
    Ok(Background { statistics, corpus })
}

fn count(
    plan: &Plan,
    corpus: &dyn Corpus,
    stages: &mut Stages,
) -> Result<CorpusStatistics, CorpusError> {
    let needs = plan.needs();
    let fresh = || Counter {
        reading: Reading::with(plan, Analyser::default()),
        tagging: Analyser::new(needs.tags, None),
        statistics: CorpusStatistics::new(needs),
    };
    let add = |counter: &mut Counter<'_>, found: Found| {
        counter.add(found);
        Ok::<_, CorpusError>(())
    };
    let keep_going = |()| Ok::<_, CorpusError>(());
    let counters = in_order(plan, corpus.records()?, fresh, add, keep_going)?;
    let mut merged = CorpusStatistics::new(needs);
    for counter in &counters {
        merged.merge(&counter.statistics);
        stages.add(&counter.reading.stages);
    }
    timed(&mut stages.analyse, || merged.index_kept());
    Ok(merged)
}

/// A thread that counts.
struct Counter<'p> {
    reading: Reading<'p>,
    /// Counting needs no parts of speech; the few documents that are kept have them.
    tagging: Analyser,
    statistics: CorpusStatistics,
}

impl Counter<'_> {
    /// Counts a document; a broken one is left to the second pass.
    fn add(&mut self, found: Found) {
        let Self { reading, tagging, statistics } = self;
        let Ok((_, document)) = found.and_then(|source| reading.read(source)) else {
            return;
        };
        timed(&mut reading.stages.analyse, || {
            statistics.add(&document);
            if statistics.wants_to_keep(&document) {
                let mut opening = document.opening(OPENING);
                tagging.tag(&mut opening);
                statistics.keep(&document, opening);
            }
        });
    }
}
