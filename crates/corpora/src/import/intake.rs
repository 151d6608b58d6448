//! What an importer works with: the files, the options, and where records go.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{decode::Decoded, error::ImportError, findings::ImportFindings, tree::Tree};
use crate::record::{Record, reads_as_formula};

/// What the user says about the files.
#[derive(Debug, Clone, Default)]
pub struct ImportOptions {
    /// Language of every document; each format's own without it.
    pub language: Option<String>,
    /// Which columns or fields hold what: `("text", "body")`.
    pub columns: Vec<(String, String)>,
    /// Split of every record; as the folders say without it.
    pub split: Option<String>,
}

/// What comes out of an importer.
#[derive(Debug)]
pub enum Item {
    /// A document with its references.
    Document(Box<Record>),
    /// A summary by a system with what people said of it, as `epitome judge` reads it.
    Judgement(Map<String, Value>),
}

/// The files, the options, and where records go.
pub struct Intake<'a> {
    /// The files.
    pub(super) tree: &'a Tree,
    /// What the user says.
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

    /// The paths with that ending.
    pub(super) fn ending(&self, ending: &str) -> Vec<String> {
        self.tree.ending(ending).map(str::to_owned).collect()
    }

    /// A file's text.
    pub(super) fn text(&self, path: &str) -> Result<Decoded, ImportError> {
        self.tree.text(path)
    }

    /// A file's text, or a warning and `None` where it is not there.
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

    /// Counts something that is not used, and keeps the words for the first of them.
    pub(super) fn warn(&mut self, path: &str, problem: impl std::fmt::Display) {
        let place = self.tree.place(path);
        self.findings.warn(format!("{place}: {problem}"));
    }

    /// A record that ends the import.
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

    /// Hands a document on. Text and references lose white space at their ends, empty
    /// references and repeated keyphrases are dropped, a document without text is counted and passed over.
    pub(super) fn document(
        &mut self,
        path: &str,
        mut record: Record,
    ) -> Result<(), ImportError> {
        // spans of words, and the beginnings of documents, are into the text as it is
        if record.tagged.is_none() && record.documents.is_empty() {
            trim(&mut record.text);
        }
        trim(&mut record.title);
        for list in [&mut record.summaries, &mut record.keyphrases] {
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
        let name = self.split_of(path);
        let split = self.findings.splits.entry(name.clone()).or_default();
        self.findings.formulas += u64::from(reads_as_formula(&record.id));
        split.records += 1;
        split.summaries += record.summaries.len() as u64;
        split.keyphrases += record.keyphrases.len() as u64;
        split.bytes += record.text.len() as u64;
        (self.sink)(&name, Item::Document(Box::new(record)))
    }

    /// Hands a judged summary on.
    pub(super) fn judgement(
        &mut self,
        path: &str,
        fields: Map<String, Value>,
    ) -> Result<(), ImportError> {
        let name = match self.split_of(path) {
            split if split == "all" => "judgements".to_owned(),
            split => format!("judgements-{split}"),
        };
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

    /// The split that a path tells of: a folder or the beginning of the file's name.
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
        parts.find_map(split_named).unwrap_or("all").to_owned()
    }

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
        if total.summaries + total.keyphrases == 0 {
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
    let word = part.split(['.', '_', '-']).next().unwrap_or_default();
    let exact = NAMES.iter().find(|(name, _)| *name == word);
    let marked =
        |name: &str| part.split(['.', '_', '-']).skip(1).any(|word| word == name);
    exact
        .or_else(|| NAMES.iter().find(|(name, _)| marked(name)))
        .map(|(_, split)| *split)
}

fn trim(text: &mut String) {
    let kept = text.trim();
    if kept.len() < text.len() {
        *text = kept.to_owned();
    }
}

/// The file's name without folders.
pub(super) fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The file's name without folders and without that ending, in any case.
pub(super) fn stem_of<'a>(path: &'a str, ending: &str) -> &'a str {
    let name = name_of(path);
    if super::tree::ends(name, ending) {
        &name[..name.len() - ending.len()]
    } else {
        name
    }
}

/// The folder of a path, without the last `/`; empty at the top.
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
