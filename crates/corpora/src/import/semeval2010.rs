//! Reads SemEval-2010 task 5 (Kim et al. 2010): `C-1.txt.final` with answer files
//! `test.combined.stem.final` (`C-1 : phrase,phrase+alternative,…`), or the same answers
//! as JSON (`{"C-1": [["phrase", "alternative"], …]}`) from ake-datasets.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{
    error::ImportError,
    fields::{annotated, note, note_encoding, plain},
    format::ImportFormat,
    intake::{Intake, name_of, stem_of},
    tree::Tree,
};
use crate::record::Record;

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "semeval2010",
    about: "C-1.txt.final with answers in *.combined.stem.final or *.combined.json",
    fits,
    import,
};

/// The groups of annotators.
const GROUPS: [&str; 3] = ["author", "reader", "combined"];

fn fits(tree: &Tree) -> bool {
    tree.ending(".txt.final").next().is_some()
}

/// The answers of one group: phrases by document, with alternatives joined by `+` as in
/// the task.
type Answers = BTreeMap<String, Vec<String>>;

/// Imports each paper. The gold of the test set is stemmed only: then the stems are the
/// keyphrases, and `meta.stemmed_gold` is true.
fn import(intake: &mut Intake<'_>) -> Result<(), ImportError> {
    let mut answers: BTreeMap<(&str, bool), Answers> = BTreeMap::new();
    for path in intake.tree.paths().map(str::to_owned).collect::<Vec<_>>() {
        let name = name_of(&path).to_owned();
        let group = GROUPS
            .into_iter()
            .find(|group| name.contains(&format!(".{group}.")));
        let Some(group) = group else {
            continue;
        };

        let text = intake.text(&path)?.text;
        let found = if super::tree::ends(&name, ".json") {
            from_json(&text).map_err(|problem| intake.broken(&path, problem))?
        } else {
            from_lines(intake, &path, &text)
        };

        answers
            .entry((group, name.contains(".stem.")))
            .or_default()
            .extend(found);
    }

    let texts = intake.ending(".txt.final");
    let known: BTreeSet<&str> = texts
        .iter()
        .map(|path| stem_of(path, ".txt.final"))
        .collect();
    let answered: BTreeSet<&str> = answers
        .values()
        .flat_map(|all| all.keys().map(String::as_str))
        .collect();

    let missing = answered.difference(&known).count();
    if missing > 0 {
        intake.warn(
            "",
            format!("answers for {missing} documents that are not there"),
        );
    }

    for path in &texts {
        let path = path.clone();
        let id = stem_of(&path, ".txt.final").to_owned();
        let decoded = intake.text(&path)?;
        let title = decoded.text.lines().next().unwrap_or_default().to_owned();
        let mut record = Record {
            title,
            language: "en".into(),
            ..Record::default()
        };
        note_encoding(&mut record, decoded.encoding);

        let mut stems = serde_json::Map::new();
        for ((group, stemmed), answers) in &answers {
            let Some(phrases) = answers.get(&id) else {
                continue;
            };
            if *stemmed {
                stems.insert((*group).to_owned(), phrases.as_slice().into());
            } else {
                annotated(&mut record, group, phrases);
            }
        }

        let of = |stemmed: bool| {
            let all = answers.get(&("combined", stemmed))?;
            all.get(&id).map(|phrases| alternatives(phrases))
        };
        let (surface, stemmed) = (of(false), of(true));
        match (&surface, &stemmed) {
            (None, Some(_)) => note(&mut record, "stemmed_gold", true),
            (None, None) => intake.warn(&path, "no answers for this document"),
            (Some(_), _) => {}
        }

        if !stems.is_empty() {
            note(&mut record, "stemmed", stems);
        }

        record.keyphrases = surface.or(stemmed).unwrap_or_default();
        record.id = id;
        record.text = decoded.text;
        intake.document(&path, record)?;
    }
    Ok(())
}

/// Returns the answers in lines `C-1 : phrase,phrase+alternative`.
fn from_lines(intake: &mut Intake<'_>, path: &str, text: &str) -> Answers {
    let mut answers = Answers::new();
    for (number, line) in text.lines().enumerate() {
        match line.split_once(" : ") {
            Some((id, phrases)) => {
                let phrases = phrases.split(',').map(|phrase| phrase.trim().to_owned());
                let phrases = phrases.filter(|phrase| !phrase.is_empty()).collect();
                answers.insert(id.trim().to_owned(), phrases);
            }
            None if line.trim().is_empty() => {}
            None => {
                let problem = format!("line {}: no ` : ` after the id", number + 1);
                intake.warn(path, problem);
            }
        }
    }
    answers
}

/// Returns the answers in `{"C-1": [["phrase", "alternative"], …]}`.
pub(super) fn from_json(text: &str) -> Result<Answers, String> {
    let all: BTreeMap<String, Vec<Value>> =
        serde_json::from_str(text).map_err(|error| error.to_string())?;
    Ok(all
        .into_iter()
        .map(|(id, phrases)| (id, phrases.iter().map(joined).collect()))
        .collect())
}

/// Returns the alternatives of a phrase joined by `+`.
fn joined(alternatives: &Value) -> String {
    match alternatives {
        Value::Array(forms) => forms.iter().map(plain).collect::<Vec<_>>().join("+"),
        other => plain(other),
    }
}

/// Returns each alternative as a phrase of its own.
fn alternatives(phrases: &[String]) -> Vec<String> {
    phrases
        .iter()
        .flat_map(|phrase| phrase.split('+'))
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_and_lines_give_the_same_answers() {
        let json = from_json(r#"{"C-1":[["a b","b a"],["c"]]}"#).unwrap();
        assert_eq!(json["C-1"], ["a b+b a", "c"]);
        assert_eq!(alternatives(&json["C-1"]), ["a b", "b a", "c"]);
    }
}
