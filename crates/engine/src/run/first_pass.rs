//! What is counted in a corpus before any system sees a document of it.

use std::sync::Arc;

use epitome_corpora::{Corpus, CorpusError, Source};
use epitome_text::{Analyser, CorpusStatistics};

use super::{
    clock::{Stages, timed},
    corpus_wide::{Background, CorpusWide},
    guard::{SourceResult, guarded, records},
    manifest_entries::CorpusRecipe,
    pool::in_order,
    reading::Reader,
    work::Work,
};

/// How many documents hold each stem, if any system wants to know.
///
/// A broken record does not end the run here: the second pass meets it too, and by then
/// has handed over everything before it.
pub(super) fn first_pass(
    work: &Work,
    corpus: &dyn Corpus,
    stages: &mut Stages,
) -> Result<CorpusWide, CorpusError> {
    let counted = match &work.counted {
        Some(counted) => counted.corpus.clone(),
        None => count_if_wanted(work, corpus, stages)?,
    };
    let background = work.background.as_ref().map(|it| it.statistics.clone());
    let statistics = background.or(counted.statistics);
    Ok(CorpusWide {
        documents: counted.documents,
        statistics: statistics.filter(|_| work.needs().corpus()),
    })
}

/// Counts a corpus, or a part of it, for a run over the whole.
///
/// # Errors
/// Returns an error if it cannot be read.
pub fn counts(work: &Work, corpus: &dyn Corpus) -> Result<CorpusWide, CorpusError> {
    count_if_wanted(work, corpus, &mut Stages::default())
}

/// Counts a corpus for `work` to take document frequencies from instead of those that
/// it runs on.
///
/// # Errors
/// Returns an error if the corpus cannot be read.
pub fn background(work: &Work, corpus: &dyn Corpus) -> Result<Background, CorpusError> {
    let counted = count(work, corpus, &mut Stages::default())?;
    let statistics = Arc::new(counted.statistics.into_background());
    let corpus = CorpusRecipe::of(corpus, corpus.digest()?);
    Ok(Background { statistics, corpus })
}

/// What the systems want of the corpus that it runs on; nothing where they take
/// it from a background.
fn count_if_wanted(
    work: &Work,
    corpus: &dyn Corpus,
    stages: &mut Stages,
) -> Result<CorpusWide, CorpusError> {
    if !work.needs().corpus() || work.background.is_some() {
        return Ok(CorpusWide::default());
    }
    let Counted {
        documents,
        statistics,
    } = count(work, corpus, stages)?;
    Ok(CorpusWide {
        documents,
        statistics: Some(Arc::new(statistics)),
    })
}

/// What was counted in a part of a corpus.
struct Counted {
    documents: u64,
    statistics: CorpusStatistics,
}

impl Counted {
    fn nothing(work: &Work) -> Self {
        Self {
            documents: 0,
            statistics: CorpusStatistics::new(work.needs()),
        }
    }

    fn merge(&mut self, other: &Self) {
        self.documents += other.documents;
        self.statistics.merge(&other.statistics);
    }
}

fn count(
    work: &Work,
    corpus: &dyn Corpus,
    stages: &mut Stages,
) -> Result<Counted, CorpusError> {
    let fresh = || Counter {
        reader: Reader::new(work.reading, Analyser::default()),
        counted: Counted::nothing(work),
    };
    let count = |counter: &mut Counter, found: SourceResult| match found {
        Ok(source) => {
            let place = source.place();
            guarded(|| place, || counter.add(source))
        }
        Err(_) => Ok(()),
    };
    let keep_going = |()| Ok::<_, CorpusError>(());
    let mut merged = Counted::nothing(work);
    for counter in in_order(work.jobs, records(corpus)?, fresh, count, keep_going)? {
        merged.merge(&counter.counted);
        stages.add(&counter.reader.stages);
    }
    Ok(merged)
}

/// A thread that counts.
struct Counter {
    reader: Reader,
    counted: Counted,
}

impl Counter {
    /// Counts a document; a broken one is left to the second pass.
    fn add(&mut self, source: Source) {
        let Self { reader, counted } = self;
        let Ok(record) = reader.parse(source) else {
            return;
        };
        counted.documents += 1;
        let statistics = &mut counted.statistics;
        let Ok(read) = reader.analyse(record) else {
            return;
        };
        timed(&mut reader.stages.analyse, || statistics.add(read.seen()));
    }
}
