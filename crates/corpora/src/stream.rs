//! A corpus that is a part of another, read from standard input: a distributed engine
//! passes it to a worker.

use std::{
    io::{self, BufRead as _, BufReader},
    path::Path,
};

use serde::{Deserialize, de::IgnoredAny};

use super::{
    address::{Address, Place},
    column_names::ColumnNames,
    corpus::{Corpus, Unparsed},
    error::CorpusError,
    file_format::FileFormat,
    import::is_utf16,
    line::{FileLine, lines},
    packing::Packing,
    source::Source,
};

/// JSON Lines on standard input, which can be read only once.
///
/// Every record must have an `id`: lines are counted from the beginning of the part, so
/// that a line number names no document of the whole corpus.
pub struct Stream;

impl Corpus for Stream {
    fn name(&self) -> &'static str {
        "stream"
    }

    fn origin(&self) -> String {
        "standard input".to_owned()
    }

    fn address(&self) -> Address {
        Address::of(self.name(), Place::StandardInput)
    }

    /// Returns an error: the input is read once, and no run is named after a part.
    fn digest(&self) -> Result<blake3::Hash, CorpusError> {
        Err(CorpusError::NoDigest {
            origin: self.origin(),
        })
    }

    fn bytes(&self) -> u64 {
        0
    }

    fn records(&self) -> Result<Unparsed<'_>, CorpusError> {
        let mut reader = BufReader::with_capacity(1 << 20, io::stdin());
        let beginning = reader.fill_buf();
        let beginning = beginning
            .map_err(|error| CorpusError::unreadable(Path::new(&self.origin()), error))?;
        check_lines(&self.origin(), beginning)?;

        let records = lines(self.origin(), reader).map(|line| {
            let line = line?;
            match is_nameless(&line) {
                false => Ok(Source::Line(line)),
                true => Err(CorpusError::Record {
                    place: line.place(),
                    problem: "there is no `id`, and a line of a part of a corpus has no other name".to_owned(),
                }),
            }
        });
        Ok(Box::new(records))
    }
}

/// Refuses what does not begin as JSON Lines do, with what it is.
fn check_lines(origin: &str, beginning: &[u8]) -> Result<(), CorpusError> {
    let what = if Packing::of(beginning) == Packing::None {
        let none = ColumnNames::default();
        match FileFormat::of(Path::new("-"), beginning, &none)? {
            FileFormat::JsonLines if is_utf16(beginning) => "UTF-16".to_owned(),
            FileFormat::JsonLines => return Ok(()),
            other => other.described(),
        }
    } else {
        "a packed file".to_owned()
    };
    Err(CorpusError::Record {
        place: origin.to_owned(),
        problem: format!(
            "it is {what}, and a part of a corpus is JSON Lines with an `id` on each line\nhint: `epitome corpus add` makes JSON Lines of other formats, and `epitome run --corpus` reads them"
        ),
    })
}

/// Returns whether a line is a record without an id. Returns false for a line that is no
/// record, which is found out when it is parsed.
fn is_nameless(line: &FileLine) -> bool {
    #[derive(Deserialize)]
    struct Named {
        id: Option<IgnoredAny>,
    }
    serde_json::from_slice::<Named>(&line.bytes).is_ok_and(|named| named.id.is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_once_has_no_digest() {
        let error = Stream.digest().unwrap_err().to_string();
        assert_eq!(
            error,
            "standard input: it is read once, so that it has no digest"
        );
    }

    #[test]
    fn only_a_record_with_an_id_of_its_own_has_a_name() {
        let is_nameless = |text: &str| {
            let bytes = text.as_bytes().to_vec();
            is_nameless(&FileLine {
                path: "x".into(),
                number: 1,
                bytes,
            })
        };
        assert!(!is_nameless(r#"{"text":"a","id":"7"}"#));
        assert!(!is_nameless(r#"{"id":7,"text":"a"}"#));
        assert!(is_nameless(r#"{"text":"a","meta":{"id":"7"}}"#));
        assert!(is_nameless(r#"{"id":null,"text":"a"}"#));
        assert!(!is_nameless("no JSON")); // refused for that
    }
}
