//! Reads Brat's stand-off annotations, as SemEval-2017 task 10 has them (Augenstein et
//! al. 2017): `ID.txt` with `ID.ann`, whose `T` lines are typed spans and whose `*` and
//! `R` lines are relations.

use serde_json::{Value, json};

use super::{
    error::ImportError,
    fields::{note, note_encoding},
    format::ImportFormat,
    intake::{Intake, stem_of},
    tree::Tree,
};
use crate::record::Record;

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "brat",
    about: "ID.txt with ID.ann: `T1<tab>Type begin end<tab>text` (SemEval-2017)",
    fits,
    import,
};

fn fits(tree: &Tree) -> bool {
    tree.ending(".ann").next().is_some()
}

/// Imports each text with its spans: keyphrases are the texts of the spans, each once, in
/// the order of the file.
fn import(intake: &mut Intake<'_>) -> Result<(), ImportError> {
    for path in intake.ending(".ann") {
        let text_path = format!("{}.txt", &path[..path.len() - ".ann".len()]);
        if !intake.tree.has(&text_path) {
            intake.warn(&path, "annotations of a text that is not there");
            continue;
        }

        let decoded = intake.text(&text_path)?;
        let annotations = intake.text(&path)?.text;
        let mut record = Record {
            id: stem_of(&path, ".ann").to_owned(),
            language: "en".into(),
            ..Record::default()
        };

        let mut spans: Vec<Value> = Vec::new();
        for (number, line) in annotations.lines().enumerate() {
            if !line.starts_with('T') {
                continue;
            }
            let Some((kind, begin, end, text)) = span(line) else {
                let problem = format!("line {}: not a span: `{line}`", number + 1);
                intake.warn(&path, problem);
                continue;
            };
            spans.push(json!([begin, end, kind, text]));
            if !record.keyphrases.iter().any(|phrase| phrase == text) {
                record.keyphrases.push(text.to_owned());
            }
        }

        note_encoding(&mut record, decoded.encoding);
        note(&mut record, "spans", spans);
        record.text = decoded.text;
        intake.document(&text_path, record)?;
    }
    Ok(())
}

/// Returns kind, begin, end and text of a line `T1<tab>Type begin end<tab>text`. A span
/// in pieces (`begin end;begin end`) extends from its first begin to its last end.
fn span(line: &str) -> Option<(&str, u64, u64, &str)> {
    let mut parts = line.split('\t').skip(1);
    let (kind, places) = parts.next()?.split_once(' ')?;
    let text = parts.next()?;
    let begin = places.split(' ').next()?.parse().ok()?;
    let end = places.rsplit(' ').next()?.parse().ok()?;
    Some((kind, begin, end, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_read_and_other_lines_are_not() {
        assert_eq!(span("T1\tTask 3 8\tdeep x"), Some(("Task", 3, 8, "deep x")));
        assert_eq!(
            span("T2\tTask 3 8;10 12\ta b"),
            Some(("Task", 3, 12, "a b"))
        );
        assert_eq!(span("T3\tTask"), None);
    }
}
