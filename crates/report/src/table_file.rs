//! Tables as CSV files.

use std::{
    borrow::Borrow,
    io,
    path::{Path, PathBuf},
};

use serde::{
    Deserialize, Deserializer, Serialize,
    de::{DeserializeOwned, Visitor, value::Error as NoRow},
    forward_to_deserialize_any,
};

use epitome_engine::run::{StoreError, write_at_once};

/// Error of reading or writing a table.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// A CSV file cannot be read or parsed, or rows cannot be written as CSV.
    #[error("{path}: {error}")]
    Csv {
        /// Path of the file.
        path: PathBuf,
        /// What is wrong.
        error: csv::Error,
    },
    /// A file of the run cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Reads the rows of a file; none if the file does not exist.
pub(super) fn read<R: DeserializeOwned>(path: &Path) -> Result<Vec<R>, TableError> {
    let refuse = |error| TableError::Csv {
        path: path.to_owned(),
        error,
    };

    let file = match std::fs::File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(refuse(error.into())),
    };

    csv::Reader::from_reader(file)
        .deserialize()
        .collect::<Result<_, _>>()
        .map_err(refuse)
}

/// Writes a header and rows to a file, in one step: an older file is replaced or kept whole. A
/// table without rows is a header.
pub(super) fn write<R, I>(
    path: &Path,
    rows: impl IntoIterator<Item = I>,
) -> Result<(), TableError>
where
    R: Serialize + Deserialize<'static>,
    I: Borrow<R>,
{
    Ok(write_at_once(path, &text::<R, I>(path, rows)?)?)
}

/// Returns a header and rows as CSV; `path` is named in an error.
pub(super) fn text<R, I>(
    path: &Path,
    rows: impl IntoIterator<Item = I>,
) -> Result<Vec<u8>, TableError>
where
    R: Serialize + Deserialize<'static>,
    I: Borrow<R>,
{
    csv_of::<R, I>(rows).map_err(|error| TableError::Csv {
        path: path.to_owned(),
        error,
    })
}

/// Returns a header and rows as CSV.
fn csv_of<R, I>(rows: impl IntoIterator<Item = I>) -> csv::Result<Vec<u8>>
where
    R: Serialize + Deserialize<'static>,
    I: Borrow<R>,
{
    // the writer's own header would be missing from a table without rows
    let mut writer = csv::WriterBuilder::new()
        .has_headers(false)
        .from_writer(Vec::new());
    writer.write_record(columns::<R>())?;
    for row in rows {
        writer.serialize(row.borrow())?;
    }
    writer
        .into_inner()
        .map_err(|error| error.into_error().into())
}

/// Returns the names of the fields of a row, in order.
fn columns<R: Deserialize<'static>>() -> &'static [&'static str] {
    let mut columns: &'static [&'static str] = &[];
    // fails, since there is no row, after the fields were stored
    let _ = R::deserialize(Fields(&mut columns));
    columns
}

/// A deserializer that has no row to return, and stores which fields the row has.
struct Fields<'a>(&'a mut &'static [&'static str]);

impl<'de: 'static> Deserializer<'de> for Fields<'_> {
    type Error = NoRow;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, NoRow> {
        *self.0 = fields;
        self.deserialize_any(visitor)
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NoRow> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes
        byte_buf option unit unit_struct newtype_struct seq tuple tuple_struct map enum
        identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize, Deserialize)]
    struct Row<'a> {
        name: &'a str,
        value: Option<f64>,
    }

    #[test]
    fn a_table_without_rows_is_its_header() {
        let drawn = |rows: &[Row<'_>]| {
            let text = text::<Row<'_>, _>(Path::new("t.csv"), rows).unwrap();
            String::from_utf8(text).unwrap()
        };
        assert_eq!(drawn(&[]), "name,value\n");
        let rows = [
            Row {
                name: "a",
                value: Some(0.5),
            },
            Row {
                name: "b",
                value: None,
            },
        ];
        assert_eq!(drawn(&rows), "name,value\na,0.5\nb,\n");
    }
}
