//! Reads `REALSumm` (Bhandari et al. 2020): each system is a folder with `src.txt`,
//! `ref.txt` and `out.txt`, which have a document on each line and sentences between
//! `<t>` and `</t>`.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{
    error::ImportError,
    format::ImportFormat,
    intake::{Intake, folder_of, name_of},
    markup::{on_one_line, without_tags},
    tree::Tree,
};

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "realsumm",
    about: "SYSTEM/out.txt and SYSTEM/ref.txt, a document a line, sentences in <t> </t>",
    fits,
    import,
};

fn fits(tree: &Tree) -> bool {
    tree.paths().any(|path| {
        name_of(path) == "ref.txt"
            && tree.beginning(path, 64).trim_start().starts_with("<t>")
    })
}

/// Imports one judged summary for each line and system, without ratings, which are in a
/// pickle. A system without a `ref.txt` is scored against that of another system: they
/// are equal.
fn import(intake: &mut Intake<'_>) -> Result<(), ImportError> {
    let paths = intake.ending(".txt");
    let mut folders: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for path in &paths {
        folders
            .entry(folder_of(path).to_owned())
            .or_default()
            .push(path.clone());
    }

    let Some(shared) = paths.iter().find(|path| name_of(path) == "ref.txt") else {
        return Ok(());
    };
    for (folder, files) in folders {
        let outputs = files.iter().filter(|path| name_of(path).starts_with("out"));
        let own = files
            .iter()
            .find(|path| name_of(path) == "ref.txt")
            .unwrap_or(shared);
        let references = intake.text(own)?.text;

        for path in outputs {
            let summaries = intake.text(path)?.text;
            let (found, wanted) = (summaries.lines().count(), references.lines().count());
            if found != wanted {
                let problem = format!("{found} summaries for {wanted} references");
                intake.warn(path, problem);
                continue;
            }

            for (line, (summary, reference)) in
                summaries.lines().zip(references.lines()).enumerate()
            {
                let mut fields = Map::new();
                fields.insert("doc_id".into(), (line + 1).to_string().into());
                fields.insert("system".into(), name_of(&folder).into());
                fields.insert("summary".into(), Value::String(sentences(summary)));
                fields.insert("references".into(), vec![sentences(reference)].into());
                intake.judgement(path, fields)?;
            }
        }
    }
    Ok(())
}

/// Returns one sentence on each line. `<t>` may occur twice before a sentence.
fn sentences(line: &str) -> String {
    let sentences = line
        .split("</t>")
        .map(|part| on_one_line(&without_tags(part)));
    sentences
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_lose_their_marks() {
        assert_eq!(
            sentences("<t> <t> One . </t> <t> Two . </t> </t>"),
            "One .\nTwo ."
        );
    }
}
