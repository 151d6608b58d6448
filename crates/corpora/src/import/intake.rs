//! The intake of an importer: the files, the options, and the receiver of records, which
//! are cleaned and counted on their way.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{decode::Decoded, error::ImportError, findings::ImportFindings, tree::Tree};
use crate::{
    column_names::ColumnNames,
    record::{Record, reads_as_formula},
};

/// What the user specifies about the files to import.
#[derive(Debug, Clone, Default)]
pub struct ImportOptions {
    /// The language of every document; `None` if the format decides.
    pub language: Option<String>,
    /// The names of columns or fields that the user names.
    pub columns: ColumnNames,
    /// The split of every record; `None` if the names of folders and files decide.
    pub split: Option<String>,
}

/// An item that an importer produces.
#[derive(Debug)]
pub enum Item {
    /// A document with its references.
    Document(Box<Record>),
    /// A summary by a system with the ratings that people gave it, in the format of
    /// `epitome judge`.
    Judgement(Map<String, Value>),
}

/// The files, the options, and the receiver of records, which an importer works with.
pub struct Intake<'a> {
    /// The files to import.
    pub(super) tree: &'a Tree,
    /// The options of the user.
    pub(super) options: &'a ImportOptions,
    sink: &'a mut dyn FnMut(&str, Item) -> Result<(), ImportError>,
    findings: ImportFindings,
}

impl<'a> Intake<'a> {
    pub(super) fn new(
        tree: &'a Tree,
        options: &'a ImportOptions,
        sink: &'a mut dyn FnMut(&str, Item) -> Result<(), ImportError>,
    ) -> Self {
        let mut findings = ImportFindings::default();
        tree.refused()
            .iter()
            .for_each(|warning| findings.warn(warning.clone()));
        Self {
            tree,
            options,
            sink,
            findings,
        }
    }

    /// Returns the paths with this ending.
    pub(super) fn ending(&self, ending: &str) -> Vec<String> {
        self.tree.ending(ending).map(str::to_owned).collect()
    }

    /// Returns the text of a file.
    pub(super) fn text(&self, path: &str) -> Result<Decoded, ImportError> {
        self.tree.text(path)
    }

    /// Returns the text of a file, or `None` with a warning if there is no path.
    pub(super) fn text_of(
        &mut self,
        path: Option<&str>,
        missing: impl FnOnce() -> String,
    ) -> Result<Option<Decoded>, ImportError> {
        if let Some(path) = path {
            return self.tree.text(path).map(Some);
        }
        self.findings.warn(missing());
        Ok(None)
    }

    /// Counts something that is not used. The first warnings are kept as texts.
    pub(super) fn warn(&mut self, path: &str, problem: impl std::fmt::Display) {
        let place = self.tree.place(path);
        self.findings.warn(format!("{place}: {problem}"));
    }

    /// Returns the error of a record that ends the import.
    pub(super) fn broken(
        &self,
        path: &str,
        problem: impl std::fmt::Display,
    ) -> ImportError {
        ImportError::Broken {
            place: self.tree.place(path),
            problem: problem.to_string(),
        }
    }

    /// Passes a document on. Texts and references lose white space at their ends; empty
    /// references and repeated keyphrases are dropped. A document without text is left
    /// out with a warning.
    pub(super) fn document(
        &mut self,
        path: &str,
        record: Record,
    ) -> Result<(), ImportError> {
        self.document_in(&self.split_of(path), path, record)
    }

    /// Passes a document of a split on, as [`Self::document`] does.
    pub(super) fn document_in(
        &mut self,
        name: &str,
        path: &str,
        mut record: Record,
    ) -> Result<(), ImportError> {
        // spans of words and beginnings of documents are offsets in the untrimmed text
        if record.tagged.is_none() && record.documents.is_empty() {
            trim_text(&mut record);
        }

        trim(&mut record.title);
        trim(&mut record.query);
        for list in [
            &mut record.summaries,
            &mut record.keyphrases,
            &mut record.answers,
        ] {
            list.iter_mut().for_each(trim);
            list.retain(|reference| !reference.is_empty());
        }

        let mut met = BTreeSet::new();
        record
            .keyphrases
            .retain(|phrase| met.insert(phrase.clone()));

        if record.text.is_empty() {
            self.warn(path, format!("the document `{}` has no text", record.id));
            return Ok(());
        }

        if let Some(language) = &self.options.language {
            record.language.clone_from(language);
        }

        let split = self.findings.splits.entry(name.to_owned()).or_default();
        self.findings.formulas += u64::from(reads_as_formula(&record.id));
        split.records += 1;
        split.summaries += record.summaries.len() as u64;
        split.keyphrases += record.keyphrases.len() as u64;
        split.answers += record.answers.len() as u64;
        split.evidence += record.evidence.len() as u64;
        split.bytes += record.text.len() as u64;
        (self.sink)(name, Item::Document(Box::new(record)))
    }

    /// Returns the name of the split of queries beside the split of a path: `queries`, or
    /// `queries-test` beside `test`.
    pub(super) fn queries_of(&self, path: &str) -> String {
        beside("queries", &self.split_of(path))
    }

    /// Passes a judged summary on.
    pub(super) fn judgement(
        &mut self,
        path: &str,
        fields: Map<String, Value>,
    ) -> Result<(), ImportError> {
        let name = beside("judgements", &self.split_of(path));
        let split = self.findings.splits.entry(name.clone()).or_default();
        split.records += 1;
        split.summaries += fields
            .get("references")
            .and_then(Value::as_array)
            .map_or(0, Vec::len) as u64;
        split.bytes += fields
            .get("summary")
            .and_then(Value::as_str)
            .map_or(0, str::len) as u64;
        (self.sink)(&name, Item::Judgement(fields))
    }

    /// Returns the split that a path belongs to, from the name of a folder or the
    /// beginning of the file's name; `all` if neither is the name of a split.
    pub(super) fn split_of(&self, path: &str) -> String {
        if let Some(split) = &self.options.split {
            return split.clone();
        }
        let origin = self
            .tree
            .origin()
            .file_name()
            .unwrap_or_default()
            .to_string_lossy();
        let mut parts = path.split('/').rev().chain([&*origin]);
        parts.find_map(split_named).unwrap_or(ALL).to_owned()
    }

    /// Returns the name of a part of the split that a path belongs to: `part`, or
    /// `test-part` in the split `test`. A split that the user names has no parts.
    pub(super) fn split_with(&self, path: &str, part: &str) -> String {
        match self.split_of(path) {
            split if self.options.split.is_some() || part.is_empty() => split,
            split if split == ALL => part.to_owned(),
            split => format!("{split}-{part}"),
        }
    }

    /// Returns what was found, or an error if there are no records or no references.
    pub(super) fn finish(
        self,
        format: &'static str,
    ) -> Result<ImportFindings, ImportError> {
        let total = self.findings.total();
        let path = self.tree.origin().to_owned();
        let hint = self.findings.warnings.first().cloned();
        if total.records == 0 {
            let hint = hint.unwrap_or_else(|| "is it another format?".to_owned());
            return Err(ImportError::Nothing { path, format, hint });
        }
        let references = total.summaries + total.keyphrases;
        if references + total.answers + total.evidence == 0 {
            let hint =
                hint.unwrap_or_else(|| "is the folder of references missing?".to_owned());
            let documents = total.records;
            return Err(ImportError::NoReferences {
                path,
                format,
                documents,
                hint,
            });
        }
        Ok(self.findings)
    }
}

/// The name of the split of files whose names say no other.
const ALL: &str = "all";

/// Returns the name of a split of other records beside a split.
fn beside(what: &str, split: &str) -> String {
    match split {
        ALL => what.to_owned(),
        split => format!("{what}-{split}"),
    }
}

/// Returns the split that a part of a path names: by its first word, or else by another word.
fn split_named(part: &str) -> Option<&'static str> {
    const NAMES: [(&str, &str); 7] = [
        ("train", "train"),
        ("validation", "validation"),
        ("valid", "validation"),
        ("val", "validation"),
        ("dev", "dev"),
        ("test", "test"),
        ("trial", "trial"),
    ];

    let part = part.to_lowercase();
    let words = || part.split(['.', '_', '-']);
    let first = words().next().unwrap_or_default();
    let exact = NAMES.iter().find(|(name, _)| *name == first);

    exact
        .or_else(|| {
            NAMES
                .iter()
                .find(|(name, _)| words().skip(1).any(|word| word == *name))
        })
        .map(|(_, split)| *split)
}

/// Trims the text of a record, and moves its evidence accordingly.
fn trim_text(record: &mut Record) {
    let trimmed = record.text.trim_start().len();
    let dropped = record.text.len() - trimmed;
    trim(&mut record.text);

    let end = record.text.len();
    for passage in &mut record.evidence {
        passage.start = passage.start.saturating_sub(dropped).min(end);
        passage.end = passage.end.saturating_sub(dropped).min(end);
    }
    record.evidence.retain(|passage| !passage.is_empty());
}

fn trim(text: &mut String) {
    let kept = text.trim();
    if kept.len() < text.len() {
        *text = kept.to_owned();
    }
}

/// Returns the name of a file without its folders.
pub(super) fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Returns the name of a file without its folders and without this ending, which may be
/// in any case.
pub(super) fn stem_of<'a>(path: &'a str, ending: &str) -> &'a str {
    let name = name_of(path);
    if super::tree::ends(name, ending) {
        &name[..name.len() - ending.len()]
    } else {
        name
    }
}

/// Returns the folder of a path without the last `/`; an empty text at the top.
pub(super) fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_are_named_by_folders_and_files() {
        assert_eq!(split_named("Test"), Some("test"));
        assert_eq!(split_named("val.csv"), Some("validation"));
        assert_eq!(split_named("dialogsum.test.first20.jsonl"), Some("test"));
        assert_eq!(split_named("testimony.txt"), None);
        assert_eq!(split_named("Summaries"), None);
    }

    #[test]
    fn names_and_folders() {
        assert_eq!(stem_of("a/b/12.TXT", ".txt"), "12");
        assert_eq!(folder_of("a/b/12.txt"), "a/b");
        assert_eq!(folder_of("12.txt"), "");
    }
}
