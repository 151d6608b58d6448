//! Scores the outputs of systems for one document by the metrics of one task.

use std::panic::{AssertUnwindSafe, catch_unwind};

use epitome_base::spec::Built;
use epitome_corpora::Record;
use epitome_metrics::{
    self as metric, Average, Metric, MetricNeeds, MetricSet, Score, Statistics, Task,
    TokenisedCandidate,
};
use epitome_text::{Document, Sentence};

use crate::run::{
    outcomes::{
        failure::RowFailure,
        outcome::{Extract, ScoreCell, Status, SystemOutcome, SystemResult},
    },
    setup::{
        human::{LeavingOneOut, Means},
        layout::SystemLayout,
    },
};

/// What some metrics compare with beside references: labels of the sentences of a document
/// (the picks of the oracle, what is boilerplate, what is evidence) and the answers to its
/// query.
#[derive(Clone, Copy)]
pub(super) struct SentenceMarks<'a> {
    pub(super) oracle: Option<&'a [usize]>,
    pub(super) boilerplate: Option<&'a [bool]>,
    pub(super) evidence: Option<&'a [usize]>,
    pub(super) answers: &'a [String],
}

/// Returns for each sentence whether it begins in a line that is boilerplate; `None` if
/// the record has no labels of its lines.
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

/// Returns the indices of the sentences that share a character with the evidence of the
/// record; `None` if it has no evidence.
pub(super) fn evidence(record: &Record, document: &Document) -> Option<Vec<usize>> {
    if record.evidence.is_empty() {
        return None;
    }
    let start = document.body_start() as usize;
    let overlaps = |sentence: &Sentence| {
        let span = sentence.span;
        let mut passages = record.evidence.iter();
        passages.any(|passage| {
            passage.start + start < span.end as usize
                && (span.start as usize) < passage.end + start
        })
    };
    let sentences = document.sentences().iter().enumerate();
    let found = sentences.filter(|(_, sentence)| overlaps(sentence));
    Some(found.map(|(at, _)| at).collect())
}

/// The metrics of one task, ready to score document after document.
pub(super) struct Scoring<'p> {
    task: Task,
    metric_set: MetricSet<'p>,
    /// The metrics of the set with their indices among all metrics.
    metrics: Vec<(usize, &'p dyn Metric)>,
}

impl<'p> Scoring<'p> {
    pub(super) fn new(task: Task, metrics: &'p [Built<dyn Metric>]) -> Self {
        // external metrics are asked later, by `external`
        let own = metrics
            .iter()
            .map(|metric| metric.value.as_ref())
            .enumerate()
            .filter(|(_, metric)| metric.task() == task && metric.external().is_none());
        let own: Vec<(usize, &dyn Metric)> = own.collect();
        Self {
            task,
            metric_set: MetricSet::new(task, own.iter().map(|(_, metric)| *metric)),
            metrics: own,
        }
    }

    /// Returns the sentences that metrics of the source compare with. For keyphrases the
    /// title comes first: keyphrases may occur in it, but summaries contain none of it.
    fn source(&self, document: &Document) -> Vec<String> {
        let title = &document.full_text()[..document.body_start() as usize];
        let title = Some(title).filter(|_| self.task == Task::Keyphrases);
        let body = (0..document.sentences().len()).map(|at| document.sentence_text(at));
        title.into_iter().chain(body).map(str::to_owned).collect()
    }

    /// Scores outputs, each with the index of its system, against the references of one
    /// document and the labels of its sentences. A metric that panics has failed on all
    /// outputs.
    pub(super) fn score(
        &mut self,
        systems: &[SystemLayout],
        document: &Document,
        known: SentenceMarks<'_>,
        references: &[&[String]],
        given: Vec<(usize, SystemResult)>,
    ) -> Vec<(usize, SystemOutcome)> {
        if given.is_empty() {
            return Vec::new();
        }
        let measured = catch_unwind(AssertUnwindSafe(|| {
            self.cells(systems, document, known, references, &given)
        }));
        let cells = measured.unwrap_or_else(|_| {
            self.renew();
            self.one_by_one(systems, document, known, references, &given)
        });
        let outcome =
            |((index, given), cells): ((usize, Result<_, _>), Vec<ScoreCell>)| {
                let (extract, failure) = match given {
                    Ok(extract) => (Some(extract), None),
                    Err(failure) => (None, Some(failure)),
                };
                (
                    index,
                    SystemOutcome {
                        extract,
                        failure,
                        clocks: None,
                        cells,
                    },
                )
            };
        given.into_iter().zip(cells).map(outcome).collect()
    }

    /// Makes the metric set anew, since a panic may have left it half done.
    fn renew(&mut self) {
        let metrics = self.metrics.iter().map(|(_, metric)| *metric);
        self.metric_set = MetricSet::new(self.task, metrics);
    }

    /// Returns the cells of [`Self::cells`], computed with each metric alone, so that one
    /// that panics does not affect the others.
    fn one_by_one(
        &self,
        systems: &[SystemLayout],
        document: &Document,
        known: SentenceMarks<'_>,
        references: &[&[String]],
        given: &[(usize, SystemResult)],
    ) -> Vec<Vec<ScoreCell>> {
        let mut all: Vec<Vec<ScoreCell>> = given.iter().map(|_| Vec::new()).collect();
        for &(index, metric) in &self.metrics {
            let mut alone = Self {
                task: self.task,
                metric_set: MetricSet::new(self.task, [metric]),
                metrics: vec![(index, metric)],
            };
            let measured = catch_unwind(AssertUnwindSafe(|| {
                alone.cells(systems, document, known, references, given)
            }));
            let cells = measured.unwrap_or_else(|panic| {
                let failure = RowFailure::of_panic(panic.as_ref());
                given
                    .iter()
                    .map(|_| vec![failed(index, metric, failure.first_line())])
                    .collect()
            });
            for (all, one) in all.iter_mut().zip(cells) {
                all.extend(one);
            }
        }
        all
    }

    /// Returns the cells of each system's output, metric by metric.
    fn cells(
        &mut self,
        systems: &[SystemLayout],
        document: &Document,
        known: SentenceMarks<'_>,
        references: &[&[String]],
        given: &[(usize, SystemResult)],
    ) -> Vec<Vec<ScoreCell>> {
        let has_reference = !references.is_empty();
        let is_text = |(_, metric): &(usize, &dyn Metric)| metric.needs().none();
        let sentences = match self.metrics.iter().all(is_text) {
            true => None,
            false => Some(self.source(document)),
        };
        let source = sentences.as_ref().map(|sentences| {
            let SentenceMarks {
                oracle,
                boilerplate,
                evidence,
                answers,
            } = known;
            metric::MetricSource {
                sentences,
                oracle,
                boilerplate,
                evidence,
                answers,
            }
        });
        let is_human = |at: usize| systems[at].is_people();
        let texts: Vec<String> = match given.iter().any(|(at, _)| is_human(*at)) {
            true => references.iter().copied().flatten().cloned().collect(),
            false => Vec::new(),
        };
        let references = match source {
            Some(source) => self
                .metric_set
                .references_and_source(references.iter().copied(), source),
            None => self.metric_set.references(references.iter().copied()),
        };
        let found = Available {
            readable: references.readable.clone(),
            has_reference,
            labelled: known.boilerplate.is_some(),
            answered: !known.answers.is_empty(),
            evident: known.evidence.is_some_and(|evidence| !evidence.is_empty()),
        };
        let is_any = self.metrics.iter().any(|(_, metric)| found.knows(*metric));
        let mut scale = is_any.then(|| self.metric_set.prepare(&references));
        let candidates: Vec<TokenisedCandidate> = given
            .iter()
            .map(|(_, given)| self.candidate(given.as_ref().ok()))
            .collect();

        // systems on people's terms, where there are people
        let leaving = match texts.is_empty() {
            true => None,
            false => LeavingOneOut::of(&references),
        };
        let people = leaving
            .as_ref()
            .map(|leaving| leaving.people(&mut self.metric_set, &texts));
        let others =
            leaving.map(|leaving| leaving.outputs(&self.metric_set, &candidates));

        given
            .iter()
            .zip(&candidates)
            .enumerate()
            .map(|(at, ((system, given), candidate))| {
                let measured = match (is_human(*system), &people, &mut scale) {
                    (true, Some(people), _) => Measured::of_people(people),
                    (false, _, Some(scale)) => Measured {
                        statistics: scale.measure(candidate),
                        others: others.as_ref().map(|others| &others[at]),
                        people: None,
                    },
                    _ => Measured::nothing(self.metrics.len()),
                };
                let alone = is_human(*system) && people.is_none();
                self.cells_of(&found, &measured, given, alone)
            })
            .collect()
    }

    /// Returns an output as the metrics see it; an empty one if the system failed.
    fn candidate(&mut self, extract: Option<&Extract>) -> TokenisedCandidate {
        match extract {
            Some(extract) => self
                .metric_set
                .candidate(extract.segments())
                .with_picks(&extract.ranked()),
            None => self.metric_set.candidate([]),
        }
    }

    /// Returns the cells of one system's output. `alone` is whether it is the only human
    /// reference, which cannot be compared with others.
    fn cells_of(
        &self,
        found: &Available,
        measured: &Measured<'_>,
        given: &SystemResult,
        alone: bool,
    ) -> Vec<ScoreCell> {
        let cells = self
            .metrics
            .iter()
            .enumerate()
            .map(|(at, &(index, metric))| {
                let statistics = measured.statistics[at].clone();
                let status = match (found.left_out(at, metric, alone), given) {
                    (Some(status), _) => status,
                    (None, Err(failure)) => Status::Failed(failure.clone()),
                    (None, Ok(_)) if statistics.outputs == 0.0 => Status::LeftOut,
                    (None, Ok(_)) => Status::Ok,
                };
                let (score, leaving_one_out) = measured.scores(at, metric, &status);
                ScoreCell {
                    metric: index,
                    statistics,
                    score,
                    status,
                    leaving_one_out,
                    note: None,
                }
            });
        cells.collect()
    }
}

/// Returns the cell of a metric that failed.
fn failed(index: usize, metric: &dyn Metric, failure: RowFailure) -> ScoreCell {
    ScoreCell {
        metric: index,
        statistics: Statistics::default(),
        score: metric.failed(),
        status: Status::Failed(failure),
        leaving_one_out: None,
        note: None,
    }
}

/// The references and labels of a document that metrics can compare with.
#[expect(clippy::struct_excessive_bools, reason = "each is known by itself")]
struct Available {
    readable: Vec<bool>,
    has_reference: bool,
    labelled: bool,
    answered: bool,
    evident: bool,
}

impl Available {
    /// Returns whether the document has what a metric compares with.
    fn knows(&self, metric: &dyn Metric) -> bool {
        match metric.needs() {
            MetricNeeds { labels: true, .. } => self.labelled,
            MetricNeeds { answers: true, .. } => self.answered,
            MetricNeeds { evidence: true, .. } => self.evident,
            needs => self.has_reference || needs.no_reference,
        }
    }

    /// Returns why a metric, by its index, does not score any output; `None` if it scores
    /// them.
    fn left_out(&self, at: usize, metric: &dyn Metric, alone: bool) -> Option<Status> {
        let needs = metric.needs();
        match self.knows(metric) {
            false if needs.labels || needs.answers || needs.evidence => {
                Some(Status::LeftOut)
            }
            false => Some(Status::NoReference),
            true if alone => Some(Status::NoReference),
            true if self.readable[at] => None,
            true if needs.no_reference => Some(Status::UnreadableSource),
            true => Some(Status::UnreadableReference),
        }
    }
}

/// The measurements of one output, metric by metric.
struct Measured<'a> {
    statistics: Vec<Statistics>,
    /// The means over the references left out, if the output is the human upper bound.
    people: Option<&'a Means>,
    /// The means over the references left out, of any output in a run with a human upper
    /// bound.
    others: Option<&'a Means>,
}

impl<'a> Measured<'a> {
    fn nothing(metrics: usize) -> Self {
        let statistics = vec![Statistics::default(); metrics];
        Self {
            statistics,
            people: None,
            others: None,
        }
    }

    fn of_people(people: &'a Means) -> Self {
        let statistics = people
            .iter()
            .map(|(statistics, _)| statistics.clone())
            .collect();
        Self {
            statistics,
            people: Some(people),
            others: Some(people),
        }
    }

    /// Returns the score of a metric, and its mean with each reference left out in turn.
    fn scores(
        &self,
        at: usize,
        metric: &dyn Metric,
        status: &Status,
    ) -> (Option<Score>, Option<Score>) {
        // a score of summed counts is no mean of scores
        let others = self.others.filter(|_| metric.average() == Average::Macro);
        match status {
            Status::Ok => {
                let score = match self.people {
                    Some(people) => people[at].1,
                    None => Some(metric.score(&self.statistics[at])),
                };
                (score, others.and_then(|others| others[at].1))
            }
            Status::Failed(_) => (metric.failed(), others.and_then(|_| metric.failed())),
            _ => (None, None),
        }
    }
}
