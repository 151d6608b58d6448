//! Documents on their way from the threads to the rows: external metrics are asked for
//! them, in batches, in the order of the corpus.

use std::time::Duration;

use epitome_base::spec::Built;
use epitome_metrics::{
    Better, ExternalCandidate, ExternalMeasure, ExternalMetric, ExternalOutcome,
    ExternalQuestion, ExternalScore, Metric, Statistics, Task,
};
use epitome_plugin::BATCH;

use crate::run::{
    input::reading::Read,
    outcomes::{
        failure::RowFailure,
        ids::FailedMetric,
        outcome::{DocumentOutcome, ScoreCell, Status, SystemOutcome},
    },
    setup::layout::{Layout, SystemLayout},
    threads::clock::timed,
};

/// A document that systems have worked on. External metrics have no cells in it yet.
pub(super) struct Worked {
    pub(super) outcome: DocumentOutcome,
    /// The texts that external metrics see; `None` if there are no such metrics, or if the
    /// document is not to be scored again.
    pub(super) texts: Option<ExternalTexts>,
}

impl From<DocumentOutcome> for Worked {
    fn from(outcome: DocumentOutcome) -> Self {
        Self {
            outcome,
            texts: None,
        }
    }
}

/// The texts of a document that external metrics see.
pub(super) struct ExternalTexts {
    /// The reference summaries, each as one segment.
    summaries: Vec<Vec<String>>,
    /// The gold keyphrases as one reference; none if there are none.
    keyphrases: Vec<Vec<String>>,
    /// The title, if there is one, and the sentences.
    source: Vec<String>,
    /// Whether the first of them is the title.
    has_title: bool,
    query: String,
}

impl ExternalTexts {
    fn of(read: &Read) -> Self {
        let (record, document) = (&read.record, &read.document);
        let gold = Some(record.keyphrases.clone()).filter(|gold| !gold.is_empty());
        let title = document.full_text()[..document.body_start() as usize].trim_end();
        let title = Some(title).filter(|title| !title.is_empty());
        let sentences = 0..document.sentences().len();
        let sentences = sentences.map(|at| document.sentence_text(at));
        Self {
            summaries: record.summaries.iter().map(|it| vec![it.clone()]).collect(),
            keyphrases: gold.into_iter().collect(),
            has_title: title.is_some(),
            query: record.query.clone(),
            source: title
                .into_iter()
                .chain(sentences)
                .map(str::to_owned)
                .collect(),
        }
    }

    /// Returns the source. Keyphrases may occur in the title, summaries contain none of it.
    fn source(&self, task: Task) -> &[String] {
        match task {
            Task::Summaries => &self.source[usize::from(self.has_title)..],
            Task::Keyphrases => &self.source,
        }
    }

    fn references(&self, task: Task) -> &[Vec<String>] {
        match task {
            Task::Summaries => &self.summaries,
            Task::Keyphrases => &self.keyphrases,
        }
    }
}

/// An external metric of a run.
struct Column<'p> {
    /// Its index among all metrics.
    index: usize,
    metric: &'p dyn Metric,
    source: &'p dyn ExternalMetric,
}

/// The external metrics of a run.
pub(super) struct ExternalMetrics<'p> {
    columns: Vec<Column<'p>>,
    corpora: Vec<String>,
    systems: Vec<SystemLayout>,
}

impl<'p> ExternalMetrics<'p> {
    /// Returns the external metrics among `metrics`, for outcomes of a layout.
    pub(super) fn of(metrics: &'p [Built<dyn Metric>], layout: &Layout) -> Self {
        let columns = metrics.iter().enumerate().filter_map(|(index, metric)| {
            let metric = metric.value.as_ref();
            let source = metric.external()?;
            Some(Column {
                index,
                metric,
                source,
            })
        });
        Self {
            columns: columns.collect(),
            corpora: layout.corpora.clone(),
            systems: layout.systems.clone(),
        }
    }

    /// Returns the texts that the metrics see of a document; `None` without metrics.
    pub(super) fn texts(
        metrics: &[Built<dyn Metric>],
        read: &Read,
    ) -> Option<ExternalTexts> {
        let mut external = metrics.iter().filter_map(|it| it.value.external());
        external.next().map(|_| ExternalTexts::of(read))
    }

    /// Returns the metrics with `known` others before them.
    pub(super) fn after(mut self, known: usize) -> Self {
        for column in &mut self.columns {
            column.index += known;
        }
        self
    }

    /// Returns whether there is no external metric.
    pub(super) fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }

    /// Tells the metrics what became of the first `documents` documents of a corpus, so that
    /// they go on from there.
    pub(super) fn remember(&self, documents: usize, failed: &[FailedMetric]) {
        for column in &self.columns {
            let failed = failed.iter().filter(|it| it.metric == column.index);
            let mut failed = failed.peekable();
            for document in 0..documents {
                match failed.next_if(|it| it.document == document) {
                    None => column.source.remember(ExternalOutcome::Scored),
                    Some(FailedMetric {
                        outcome: Some(outcome),
                        ..
                    }) => column.source.remember(*outcome),
                    Some(_) => {} // it was not asked
                }
            }
        }
    }

    /// Adds the cells of all external metrics to the outcomes of documents that have texts.
    fn score(&self, batch: &mut [Worked]) {
        for column in &self.columns {
            self.ask(column, batch);
        }
        for worked in batch {
            for system in &mut worked.outcome.systems {
                system.cells.sort_by_key(|cell| cell.metric);
            }
        }
    }

    /// Adds the cells of one metric.
    fn ask(&self, column: &Column<'_>, batch: &mut [Worked]) {
        let asked: Vec<Asked<'_>> = batch
            .iter()
            .map(|worked| self.asked(column, worked))
            .collect();
        let questions: Vec<ExternalQuestion<'_>> = asked
            .iter()
            .filter_map(|asked| asked.question.clone())
            .collect();
        let mut scores = match questions.is_empty() {
            true => Vec::new(),
            false => column.source.measure(&questions),
        }
        .into_iter();

        let cells = asked.into_iter().map(|asked| {
            let scores = asked.question.and_then(|_| scores.next());
            let mut scores = scores.into_iter().flatten();
            let cells = asked.places.into_iter().map(|(system, place)| {
                let cell = match place {
                    Place::Known(status) => column.cell(status),
                    Place::Candidate { is_blank } => {
                        column.scored(scores.next(), is_blank)
                    }
                };
                (system, cell)
            });
            cells.collect::<Vec<_>>()
        });
        let cells: Vec<Vec<(usize, ScoreCell)>> = cells.collect();

        for (worked, cells) in batch.iter_mut().zip(cells) {
            for (system, cell) in cells {
                worked.outcome.systems[system].cells.push(cell);
            }
        }
    }

    /// Returns what a metric is asked about a document.
    fn asked<'a>(&'a self, column: &Column<'_>, worked: &'a Worked) -> Asked<'a> {
        let Some(texts) = &worked.texts else {
            return Asked::default();
        };
        let outcome = &worked.outcome;
        let (task, needs) = (column.metric.task(), column.metric.needs());
        let references = texts.references(task);
        let is_measured = needs.no_reference || !references.is_empty();

        let mut asked = Asked::default();
        let mut candidates = Vec::new();
        for (at, (system, found)) in self.systems.iter().zip(&outcome.systems).enumerate()
        {
            if system.task != task {
                continue;
            }
            let place = match place(system, found, is_measured) {
                Err(status) => Place::Known(status),
                Ok(segments) => {
                    let is_blank = segments.iter().all(|text| text.trim().is_empty());
                    candidates.push(ExternalCandidate {
                        system: &system.name,
                        segments,
                    });
                    Place::Candidate { is_blank }
                }
            };
            asked.places.push((at, place));
        }

        if !candidates.is_empty() {
            asked.question = Some(ExternalQuestion {
                corpus: self.corpora.get(outcome.corpus).map_or("", String::as_str),
                document: &outcome.id,
                language: &outcome.about.language,
                query: &texts.query,
                references: if needs.no_reference { &[] } else { references },
                source: if needs.source {
                    texts.source(task)
                } else {
                    &[]
                },
                candidates,
            });
        }
        asked
    }
}

/// What a metric is asked about a document, and where the answers belong.
#[derive(Default)]
struct Asked<'a> {
    /// `None` if there is nothing to measure.
    question: Option<ExternalQuestion<'a>>,
    /// The systems whose outputs the metric measures, by index.
    places: Vec<(usize, Place)>,
}

/// The place of a system in a question.
enum Place {
    /// It has no candidate, for this reason.
    Known(Status),
    /// It has the next candidate.
    Candidate { is_blank: bool },
}

/// Returns the segments of a system's output, or why it is not measured. People have no
/// score: each would be measured against other references than systems are.
fn place<'a>(
    system: &SystemLayout,
    found: &'a SystemOutcome,
    is_measured: bool,
) -> Result<Vec<&'a str>, Status> {
    if !is_measured || system.is_people() {
        return Err(Status::NoReference);
    }
    match (&found.extract, &found.failure) {
        (Some(extract), _) => Ok(extract.segments().collect()),
        (None, Some(failure)) => Err(Status::Failed(failure.clone())),
        (None, None) => Err(Status::Failed(RowFailure::error("it has no row"))),
    }
}

impl Column<'_> {
    /// Returns the cell of an output that was not measured.
    fn cell(&self, status: Status) -> ScoreCell {
        ScoreCell {
            metric: self.index,
            statistics: Statistics::default(),
            score: match status.is_failure() {
                true => self.metric.failed(),
                false => None,
            },
            status,
            leaving_one_out: None,
            note: None,
        }
    }

    /// Returns the cell of an output that was measured. If lower is better, an empty output
    /// has the worst value, whatever the metric says of it.
    fn scored(&self, score: Option<ExternalScore>, is_blank: bool) -> ScoreCell {
        let scale = self.metric.scale();
        match score {
            Some(Ok(measure)) if is_blank && scale.better == Better::Lower => {
                let score = self.metric.failed();
                ScoreCell {
                    note: measure.note,
                    statistics: score.map_or_else(Statistics::left_out, |it| {
                        Statistics::value(it.value)
                    }),
                    score,
                    ..self.cell(match score {
                        Some(_) => Status::Ok,
                        None => Status::LeftOut,
                    })
                }
            }
            Some(Ok(ExternalMeasure { score, note })) => ScoreCell {
                statistics: Statistics::value(score.value),
                score: Some(score),
                note,
                ..self.cell(Status::Ok)
            },
            Some(Err(failure)) => self.cell(Status::Failed(failure.into())),
            None => self.cell(Status::Failed(RowFailure::error("it has no score"))),
        }
    }
}

/// Documents that wait until there is a batch of them, and are then scored by the external
/// metrics and passed on. Without such metrics no document waits.
pub(super) struct Waiting<'p, F> {
    metrics: &'p ExternalMetrics<'p>,
    batch: Vec<(u64, Worked)>,
    most: usize,
    pass_on: F,
    /// The time that the metrics have taken.
    pub(super) time: Duration,
}

impl<'p, E, F: FnMut((u64, DocumentOutcome)) -> Result<(), E>> Waiting<'p, F> {
    /// Returns no documents. `pass_on` receives each with its length in bytes.
    pub(super) fn new(metrics: &'p ExternalMetrics<'p>, pass_on: F) -> Self {
        Self {
            most: if metrics.is_empty() { 1 } else { BATCH },
            metrics,
            batch: Vec::new(),
            pass_on,
            time: Duration::ZERO,
        }
    }

    /// Adds the next document of the corpus.
    pub(super) fn add(&mut self, worked: (u64, Worked)) -> Result<(), E> {
        self.batch.push(worked);
        match self.batch.len() < self.most {
            true => Ok(()),
            false => self.finish(),
        }
    }

    /// Passes on what is waiting.
    pub(super) fn finish(&mut self) -> Result<(), E> {
        let Self {
            metrics,
            batch,
            time,
            ..
        } = self;
        let (bytes, mut worked): (Vec<u64>, Vec<Worked>) = batch.drain(..).unzip();
        timed(time, || metrics.score(&mut worked));
        for (bytes, worked) in bytes.into_iter().zip(worked) {
            (self.pass_on)((bytes, worked.outcome))?;
        }
        Ok(())
    }
}
