//! The scores of what systems gave for one document.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::{
    corpus::Record,
    metric::{self, Metric, Needs, Panel, Statistics, Task},
    text::{Document, Sentence},
};

use super::{
    Cell, Extract, Plan, Role, Status, System, SystemOutcome, guard::panic_text,
    human::leave_one_out,
};

/// What is known of a document beside its references.
#[derive(Clone, Copy)]
pub(super) struct Known<'a> {
    pub(super) oracle: Option<&'a [usize]>,
    pub(super) boilerplate: Option<&'a [bool]>,
}

/// Whether each sentence stands in a line that is boilerplate, where the record says
/// which lines are.
pub(super) fn labels(record: &Record, document: &Document) -> Option<Vec<bool>> {
    let boilerplate = record.boilerplate_lines()?;
    let body = &document.full_text()[document.body_start() as usize..];
    let (mut at, mut line) = (0, 0);
    let label = |sentence: &Sentence| {
        let start = (sentence.span.start - document.body_start()) as usize;
        line += body[at..start].matches('\n').count();
        at = start;
        boilerplate.contains(&line)
    };
    Some(document.sentences().iter().map(label).collect())
}

/// The plan's metrics of one task.
pub(super) struct Scoring<'p> {
    task: Task,
    systems: &'p [System],
    panel: Panel<'p>,
    /// The panel's metrics with their indices in the plan.
    metrics: Vec<(usize, &'p dyn Metric)>,
}

impl<'p> Scoring<'p> {
    pub(super) fn new(task: Task, plan: &'p Plan) -> Self {
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
    /// document and what else is known of it. A metric that panics has failed on all of
    /// them.
    pub(super) fn score(
        &mut self,
        document: &Document,
        known: Known<'_>,
        references: &[&[String]],
        given: Vec<(usize, Result<Extract, String>)>,
    ) -> Vec<(usize, SystemOutcome)> {
        if given.is_empty() {
            return Vec::new();
        }
        let measured = catch_unwind(AssertUnwindSafe(|| {
            self.cells(document, known, references, &given)
        }));
        let cells = measured.unwrap_or_else(|_| {
            self.renew();
            self.one_by_one(document, known, references, &given)
        });
        let outcome = |((index, given), cells): ((usize, Result<_, _>), Vec<Cell>)| {
            let (extract, failure) = match given {
                Ok(extract) => (Some(extract), None),
                Err(failure) => (None, Some(failure)),
            };
            (index, SystemOutcome { extract, failure, clocks: None, cells })
        };
        given.into_iter().zip(cells).map(outcome).collect()
    }

    /// Forgets what a panic may have left half done.
    fn renew(&mut self) {
        let metrics = self.metrics.iter().map(|(_, metric)| *metric);
        self.panel = Panel::new(self.task, metrics);
    }

    /// As [`Self::cells`], each metric alone, so that one that panics costs no other.
    fn one_by_one(
        &self,
        document: &Document,
        known: Known<'_>,
        references: &[&[String]],
        given: &[(usize, Result<Extract, String>)],
    ) -> Vec<Vec<Cell>> {
        let mut all: Vec<Vec<Cell>> = given.iter().map(|_| Vec::new()).collect();
        for &(index, metric) in &self.metrics {
            let mut alone = Self {
                task: self.task,
                systems: self.systems,
                panel: Panel::new(self.task, [metric]),
                metrics: vec![(index, metric)],
            };
            let measured = catch_unwind(AssertUnwindSafe(|| {
                alone.cells(document, known, references, given)
            }));
            let cells = measured.unwrap_or_else(|panic| {
                let text = panic_text(panic.as_ref());
                let text = text.lines().next().unwrap_or("a panic without a message");
                given.iter().map(|_| vec![failed(index, metric, text)]).collect()
            });
            for (all, one) in all.iter_mut().zip(cells) {
                all.extend(one);
            }
        }
        all
    }

    /// The cells of what each system gave, metric by metric.
    fn cells(
        &mut self,
        document: &Document,
        known: Known<'_>,
        references: &[&[String]],
        given: &[(usize, Result<Extract, String>)],
    ) -> Vec<Vec<Cell>> {
        let has_reference = !references.is_empty();
        let is_text = |(_, metric): &(usize, &dyn Metric)| metric.needs().none();
        let sentences = match self.metrics.iter().all(is_text) {
            true => None,
            false => Some(self.source(document)),
        };
        let source = sentences.as_ref().map(|sentences| {
            let Known { oracle, boilerplate } = known;
            metric::Source { sentences, oracle, boilerplate }
        });
        let is_human = |at: usize| matches!(self.systems[at].role, Role::Human);
        let people = given.iter().any(|(at, _)| is_human(*at)).then(|| {
            let texts: Vec<String> =
                references.iter().copied().flatten().cloned().collect();
            leave_one_out(&mut self.panel, &texts, source)
        });
        let references = match source {
            Some(source) => {
                self.panel.references_and_source(references.iter().copied(), source)
            }
            None => self.panel.references(references.iter().copied()),
        };
        let labelled = known.boilerplate.is_some();
        let is_known = |metric: &dyn Metric| match metric.needs() {
            Needs { labels: true, .. } => labelled,
            needs => has_reference || needs.no_reference,
        };
        let is_any = self.metrics.iter().any(|(_, metric)| is_known(*metric));
        let mut scale = is_any.then(|| self.panel.scale(&references));
        let mut cells = |system: usize, given: &Result<Extract, String>| {
            let is_human = matches!(self.systems[system].role, Role::Human);
            let alone = is_human && matches!(people, None | Some(None));
            let statistics = match (&mut scale, given) {
                _ if is_human => people
                    .clone()
                    .flatten()
                    .unwrap_or_else(|| vec![Statistics::default(); self.metrics.len()]),
                (Some(scale), Ok(extract)) => {
                    let candidate = self.panel.candidate(extract.segments());
                    scale.measure(&candidate.with_picks(&extract.ranked()))
                }
                // counts of nothing, but of all there was to find
                (Some(scale), Err(_)) => scale.measure(&self.panel.candidate([])),
                _ => vec![Statistics::default(); self.metrics.len()],
            };
            let cells = self.metrics.iter().enumerate().map(|(at, &(index, metric))| {
                let status = match given {
                    _ if !is_known(metric) && metric.needs().labels => Status::LeftOut,
                    _ if !is_known(metric) || alone => Status::NoReference,
                    _ if !references.readable[at] => match metric.needs().no_reference {
                        true => Status::UnreadableSource,
                        false => Status::UnreadableReference,
                    },
                    Err(message) => {
                        Status::Failed(message.lines().next().unwrap_or("").to_owned())
                    }
                    Ok(_) if statistics[at].outputs == 0.0 => Status::LeftOut,
                    Ok(_) => Status::Ok,
                };
                let score = match status {
                    Status::Ok => Some(metric.score(&statistics[at])),
                    Status::Failed(_) => metric.failed(),
                    _ => None,
                };
                Cell { metric: index, statistics: statistics[at], score, status }
            });
            cells.collect()
        };
        given.iter().map(|(index, given)| cells(*index, given)).collect()
    }
}

/// The cell of a metric that panicked.
fn failed(index: usize, metric: &dyn Metric, text: &str) -> Cell {
    Cell {
        metric: index,
        statistics: Statistics::default(),
        score: metric.failed(),
        status: Status::Failed(format!("crash: {text}")),
    }
}
