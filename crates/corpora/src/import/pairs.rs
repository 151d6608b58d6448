//! Reads two files with a text and its reference on the same line, as tools that train
//! summarisers have them: `test.source` and `test.target`, or `.src` and `.tgt`.

use super::{
    error::ImportError,
    format::ImportFormat,
    intake::{Intake, stem_of},
    tree::Tree,
};
use crate::record::Record;

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "pairs",
    about: "X.source with X.target beside it (or .src with .tgt): a text and its reference a line",
    fits,
    import,
};

/// The endings of files of texts, and those of their references.
const ENDINGS: [(&str, &str); 2] = [(".source", ".target"), (".src", ".tgt")];

fn fits(tree: &Tree) -> bool {
    ENDINGS.iter().any(|(texts, references)| {
        tree.ending(texts)
            .any(|path| tree.has(&beside(path, texts, references)))
    })
}

/// Returns the path of the references that belong to a path of texts.
fn beside(path: &str, texts: &str, references: &str) -> String {
    let stem = path.get(..path.len() - texts.len()).unwrap_or(path);
    format!("{stem}{references}")
}

/// Imports line by line. An id is the name of the file and the number of the line. A line
/// without a text is left out, and a blank reference is none.
fn import(intake: &mut Intake<'_>) -> Result<(), ImportError> {
    for (ending, of_references) in ENDINGS {
        for path in intake.ending(ending) {
            let beside = beside(&path, ending, of_references);
            if !intake.tree.has(&beside) {
                intake.warn(&path, format!("there is no `{beside}` beside it"));
                continue;
            }
            let (texts, references) =
                (intake.text(&path)?.text, intake.text(&beside)?.text);
            let [texts, references] =
                [&texts, &references].map(|text| text.lines().collect::<Vec<_>>());
            if texts.len() != references.len() {
                let (lines, other) = (texts.len(), references.len());
                return Err(intake.broken(
                    &path,
                    format!("it has {lines} lines, and `{beside}` has {other}"),
                ));
            }
            for (at, (text, reference)) in texts.iter().zip(&references).enumerate() {
                let record = Record {
                    id: format!("{}-{}", stem_of(&path, ending), at + 1),
                    text: (*text).to_owned(),
                    summaries: vec![(*reference).to_owned()],
                    ..Record::default()
                };
                intake.document(&path, record)?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::import::{ImportLimits, ImportOptions, Item};

    fn imported(files: &[(&str, &str)]) -> Result<Vec<(String, Record)>, ImportError> {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            fs::write(folder.path().join(name), text).unwrap();
        }
        let tree = Tree::open(folder.path(), ImportLimits::STANDARD)?;
        let mut found = Vec::new();
        let format = ImportFormat::of(&tree).unwrap();
        assert_eq!(format.name, "pairs");
        format.import(&tree, &ImportOptions::default(), &mut |split, item| {
            if let Item::Document(record) = item {
                found.push((split.to_owned(), *record));
            }
            Ok(())
        })?;
        Ok(found)
    }

    #[test]
    fn a_line_is_a_document_with_the_line_beside_it() {
        let found = imported(&[
            ("test.source", "The river rose.\nIt fell.\n"),
            ("test.target", "A flood.\n\n"),
        ]);
        let found = found.unwrap();
        assert_eq!(found[0].0, "test");
        assert_eq!(found[0].1.id, "test-1");
        assert_eq!(found[0].1.summaries, ["A flood."]);
        assert!(found[1].1.summaries.is_empty());
    }

    #[test]
    fn files_of_different_lengths_are_refused() {
        let refusal = imported(&[("val.src", "a b\nc d\n"), ("val.tgt", "a\n")]);
        let refusal = refusal.unwrap_err().to_string();
        assert!(
            refusal.ends_with("it has 2 lines, and `val.tgt` has 1"),
            "{refusal}"
        );
    }
}
