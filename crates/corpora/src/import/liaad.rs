//! Reads the layout of LIAAD's keyword collections: `docsutf8/ID.txt`, `keys/ID.key`,
//! `lan.txt`. The collection wiki20 has a folder of key files for each team of
//! annotators.

use super::{
    error::ImportError,
    fields::note_encoding,
    format::ImportFormat,
    intake::{Intake, folder_of, name_of, stem_of},
    markup::on_one_line,
    tree::Tree,
};
use crate::record::Record;

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "liaad",
    about: "docsutf8/ID.txt with keys/ID.key and lan.txt",
    fits,
    import,
};

fn fits(tree: &Tree) -> bool {
    tree.paths()
        .any(|path| name_of(folder_of(path)) == "docsutf8")
}

fn import(intake: &mut Intake<'_>) -> Result<(), ImportError> {
    let language = language(intake)?;
    for path in intake.ending(".txt") {
        if name_of(folder_of(&path)) != "docsutf8" {
            continue;
        }
        let id = stem_of(&path, ".txt").to_owned();
        let decoded = intake.text(&path)?;
        let keys = format!("{}/{id}.key", sibling(&path, "keys"));
        let keys = intake.tree.has(&keys).then_some(keys);
        let keys = intake.text_of(keys.as_deref(), || {
            format!("{path}: no key file for `{id}`")
        })?;

        let mut record = Record {
            text: decoded.text,
            language: language.clone(),
            keyphrases: keys.map(|keys| lines(&keys.text)).unwrap_or_default(),
            id,
            ..Record::default()
        };
        note_encoding(&mut record, decoded.encoding);
        intake.document(&path, record)?;
    }

    for path in intake.ending(".key") {
        let text = format!(
            "{}/{}.txt",
            sibling(&path, "docsutf8"),
            stem_of(&path, ".key")
        );
        if !intake.tree.has(&text) {
            intake.warn(&path, "keys for a document that is not there");
        }
    }
    Ok(())
}

/// Returns the language in `lan.txt`, which contains `en`, `en-US`, `fr` …; an empty text
/// if there is no such file.
fn language(intake: &Intake<'_>) -> Result<String, ImportError> {
    let path = intake.tree.paths().find(|path| name_of(path) == "lan.txt");
    let text = path.map(|path| intake.text(path)).transpose()?;
    let text = text.map(|decoded| decoded.text).unwrap_or_default();
    Ok(text
        .trim()
        .split(['-', '_'])
        .next()
        .unwrap_or_default()
        .to_lowercase())
}

/// Returns the folder called `name` beside the folder of a path.
fn sibling(path: &str, name: &str) -> String {
    match folder_of(folder_of(path)) {
        "" => name.to_owned(),
        above => format!("{above}/{name}"),
    }
}

/// Returns the lines that are not blank, with every run of white space as one space.
pub(super) fn lines(text: &str) -> Vec<String> {
    text.lines()
        .map(on_one_line)
        .filter(|line| !line.is_empty())
        .collect()
}
