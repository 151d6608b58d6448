//! Judged summaries: what systems wrote, with ratings by people and scores by metrics.
//! [`Judgements::read`] reads them from a corpus of lines, [`Judgements::score`] measures
//! them for [`judge`](crate::run::judge).

use std::ops::ControlFlow;

use epitome_base::spec::Built;
use epitome_corpora::CorpusError;
use epitome_metrics::{self as metric, Metric, MetricSet, Task};

use crate::run::threads::pool::map_in_order;

use super::{
    judge_plan::JudgePlan,
    judgement_error::JudgementError,
    judgement_rows::{KnownTexts, MeasuredAgainst, Places, Row, aspects, rows},
};

/// Judged summaries, grouped by document. Made by [`Judgements::read`].
///
/// All of them are in memory: people judge thousands of summaries, not millions.
#[derive(Debug)]
pub struct Judgements {
    /// The aspects that people rated, such as coherence.
    pub aspects: Vec<String>,
    documents: Vec<Document>,
}

#[derive(Debug, Default)]
struct Document {
    /// What the summaries are measured against: one entry if it is the same for all, as a
    /// rule.
    given: Vec<MeasuredAgainst>,
    summaries: Vec<Summary>,
}

#[derive(Debug)]
struct Summary {
    system: usize,
    segments: Vec<String>,
    /// The index in [`Document::given`] of what it is measured against.
    given: usize,
    human: Vec<Option<f64>>,
}

/// One summary with its scores. A score is `None` if it is unknown. Made by
/// [`Judgements::score`].
#[derive(Debug, Clone, PartialEq)]
pub struct ScoredSummary {
    /// The index of the document that is summarised, in the order in which documents were
    /// first read.
    pub document: usize,
    /// The index of the system that wrote the summary, in the order in which systems were
    /// first read.
    pub system: usize,
    /// The human rating of each aspect.
    pub human: Vec<Option<f64>>,
    /// The score of each metric; `None` if a metric cannot read the references or the
    /// source.
    pub metrics: Vec<Option<f64>>,
}

impl Judgements {
    /// Reads `{"doc_id", "system", "summary", "references"?, "source"?, …}` lines. A
    /// number in another field is a human rating, unless the field is called `id` or
    /// `…_id`. References and source come from the same document of the plan's corpus of
    /// references if there is one. A rating that is missing or null is unknown.
    ///
    /// # Errors
    /// Returns an error if a line is broken, a summary is judged twice or has no
    /// references, or no source though a metric needs it, an aspect is not there, or a
    /// metric does not measure summaries.
    pub fn read(plan: &JudgePlan) -> Result<Self, JudgementError> {
        if let Some(metric) = plan
            .metrics
            .iter()
            .find(|m| m.value.task() != Task::Summaries)
        {
            return Err(JudgementError::NotOfSummaries {
                name: metric.name.clone(),
            });
        }

        let rows = rows(plan.judgements.as_ref())?;
        let aspects = aspects(plan, &rows)?;
        let known = plan
            .references
            .as_deref()
            .map(KnownTexts::read)
            .transpose()?;

        let mut judgements = Self {
            aspects,
            documents: Vec::new(),
        };

        let mut places = Places::default();
        let in_need = plan
            .metrics
            .iter()
            .find(|metric| metric.value.needs().source);

        for mut row in rows {
            let given = match &known {
                Some(known) => known.of(&row)?,
                None => std::mem::take(&mut row.given),
            };
            if let Some(metric) = in_need.filter(|_| given.source.is_empty()) {
                return Err(row.no_source(&metric.name).into());
            }
            judgements.add(&row, given, &mut places)?;
        }
        Ok(judgements)
    }

    fn add(
        &mut self,
        row: &Row,
        given: MeasuredAgainst,
        places: &mut Places,
    ) -> Result<(), CorpusError> {
        if given.references.is_empty() {
            let hint = "hint: `--references CORPUS.jsonl` joins them by `doc_id`";
            return Err(row.refuse(format!("there are no `references`\n{hint}")));
        }

        let (document, system) = places.of(row)?;
        if document == self.documents.len() {
            self.documents.push(Document::default());
        }

        let human = self
            .aspects
            .iter()
            .map(|aspect| row.score(aspect))
            .collect::<Result<_, _>>()?;

        let document = &mut self.documents[document];
        // lines of a document follow each other, so that a comparison with the last is
        // enough
        if document.given.last() != Some(&given) {
            document.given.push(given);
        }
        let given = document.given.len() - 1;
        let segments = row.segments.clone();
        document.summaries.push(Summary {
            system,
            segments,
            given,
            human,
        });
        Ok(())
    }

    /// Scores every summary with the plan's metrics, documents in parallel. Returns them
    /// in the order of the documents, and within a document in the order of the lines.
    pub fn score(&self, plan: &JudgePlan) -> Vec<ScoredSummary> {
        let metrics = &plan.metrics;
        let metric_set = || {
            MetricSet::new(
                Task::Summaries,
                metrics.iter().map(|metric| metric.value.as_ref()),
            )
        };

        let mut scored = Vec::new();
        map_in_order(
            plan.jobs,
            self.documents.iter().enumerate(),
            metric_set,
            |metric_set, (at, document)| document.score(at, metric_set, metrics),
            |summaries| {
                scored.extend(summaries);
                ControlFlow::Continue(())
            },
        );
        scored
    }
}

impl Document {
    fn score(
        &self,
        document: usize,
        metric_set: &mut MetricSet<'_>,
        metrics: &[Built<dyn Metric>],
    ) -> Vec<ScoredSummary> {
        let mut scored = Vec::new();
        // references are tokenised once for all summaries that are measured against them
        for summaries in self.summaries.chunk_by(|a, b| a.given == b.given) {
            let MeasuredAgainst { references, source } = &self.given[summaries[0].given];

            let each_alone = references.iter().map(std::slice::from_ref);
            let references = if source.is_empty() {
                metric_set.references(each_alone)
            } else {
                let source = metric::MetricSource {
                    sentences: source,
                    ..metric::MetricSource::default()
                };
                metric_set.references_and_source(each_alone, source)
            };

            let candidates: Vec<_> = summaries
                .iter()
                .map(|summary| {
                    metric_set.candidate(summary.segments.iter().map(String::as_str))
                })
                .collect();
            let mut scale = metric_set.prepare(&references);
            for (summary, candidate) in summaries.iter().zip(&candidates) {
                let statistics = scale.measure(candidate);
                let values = metrics.iter().enumerate().map(|(at, metric)| {
                    let known = references.readable[at] && statistics[at].outputs > 0.0;
                    known.then(|| metric.value.score(&statistics[at]).value)
                });
                scored.push(ScoredSummary {
                    document,
                    system: summary.system,
                    human: summary.human.clone(),
                    metrics: values.collect(),
                });
            }
        }
        scored
    }
}
