//! Carries out a plan.

use std::{
    hash::BuildHasher,
    ops::ControlFlow,
    panic::{AssertUnwindSafe, catch_unwind},
    time::Duration,
};

use foldhash::quality::FixedState;
use hashbrown::HashTable;

use crate::{
    corpus::{Corpus, CorpusError, Record, Source},
    metric::{self, Metric, Panel, Statistics, Task},
    rank::Selection,
    text::{self, Analyser, Document, Language, Segmenter, Sentence},
};

use super::{
    About, Cell, DocumentOutcome, Extract, Oracle, Plan, Role, Search, Status,
    StoreError, System, SystemOutcome,
    ask::{self, ask_first},
    clock::{Stages, timed},
    first_pass::{CorpusWide, first_pass},
    human::leave_one_out,
    pool::map_in_order,
};

/// What a run is told to report as it goes.
pub trait Progress {
    /// So many more bytes of the corpora have been worked through.
    fn advance(&mut self, bytes: u64);
}

/// Why a run ended early. What it had found before was handed over.
#[derive(Debug, thiserror::Error)]
pub enum RunError<E> {
    /// A corpus is broken.
    #[error(transparent)]
    Corpus(#[from] CorpusError),
    /// What an earlier run wrote cannot be read.
    #[error(transparent)]
    Rows(StoreError),
    /// What was found could not be handed over.
    #[error("{0}")]
    Sink(E),
}

/// The documents that an earlier run of the same plan has left: the first ones of its
/// corpora.
#[derive(Default)]
pub struct Done {
    corpora: Vec<(usize, Ids)>,
}

impl Done {
    /// Adds a document, the next of its corpus.
    pub fn add(&mut self, outcome: &DocumentOutcome) {
        if self.corpora.len() <= outcome.corpus {
            self.corpora.resize_with(outcome.corpus + 1, Default::default);
        }
        let (documents, ids) = &mut self.corpora[outcome.corpus];
        *documents += 1;
        ids.add(&outcome.id);
    }

    fn take(&mut self, corpus: usize) -> (usize, Ids) {
        self.corpora.get_mut(corpus).map(std::mem::take).unwrap_or_default()
    }
}

impl<E> From<StoreError> for RunError<E> {
    fn from(error: StoreError) -> Self {
        Self::Rows(error)
    }
}

/// Runs every system of `plan` over every document of its corpora that is not `done`, and
/// hands each document's outcome to `sink`, in corpus order at any number of threads.
///
/// # Errors
/// A record is broken, or the sink fails; every outcome before that was handed over.
pub fn execute<E>(
    plan: &Plan,
    mut done: Done,
    progress: &mut dyn Progress,
    mut sink: impl FnMut(DocumentOutcome) -> Result<(), E>,
) -> Result<Stages, RunError<E>> {
    let mut stages = Stages::default();
    for (index, corpus) in plan.corpora.iter().enumerate() {
        let (documents, mut ids) = done.take(index);
        if documents > 0 && corpus.records()?.nth(documents).is_none() {
            progress.advance(corpus.bytes());
            continue;
        }
        let corpus_wide = first_pass(plan, corpus.as_ref(), &mut stages)?;
        let worker = || Worker::new(plan, index, &corpus_wide);
        let mut writing = Duration::ZERO;
        let take = |(bytes, outcome): (u64, DocumentOutcome)| {
            progress.advance(bytes);
            ids.check(&outcome)?;
            timed(&mut writing, || sink(outcome)).map_err(RunError::Sink)
        };
        let sources = corpus.records()?.skip(documents);
        let workers = if plan.systems.iter().any(System::is_plugin) {
            let reading = || Reading::new(plan, &corpus_wide);
            let (workers, readings) = ask_first(plan, sources, reading, worker, take)?;
            for reading in &readings {
                stages.add(&reading.stages);
            }
            workers
        } else {
            in_order(plan, sources, worker, Worker::outcome, take)?
        };
        stages.write += writing;
        for worker in workers {
            stages.add(&worker.reading.stages);
        }
    }
    Ok(stages)
}

/// Analyses every document of a corpus: what systems are timed on.
///
/// # Errors
/// A record is broken.
pub fn analyse_all(
    plan: &Plan,
    corpus: &dyn Corpus,
) -> Result<Vec<Document>, CorpusError> {
    let corpus_wide = first_pass(plan, corpus, &mut Stages::default())?;
    let mut documents = Vec::new();
    let analyse = |reading: &mut Reading<'_>, found: Found| {
        Ok::<_, CorpusError>(reading.read(found?)?.1)
    };
    let keep = |document| -> Result<(), CorpusError> {
        documents.push(document);
        Ok(())
    };
    let reading = || Reading::new(plan, &corpus_wide);
    in_order(plan, corpus.records()?, reading, analyse, keep)?;
    Ok(documents)
}

/// What comes out of a corpus: a source, or the error that ends it.
pub(super) type Found = Result<Source, CorpusError>;

/// Maps items, such as the sources of a corpus, on the plan's threads; `sink` takes the
/// results in order. Ends at the first error in that order.
///
/// # Errors
/// `work` or `sink` fails.
pub fn in_order<I: Iterator + Send, S: Send, O: Send, F: Send, E: From<F>>(
    plan: &Plan,
    items: I,
    state: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, I::Item) -> Result<O, F> + Sync,
    mut sink: impl FnMut(O) -> Result<(), E>,
) -> Result<Vec<S>, E> {
    let mut failure = None;
    let states = map_in_order(plan.jobs, items, state, work, |result| {
        match result.map_err(E::from).and_then(&mut sink) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                failure = Some(error);
                ControlFlow::Break(())
            }
        }
    });
    failure.map_or(Ok(states), Err)
}

/// A thread's way from a source to a document.
pub struct Reading<'p> {
    plan: &'p Plan,
    pub(super) analyser: Analyser,
    pub(super) stages: Stages,
}

impl<'p> Reading<'p> {
    pub(super) fn new(plan: &'p Plan, corpus: &CorpusWide) -> Self {
        let CorpusWide { statistics, repeated_lines, .. } = corpus;
        let analyser = Analyser::new(plan.needs().tags, statistics.clone())
            .with_repeated_lines(repeated_lines.clone());
        Self::with(plan, analyser)
    }

    /// A thread's, under the languages and the segmenter of a plan; it does not go beyond
    /// `analyser`.
    pub fn with(plan: &'p Plan, analyser: Analyser) -> Self {
        Self { plan, analyser, stages: Stages::default() }
    }

    /// Parses and analyses a record.
    ///
    /// # Errors
    /// It is broken, or in a language that is unknown.
    pub fn read(&mut self, source: Source) -> Result<(Record, Document), CorpusError> {
        let record = self.parse(source)?;
        let document = self.analyse(&record)?;
        Ok((record, document))
    }

    pub(super) fn parse(&mut self, source: Source) -> Result<Record, CorpusError> {
        timed(&mut self.stages.parse, || source.parse())
    }

    pub(super) fn analyse(&mut self, record: &Record) -> Result<Document, CorpusError> {
        let Plan { language, segmenter, .. } = *self.plan;
        let Self { analyser, stages, .. } = self;
        timed(&mut stages.analyse, || analysed(analyser, record, language, segmenter))
    }
}

/// The document of a record, in the language that was asked for or its own.
pub(super) fn analysed(
    analyser: &mut Analyser,
    record: &Record,
    wanted: Option<Language>,
    segmenter: Segmenter,
) -> Result<Document, CorpusError> {
    let language = language(record, wanted)?;
    let mut document = match &record.tagged {
        Some(tagged) => analyser.analyse_tagged(&record.id, language, tagged),
        None => analyser.analyse(text::Source {
            id: &record.id,
            title: &record.title,
            text: &record.text,
            language,
            segmenter,
        }),
    };
    document.divide(&record.documents);
    Ok(document)
}

/// The language that was asked for, or the record's own, or the one it seems to be in.
fn language(record: &Record, wanted: Option<Language>) -> Result<Language, CorpusError> {
    match (wanted, record.language.as_str()) {
        (Some(language), _) => Ok(language),
        (None, "") => Ok(Language::detect(&record.text)),
        (None, code) => code.parse().map_err(|error| CorpusError::Language {
            place: record.place.clone(),
            error,
        }),
    }
}

/// A thread of the run.
pub(super) struct Worker<'p> {
    reading: Reading<'p>,
    corpus: usize,
    summaries: Scoring<'p>,
    keyphrases: Scoring<'p>,
    /// Where a system is one or a metric compares with it.
    oracle: Option<Oracle>,
}

impl<'p> Worker<'p> {
    pub(super) fn new(plan: &'p Plan, corpus: usize, corpus_wide: &CorpusWide) -> Self {
        Self {
            reading: Reading::new(plan, corpus_wide),
            corpus,
            summaries: Scoring::new(Task::Summaries, plan),
            keyphrases: Scoring::new(Task::Keyphrases, plan),
            oracle: plan.wants_oracle().then(Oracle::default),
        }
    }

    fn outcome(&mut self, found: Found) -> Result<(u64, DocumentOutcome), CorpusError> {
        let source = found?;
        let bytes = source.bytes();
        Ok((bytes, self.outcome_with(source, |_, attempt| attempt())?))
    }

    /// The outcome of a document on which each system, by its index, is attempted or has
    /// given something before.
    pub(super) fn outcome_with(
        &mut self,
        source: Source,
        given: impl FnMut(usize, &dyn Fn() -> Given) -> Given,
    ) -> Result<DocumentOutcome, CorpusError> {
        let read = self.reading.read(source)?;
        Ok(self.outcome_of(read, given))
    }

    /// As [`Self::outcome_with`], of a document that was read before.
    pub(super) fn outcome_of(
        &mut self,
        (record, document): (Record, Document),
        mut given: impl FnMut(usize, &dyn Fn() -> Given) -> Given,
    ) -> DocumentOutcome {
        let Reading { plan, stages, .. } = &mut self.reading;
        let mut select = |search| {
            let oracle = self.oracle.as_mut()?;
            Some(oracle.select(&document, &record.summaries, plan.budget, search))
        };
        let greedy = timed(&mut stages.metrics, || select(Search::Greedy));
        let oracles: Vec<Option<Selection>> = timed(&mut stages.systems, || {
            let picked = |system: &System| match system.role {
                Role::Oracle(Search::Greedy) => greedy.clone(),
                Role::Oracle(search) => select(search),
                _ => None,
            };
            plan.systems.iter().map(picked).collect()
        });
        let given = timed(&mut stages.systems, || {
            let systems = plan.systems.iter().enumerate();
            let give = |(at, system): (usize, &System)| {
                given(at, &|| match &oracles[at] {
                    Some(selection) => Ok(Extract::summary(&document, selection.clone())),
                    None if matches!(system.role, Role::Human) => {
                        Ok(Extract::first_of(&record.summaries))
                    }
                    None => attempt(plan, system, &document),
                })
            };
            systems.map(give).collect::<Vec<_>>()
        });
        let systems = timed(&mut stages.metrics, || {
            let summaries = record.summaries.iter().map(std::slice::from_ref).collect();
            let gold = Some(record.keyphrases.as_slice()).filter(|gold| !gold.is_empty());
            let (picks, phrases): (Vec<_>, Vec<_>) = given
                .into_iter()
                .enumerate()
                .partition(|(index, _)| plan.systems[*index].task() == Task::Summaries);
            let gold = gold.into_iter().collect();
            let oracle = greedy.map(|selection| selection.indices());
            let furniture = labels(&record, &document);
            let known =
                Known { oracle: oracle.as_deref(), furniture: furniture.as_deref() };
            let mut outcomes = self.summaries.score(&document, known, summaries, picks);
            outcomes.extend(self.keyphrases.score(&document, known, gold, phrases));
            outcomes.sort_unstable_by_key(|(index, _)| *index); // back in the plan's order
            outcomes.into_iter().map(|(_, outcome)| outcome).collect()
        });
        let about = About::of(&record, &document);
        let Record { id, place, .. } = record;
        DocumentOutcome { corpus: self.corpus, id, place, about, systems }
    }
}

/// What a system gave, or why it failed.
pub(super) type Given = Result<Extract, String>;

/// Lets a system work on a document; a panic or a broken rule is a failure.
fn attempt(plan: &Plan, system: &System, document: &Document) -> Given {
    let work = || match &system.role {
        Role::Summariser(summariser) => {
            let selection = summariser.summarise(document, plan.budget);
            match selection.broken_rule(document, plan.budget) {
                Some(rule) => Err(format!("error: {rule}")),
                None => Ok(Extract::summary(document, selection)),
            }
        }
        Role::Extractor(extractor) => {
            let mut phrases = extractor.extract(document, plan.limit);
            phrases.truncate(plan.limit);
            let signature = extractor.signature(document);
            Ok(Extract::Keyphrases { phrases, signature })
        }
        Role::Plugin(plugin) => ask::alone(plan, plugin.as_ref(), document),
        Role::Oracle(_) | Role::Human => Err("error: it needs references".to_owned()),
    };
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<&str>().copied();
        let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
        Err(format!("crash: {}", text.unwrap_or("a panic without a message")))
    })
}

/// What is known of a document beside its references.
#[derive(Clone, Copy)]
struct Known<'a> {
    oracle: Option<&'a [usize]>,
    furniture: Option<&'a [bool]>,
}

/// Whether each sentence stands in a line that is page furniture, where the record says
/// which lines are.
fn labels(record: &Record, document: &Document) -> Option<Vec<bool>> {
    let furniture = record.furniture_lines()?;
    let body = &document.full_text()[document.body_start() as usize..];
    let (mut at, mut line) = (0, 0);
    let label = |sentence: &Sentence| {
        let start = (sentence.span.start - document.body_start()) as usize;
        line += body[at..start].matches('\n').count();
        at = start;
        furniture.contains(&line)
    };
    Some(document.sentences().iter().map(label).collect())
}

/// The plan's metrics of one task.
struct Scoring<'p> {
    task: Task,
    systems: &'p [System],
    panel: Panel<'p>,
    /// The panel's metrics with their indices in the plan.
    metrics: Vec<(usize, &'p dyn Metric)>,
}

impl<'p> Scoring<'p> {
    fn new(task: Task, plan: &'p Plan) -> Self {
        let all = || plan.metrics.iter().map(|metric| metric.value.as_ref());
        let own = all().enumerate().filter(|(_, metric)| metric.task() == task);
        Self {
            task,
            systems: &plan.systems,
            panel: Panel::new(task, all()),
            metrics: own.collect(),
        }
    }

    /// The sentences; keyphrases may stand in the title too, which no summary holds.
    fn source(&self, document: &Document) -> Vec<String> {
        let title = &document.full_text()[..document.body_start() as usize];
        let title = Some(title).filter(|_| self.task == Task::Keyphrases);
        let body = (0..document.sentences().len()).map(|at| document.sentence_text(at));
        title.into_iter().chain(body).map(str::to_owned).collect()
    }

    /// Scores what systems gave, each with its index, against the references of one
    /// document and what else is known of it.
    fn score(
        &mut self,
        document: &Document,
        known: Known<'_>,
        references: Vec<&[String]>,
        given: Vec<(usize, Result<Extract, String>)>,
    ) -> Vec<(usize, SystemOutcome)> {
        if given.is_empty() {
            return Vec::new();
        }
        let has_reference = !references.is_empty();
        let is_text = |(_, metric): &(usize, &dyn Metric)| metric.needs().none();
        let sentences = match self.metrics.iter().all(is_text) {
            true => None,
            false => Some(self.source(document)),
        };
        let source = sentences.as_ref().map(|sentences| {
            let Known { oracle, furniture } = known;
            metric::Source { sentences, oracle, furniture }
        });
        let is_human = |at: usize| matches!(self.systems[at].role, Role::Human);
        let people = given.iter().any(|(at, _)| is_human(*at)).then(|| {
            let texts: Vec<String> =
                references.iter().copied().flatten().cloned().collect();
            leave_one_out(&mut self.panel, &texts, source)
        });
        let references = match source {
            Some(source) => self.panel.references_and_source(references, source),
            None => self.panel.references(references),
        };
        // a metric of labels looks at no reference
        let labelled = known.furniture.is_some();
        let is_known = |metric: &dyn Metric| match metric.needs().labels {
            true => labelled,
            false => has_reference,
        };
        let is_any = self.metrics.iter().any(|(_, metric)| is_known(*metric));
        let mut scale = is_any.then(|| self.panel.scale(&references));
        let mut outcome = |system: usize, given: Result<Extract, String>| {
            let (extract, failure) = match given {
                Ok(extract) => (Some(extract), None),
                Err(failure) => (None, Some(failure)),
            };
            let is_human = matches!(self.systems[system].role, Role::Human);
            let alone = is_human && matches!(people, None | Some(None));
            let statistics = match (&mut scale, &extract) {
                _ if is_human => people
                    .clone()
                    .flatten()
                    .unwrap_or_else(|| vec![Statistics::default(); self.metrics.len()]),
                (Some(scale), Some(extract)) => {
                    let mut candidate = self.panel.candidate(extract.segments());
                    if labelled {
                        let weights = self.systems[system].weights(document);
                        candidate = candidate.with_weights(weights);
                    }
                    scale.measure(&candidate.with_picks(&extract.ranked()))
                }
                _ => vec![Statistics::default(); self.metrics.len()],
            };
            let cells = self.metrics.iter().enumerate().map(|(at, &(index, metric))| {
                let status = match &failure {
                    _ if !is_known(metric) && metric.needs().labels => Status::LeftOut,
                    _ if !is_known(metric) || alone => Status::NoReference,
                    _ if !references.readable[at] => Status::UnreadableReference,
                    Some(message) => {
                        Status::Failed(message.lines().next().unwrap_or("").to_owned())
                    }
                    None if statistics[at].outputs == 0.0 => Status::LeftOut,
                    None => Status::Ok,
                };
                let score = status.counts().then(|| metric.score(&statistics[at]));
                Cell { metric: index, statistics: statistics[at], score, status }
            });
            SystemOutcome { cells: cells.collect(), extract, failure, clocks: None }
        };
        given.into_iter().map(|(index, given)| (index, outcome(index, given))).collect()
    }
}

/// The ids of a corpus that have been met, as 64-bit hashes: 12 bytes a document. Two
/// of ten million different ids share a hash with a chance of 3 in a million.
#[derive(Default)]
pub(super) struct Ids {
    hasher: FixedState,
    met: HashTable<u64>,
}

impl Ids {
    pub(super) fn check(&mut self, outcome: &DocumentOutcome) -> Result<(), CorpusError> {
        if self.add(&outcome.id) {
            return Ok(());
        }
        let (place, id) = (outcome.place.clone(), outcome.id.clone());
        Err(CorpusError::Duplicate { place, id })
    }

    /// Adds an id; whether it was not met before.
    fn add(&mut self, id: &str) -> bool {
        let hash = self.hasher.hash_one(id);
        if self.met.find(hash, |&met| met == hash).is_some() {
            return false;
        }
        self.met.insert_unique(hash, hash, |&met| met);
        true
    }
}
