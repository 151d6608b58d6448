//! Reads the papers of arXiv and `PubMed` as Cohan et al. (2018) distribute them: each paper
//! is a JSON line, in files called `train.txt`, `val.txt` and `test.txt` beside a `vocab`.

use super::{
    error::ImportError,
    fields::{each_line, note, one_a_line, string, strings},
    format::ImportFormat,
    intake::Intake,
    markup::without_tags,
    tree::Tree,
};
use crate::record::Record;

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "scientific-papers",
    about: "JSON Lines with article_id, article_text, abstract_text in train.txt, val.txt, test.txt",
    fits,
    import,
};

fn fits(tree: &Tree) -> bool {
    tree.ending(".txt").any(|path| is_of_papers(tree, path))
}

/// Returns whether a file begins with a paper. The abstract comes after the text, which is
/// long, so that the first two fields have to do.
fn is_of_papers(tree: &Tree, path: &str) -> bool {
    let beginning = tree.beginning(path, 1 << 10);
    beginning.trim_start().starts_with('{')
        && beginning.contains("\"article_id\"")
        && beginning.contains("\"article_text\"")
}

/// Imports each paper with a sentence on each line, and its abstract as the summary. Other
/// text files are left out.
fn import(intake: &mut Intake<'_>) -> Result<(), ImportError> {
    for path in intake.ending(".txt") {
        if !is_of_papers(intake.tree, &path) {
            continue;
        }

        each_line(intake, &path, |intake, _, fields| {
            let sentences = strings(&fields, "abstract_text");
            let sentences: Vec<String> = sentences
                .iter()
                .map(|sentence| without_tags(sentence).trim().to_owned())
                .collect();

            let mut record = Record {
                id: string(&fields, "article_id"),
                text: one_a_line(&fields, "article_text"),
                language: "en".into(),
                summaries: vec![sentences.join("\n")],
                ..Record::default()
            };
            note(&mut record, "sentences_presplit", true);
            intake.document(&path, record)
        })?;
    }
    Ok(())
}
