//! Values of an experiment file that are written as texts.

use std::str::FromStr;

use crate::{
    UnknownEncoding,
    corpus::{ColumnNames, column_name},
    rank::Budget,
};

/// Parses a value, with the error as a text.
pub(super) fn from_str<T: FromStr<Err: ToString>>(text: &str) -> Result<T, String> {
    text.parse().map_err(|error: T::Err| error.to_string())
}

/// Parses columns as `--columns` takes them: `text=body,summaries=abstract`.
pub(super) fn columns_of(text: &str) -> Result<Vec<(String, String)>, String> {
    let columns: Vec<(String, String)> =
        text.split(',').map(column_name).collect::<Result<_, _>>()?;
    ColumnNames::new(columns.clone())?;
    Ok(columns)
}

/// Parses a budget as tables write it: `3 sentences`, `100 words`, `665 bytes`, `0.2 of the
/// sentences`, `500 tokens of o200k_base`.
pub(super) fn budget_of(text: &str) -> Result<Budget, String> {
    let refuse = || {
        format!(
            "`{text}` is no budget such as `3 sentences`, `100 words`, `665 bytes`, `500 tokens of o200k_base` or `0.2 of the sentences`"
        )
    };

    let (number, unit) = text.trim().split_once(' ').ok_or_else(refuse)?;
    let count = || number.parse::<usize>().map_err(|_| refuse());
    let budget = match unit.trim() {
        "sentence" | "sentences" => Budget::Sentences(count()?),
        "word" | "words" => Budget::Words(count()?),
        "byte" | "bytes" => Budget::Bytes(count()?),
        unit if unit.starts_with("tokens of ") => {
            let encoding = unit["tokens of ".len()..].trim().parse();
            let encoding =
                encoding.map_err(|error: UnknownEncoding| error.to_string())?;
            let most = count()?;
            Budget::Tokens { most, encoding }
        }
        "of the sentences" => {
            let share = number.parse().map_err(|_| refuse())?;
            Budget::Ratio(share)
        }
        _ => return Err(refuse()),
    };

    match budget {
        Budget::Sentences(0)
        | Budget::Words(0)
        | Budget::Bytes(0)
        | Budget::Tokens { most: 0, .. } => Err(format!(
            "a budget of {budget} allows no summary: the number must be above 0"
        )),
        Budget::Ratio(share) if !(share > 0.0 && share <= 1.0) => Err(format!(
            "a budget of {budget} is not a share above 0 and up to 1"
        )),
        _ => Ok(budget),
    }
}
