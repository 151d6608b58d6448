//! The documents of a corpus in packed form: texts with the outputs of the systems, and columns of
//! scores.

use serde::Serialize;
use serde_json::{Value, json};

use epitome_engine::run::{Reach, RunManifest, SourceText, texts};
use epitome_metrics::Unit;

use crate::unit;

use super::{
    gathered::Gathered,
    packed::{Chunk, Packer},
};

/// What the script of the page needs to unpack the documents of a corpus.
#[derive(Debug, Clone, Serialize)]
pub(super) struct DocumentChunks {
    /// Prefix of the names of its chunks: `{key}-index`, `{key}-texts-0`, `{key}-scores-0` …
    pub(super) key: String,
    /// Index of the run.
    pub(super) run: usize,
    /// Name of the corpus.
    pub(super) corpus: String,
    /// Number of documents.
    pub(super) documents: usize,
    /// Index of the first document of each chunk of texts.
    pub(super) firsts: Vec<usize>,
    /// Reason why texts are missing; `None` if all are there.
    pub(super) missing: Option<String>,
}

/// Packs the documents of a corpus; `run` and `at` are the indices of the run and of the corpus in
/// it. If a text cannot be read, its document and all later ones have no text.
pub(super) fn pack(
    manifest: &RunManifest,
    (run, at): (usize, usize),
    gathered: &Gathered,
    reach: Reach,
) -> (DocumentChunks, Vec<Chunk>) {
    let key = format!("{run}-{at}");
    let mut packer = Packer::new(format!("{key}-texts"));

    let mut read = 0;
    let mut misplaced = None;
    let found = texts(manifest, at, reach, |text| {
        let Some(id) = gathered.ids.get(read) else {
            return false;
        };
        if *id != text.id {
            misplaced = Some(format!("“{}” is in the place of “{id}”", text.id));
            return false;
        }

        packer.add(&record(Some(&text), &gathered.outputs[read]));
        read += 1;
        read < gathered.ids.len()
    });
    for outputs in &gathered.outputs[read..] {
        packer.add(&record(None, outputs));
    }

    let missing = found
        .err()
        .map(|error| first_line(&error.to_string()))
        .or(misplaced);

    let (firsts, mut chunks) = packer.finish();
    chunks.push(index(&key, gathered));
    for (metric, columns) in gathered.scores.iter().enumerate() {
        let scores = scores(columns, manifest.metrics[metric].unit);
        chunks.push(Chunk::pack(format!("{key}-scores-{metric}"), &scores));
    }

    let corpus = manifest.corpora[at].name.clone();
    let documents = gathered.ids.len();
    (
        DocumentChunks {
            key,
            run,
            corpus,
            documents,
            firsts,
            missing,
        },
        chunks,
    )
}

/// Returns the first line of an error without backticks, which the page does not show.
fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().replace('`', "")
}

/// Returns a document as JSON; `outputs` is JSON.
fn record(text: Option<&SourceText>, outputs: &str) -> String {
    let known = text.map_or(Value::Null, |text| {
        json!({
            "title": text.title,
            "sentences": text.sentences,
            "paragraphs": text.paragraphs,
            "summaries": text.summaries,
            "keyphrases": text.keyphrases,
        })
    });
    format!(r#"{{"text":{known},"outputs":{outputs}}}"#)
}

/// Returns the chunk with the ids, languages and lengths of all documents. A language is its index
/// in the list of codes.
fn index(key: &str, gathered: &Gathered) -> Chunk {
    let Gathered {
        ids,
        languages,
        words,
        ..
    } = gathered;
    let codes: Vec<String> = gathered
        .languages()
        .into_iter()
        .map(|(code, _)| code)
        .collect();
    let languages: Vec<Option<usize>> = languages
        .iter()
        .map(|code| codes.iter().position(|known| known == code))
        .collect();

    let text =
        json!({ "ids": ids, "codes": codes, "languages": languages, "words": words });
    Chunk::pack(format!("{key}-index"), &text.to_string())
}

/// Returns the scores of every system as JSON: as integers, in units of the last decimal that is
/// printed; `null` if a document does not count.
fn scores(columns: &[Vec<f64>], unit: Unit) -> String {
    let steps = unit::steps(unit);
    let columns = columns.iter().map(|column| {
        let values = column.iter().map(|value| match value.is_finite() {
            true => ((unit::scaled(unit, *value) * steps).round() as i64).into(),
            false => Value::Null,
        });
        values.collect()
    });
    Value::Array(columns.collect()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_are_integers_and_unknown_ones_are_null() {
        let columns = [vec![0.12345, f64::NAN], vec![]];
        assert_eq!(scores(&columns, Unit::Share), "[[1235,null],[]]");
        assert_eq!(scores(&columns, Unit::Words), "[[12,null],[]]");
    }

    #[test]
    fn a_document_without_its_text_keeps_the_outputs() {
        assert_eq!(record(None, "[[0]]"), r#"{"text":null,"outputs":[[0]]}"#);
    }
}
