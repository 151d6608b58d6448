//! Reads BASSE (Barnes et al. 2025): Basque and Spanish news; each document is a JSON
//! line with `model_summaries: {system: {"summ": …, "anns": {criterion: [marks]}}}`.

use serde_json::{Map, Value};

use super::{
    error::ImportError,
    fields::{each_line, string, strings},
    format::ImportFormat,
    intake::{Intake, name_of},
    tree::Tree,
};
use crate::record::Record;

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "basse",
    about: "JSON Lines with original_document, reference_summaries, model_summaries",
    fits,
    import,
};

fn fits(tree: &Tree) -> bool {
    tree.ending(".jsonl").any(|path| {
        tree.beginning(path, 1 << 16)
            .contains("\"model_summaries\"")
    })
}

/// Imports one document for each line and one judged summary for each system. The
/// language is in the file's name.
fn import(intake: &mut Intake<'_>) -> Result<(), ImportError> {
    for path in intake.ending(".jsonl") {
        let language = name_of(&path)
            .split('.')
            .find(|part| part.len() == 2)
            .unwrap_or_default()
            .to_lowercase();

        each_line(intake, &path, |intake, _, fields| {
            let id = string(&fields, "idx");
            let references = strings(&fields, "reference_summaries");
            let systems = fields.get("model_summaries").and_then(Value::as_object);
            for (system, value) in systems.into_iter().flatten() {
                let Value::Object(value) = value else {
                    intake.warn(&path, format!("`{id}`: `{system}` is not an object"));
                    continue;
                };
                let mut judgement = Map::new();
                judgement.insert("doc_id".into(), id.as_str().into());
                judgement.insert("system".into(), system.as_str().into());
                judgement.insert("summary".into(), string(value, "summ").into());
                judgement.insert("references".into(), references.as_slice().into());
                judgement.insert("lang".into(), language.as_str().into());

                let marks = value.get("anns").and_then(Value::as_object);
                // a criterion has the marks of several annotators; judgements have one
                // number
                for (name, marks) in marks.into_iter().flatten() {
                    let marks = marks.as_array().into_iter().flatten();
                    let marks: Vec<f64> = marks.filter_map(Value::as_f64).collect();
                    if !marks.is_empty() {
                        let mean = marks.iter().sum::<f64>() / marks.len() as f64;
                        judgement.insert(name.to_lowercase(), mean.into());
                    }
                }

                intake.judgement(&path, judgement)?;
            }

            let record = Record {
                id,
                text: string(&fields, "original_document"),
                language: language.clone(),
                summaries: references,
                ..Record::default()
            };
            intake.document(&path, record)
        })?;
    }
    Ok(())
}
