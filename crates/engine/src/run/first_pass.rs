//! What is counted in a corpus before any system sees a document of it.

use std::sync::Arc;

use epitome_corpora::{Corpus, CorpusError, Source};
use epitome_text::{Analyser, CorpusStatistics};

use super::{
    Background, CorpusRecipe, Plan, Reading,
    clock::{Stages, timed},
    execute::{Found, in_order},
    guard::{guarded, records},
};

/// What is known of a corpus as a whole, as far as any system wants to know.
#[derive(Default, Clone)]
pub struct CorpusWide {
    /// How many documents were counted; 0 where nothing is wanted.
    pub documents: u64,
    /// How many documents hold each stem.
    pub statistics: Option<Arc<CorpusStatistics>>,
}

/// How many documents hold each stem, if any system wants to know.
///
/// A broken record does not end the run here: the second pass meets it too, and by then
/// has handed over everything before it.
pub(super) fn first_pass(
    plan: &Plan,
    corpus: &dyn Corpus,
    stages: &mut Stages,
) -> Result<CorpusWide, CorpusError> {
    let counted = match &plan.counted {
        Some(counted) => counted.corpus.clone(),
        None => count_if_wanted(plan, corpus, stages)?,
    };
    let background = plan.background.as_ref().map(|it| it.statistics.clone());
    let statistics = background.or(counted.statistics);
    Ok(CorpusWide {
        documents: counted.documents,
        statistics: statistics.filter(|_| plan.needs().corpus()),
    })
}

/// Counts a corpus, or a part of it, for a run over the whole.
///
/// # Errors
/// It cannot be read.
pub fn counts(plan: &Plan, corpus: &dyn Corpus) -> Result<CorpusWide, CorpusError> {
    count_if_wanted(plan, corpus, &mut Stages::default())
}

/// Counts a corpus for `plan` to take document frequencies from instead of those that
/// it runs on.
///
/// # Errors
/// The corpus cannot be read.
pub fn background(plan: &Plan, corpus: &dyn Corpus) -> Result<Background, CorpusError> {
    let counted = count(plan, corpus, &mut Stages::default())?;
    let statistics = Arc::new(counted.statistics.into_background());
    let corpus = CorpusRecipe::of(corpus, corpus.digest()?);
    Ok(Background { statistics, corpus })
}

/// What the systems of a plan want of the corpus that it runs on; nothing where they take
/// it from a background.
fn count_if_wanted(
    plan: &Plan,
    corpus: &dyn Corpus,
    stages: &mut Stages,
) -> Result<CorpusWide, CorpusError> {
    if !plan.needs().corpus() || plan.background.is_some() {
        return Ok(CorpusWide::default());
    }
    let Counted { documents, statistics } = count(plan, corpus, stages)?;
    Ok(CorpusWide { documents, statistics: Some(Arc::new(statistics)) })
}

/// What was counted in a part of a corpus.
struct Counted {
    documents: u64,
    statistics: CorpusStatistics,
}

impl Counted {
    fn nothing(plan: &Plan) -> Self {
        Self { documents: 0, statistics: CorpusStatistics::new(plan.needs()) }
    }

    fn merge(&mut self, other: &Self) {
        self.documents += other.documents;
        self.statistics.merge(&other.statistics);
    }
}

fn count(
    plan: &Plan,
    corpus: &dyn Corpus,
    stages: &mut Stages,
) -> Result<Counted, CorpusError> {
    let fresh = || Counter {
        reading: Reading::with(plan, Analyser::default()),
        counted: Counted::nothing(plan),
    };
    let count = |counter: &mut Counter<'_>, found: Found| match found {
        Ok(source) => {
            let place = source.place();
            guarded(|| place, || counter.add(source))
        }
        Err(_) => Ok(()),
    };
    let keep_going = |()| Ok::<_, CorpusError>(());
    let mut merged = Counted::nothing(plan);
    for counter in in_order(plan.jobs, records(corpus)?, fresh, count, keep_going)? {
        merged.merge(&counter.counted);
        stages.add(&counter.reading.stages);
    }
    Ok(merged)
}

/// A thread that counts.
struct Counter<'p> {
    reading: Reading<'p>,
    counted: Counted,
}

impl Counter<'_> {
    /// Counts a document; a broken one is left to the second pass.
    fn add(&mut self, source: Source) {
        let Self { reading, counted } = self;
        let Ok(record) = reading.parse(source) else { return };
        counted.documents += 1;
        let statistics = &mut counted.statistics;
        let Ok(read) = reading.analyse(record) else { return };
        timed(&mut reading.stages.analyse, || statistics.add(read.seen()));
    }
}
