//! Finds references beside documents: `ID.key` and `ID.txt` in folders of their own, or
//! `references/test.author.json` of ake-datasets (Boudin): `{"ID": [["phrase",
//! "variant"], …]}`.

use std::collections::BTreeMap;

use super::{
    error::ImportError,
    fields::{annotated, note},
    intake::{Intake, folder_of, name_of, stem_of},
    liaad::lines,
    semeval2010::from_json,
    tree::ends,
};
use crate::record::Record;

/// A group of annotators with its phrases; variants of a phrase are joined by `+`.
type Group = (String, Vec<String>);

/// The references that were found, by the ids of documents.
#[derive(Default)]
pub(super) struct References {
    /// The groups of annotators by split and id.
    json: BTreeMap<(String, String), Vec<Group>>,
    /// The paths of files of keyphrases by the names of documents.
    keys: BTreeMap<String, Vec<String>>,
    summaries: BTreeMap<String, Vec<String>>,
    /// The ids of documents whose references were looked up.
    used: Vec<String>,
}

/// The beginnings of the names of folders with reference summaries.
const SUMMARIES: [&str; 3] = ["summar", "reference", "abstract"];

impl References {
    /// Goes through all files and remembers which references belong to which id.
    pub(super) fn of(intake: &mut Intake<'_>) -> Result<Self, ImportError> {
        let mut found = Self::default();
        let paths: Vec<String> = intake.tree.paths().map(str::to_owned).collect();
        for path in paths.iter().filter(|path| ends(path, ".json")) {
            found.read_json(intake, path)?;
        }

        for path in paths {
            let folder = name_of(folder_of(&path)).to_lowercase();
            if ends(&path, ".key") {
                let id = stem_of(&path, ".key").to_owned();
                found.keys.entry(id).or_default().push(path);
            } else if ends(&path, ".txt")
                && SUMMARIES.iter().any(|name| folder.starts_with(name))
            {
                let id = stem_of(&path, ".txt").to_owned();
                found.summaries.entry(id).or_default().push(path);
            }
        }
        Ok(found)
    }

    fn read_json(
        &mut self,
        intake: &mut Intake<'_>,
        path: &str,
    ) -> Result<(), ImportError> {
        let text = intake.text(path)?.text;
        let all = match from_json(&text) {
            Ok(all) => all,
            Err(problem) => {
                intake.warn(path, format!("no references by document: {problem}"));
                return Ok(());
            }
        };

        let name = stem_of(path, ".json");
        let mut parts: Vec<&str> = name.split('.').collect();
        // the first part is the split
        if parts.len() > 1 {
            parts.remove(0);
        }
        let group = parts.join(".");
        let split = intake.split_of(path);

        for (id, phrases) in all {
            let groups = self.json.entry((split.clone(), id)).or_default();
            groups.push((group.clone(), phrases));
        }
        Ok(())
    }

    /// Adds the references of a document to its record. If there are several groups, the
    /// gold keyphrases are those of the best group; stemmed ones are used only if there
    /// are no others.
    pub(super) fn add_to(
        &mut self,
        intake: &mut Intake<'_>,
        path: &str,
        record: &mut Record,
    ) -> Result<(), ImportError> {
        let id = record.id.clone();
        let split = intake.split_of(path);
        let groups = self.json.get(&(split, id.clone()));
        let groups = groups.or_else(|| self.json.get(&("all".to_owned(), id.clone())));

        for key in self.keys.get(&id).into_iter().flatten() {
            record.keyphrases.extend(lines(&intake.text(key)?.text));
        }
        for summary in self.summaries.get(&id).into_iter().flatten() {
            record.summaries.push(intake.text(summary)?.text);
        }

        for (group, phrases) in groups.into_iter().flatten() {
            annotated(record, group, phrases);
        }

        if let Some((group, phrases)) = groups.and_then(|groups| best(groups)) {
            record.keyphrases.extend(phrases.iter().cloned());
            if is_stemmed(group) {
                note(record, "stemmed_gold", true);
            }
        }

        if record.keyphrases.is_empty() && record.summaries.is_empty() {
            intake.warn(path, format!("no references for `{id}`"));
        }
        self.used.push(id);
        Ok(())
    }

    /// Warns about references that belong to no document.
    pub(super) fn finish(mut self, intake: &mut Intake<'_>) {
        self.used.sort_unstable();
        let is_used = |id: &String| self.used.binary_search(id).is_ok();
        let files = self.keys.iter().chain(&self.summaries);
        for (_, paths) in files.filter(|(id, _)| !is_used(id)) {
            for path in paths {
                intake.warn(path, "references for a document that is not there");
            }
        }

        let missing = self.json.keys().filter(|(_, id)| !is_used(id)).count();
        if missing > 0 {
            intake.warn(
                "",
                format!("{missing} references in JSON are of no document here"),
            );
        }
    }
}

/// Returns whether the phrases of a group are stems.
fn is_stemmed(group: &str) -> bool {
    group.split('.').any(|part| part == "stem")
}

/// Returns the group whose phrases are the gold: one that is not stemmed if possible,
/// `combined` before the others, then `uncontr` and `author`, as is usual in papers.
fn best(groups: &[Group]) -> Option<&Group> {
    groups
        .iter()
        .min_by_key(|(group, _)| (is_stemmed(group), place_of(group)))
}

/// Returns the place of a group in the order of preference; those without one are last.
fn place_of(group: &str) -> usize {
    const ORDER: [&str; 3] = ["combined", "uncontr", "author"];
    let own = group.split('.').next().unwrap_or_default();
    ORDER
        .iter()
        .position(|name| *name == own)
        .unwrap_or(ORDER.len())
}
