//! Reads the keyphrases of NUS (Nguyen & Kan 2007): each paper is a folder with `N.txt`,
//! the author's `N.kwd` and readers' `KEY/K.key`.

use super::{
    error::ImportError,
    fields::{annotated, note_encoding},
    format::ImportFormat,
    intake::{Intake, folder_of, name_of, stem_of},
    liaad::lines,
    tree::Tree,
};
use crate::record::Record;

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "nus",
    about: "N/N.txt with N/N.kwd and N/KEY/K.key",
    fits,
    import,
};

fn fits(tree: &Tree) -> bool {
    tree.ending(".kwd").next().is_some()
}

/// Imports each paper. Its keyphrases are the author's and every reader's, each once,
/// which papers call "combined".
fn import(intake: &mut Intake<'_>) -> Result<(), ImportError> {
    for path in intake.ending(".txt") {
        let folder = folder_of(&path).to_owned();
        let id = stem_of(&path, ".txt").to_owned();
        if name_of(&folder) != id {
            continue;
        }
        let decoded = intake.text(&path)?;
        let title = decoded.text.lines().next().unwrap_or_default().to_owned();
        let mut record = Record {
            title,
            language: "en".into(),
            ..Record::default()
        };
        note_encoding(&mut record, decoded.encoding);

        let author = format!("{folder}/{id}.kwd");
        let readers = format!("{folder}/KEY/");
        let by_readers = intake
            .tree
            .beginning_with(&readers)
            .map(|path| (format!("reader-{}", stem_of(path, ".key")), path.to_owned()));
        let has_author = intake.tree.has(&author);
        let by_author = has_author.then(|| ("author".to_owned(), author.clone()));
        let files: Vec<(String, String)> =
            by_author.into_iter().chain(by_readers).collect();

        for (annotator, file) in files {
            let keys = lines(&intake.text(&file)?.text);
            annotated(&mut record, &annotator, &keys);
            for key in keys {
                if !record.keyphrases.contains(&key) {
                    record.keyphrases.push(key);
                }
            }
        }

        if record.keyphrases.is_empty() {
            intake.warn(&path, "no keyphrases for this document");
        }
        record.id = id;
        record.text = decoded.text;
        intake.document(&path, record)?;
    }
    Ok(())
}
