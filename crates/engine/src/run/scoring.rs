//! The scores of what systems gave for one document.

use std::panic::{AssertUnwindSafe, catch_unwind};

use epitome_base::spec::Built;
use epitome_corpora::Record;
use epitome_metrics::{
    self as metric, Average, Metric, MetricNeeds, MetricSet, Score, Statistics, Task,
    TokenisedCandidate,
};
use epitome_text::{Document, Sentence};

use super::{
    failure::RowFailure,
    guard::panic_text,
    human::{LeavingOneOut, Means},
    layout::SystemLayout,
    outcome::{Extract, ScoreCell, Status, SystemOutcome, SystemResult},
};

/// What is known of a document beside its references.
#[derive(Clone, Copy)]
pub(super) struct SentenceMarks<'a> {
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

/// The metrics of one task.
pub(super) struct Scoring<'p> {
    task: Task,
    metric_set: MetricSet<'p>,
    /// The metrics of the set with their indices among all.
    metrics: Vec<(usize, &'p dyn Metric)>,
}

impl<'p> Scoring<'p> {
    pub(super) fn new(task: Task, metrics: &'p [Built<dyn Metric>]) -> Self {
        let all = || metrics.iter().map(|metric| metric.value.as_ref());
        let own = all()
            .enumerate()
            .filter(|(_, metric)| metric.task() == task);
        Self {
            task,
            metric_set: MetricSet::new(task, all()),
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

    /// Forgets what a panic may have left half done.
    fn renew(&mut self) {
        let metrics = self.metrics.iter().map(|(_, metric)| *metric);
        self.metric_set = MetricSet::new(self.task, metrics);
    }

    /// As [`Self::cells`], each metric alone, so that one that panics costs no other.
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
                let text = panic_text(panic.as_ref());
                let text = text.lines().next().unwrap_or("a panic without a message");
                given
                    .iter()
                    .map(|_| vec![failed(index, metric, text)])
                    .collect()
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
            } = known;
            metric::MetricSource {
                sentences,
                oracle,
                boilerplate,
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

    /// An output as the metrics see it; nothing if the system failed.
    fn candidate(&mut self, extract: Option<&Extract>) -> TokenisedCandidate {
        match extract {
            Some(extract) => self
                .metric_set
                .candidate(extract.segments())
                .with_picks(&extract.ranked()),
            None => self.metric_set.candidate([]),
        }
    }

    /// The cells of what one system gave; `alone` are people without each other.
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
                }
            });
        cells.collect()
    }
}

/// The cell of a metric that panicked.
fn failed(index: usize, metric: &dyn Metric, text: &str) -> ScoreCell {
    ScoreCell {
        metric: index,
        statistics: Statistics::default(),
        score: metric.failed(),
        status: Status::Failed(RowFailure::crash(text)),
        leaving_one_out: None,
    }
}

/// What there is to score a document against.
struct Available {
    readable: Vec<bool>,
    has_reference: bool,
    labelled: bool,
}

impl Available {
    /// Whether a metric has what it looks at.
    fn knows(&self, metric: &dyn Metric) -> bool {
        match metric.needs() {
            MetricNeeds { labels: true, .. } => self.labelled,
            needs => self.has_reference || needs.no_reference,
        }
    }

    /// Why a metric, by its place, says nothing of any output.
    fn left_out(&self, at: usize, metric: &dyn Metric, alone: bool) -> Option<Status> {
        let needs = metric.needs();
        match self.knows(metric) {
            false if needs.labels => Some(Status::LeftOut),
            false => Some(Status::NoReference),
            true if alone => Some(Status::NoReference),
            true if self.readable[at] => None,
            true if needs.no_reference => Some(Status::UnreadableSource),
            true => Some(Status::UnreadableReference),
        }
    }
}

/// What one output measured, metric by metric.
struct Measured<'a> {
    statistics: Vec<Statistics>,
    /// The means over the references left out, of people alone.
    people: Option<&'a Means>,
    /// Likewise of any output, in a run that shows people.
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

    /// The score under a metric, and that with each reference left out in turn.
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
