//! Reads Parquet files with the columns of well-known exports of the Hugging Face hub,
//! under the names that `records.rs` has for JSON Lines.

use parquet::{
    file::reader::{FileReader as _, SerializedFileReader},
    record::{Field, Row},
};
use serde_json::{Map, Value};

use super::{
    error::ImportError, format::ImportFormat, intake::Intake, records::record, tree::Tree,
};

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "parquet",
    about: "Parquet with named columns; --columns text=body,summaries=abstract names them",
    fits,
    import,
};

fn fits(tree: &Tree) -> bool {
    tree.ending(".parquet").next().is_some()
}

/// Imports row by row; one row group is in memory at a time.
fn import(intake: &mut Intake<'_>) -> Result<(), ImportError> {
    for path in intake.ending(".parquet") {
        let file = intake.tree.file(&path)?;
        let broken = |intake: &Intake<'_>, error| {
            intake.broken(&path, format!("broken Parquet: {error}"))
        };
        let reader = SerializedFileReader::new(file).map_err(|e| broken(intake, e))?;
        let rows = reader.get_row_iter(None).map_err(|e| broken(intake, e))?;
        for (number, row) in rows.enumerate() {
            let row = row.map_err(|error| broken(intake, error))?;
            let record = record(intake, &path, number + 1, &fields(&row));
            intake.document(&path, record)?;
        }
    }
    Ok(())
}

fn fields(row: &Row) -> Map<String, Value> {
    row.get_column_iter()
        .map(|(name, field)| (name.clone(), value(field)))
        .collect()
}

/// Returns a cell as JSON: texts, numbers, lists and groups as such, everything else as
/// its text.
fn value(field: &Field) -> Value {
    match field {
        Field::Null => Value::Null,
        Field::Bool(value) => (*value).into(),
        Field::Int(value) => (*value).into(),
        Field::Long(value) => (*value).into(),
        Field::Float(value) => (*value).into(),
        Field::Double(value) => (*value).into(),
        Field::Str(text) => text.as_str().into(),
        Field::Bytes(bytes) => String::from_utf8_lossy(bytes.data()).into(),
        Field::ListInternal(list) => list.elements().iter().map(value).collect(),
        Field::Group(row) => Value::Object(fields(row)),
        other => other.to_string().into(),
    }
}

#[cfg(test)]
mod tests {
    use std::{fs::File, sync::Arc};

    use parquet::{
        data_type::{ByteArray, ByteArrayType},
        file::{properties::WriterProperties, writer::SerializedFileWriter},
        schema::parser::parse_message_type,
    };

    use super::*;
    use crate::import::{ImportLimits, ImportOptions, Item};

    fn write(path: &std::path::Path, columns: [&[&str]; 2]) {
        let schema = "message m { required binary article (UTF8); required binary highlights (UTF8); }";
        let schema = Arc::new(parse_message_type(schema).unwrap());
        let properties = Arc::new(WriterProperties::builder().build());
        let file = File::create(path).unwrap();
        let mut writer = SerializedFileWriter::new(file, schema, properties).unwrap();
        let mut group = writer.next_row_group().unwrap();
        for texts in columns {
            let texts: Vec<ByteArray> = texts.iter().map(|&text| text.into()).collect();
            let mut column = group.next_column().unwrap().unwrap();
            column
                .typed::<ByteArrayType>()
                .write_batch(&texts, None, None)
                .unwrap();
            column.close().unwrap();
        }
        group.close().unwrap();
        writer.close().unwrap();
    }

    #[test]
    fn a_file_is_a_corpus_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("news.parquet");
        write(
            &path,
            [&["The river rose.", "It fell."], &["A flood.", "An ebb."]],
        );
        let corpus = crate::open(path.to_str().unwrap()).unwrap();
        let records: Vec<_> = corpus.records().unwrap().map(|it| it.unwrap()).collect();
        let texts = records.into_iter().map(|it| it.parse().unwrap().text);
        assert_eq!(texts.collect::<Vec<_>>(), ["The river rose.", "It fell."]);
        let note = corpus.reading().unwrap();
        assert!(
            note.ends_with("is read as a Parquet file in the format `parquet`"),
            "{note}"
        );
        let digest = corpus.digest().unwrap();
        assert_eq!(
            digest,
            crate::reopen(&corpus.address()).unwrap().digest().unwrap()
        );
    }

    #[test]
    fn rows_are_records_and_a_cut_file_is_refused_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("test-00000.parquet");
        write(
            &path,
            [&["The river rose.", "It fell."], &["A flood.", "An ebb."]],
        );
        let import = || {
            let mut found = Vec::new();
            let tree = Tree::open(&path, ImportLimits::STANDARD).unwrap();
            ImportFormat::of(&tree).unwrap().import(
                &tree,
                &ImportOptions::default(),
                &mut |split, item| {
                    let Item::Document(record) = item else {
                        panic!("no document")
                    };
                    found.push((split.to_owned(), record.text, record.summaries));
                    Ok(())
                },
            )?;
            Ok::<_, ImportError>(found)
        };
        let found = import().unwrap();
        assert_eq!(found.len(), 2);
        let first = (
            "test".into(),
            "The river rose.".into(),
            vec!["A flood.".into()],
        );
        assert_eq!(found[0], first);
        let bytes = std::fs::read(&path).unwrap();
        std::fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
        let error = import().unwrap_err().to_string();
        assert!(
            error.contains("test-00000.parquet: broken Parquet"),
            "{error}"
        );
    }
}
