//! Reads `QMSum` (Zhong et al. 2021): a JSON file for each meeting, or a line for each,
//! with `meeting_transcripts` and `general_query_list`.

use serde_json::{Map, Value, json};

use super::{
    error::ImportError,
    fields::{each_line, note, string},
    format::ImportFormat,
    intake::{Intake, stem_of},
    tree::Tree,
};
use crate::record::Record;

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "qmsum",
    about: "MEETING.json (or .jsonl) with meeting_transcripts and general_query_list",
    fits,
    import,
};

fn fits(tree: &Tree) -> bool {
    let mut files = tree.ending(".json").chain(tree.ending(".jsonl"));
    files.any(|path| {
        let beginning = tree.beginning(path, 1 << 16);
        beginning.contains("\"general_query_list\"")
    })
}

/// Imports each meeting. The summary is the answer to the first general query that asks
/// for one; all queries are in `meta.queries`.
fn import(intake: &mut Intake<'_>) -> Result<(), ImportError> {
    for path in intake.ending(".json") {
        let text = intake.text(&path)?.text;
        match serde_json::from_str::<Map<String, Value>>(&text) {
            Ok(fields) => {
                let record = meeting(stem_of(&path, ".json").to_owned(), &fields);
                intake.document(&path, record)?;
            }
            Err(error) => intake.warn(&path, format!("not JSON: {error}")),
        }
    }
    for path in intake.ending(".jsonl") {
        each_line(intake, &path, |intake, number, fields| {
            let id = format!("{}-{number}", stem_of(&path, ".jsonl"));
            intake.document(&path, meeting(id, &fields))
        })?;
    }
    Ok(())
}

fn meeting(id: String, fields: &Map<String, Value>) -> Record {
    let list = |name: &str| {
        let values = fields.get(name).and_then(Value::as_array);
        values.into_iter().flatten().filter_map(Value::as_object)
    };
    let turns: Vec<String> = list("meeting_transcripts")
        .map(|turn| format!("{}: {}", string(turn, "speaker"), string(turn, "content")))
        .collect();

    let queries: Vec<(String, String)> = list("general_query_list")
        .chain(list("specific_query_list"))
        .map(|query| (string(query, "query"), string(query, "answer")))
        .collect();

    let summary = list("general_query_list")
        .find(|query| string(query, "query").to_lowercase().contains("summar"))
        .map(|query| string(query, "answer"));

    let mut record = Record {
        id,
        text: turns.join("\n"),
        language: "en".into(),
        summaries: summary.into_iter().collect(),
        ..Record::default()
    };

    let queries: Vec<Value> = queries
        .into_iter()
        .map(|(query, answer)| json!({"query": query, "answer": answer}))
        .collect();
    note(&mut record, "queries", queries);
    note(&mut record, "n_turns", turns.len());
    record
}
