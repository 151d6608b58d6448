//! Reads DUC and TAC: SGML documents (`<DOC> <DOCNO> <TEXT>`), one folder for each
//! cluster, and model summaries in a folder `models`, named after the cluster:
//! `D061.M.100.J.A`.

use std::collections::BTreeMap;

use super::{
    error::ImportError,
    fields::cluster,
    format::ImportFormat,
    intake::{Intake, folder_of, name_of},
    markup::{between, on_one_line, without_tags},
    tree::Tree,
};
use crate::record::Record;

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "duc",
    about: "folders of <DOC><DOCNO><TEXT> files, and models/D061.M.100.J.A",
    fits,
    import,
};

fn fits(tree: &Tree) -> bool {
    let mut documents = tree.paths().filter(|path| !is_model(path));
    tree.paths().any(is_model)
        && documents.any(|path| tree.beginning(path, 4096).contains("<DOCNO>"))
}

/// Returns whether a file is in a folder of model summaries.
fn is_model(path: &str) -> bool {
    path.split('/')
        .rev()
        .skip(1)
        .any(|part| part.eq_ignore_ascii_case("models"))
}

/// Imports each cluster as a document of several. Its id is the name of the folder; its
/// model summaries are found by the digits of that name, since models call `d061j`
/// `D061`.
fn import(intake: &mut Intake<'_>) -> Result<(), ImportError> {
    let paths: Vec<String> = intake.tree.paths().map(str::to_owned).collect();
    let mut clusters: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    let mut first: BTreeMap<String, String> = BTreeMap::new();

    for path in paths.iter().filter(|path| !is_model(path)) {
        let text = intake.text(path)?.text;
        for document in between(&text, "doc") {
            let number = between(document, "docno").first().map(|n| on_one_line(n));
            let Some(number) = number else {
                intake.warn(path, "a <DOC> without <DOCNO>");
                continue;
            };
            let name = name_of(folder_of(path)).to_owned();
            first.entry(name.clone()).or_insert_with(|| path.clone());
            clusters
                .entry(name)
                .or_default()
                .push((number, body(document)));
        }
    }

    let mut models: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for path in paths.iter().filter(|path| is_model(path)) {
        let topic = name_of(path).split('.').next().unwrap_or_default();
        let text = without_tags(&intake.text(path)?.text);
        models.entry(digits(topic)).or_default().push(text);
    }

    for (name, documents) in clusters {
        let path = first.get(&name).cloned().unwrap_or_default();
        let mut record = Record {
            id: name.clone(),
            language: "en".into(),
            ..Record::default()
        };
        record.summaries = models.remove(&digits(&name)).unwrap_or_default();
        if record.summaries.is_empty() {
            intake.warn(&path, format!("no model summary for the cluster `{name}`"));
        }
        cluster(&mut record, &documents);
        intake.document(&path, record)?;
    }

    for topic in models.keys() {
        intake.warn(
            "models",
            format!("model summaries for an unknown cluster `{topic}`"),
        );
    }
    Ok(())
}

/// Returns the paragraphs of `<TEXT>`; if there is no `<P>`, its lines unchanged.
fn body(document: &str) -> String {
    let text = between(document, "text").join("\n");
    let paragraphs = between(&text, "p");
    if paragraphs.is_empty() {
        return without_tags(&text).trim().to_owned();
    }
    let paragraphs = paragraphs
        .into_iter()
        .map(|p| on_one_line(&without_tags(p)));
    paragraphs.collect::<Vec<_>>().join("\n\n")
}

/// Returns the first number in a name: `061` of `d061j`, `0901` of `D0901-A`.
fn digits(name: &str) -> String {
    let digits = name.chars().skip_while(|c| !c.is_ascii_digit());
    digits.take_while(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_and_keys() {
        let document =
            "<DOCNO> A1 </DOCNO><TEXT><P>One\nline.</P><P>Two &amp; three.</P></TEXT>";
        assert_eq!(body(document), "One line.\n\nTwo & three.");
        assert_eq!(body("<TEXT>\nplain\n</TEXT>"), "plain");
        assert_eq!(
            (digits("d061j"), digits("D0901-A")),
            ("061".into(), "0901".into())
        );
    }
}
