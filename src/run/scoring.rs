//! The scores of what systems gave for one document.

use crate::{
    corpus::Record,
    metric::{self, Average, Candidate, Metric, Needs, Panel, Score, Statistics, Task},
    text::{Document, Sentence},
};

use super::{
    Cell, Extract, LeavingOneOut, Means, Plan, Role, Status, System, SystemOutcome,
};

/// What is known of a document beside its references.
#[derive(Clone, Copy)]
pub(super) struct Known<'a> {
    pub(super) oracle: Option<&'a [usize]>,
    pub(super) furniture: Option<&'a [bool]>,
}

/// Whether each sentence stands in a line that is page furniture, where the record says
/// which lines are.
pub(super) fn labels(record: &Record, document: &Document) -> Option<Vec<bool>> {
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
    /// document and what else is known of it.
    pub(super) fn score(
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
        let texts: Vec<String> = match given.iter().any(|(at, _)| is_human(*at)) {
            true => references.iter().copied().flatten().cloned().collect(),
            false => Vec::new(),
        };
        let references = match source {
            Some(source) => self.panel.references_and_source(references, source),
            None => self.panel.references(references),
        };
        let found = Found {
            readable: references.readable.clone(),
            has_reference,
            labelled: known.furniture.is_some(),
        };
        let is_any = self.metrics.iter().any(|(_, metric)| found.knows(*metric));
        let mut scale = is_any.then(|| self.panel.scale(&references));
        let candidates: Vec<Candidate> = given
            .iter()
            .map(|(system, given)| {
                self.candidate(document, *system, given.as_ref().ok(), found.labelled)
            })
            .collect();
        // systems on people's terms, where there are people
        let leaving = match texts.is_empty() {
            true => None,
            false => LeavingOneOut::of(&references),
        };
        let people =
            leaving.as_ref().map(|leaving| leaving.people(&mut self.panel, &texts));
        let others = leaving.map(|leaving| leaving.outputs(&self.panel, &candidates));
        let measure =
            |(at, (system, given)): (usize, (usize, Result<Extract, String>))| {
                let measured = match (is_human(system), &people, &mut scale) {
                    (true, Some(people), _) => Measured::of_people(people),
                    (false, _, Some(scale)) => Measured {
                        statistics: scale.measure(&candidates[at]),
                        others: others.as_ref().map(|others| &others[at]),
                        people: None,
                    },
                    _ => Measured::nothing(self.metrics.len()),
                };
                let alone = is_human(system) && people.is_none();
                let outcome = self.outcome(&found, &measured, given, alone);
                (system, outcome)
            };
        given.into_iter().enumerate().map(measure).collect()
    }

    /// An output as the metrics see it; nothing where the system failed.
    fn candidate(
        &mut self,
        document: &Document,
        system: usize,
        extract: Option<&Extract>,
        labelled: bool,
    ) -> Candidate {
        let Some(extract) = extract else { return self.panel.candidate([]) };
        let mut candidate = self.panel.candidate(extract.segments());
        if labelled {
            candidate = candidate.with_weights(self.systems[system].weights(document));
        }
        candidate.with_picks(&extract.ranked())
    }

    /// The cells of what a system gave; `alone` are people without each other.
    fn outcome(
        &self,
        found: &Found,
        measured: &Measured<'_>,
        given: Result<Extract, String>,
        alone: bool,
    ) -> SystemOutcome {
        let (extract, failure) = match given {
            Ok(extract) => (Some(extract), None),
            Err(failure) => (None, Some(failure)),
        };
        let cells = self.metrics.iter().enumerate().map(|(at, &(index, metric))| {
            let statistics = measured.statistics[at];
            let status = match found.left_out(at, metric, alone) {
                Some(status) => status,
                None => match &failure {
                    Some(message) => {
                        Status::Failed(message.lines().next().unwrap_or("").to_owned())
                    }
                    None if statistics.outputs == 0.0 => Status::LeftOut,
                    None => Status::Ok,
                },
            };
            let (score, leaving_one_out) = measured.scores(at, metric, &status);
            Cell { metric: index, statistics, score, status, leaving_one_out }
        });
        SystemOutcome { cells: cells.collect(), extract, failure, clocks: None }
    }
}

/// What there is to score a document against.
struct Found {
    readable: Vec<bool>,
    has_reference: bool,
    labelled: bool,
}

impl Found {
    /// Whether a metric has what it looks at.
    fn knows(&self, metric: &dyn Metric) -> bool {
        match metric.needs() {
            Needs { labels: true, .. } => self.labelled,
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
        Self { statistics, people: None, others: None }
    }

    fn of_people(people: &'a Means) -> Self {
        let statistics = people.iter().map(|(statistics, _)| *statistics).collect();
        Self { statistics, people: Some(people), others: Some(people) }
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
