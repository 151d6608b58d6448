//! Reads parallel folders: `News Articles/business/001.txt` with
//! `Summaries/business/001.txt` (BBC News Summary), and everything else that has a folder
//! of texts and folders of references with the same names.

use super::{
    error::ImportError,
    fields::{note, note_encoding},
    format::ImportFormat,
    intake::{Intake, folder_of, stem_of},
    liaad::lines,
    tree::Tree,
};
use crate::record::Record;

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "parallel-folders",
    about: "documents/… with summaries/… (and keyphrases/….key) under the same names (BBC)",
    fits,
    import,
};

/// The beginnings, in lower case, of the names of folders that contain texts.
const TEXTS: [&str; 4] = ["news articles", "documents", "articles", "texts"];
/// The beginnings of the names of folders that contain reference summaries.
const SUMMARIES: [&str; 3] = ["summar", "reference", "abstract"];
/// The beginnings of the names of folders that contain keyphrases.
const KEYPHRASES: [&str; 2] = ["keyphrases", "keys"];

fn fits(tree: &Tree) -> bool {
    tree.ending(".txt")
        .any(|path| divided(path, &TEXTS).is_some())
}

fn import(intake: &mut Intake<'_>) -> Result<(), ImportError> {
    let paths: Vec<String> = intake.tree.paths().map(str::to_owned).collect();
    // sorted by name, so that the references of a text are found without looking at all
    let references = |kinds: &[&str]| -> Vec<(String, String)> {
        let named = paths.iter().filter_map(|path| {
            let (_, below) = divided(path, kinds)?;
            let name = below.rsplit_once('.').map_or(below, |(name, _)| name);
            Some((name.to_owned(), path.clone()))
        });
        let mut named: Vec<_> = named.collect();
        named.sort();
        named
    };

    let (summaries, keyphrases) = (references(&SUMMARIES), references(&KEYPHRASES));

    let under = |all: &[(String, String)], id: &str| -> Vec<String> {
        let from = all.partition_point(|(name, _)| name.as_str() < id);
        let found = all[from..].iter().take_while(|(name, _)| name == id);
        found.map(|(_, path)| path.clone()).collect()
    };

    let mut texts = std::collections::BTreeSet::new();
    for path in paths
        .iter()
        .filter(|path| path.to_lowercase().ends_with(".txt"))
    {
        let Some((_, below)) = divided(path, &TEXTS) else {
            continue;
        };
        let id = match folder_of(below) {
            "" => stem_of(below, ".txt").to_owned(),
            folder => format!("{folder}/{}", stem_of(below, ".txt")),
        };
        let decoded = intake.text(path)?;
        let mut record = Record {
            text: decoded.text,
            ..Record::default()
        };
        note_encoding(&mut record, decoded.encoding);

        if let Some((category, _)) = id.split_once('/') {
            note(&mut record, "category", category);
        }

        for file in under(&summaries, &id) {
            record.summaries.push(intake.text(&file)?.text);
        }
        for file in under(&keyphrases, &id) {
            record.keyphrases.extend(lines(&intake.text(&file)?.text));
        }

        if record.summaries.is_empty() && record.keyphrases.is_empty() {
            intake.warn(path, "no reference of the same name");
        }

        texts.insert(id.clone());
        record.id = id;
        intake.document(path, record)?;
    }

    for (name, path) in summaries.iter().chain(&keyphrases) {
        if !texts.contains(name) {
            intake.warn(path, "a reference of a text that is not there");
        }
    }
    Ok(())
}

/// Returns the folder of one of these kinds in a path, and what is below it.
fn divided<'a>(path: &'a str, kinds: &[&str]) -> Option<(&'a str, &'a str)> {
    let mut at = 0;
    for part in path.split('/') {
        let after = at + part.len();
        let lower = part.to_lowercase();
        if after < path.len() && kinds.iter().any(|kind| lower.starts_with(kind)) {
            return Some((&path[at..after], &path[after + 1..]));
        }
        at = after + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_known_by_the_beginning_of_its_name() {
        let path = "bbc/News Articles/tech/001.txt";
        assert_eq!(
            divided(path, &TEXTS),
            Some(("News Articles", "tech/001.txt"))
        );
        assert_eq!(divided("documents", &TEXTS), None);
    }
}
