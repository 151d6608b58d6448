//! Reads a table of vectors from a file in the format safetensors: the length of a header,
//! the header in JSON, and numbers.

use std::{collections::BTreeMap, fs, path::Path};

use serde::Deserialize;
use serde_json::Value;

use super::embedder_error::EmbedderError;

/// A table of vectors, row by row.
#[derive(Debug, PartialEq)]
pub(crate) struct Table {
    /// The number of numbers in a row; not 0.
    pub(crate) width: usize,
    /// The numbers of all rows.
    pub(crate) values: Vec<f32>,
}

/// A tensor as the header describes it.
#[derive(Debug, Deserialize)]
struct Tensor {
    dtype: String,
    shape: Vec<usize>,
    data_offsets: (usize, usize),
}

/// The key of the header that is no tensor.
const METADATA: &str = "__metadata__";

/// Reads the only tensor of a file, which must have two dimensions.
///
/// # Errors
/// Returns an error if the file cannot be read, is cut, or contains anything else.
pub(crate) fn read(path: &Path) -> Result<Table, EmbedderError> {
    let bytes = fs::read(path).map_err(|error| EmbedderError::file(path, &error))?;
    table(&bytes).map_err(|problem| EmbedderError::file(path, &problem))
}

fn table(bytes: &[u8]) -> Result<Table, String> {
    let (name, tensor, data) = only_tensor(bytes)?;
    let [rows, width] = tensor.shape[..] else {
        let dimensions = tensor.shape.len();
        return Err(format!(
            "`{name}` has {dimensions} dimensions, and a table of vectors has 2"
        ));
    };

    let (size, number) = number_of(&tensor.dtype).ok_or_else(|| {
        format!("`{name}` is of {}, not F32, F16 or BF16", tensor.dtype)
    })?;
    let wanted = rows.checked_mul(width).and_then(|it| it.checked_mul(size));
    if wanted != Some(data.len()) || data.is_empty() {
        let found = data.len();
        return Err(format!(
            "`{name}` has {found} bytes, not those of {rows} vectors of {width} numbers"
        ));
    }

    let values: Vec<f32> = data.chunks_exact(size).map(number).collect();
    match values.iter().position(|value| !value.is_finite()) {
        Some(at) => {
            let (row, value) = (at / width, values[at]);
            Err(format!("row {row} of `{name}` contains {value}"))
        }
        None => Ok(Table { width, values }),
    }
}

/// Returns the name, the description and the bytes of the only tensor.
fn only_tensor(bytes: &[u8]) -> Result<(String, Tensor, &[u8]), String> {
    let cut = "the file is cut, or no safetensors";
    let (length, rest) = bytes.split_first_chunk::<8>().ok_or(cut)?;
    let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| cut)?;
    let (header, data) = rest.split_at_checked(length).ok_or(cut)?;

    let mut header: BTreeMap<String, Value> =
        serde_json::from_slice(header).map_err(|error| format!("the header: {error}"))?;
    header.remove(METADATA);
    let count = header.len();
    let Some((name, tensor)) = header.pop_first().filter(|_| count == 1) else {
        return Err(format!("{count} tensors, and a table of vectors is one"));
    };

    let tensor: Tensor =
        serde_json::from_value(tensor).map_err(|error| format!("`{name}`: {error}"))?;
    let (start, end) = tensor.data_offsets;
    let data = data.get(start..end).ok_or_else(|| {
        let found = data.len();
        format!("the file is cut: `{name}` ends at byte {end} of {found}")
    })?;
    Ok((name, tensor, data))
}

/// The number of bytes of a number, and how they are read.
type Number = (usize, fn(&[u8]) -> f32);

/// Returns how numbers of a kind are read; `None` for kinds that are not known.
fn number_of(dtype: &str) -> Option<Number> {
    match dtype {
        "F32" => Some((4, |it| f32::from_le_bytes([it[0], it[1], it[2], it[3]]))),
        "F16" => Some((2, |it| of_half(u16::from_le_bytes([it[0], it[1]])))),
        "BF16" => Some((2, |it| f32::from_le_bytes([0, 0, it[0], it[1]]))),
        _ => None,
    }
}

/// Returns the number of a half: a bit of sign, five of exponent, ten of fraction (IEEE
/// 754, binary16).
fn of_half(bits: u16) -> f32 {
    let (exponent, fraction) = (i32::from(bits >> 10 & 0x1f), f32::from(bits & 0x3ff));
    let size = match exponent {
        0 => fraction * 2.0_f32.powi(-24),
        31 if fraction == 0.0 => f32::INFINITY,
        31 => f32::NAN,
        _ => (1024.0 + fraction) * 2.0_f32.powi(exponent - 25),
    };
    if bits >> 15 == 1 { -size } else { size }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Returns a file with a header and numbers.
    pub(crate) fn file(header: &str, numbers: &[f32]) -> Vec<u8> {
        let mut bytes = (header.len() as u64).to_le_bytes().to_vec();
        bytes.extend(header.as_bytes());
        bytes.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
        bytes
    }

    const HEADER: &str = r#"{"__metadata__":{"a":"b"},"embedding.weight":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]}}"#;
    const NUMBERS: [f32; 6] = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0];

    #[test]
    fn a_table_is_its_only_tensor() {
        let found = table(&file(HEADER, &NUMBERS)).unwrap();
        assert_eq!((found.width, found.values), (3, NUMBERS.to_vec()));
    }

    #[test]
    fn halves_are_their_numbers() {
        let halves = [0x3c00, 0xc000, 0x3555, 0x0001, 0x7bff, 0x8000, 0x0400];
        let wanted = [
            1.0,
            -2.0,
            0.333_251_95,
            5.960_464_5e-8,
            65504.0,
            0.0,
            6.103_515_6e-5,
        ];
        assert_eq!(halves.map(of_half), wanted);
        assert!(of_half(0x7c01).is_nan());
        assert_eq!(of_half(0xfc00), f32::NEG_INFINITY);
        let (_, bfloat) = number_of("BF16").unwrap();
        assert_eq!(bfloat(&[0x80, 0x3f]), 1.0);
    }

    #[test]
    fn a_broken_file_is_refused() {
        let refusal =
            |header: &str, numbers: &[f32]| table(&file(header, numbers)).unwrap_err();
        insta::assert_snapshot!(table(b"abc").unwrap_err(), @"the file is cut, or no safetensors");
        insta::assert_snapshot!(table(&[255; 20]).unwrap_err(), @"the file is cut, or no safetensors");
        insta::assert_snapshot!(refusal("{", &[]), @"the header: EOF while parsing an object at line 1 column 1");
        insta::assert_snapshot!(refusal("{}", &[]), @"0 tensors, and a table of vectors is one");
        insta::assert_snapshot!(refusal(HEADER, &NUMBERS[..5]), @"the file is cut: `embedding.weight` ends at byte 24 of 20");
        insta::assert_snapshot!(refusal(&HEADER.replace("[2,3]", "[2,4]"), &NUMBERS), @"`embedding.weight` has 24 bytes, not those of 2 vectors of 4 numbers");
        insta::assert_snapshot!(refusal(&HEADER.replace("[2,3]", "[6]"), &NUMBERS), @"`embedding.weight` has 1 dimensions, and a table of vectors has 2");
        insta::assert_snapshot!(refusal(&HEADER.replace("F32", "I64"), &NUMBERS), @"`embedding.weight` is of I64, not F32, F16 or BF16");
        let mut numbers = NUMBERS;
        numbers[4] = f32::NAN;
        insta::assert_snapshot!(refusal(HEADER, &numbers), @"row 1 of `embedding.weight` contains NaN");
    }

    #[test]
    fn a_model_is_no_table() {
        let header = HEADER.replace(
            "\"embedding.weight\"",
            r#""b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a""#,
        );
        let refusal = table(&file(&header, &NUMBERS)).unwrap_err();
        insta::assert_snapshot!(refusal, @"2 tensors, and a table of vectors is one");
    }
}
