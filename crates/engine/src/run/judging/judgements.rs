//! Judged summaries: what systems wrote, with ratings by people and scores by metrics.
//! [`Judgements::read`] reads them from a corpus of lines, [`Judgements::score`] measures
//! them for [`judge`](crate::run::judge).

use std::ops::ControlFlow;

use epitome_base::spec::Built;
use epitome_corpora::CorpusError;
use epitome_metrics::{
    self as metric, ExternalCandidate, ExternalQuestion, Metric, MetricSet, Task,
};
use epitome_plugin::BATCH;

use crate::run::{outcomes::failure::RowFailure, threads::pool::map_in_order};

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
    /// The systems in the order in which they were first read.
    systems: Vec<String>,
    documents: Vec<Document>,
}

#[derive(Debug, Default)]
struct Document {
    id: String,
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
    /// source, or failed.
    pub metrics: Vec<Option<f64>>,
    /// The failures of metrics, each with the index of the metric.
    pub failures: Vec<(usize, RowFailure)>,
}

impl Judgements {
    /// Reads `{"doc_id", "system", "summary", "references"?, "source"?, …}` lines. A
    /// number in another field is a human rating, unless the field is called `id` or
    /// `…_id`. References and source come from the same document of the plan's corpus of
    /// references if there is one. A rating that is missing or null is unknown. Where all
    /// metrics are scores that were made elsewhere, `summary` and references may be missing.
    ///
    /// # Errors
    /// Returns an error if a line is broken, a summary is judged twice, it or its
    /// references are missing though a metric reads texts, or its source though one needs
    /// it, an aspect is not there, or a metric does not measure summaries.
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
            systems: Vec::new(),
            documents: Vec::new(),
        };

        let mut places = Places::default();
        let in_need = plan
            .metrics
            .iter()
            .find(|metric| metric.value.needs().source);

        let reads_texts =
            plan.metrics
                .iter()
                .any(|metric| match metric.value.external() {
                    Some(external) => external.reads_texts(),
                    None => true,
                });

        for mut row in rows {
            if reads_texts && row.segments.is_none() {
                return Err(row.refuse("there is no `summary`".to_owned()).into());
            }
            let given = match &known {
                Some(known) => known.of(&row)?,
                None => std::mem::take(&mut row.given),
            };
            if let Some(metric) = in_need.filter(|_| given.source.is_empty()) {
                return Err(row.no_source(&metric.name).into());
            }
            if reads_texts && given.references.is_empty() {
                let hint = "hint: `--references CORPUS.jsonl` joins them by `doc_id`";
                let problem = format!("there are no `references`\n{hint}");
                return Err(row.refuse(problem).into());
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
        let (document, system) = places.of(row)?;
        if document == self.documents.len() {
            self.documents.push(Document {
                id: row.document.clone(),
                ..Document::default()
            });
        }
        if system == self.systems.len() {
            self.systems.push(row.system.clone());
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
        let segments = row.segments.clone().unwrap_or_default();
        document.summaries.push(Summary {
            system,
            segments,
            given,
            human,
        });
        Ok(())
    }

    /// Returns the systems, in the order in which they were first read.
    pub fn systems(&self) -> &[String] {
        &self.systems
    }

    /// Returns the ids of the documents, in the order in which they were first read.
    pub fn documents(&self) -> impl Iterator<Item = &str> {
        self.documents.iter().map(|document| document.id.as_str())
    }

    /// Scores every summary with the plan's metrics, documents in parallel, and after that
    /// by the external ones, in the order of the documents. Returns the summaries in the
    /// order of the documents, and within a document in the order of the lines.
    pub fn score(&self, plan: &JudgePlan) -> Vec<ScoredSummary> {
        let metrics = &plan.metrics;
        let metric_set = || {
            let own = metrics.iter().map(|metric| metric.value.as_ref());
            MetricSet::new(
                Task::Summaries,
                own.filter(|metric| metric.external().is_none()),
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
        self.score_externally(plan, &mut scored);
        scored
    }

    /// Adds the scores of external metrics to those of the others.
    fn score_externally(&self, plan: &JudgePlan, scored: &mut [ScoredSummary]) {
        for (at, metric) in plan.metrics.iter().enumerate() {
            let Some(source) = metric.value.external() else {
                continue;
            };
            let needs = metric.value.needs();
            let corpus = plan.judgements.name();
            let references: Vec<Vec<Vec<String>>> = self
                .measured_together()
                .map(|(document, summaries)| match needs.no_reference {
                    true => Vec::new(),
                    false => document.references_of(&summaries[0]),
                })
                .collect();
            let questions = self.measured_together().zip(&references).map(
                |((document, summaries), references)| ExternalQuestion {
                    corpus,
                    document: &document.id,
                    language: "und",
                    query: "",
                    references,
                    source: match needs.source {
                        true => &document.given[summaries[0].given].source,
                        false => &[],
                    },
                    candidates: self.candidates(summaries),
                },
            );
            let questions: Vec<ExternalQuestion<'_>> = questions.collect();

            let answers = questions
                .chunks(BATCH)
                .flat_map(|batch| source.measure(batch));
            for (summary, score) in scored.iter_mut().zip(answers.flatten()) {
                match score {
                    Ok(measure) => summary.metrics[at] = Some(measure.score.value),
                    Err(failure) => summary.failures.push((at, failure.into())),
                }
            }
        }
    }

    /// Returns the summaries that are measured against the same texts, in the order in
    /// which they are scored.
    fn measured_together(&self) -> impl Iterator<Item = (&Document, &[Summary])> {
        self.documents.iter().flat_map(|document| {
            let together = document.summaries.chunk_by(|a, b| a.given == b.given);
            together.map(move |summaries| (document, summaries))
        })
    }

    /// Returns summaries as external metrics see them.
    fn candidates<'a>(&'a self, summaries: &'a [Summary]) -> Vec<ExternalCandidate<'a>> {
        let candidates = summaries.iter().map(|summary| ExternalCandidate {
            system: &self.systems[summary.system],
            segments: summary.segments.iter().map(String::as_str).collect(),
        });
        candidates.collect()
    }
}

impl Document {
    /// Returns the references of a summary, each as one segment.
    fn references_of(&self, summary: &Summary) -> Vec<Vec<String>> {
        let references = &self.given[summary.given].references;
        references.iter().map(|text| vec![text.clone()]).collect()
    }

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
                let mut own = references.readable.iter().zip(&statistics);
                let values = metrics.iter().map(|metric| {
                    // the set has no external metric
                    let (readable, statistics) = match metric.value.external() {
                        Some(_) => None,
                        None => own.next(),
                    }?;
                    let known = *readable && statistics.outputs > 0.0;
                    known.then(|| metric.value.score(statistics).value)
                });
                scored.push(ScoredSummary {
                    document,
                    system: summary.system,
                    human: summary.human.clone(),
                    metrics: values.collect(),
                    failures: Vec::new(),
                });
            }
        }
        scored
    }
}
