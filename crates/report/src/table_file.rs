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

/// Why a table could not be read.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// It is not a table of this kind.
    #[error("{path}: {error}")]
    Csv {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        error: csv::Error,
    },
    /// A file of the run cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The rows of a file; none where there is no such file.
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

/// Writes rows under a header to a file, at once. A table without rows is its header.
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

/// Rows under a header; `path` is for the error.
pub(super) fn text<R, I>(
    path: &Path,
    rows: impl IntoIterator<Item = I>,
) -> Result<Vec<u8>, TableError>
where
    R: Serialize + Deserialize<'static>,
    I: Borrow<R>,
{
    let lay_out = || -> csv::Result<Vec<u8>> {
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
    };
    lay_out().map_err(|error| TableError::Csv {
        path: path.to_owned(),
        error,
    })
}

/// The names of the fields of a row, in order.
fn columns<R: Deserialize<'static>>() -> &'static [&'static str] {
    let mut columns: &'static [&'static str] = &[];
    // the fields are all that is wanted, and no row comes of it
    let _ = R::deserialize(Fields(&mut columns));
    columns
}

/// Is asked for a row, and notes which fields it should have.
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
