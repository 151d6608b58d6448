//! Reads `FewSum` (Bražinskas et al. 2020): tab-separated files that are called `.csv`,
//! with columns `rev1` … `rev8` and `summ1` … `summ3` and without quotation marks.

use super::{
    error::ImportError,
    fields::{cluster, note},
    format::ImportFormat,
    intake::Intake,
    tree::Tree,
};
use crate::record::Record;

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "fewsum",
    about: "tab-separated cat, group_id, rev1 …, summ1 …, without quotes",
    fits,
    import,
};

fn fits(tree: &Tree) -> bool {
    let mut tables = tree.ending(".csv").chain(tree.ending(".tsv"));
    tables.any(|path| tree.beginning(path, 256).starts_with("cat\tgroup_id\trev1"))
}

/// Imports one document for each product: a cluster of its reviews.
fn import(intake: &mut Intake<'_>) -> Result<(), ImportError> {
    let tables: Vec<_> = intake
        .tree
        .ending(".csv")
        .chain(intake.tree.ending(".tsv"))
        .map(str::to_owned)
        .collect();

    for path in tables {
        let text = intake.text(&path)?.text;
        let mut lines = text.lines();
        let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
        for (number, line) in lines.enumerate().filter(|(_, line)| !line.is_empty()) {
            let cells: Vec<&str> = line.split('\t').collect();
            if cells.len() != header.len() {
                let (found, wanted) = (cells.len(), header.len());
                let problem = format!("line {}: {found} cells, not {wanted}", number + 2);
                intake.warn(&path, problem);
                continue;
            }

            let starting = |start: &str| {
                let columns = header.iter().zip(&cells);
                let found = columns.filter(|(name, _)| name.starts_with(start));
                found
                    .map(|(name, cell)| ((*name).to_owned(), (*cell).to_owned()))
                    .filter(|(_, cell)| !cell.trim().is_empty())
                    .collect::<Vec<_>>()
            };

            let cell = |name: &str| {
                header
                    .iter()
                    .position(|column| *column == name)
                    .map_or("", |at| cells[at])
            };

            let mut record = Record {
                id: cell("group_id").to_owned(),
                language: "en".into(),
                summaries: starting("summ").into_iter().map(|(_, text)| text).collect(),
                ..Record::default()
            };

            let reviews = starting("rev");
            note(&mut record, "n_docs", reviews.len());
            note(&mut record, "category", cell("cat"));
            cluster(&mut record, &reviews);
            intake.document(&path, record)?;
        }
    }
    Ok(())
}
