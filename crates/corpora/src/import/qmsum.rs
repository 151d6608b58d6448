//! Reads `QMSum` (Zhong et al. 2021): a JSON file for each meeting, or a line for each,
//! with `meeting_transcripts` and `general_query_list`.

use std::ops::Range;

use serde_json::{Map, Value, json};

use super::{
    error::ImportError,
    fields::{each_line, note, objects, plain, string},
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
/// for one; all queries are in `meta.queries`. Each specific query is a document of a split
/// of its own, `queries-test` beside `test`.
fn import(intake: &mut Intake<'_>) -> Result<(), ImportError> {
    for path in intake.ending(".json") {
        let text = intake.text(&path)?.text;
        match serde_json::from_str::<Map<String, Value>>(&text) {
            Ok(fields) => {
                let id = stem_of(&path, ".json").to_owned();
                documents(intake, &path, &id, &fields)?;
            }
            Err(error) => intake.warn(&path, format!("not JSON: {error}")),
        }
    }
    for path in intake.ending(".jsonl") {
        each_line(intake, &path, |intake, number, fields| {
            let id = format!("{}-{number}", stem_of(&path, ".jsonl"));
            documents(intake, &path, &id, &fields)
        })?;
    }
    Ok(())
}

/// Passes a meeting on, and its specific queries.
fn documents(
    intake: &mut Intake<'_>,
    path: &str,
    id: &str,
    fields: &Map<String, Value>,
) -> Result<(), ImportError> {
    let turns = turns(fields);
    intake.document(path, meeting(id, &turns, fields))?;

    let split = intake.queries_of(path);
    for (at, query) in (1..).zip(objects(fields, "specific_query_list")) {
        let id = format!("{id}-q{at}");
        let (record, spans) = asked(id, &turns, query);
        if spans > record.evidence.len() {
            let left_out = spans - record.evidence.len();
            let problem = "spans are of no turns of the meeting";
            intake.warn(path, format!("`{}`: {left_out} {problem}", record.id));
        }
        intake.document_in(&split, path, record)?;
    }
    Ok(())
}

/// Returns the turns of a meeting, each with its speaker.
fn turns(fields: &Map<String, Value>) -> Vec<String> {
    objects(fields, "meeting_transcripts")
        .map(|turn| format!("{}: {}", string(turn, "speaker"), string(turn, "content")))
        .collect()
}

/// Returns the document of a specific query, and the number of spans of turns that the
/// query has. The spans are its evidence, apart from those that are not in the meeting.
fn asked(id: String, turns: &[String], query: &Map<String, Value>) -> (Record, usize) {
    let spans = query.get("relevant_text_span").and_then(Value::as_array);
    let spans: &[Value] = spans.map_or(&[], Vec::as_slice);
    let record = Record {
        id,
        text: turns.join("\n"),
        language: "en".into(),
        query: string(query, "query"),
        summaries: vec![string(query, "answer")],
        evidence: spans.iter().filter_map(|span| range(turns, span)).collect(),
        ..Record::default()
    };
    (record, spans.len())
}

/// Returns the byte range of a pair of the first and the last turn in the text of all
/// turns; `None` if the pair is not in order or not in the meeting.
fn range(turns: &[String], span: &Value) -> Option<Range<usize>> {
    let number = |value: &Value| plain(value).trim().parse::<usize>().ok();
    let [first, last] = span.as_array()?.as_slice() else {
        return None;
    };
    let (first, last) = (number(first)?, number(last)?);
    let within = turns.get(first..=last).filter(|turns| !turns.is_empty())?;

    let lines = |turns: &[String]| turns.iter().map(|turn| turn.len() + 1).sum::<usize>();
    let start = lines(&turns[..first]);
    Some(start..start + lines(within) - 1)
}

fn meeting(id: &str, turns: &[String], fields: &Map<String, Value>) -> Record {
    let list = |name: &str| objects(fields, name);
    let queries: Vec<(String, String)> = list("general_query_list")
        .chain(list("specific_query_list"))
        .map(|query| (string(query, "query"), string(query, "answer")))
        .collect();

    let summary = list("general_query_list")
        .find(|query| string(query, "query").to_lowercase().contains("summar"))
        .map(|query| string(query, "answer"));

    let mut record = Record {
        id: id.to_owned(),
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
