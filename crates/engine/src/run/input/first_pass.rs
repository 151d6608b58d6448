//! Counts a corpus before any system sees a document of it. Threads count in sums of
//! their own, which are merged at the end.

use std::sync::Arc;

use epitome_corpora::{Corpus, CorpusError, Source};
use epitome_text::{Analyser, CorpusStatistics};

use crate::run::{
    setup::{
        corpus_wide::{Background, CorpusWide},
        manifest_entries::CorpusRecipe,
        work::Work,
    },
    threads::{
        clock::{Stages, timed},
        guard::{SourceResult, guarded, records},
        pool::in_order,
    },
};

use super::reading::Reader;

/// Returns the number of documents that contain each stem, and whatever else of the
/// corpus any system needs.
///
/// A broken record is no error here: the second pass reports it, after it has passed on
/// every outcome before it.
pub(in crate::run) fn first_pass(
    work: &Work,
    corpus: &dyn Corpus,
    stages: &mut Stages,
) -> Result<CorpusWide, CorpusError> {
    let counted = match &work.counted {
        Some(counted) => counted.corpus.clone(),
        None => count_if_wanted(work, corpus, stages, Broken::LeftOut)?,
    };
    let background = work.background.as_ref().map(|it| it.statistics.clone());
    let statistics = background.or(counted.statistics);
    Ok(CorpusWide {
        documents: counted.documents,
        statistics: statistics.filter(|_| work.corpus_needs().any()),
    })
}

/// Counts a corpus, or a part of it, for a run over the whole corpus.
///
/// # Errors
/// Returns an error if it cannot be read.
pub fn counts(work: &Work, corpus: &dyn Corpus) -> Result<CorpusWide, CorpusError> {
    count_if_wanted(work, corpus, &mut Stages::default(), Broken::Refused)
}

/// Counts a corpus that provides the document frequencies of `work` in place of the
/// corpus that is run on.
///
/// # Errors
/// Returns an error if the corpus cannot be read.
pub fn background(work: &Work, corpus: &dyn Corpus) -> Result<Background, CorpusError> {
    let counted = count(work, corpus, &mut Stages::default(), Broken::Refused)?;
    let statistics = Arc::new(counted.statistics.into_background());
    let corpus = CorpusRecipe::of(corpus, corpus.digest()?);
    Ok(Background { statistics, corpus })
}

/// Returns what the systems need to know of the corpus that is run on; nothing if they
/// know it from a background corpus.
fn count_if_wanted(
    work: &Work,
    corpus: &dyn Corpus,
    stages: &mut Stages,
    broken: Broken,
) -> Result<CorpusWide, CorpusError> {
    if !work.corpus_needs().any() || work.background.is_some() {
        return Ok(CorpusWide::default());
    }

    let Counted {
        documents,
        statistics,
    } = count(work, corpus, stages, broken)?;
    Ok(CorpusWide {
        documents,
        statistics: Some(Arc::new(statistics)),
    })
}

/// What is done about a broken record.
#[derive(Clone, Copy)]
enum Broken {
    /// It is left out: the second pass meets it too, and reports it.
    LeftOut,
    /// It is an error: nobody reads the corpus again.
    Refused,
}

/// The counts of a part of a corpus.
struct Counted {
    documents: u64,
    statistics: CorpusStatistics,
}

impl Counted {
    fn nothing(work: &Work) -> Self {
        Self {
            documents: 0,
            statistics: CorpusStatistics::new(work.corpus_needs()),
        }
    }

    fn merge(&mut self, other: &Self) {
        self.documents += other.documents;
        self.statistics.merge(&other.statistics);
    }
}

/// Counts a corpus on the threads of `work` and adds their times to `stages`.
fn count(
    work: &Work,
    corpus: &dyn Corpus,
    stages: &mut Stages,
    broken: Broken,
) -> Result<Counted, CorpusError> {
    let counters = in_order(
        work.jobs,
        records(corpus)?,
        || Counter {
            reader: Reader::new(work.reading, Analyser::default()),
            counted: Counted::nothing(work),
        },
        |counter: &mut Counter, found: SourceResult| {
            let added = match found {
                Ok(source) => {
                    let place = source.place();
                    guarded(|| place, || counter.add(source))?
                }
                Err(error) => Err(error),
            };
            match broken {
                Broken::Refused => added,
                Broken::LeftOut => Ok(()),
            }
        },
        |()| Ok::<_, CorpusError>(()),
    )?;

    let mut merged = Counted::nothing(work);
    for counter in counters {
        merged.merge(&counter.counted);
        stages.add(&counter.reader.stages);
    }
    Ok(merged)
}

/// The state of a thread that counts.
struct Counter {
    reader: Reader,
    counted: Counted,
}

impl Counter {
    /// Counts a document.
    fn add(&mut self, source: Source) -> Result<(), CorpusError> {
        let Self { reader, counted } = self;
        let record = reader.parse(source)?;
        counted.documents += 1;
        let statistics = &mut counted.statistics;
        let read = reader.analyse(record)?;
        timed(&mut reader.stages.analyse, || statistics.add(read.seen()));
        Ok(())
    }
}
