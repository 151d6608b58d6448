//! Reads Vietnamese multi-document summaries (Nguyen Minh Tran et al.): each cluster is a
//! folder with `ID.body.txt`, `ID.info.txt` and `cluster_K.ref1.txt`,
//! `cluster_K.ref2.txt`.

use std::collections::BTreeMap;

use super::{
    error::ImportError,
    fields::{cluster, note},
    format::ImportFormat,
    intake::{Intake, folder_of, name_of, stem_of},
    tree::Tree,
};
use crate::record::Record;

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "vietnamese-mds",
    about: "cluster_K/ID.body.txt with cluster_K/cluster_K.ref1.txt",
    fits,
    import,
};

fn fits(tree: &Tree) -> bool {
    tree.ending(".body.txt").next().is_some() && tree.ending(".ref1.txt").next().is_some()
}

/// Imports each cluster. `.tok.txt` files contain the same texts with words joined by `_`
/// and are not read. The system output `.sum.txt` is not a reference.
fn import(intake: &mut Intake<'_>) -> Result<(), ImportError> {
    let mut clusters: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for path in intake.ending(".txt") {
        clusters
            .entry(folder_of(&path).to_owned())
            .or_default()
            .push(path);
    }

    for (folder, paths) in clusters {
        let mut record = Record {
            id: name_of(&folder).to_owned(),
            language: "vi".into(),
            ..Record::default()
        };

        let mut documents = Vec::new();

        for path in &paths {
            let name = name_of(path);
            if name.ends_with(".body.txt") {
                let id = stem_of(path, ".body.txt").to_owned();
                documents.push((id, intake.text(path)?.text));
            } else if name.contains(".ref") && !name.ends_with(".tok.txt") {
                record.summaries.push(intake.text(path)?.text);
            } else if name.starts_with("cluster") && name.ends_with(".info.txt") {
                let text = intake.text(path)?.text;
                let title = text
                    .lines()
                    .find_map(|line| line.strip_prefix("CLUSTER NAME:"));
                title
                    .unwrap_or_default()
                    .trim()
                    .clone_into(&mut record.title);
            }
        }

        if documents.is_empty() {
            continue;
        }

        note(&mut record, "n_docs", documents.len());
        cluster(&mut record, &documents);
        intake.document(&folder, record)?;
    }
    Ok(())
}
