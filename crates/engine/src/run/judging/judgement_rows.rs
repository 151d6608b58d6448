//! Lines of a file of judgements, and what their summaries are measured against.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use epitome_corpora::{Corpus, CorpusError, FileLine, json_field, record};

use super::{judge_plan::JudgePlan, judgement_error::JudgementError};

/// The texts that a summary is measured against.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct MeasuredAgainst {
    pub(super) references: Vec<String>,
    /// The sentences of the source document; empty if it is not known.
    pub(super) source: Vec<String>,
}

/// The names of the field with the document, and of that with the system: the first that a
/// line has counts.
const DOCUMENT: [&str; 3] = ["doc_id", "document", "hash"];
const SYSTEM: [&str; 2] = ["system", "model_name"];

/// One line of a file of judgements.
pub(super) struct Row {
    place: String,
    pub(super) document: String,
    pub(super) system: String,
    /// What the system wrote; `None` if the line has no `summary`.
    pub(super) segments: Option<Vec<String>>,
    pub(super) given: MeasuredAgainst,
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
        let mut name = |names: &[&str]| {
            let mut named = names.iter().map(|name| (*name, take(name)));
            let named = named.find(|(_, value)| value.is_some());
            let (name, value) = named.unwrap_or((names[0], None));
            json_field::name(name, value)
                .and_then(|found| found.ok_or_else(|| format!("there is no `{name}`")))
                .map_err(refuse)
        };

        let (document, system) = (name(&DOCUMENT)?, name(&SYSTEM)?);
        let summary = take("summary");
        let segments = summary.map(|it| json_field::strings("summary", Some(it)));

        Ok(Self {
            document,
            system,
            segments: segments.transpose().map_err(refuse)?,
            given: MeasuredAgainst {
                references: json_field::not_blank(
                    json_field::strings("references", take("references"))
                        .map_err(refuse)?,
                ),
                source: json_field::strings("source", take("source")).map_err(refuse)?,
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

    /// Returns the rating of an aspect; `None` if there is none.
    pub(super) fn score(&self, aspect: &str) -> Result<Option<f64>, CorpusError> {
        match self.fields.get(aspect) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Number(number)) => Ok(number.as_f64()),
            Some(other) => Err(self.refuse(json_field::not_a(aspect, other, "a number"))),
        }
    }

    /// Returns the error that the source is missing, which a metric needs.
    pub(super) fn no_source(&self, metric: &str) -> CorpusError {
        let hint = "hint: `--references CORPUS.jsonl` joins its `text` by `doc_id`";
        self.refuse(format!(
            "there is no `source`, which `{metric}` needs\n{hint}"
        ))
    }

    /// Returns the error that the line has a problem.
    pub(super) fn refuse(&self, problem: String) -> CorpusError {
        CorpusError::Record {
            place: self.place.clone(),
            problem,
        }
    }
}

/// Reads all lines, of which there must be one.
pub(super) fn rows(corpus: &dyn Corpus) -> Result<Vec<Row>, JudgementError> {
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
pub(super) fn aspects(
    plan: &JudgePlan,
    rows: &[Row],
) -> Result<Vec<String>, JudgementError> {
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
pub(super) struct KnownTexts {
    origin: String,
    documents: BTreeMap<String, MeasuredAgainst>,
}

impl KnownTexts {
    /// Reads the texts and references of all documents.
    pub(super) fn read(corpus: &dyn Corpus) -> Result<Self, CorpusError> {
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

    /// Returns what the summary of a line is measured against.
    pub(super) fn of(&self, row: &Row) -> Result<MeasuredAgainst, CorpusError> {
        let Self { origin, documents } = self;
        documents.get(&row.document).cloned().ok_or_else(|| {
            row.refuse(format!("{origin} has no document `{}`", row.document))
        })
    }
}

/// Numbers of documents and systems in the order of their first occurrence, and the summaries
/// that have been judged.
#[derive(Default)]
pub(super) struct Places {
    documents: BTreeMap<String, usize>,
    systems: BTreeMap<String, usize>,
    judged: BTreeSet<(usize, usize)>,
}

impl Places {
    /// Returns the numbers of the document and the system of a line.
    pub(super) fn of(&mut self, row: &Row) -> Result<(usize, usize), CorpusError> {
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
