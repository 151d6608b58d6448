//! Judged summaries: what systems wrote, with ratings by people and scores by metrics.
//! [`Judgements::read`] reads them from a corpus of lines, [`Judgements::score`] measures
//! them for [`judge`](crate::run::judge).

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::ControlFlow,
};

use serde_json::{Map, Value};

use epitome_base::spec::Built;
use epitome_corpora::{Corpus, CorpusError, FileLine, record};
use epitome_metrics::{self as metric, Metric, MetricSet, Task};

use crate::run::threads::pool::map_in_order;

use super::judge_plan::JudgePlan;

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

/// The texts that a summary is measured against.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct MeasuredAgainst {
    references: Vec<String>,
    /// The sentences of the source document; empty if it is not known.
    source: Vec<String>,
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

/// Why judgements cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum JudgementError {
    /// A corpus or a record cannot be read.
    #[error(transparent)]
    Corpus(#[from] CorpusError),
    /// The judgements are not a file of lines.
    #[error("{origin}: judgements are a JSON Lines file")]
    NotLines {
        /// The corpus of judgements.
        origin: String,
    },
    /// The file contains no judgements.
    #[error("nothing to do: {origin} holds no judgements")]
    Empty {
        /// The file of judgements.
        origin: String,
    },
    /// No field contains ratings.
    #[error("{origin}: no field but ids is a number, so there is nothing to agree with")]
    NoAspects {
        /// The file of judgements.
        origin: String,
    },
    /// A named aspect is in no judgement.
    #[error("{origin}: no judgement has a number `{name}`\nhint: there are {}", quoted(.known))]
    UnknownAspect {
        /// The file of judgements.
        origin: String,
        /// The name of the aspect.
        name: String,
        /// The aspects of the file.
        known: Vec<String>,
    },
    /// A metric measures keyphrases, but judgements are of summaries.
    #[error("`{name}` measures keyphrases, and judgements are of summaries")]
    NotOfSummaries {
        /// The canonical name of the metric.
        name: String,
    },
}

fn quoted(names: &[String]) -> String {
    names
        .iter()
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ")
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

/// One line of a file of judgements.
struct Row {
    place: String,
    document: String,
    system: String,
    segments: Vec<String>,
    given: MeasuredAgainst,
    fields: Map<String, Value>,
}

impl Row {
    fn parse(line: &FileLine) -> Result<Self, CorpusError> {
        let place = line.place();
        let refuse = |problem: String| CorpusError::Record {
            place: place.clone(),
            problem,
        };

        let mut fields = record::fields(line)?;
        let mut take = |name: &str| fields.remove(name).filter(|value| !value.is_null());
        let mut name = |name: &str| {
            record::name(name, take(name))
                .and_then(|found| found.ok_or_else(|| format!("there is no `{name}`")))
                .map_err(refuse)
        };

        let (document, system) = (name("doc_id")?, name("system")?);
        let summary =
            take("summary").ok_or_else(|| refuse("there is no `summary`".to_owned()))?;

        Ok(Self {
            document,
            system,
            segments: record::strings("summary", Some(summary)).map_err(refuse)?,
            given: MeasuredAgainst {
                references: record::not_blank(
                    record::strings("references", take("references")).map_err(refuse)?,
                ),
                source: record::strings("source", take("source")).map_err(refuse)?,
            },
            fields,
            place,
        })
    }

    /// Returns the names of the fields that contain ratings.
    fn aspects(&self) -> impl Iterator<Item = &String> {
        self.fields
            .iter()
            .filter(|(_, value)| value.is_number())
            .map(|(name, _)| name)
            .filter(|name| *name != "id" && !name.ends_with("_id"))
    }

    fn score(&self, aspect: &str) -> Result<Option<f64>, CorpusError> {
        match self.fields.get(aspect) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Number(number)) => Ok(number.as_f64()),
            Some(other) => Err(self.refuse(record::not_a(aspect, other, "a number"))),
        }
    }

    fn no_source(&self, metric: &str) -> CorpusError {
        let hint = "hint: `--references CORPUS.jsonl` joins its `text` by `doc_id`";
        self.refuse(format!(
            "there is no `source`, which `{metric}` needs\n{hint}"
        ))
    }

    fn refuse(&self, problem: String) -> CorpusError {
        CorpusError::Record {
            place: self.place.clone(),
            problem,
        }
    }
}

fn rows(corpus: &dyn Corpus) -> Result<Vec<Row>, JudgementError> {
    let mut rows = Vec::new();
    for source in corpus.records()? {
        let Some(line) = source?.into_line() else {
            return Err(JudgementError::NotLines {
                origin: corpus.origin(),
            });
        };
        rows.push(Row::parse(&line)?);
    }
    match rows.is_empty() {
        true => Err(JudgementError::Empty {
            origin: corpus.origin(),
        }),
        false => Ok(rows),
    }
}

/// Returns the aspects that the plan names, or all aspects of the file in the order of their
/// first occurrence.
fn aspects(plan: &JudgePlan, rows: &[Row]) -> Result<Vec<String>, JudgementError> {
    let mut known: Vec<String> = Vec::new();
    for aspect in rows.iter().flat_map(Row::aspects) {
        if !known.contains(aspect) {
            known.push(aspect.clone());
        }
    }

    let origin = plan.judgements.origin();
    if known.is_empty() {
        return Err(JudgementError::NoAspects { origin });
    }
    if let Some(name) = plan.aspects.iter().find(|name| !known.contains(name)) {
        let name = name.clone();
        return Err(JudgementError::UnknownAspect {
            origin,
            name,
            known,
        });
    }
    Ok(if plan.aspects.is_empty() {
        known
    } else {
        plan.aspects.clone()
    })
}

/// The references and texts of a corpus, by the ids of its documents.
struct KnownTexts {
    origin: String,
    documents: BTreeMap<String, MeasuredAgainst>,
}

impl KnownTexts {
    fn read(corpus: &dyn Corpus) -> Result<Self, CorpusError> {
        let mut documents = BTreeMap::new();
        for source in corpus.records()? {
            let record = source?.parse()?;
            let given = MeasuredAgainst {
                references: record.summaries,
                source: vec![record.text],
            };
            if documents.insert(record.id.clone(), given).is_some() {
                return Err(CorpusError::Duplicate {
                    place: record.place,
                    id: record.id,
                });
            }
        }
        Ok(Self {
            origin: corpus.origin(),
            documents,
        })
    }

    fn of(&self, row: &Row) -> Result<MeasuredAgainst, CorpusError> {
        let Self { origin, documents } = self;
        documents.get(&row.document).cloned().ok_or_else(|| {
            row.refuse(format!("{origin} has no document `{}`", row.document))
        })
    }
}

/// Numbers of documents and systems in the order of their first occurrence, and the summaries
/// that have been judged.
#[derive(Default)]
struct Places {
    documents: BTreeMap<String, usize>,
    systems: BTreeMap<String, usize>,
    judged: BTreeSet<(usize, usize)>,
}

impl Places {
    fn of(&mut self, row: &Row) -> Result<(usize, usize), CorpusError> {
        let number = |places: &mut BTreeMap<String, usize>, name: &str| {
            let next = places.len();
            *places.entry(name.to_owned()).or_insert(next)
        };
        let place = (
            number(&mut self.documents, &row.document),
            number(&mut self.systems, &row.system),
        );
        match self.judged.insert(place) {
            true => Ok(place),
            false => Err(row.refuse(format!(
                "the summary of `{}` by `{}` occurs twice\nhint: average the scores of annotators first",
                row.document, row.system
            ))),
        }
    }
}
