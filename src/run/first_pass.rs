//! What is counted in a corpus before any system sees a document of it.

use std::sync::Arc;

use crate::{
    corpus::{Corpus, CorpusError, Source},
    text::{Analyser, CorpusStatistics, OPENING, furniture::RepeatedLines},
};

use super::{
    Background, CorpusRecipe, Plan, Reading,
    clock::{Stages, timed},
    execute::{Found, in_order},
};

/// What is known of a corpus as a whole, as far as any system wants to know.
#[derive(Default, Clone)]
pub struct CorpusWide {
    /// How many documents were counted; 0 where nothing is wanted.
    pub documents: u64,
    /// How many documents hold each stem.
    pub statistics: Option<Arc<CorpusStatistics>>,
    /// How many documents hold each line.
    pub repeated_lines: Option<Arc<RepeatedLines>>,
}

/// How many documents hold each stem and each line, if any system wants to know.
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
        None => count(plan, corpus, Wanted::of(plan), stages)?.shared(),
    };
    let background = plan.background.as_ref().map(|it| it.statistics.clone());
    let statistics = background.or(counted.statistics);
    Ok(CorpusWide {
        documents: counted.documents,
        statistics: statistics.filter(|_| plan.needs().corpus()),
        repeated_lines: counted.repeated_lines,
    })
}

/// Counts a corpus, or a part of it, for a run over the whole.
///
/// # Errors
/// It cannot be read.
pub fn counts(plan: &Plan, corpus: &dyn Corpus) -> Result<CorpusWide, CorpusError> {
    let counted = count(plan, corpus, Wanted::of(plan), &mut Stages::default())?;
    Ok(counted.shared())
}

/// Counts a corpus for `plan` to take document frequencies from instead of those that
/// it runs on.
///
/// # Errors
/// The corpus cannot be read.
pub fn background(plan: &Plan, corpus: &dyn Corpus) -> Result<Background, CorpusError> {
    let wanted = Wanted { words: true, lines: false };
    let counted = count(plan, corpus, wanted, &mut Stages::default())?;
    let statistics = Arc::new(counted.statistics.unwrap_or_default().into_background());
    let corpus = CorpusRecipe::of(corpus, corpus.digest()?);
    Ok(Background { statistics, corpus })
}

/// What is to be counted in a corpus.
#[derive(Clone, Copy)]
struct Wanted {
    words: bool,
    lines: bool,
}

impl Wanted {
    /// What the systems of a plan want of the corpus that it runs on.
    fn of(plan: &Plan) -> Self {
        let needs = plan.needs();
        Self {
            words: needs.corpus() && plan.background.is_none(),
            lines: needs.repeated_lines,
        }
    }
}

/// What was counted in a part of a corpus.
struct Counted {
    documents: u64,
    statistics: Option<CorpusStatistics>,
    repeated_lines: Option<RepeatedLines>,
}

impl Counted {
    fn nothing(plan: &Plan, wanted: Wanted) -> Self {
        Self {
            documents: 0,
            statistics: wanted.words.then(|| CorpusStatistics::new(plan.needs())),
            repeated_lines: wanted.lines.then(RepeatedLines::default),
        }
    }

    fn shared(self) -> CorpusWide {
        CorpusWide {
            documents: self.documents,
            statistics: self.statistics.map(Arc::new),
            repeated_lines: self.repeated_lines.map(Arc::new),
        }
    }

    fn merge(&mut self, other: &Self) {
        self.documents += other.documents;
        if let (Some(sum), Some(part)) = (&mut self.statistics, &other.statistics) {
            sum.merge(part);
        }
        if let (Some(sum), Some(part)) = (&mut self.repeated_lines, &other.repeated_lines)
        {
            sum.merge(part);
        }
    }
}

fn count(
    plan: &Plan,
    corpus: &dyn Corpus,
    wanted: Wanted,
    stages: &mut Stages,
) -> Result<Counted, CorpusError> {
    let mut merged = Counted::nothing(plan, wanted);
    if !wanted.words && !wanted.lines {
        return Ok(merged);
    }
    let fresh = || Counter {
        reading: Reading::with(plan, Analyser::default()),
        tagging: Analyser::new(plan.needs().tags, None),
        counted: Counted::nothing(plan, wanted),
    };
    let count = |counter: &mut Counter<'_>, found: Found| {
        if let Ok(source) = found {
            counter.add(source);
        }
        Ok::<_, CorpusError>(())
    };
    let keep_going = |()| Ok::<_, CorpusError>(());
    for counter in in_order(plan, corpus.records()?, fresh, count, keep_going)? {
        merged.merge(&counter.counted);
        stages.add(&counter.reading.stages);
    }
    if let Some(statistics) = &mut merged.statistics {
        timed(&mut stages.analyse, || statistics.index_kept());
    }
    Ok(merged)
}

/// A thread that counts.
struct Counter<'p> {
    reading: Reading<'p>,
    /// Counting needs no parts of speech; the few documents that are kept have them.
    tagging: Analyser,
    counted: Counted,
}

impl Counter<'_> {
    /// Counts a document; where only lines are wanted, it is not analysed, and a broken
    /// one is left to the second pass.
    fn add(&mut self, source: Source) {
        let Self { reading, tagging, counted } = self;
        let Ok(record) = reading.parse(source) else { return };
        counted.documents += 1;
        if let Some(lines) = &mut counted.repeated_lines {
            timed(&mut reading.stages.analyse, || lines.add(&record.text));
        }
        let Some(statistics) = &mut counted.statistics else { return };
        let Ok(document) = reading.analyse(&record) else { return };
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
