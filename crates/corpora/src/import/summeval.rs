//! Reads SummEval (Fabbri et al. 2021): each summary is a JSON line with `decoded`,
//! `references` and the marks of experts and crowd workers.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{
    error::ImportError,
    fields::{each_line, string, strings},
    format::ImportFormat,
    intake::Intake,
    tree::Tree,
};
use crate::record::Record;

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "summeval",
    about: "JSON Lines with decoded, references, expert_annotations, turker_annotations",
    fits,
    import,
};

fn fits(tree: &Tree) -> bool {
    tree.ending(".jsonl").any(|path| {
        let beginning = tree.beginning(path, 1 << 16);
        beginning.contains("\"expert_annotations\"") && beginning.contains("\"decoded\"")
    })
}

/// Imports one judged summary for each line. A rating is the mean of the experts' marks;
/// those of crowd workers are under `turker_…`. Source texts become documents if the file
/// has them.
fn import(intake: &mut Intake<'_>) -> Result<(), ImportError> {
    let mut sources: BTreeMap<String, (String, Record)> = BTreeMap::new();
    for path in intake.ending(".jsonl") {
        each_line(intake, &path, |intake, _, fields| {
            let id = string(&fields, "id");
            let references = strings(&fields, "references");
            let mut judgement = Map::new();
            judgement.insert("doc_id".into(), id.as_str().into());
            judgement.insert("system".into(), string(&fields, "model_id").into());
            judgement.insert("summary".into(), string(&fields, "decoded").into());
            judgement.insert("references".into(), references.as_slice().into());

            for (list, prefix) in [
                ("expert_annotations", ""),
                ("turker_annotations", "turker_"),
            ] {
                for (name, mean) in means(fields.get(list)) {
                    judgement.insert(format!("{prefix}{name}"), mean.into());
                }
            }

            let text = string(&fields, "text");
            if !text.is_empty() {
                let record = Record {
                    id: id.clone(),
                    text,
                    language: "en".into(),
                    summaries: references,
                    ..Record::default()
                };
                sources.entry(id).or_insert_with(|| (path.clone(), record));
            }

            intake.judgement(&path, judgement)
        })?;
    }
    for (path, record) in sources.into_values() {
        intake.document(&path, record)?;
    }
    Ok(())
}

/// Returns the mean mark for each name over a list of `{name: mark}`.
fn means(marks: Option<&Value>) -> BTreeMap<String, f64> {
    let mut sums: BTreeMap<String, (f64, f64)> = BTreeMap::new();
    let lists = marks.and_then(Value::as_array).into_iter().flatten();
    for (name, mark) in lists.filter_map(Value::as_object).flatten() {
        if let Some(mark) = mark.as_f64() {
            let sum = sums.entry(name.to_lowercase()).or_default();
            *sum = (sum.0 + mark, sum.1 + 1.0);
        }
    }
    sums.into_iter()
        .map(|(name, (sum, count))| (name, sum / count))
        .collect()
}
