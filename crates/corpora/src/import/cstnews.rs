//! Reads `CSTNews` (Cardoso et al. 2011): each cluster is a folder with
//! `Textos-fonte/D1_C1_….txt` (and `…_titulo.txt` with the title first) and
//! `Sumarios/C1_sumario_humano.txt`; further abstracts are in `Sumarios/Novos
//! sumarios/Abstracts`.

use std::collections::BTreeMap;

use super::{
    error::ImportError,
    fields::{cluster, note},
    format::ImportFormat,
    intake::{Intake, name_of, stem_of},
    tree::Tree,
};
use crate::record::Record;

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "cstnews",
    about: "C1_NAME/Textos-fonte/D1_C1_SOURCE.txt with Sumarios/C1_sumario_humano.txt",
    fits,
    import,
};

fn fits(tree: &Tree) -> bool {
    tree.ending("_sumario_humano.txt")
        .any(|path| path.contains("/Sumarios/C"))
}

fn import(intake: &mut Intake<'_>) -> Result<(), ImportError> {
    let mut clusters: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for path in intake.ending(".txt") {
        if let Some((folder, _)) = path
            .split_once("/Textos-fonte/")
            .or_else(|| path.split_once("/Sumarios/"))
        {
            clusters.entry(folder.to_owned()).or_default().push(path);
        }
    }

    for (folder, paths) in clusters {
        let mut documents = Vec::new();
        let mut record = Record {
            language: "pt".into(),
            ..Record::default()
        };
        for path in &paths {
            let inner = &path[folder.len() + 1..];
            // a file with the title contains the text once more
            if inner.starts_with("Textos-fonte/") {
                if !inner.ends_with("_titulo.txt") {
                    let id = stem_of(path, ".txt").to_owned();
                    documents.push((id, intake.text(path)?.text));
                }
            } else if inner.starts_with("Sumarios/C")
                && inner.ends_with("_sumario_humano.txt")
                || inner.starts_with("Sumarios/Novos sumarios/Abstracts/")
            {
                record.summaries.push(intake.text(path)?.text);
            } else if inner.starts_with("Sumarios/C")
                && inner.ends_with("_extrato_humano.txt")
            {
                note(&mut record, "ideal_extract", intake.text(path)?.text);
            }
        }

        name_of(&folder).clone_into(&mut record.id);
        if record.summaries.is_empty() {
            intake.warn(&folder, "no human summary in this cluster");
        }
        cluster(&mut record, &documents);
        intake.document(&folder, record)?;
    }
    Ok(())
}
