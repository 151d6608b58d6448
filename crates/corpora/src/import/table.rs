//! Reads CSV and TSV with named columns: the Hugging Face hub's CNN/DailyMail and every
//! other file with a header.

use std::io::{BufRead as _, BufReader, Read};

use super::{
    decode::{decode, is_utf16},
    error::ImportError,
    format::ImportFormat,
    intake::{Intake, stem_of},
    records::column,
    tree::{Tree, ends},
};
use crate::{file_format::sign_between_cells, json_field::divided, record::Record};

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "table",
    about: "CSV or TSV with a header; --columns text=body,summaries=abstract names columns",
    fits,
    import,
};

fn fits(tree: &Tree) -> bool {
    tree.ending(".csv")
        .chain(tree.ending(".tsv"))
        .next()
        .is_some()
}

fn import(intake: &mut Intake<'_>) -> Result<(), ImportError> {
    let tables: Vec<_> = intake
        .tree
        .ending(".csv")
        .chain(intake.tree.ending(".tsv"))
        .map(str::to_owned)
        .collect();
    for path in tables {
        let tree = intake.tree;
        if is_utf16(&tree.beginning_bytes(&path)?) {
            let text = tree.text(&path)?.text;
            table(intake, &path, &mut text.as_bytes())?;
        } else {
            tree.reading(&path, |reader| table(intake, &path, reader))?;
        }
    }
    Ok(())
}

/// Imports one table row by row. A cell that is not UTF-8 is decoded as [`decode`]
/// decodes a file.
fn table(
    intake: &mut Intake<'_>,
    path: &str,
    reader: &mut dyn Read,
) -> Result<(), ImportError> {
    let mut reader = BufReader::with_capacity(1 << 16, reader);
    let beginning = reader
        .fill_buf()
        .map_err(|error| intake.broken(path, error))?;
    let delimiter = match ends(path, ".tsv") {
        true => b'\t',
        false => sign_between_cells(beginning),
    };
    let mut table = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .buffer_capacity(1 << 20)
        .from_reader(reader);

    let header = table
        .byte_headers()
        .map_err(|error| intake.broken(path, error))?;
    let header: Vec<String> = header.iter().map(|cell| decode(cell).text).collect();
    let names: Vec<&str> = header.iter().map(String::as_str).collect();

    let at = |what: &str| {
        let name = column(intake, what, &names)?;
        names.iter().position(|column| *column == name)
    };

    let Some(text) = at("text") else {
        let columns = names.join(", ");
        let problem =
            format!("no column of text among {columns}; name it with --columns text=…");
        return Err(intake.broken(path, problem));
    };

    let [id, title, language, keyphrases] = ["id", "title", "lang", "keyphrases"].map(at);
    let summary = at("summaries").filter(|summary| *summary != text);

    for (number, row) in table.byte_records().enumerate() {
        let row = match row {
            Ok(row) if row.len() == names.len() => row,
            Ok(row) => {
                let (found, wanted) = (row.len(), names.len());
                let problem = format!("row {}: {found} cells, not {wanted}", number + 1);
                intake.warn(path, problem);
                continue;
            }
            Err(error) if error.is_io_error() => return Err(intake.broken(path, error)),
            Err(error) => {
                intake.warn(path, format!("row {}: {error}", number + 1));
                continue;
            }
        };

        let cell = |at: Option<usize>| at.map(|at| decode(&row[at]).text);
        let id = cell(id).filter(|id| !id.is_empty());
        let record = Record {
            id: id.unwrap_or_else(|| {
                let stem = stem_of(path, ".csv").trim_end_matches(".tsv");
                format!("{stem}-{}", number + 1)
            }),
            text: decode(&row[text]).text,
            title: cell(title).unwrap_or_default(),
            language: cell(language).unwrap_or_default(),
            summaries: cell(summary).into_iter().collect(),
            keyphrases: cell(keyphrases)
                .map(|keys| divided(&keys))
                .unwrap_or_default(),
            ..Record::default()
        };
        intake.document(path, record)?;
    }
    Ok(())
}
