//! Records of two files with a text and its reference on the same line: `test.source` and
//! `test.target`.

use std::{
    io::BufRead,
    path::{Path, PathBuf},
};

use super::{
    error::CorpusError,
    json_field::not_blank,
    line::{FileLine, every_line},
    record::Record,
};

/// The endings of files of texts, and those of their references.
const ENDINGS: [(&str, &str); 2] = [(".source", ".target"), (".src", ".tgt")];

/// Returns the path of the references that belong to a path of texts; `None` if its name
/// is not that of texts.
pub(super) fn beside(texts: &Path) -> Option<PathBuf> {
    let name = texts.file_name()?.to_str()?;
    let packing = &name[super::packing::Packing::stripped(name).len()..];
    let stripped = name.strip_suffix(packing)?;
    let (stem, ending) = ENDINGS.iter().find_map(|(texts, references)| {
        Some((stripped.strip_suffix(texts)?, references))
    })?;
    Some(texts.with_file_name(format!("{stem}{ending}{packing}")))
}

/// A text and its reference.
#[derive(Debug)]
pub struct Pair {
    text: FileLine,
    reference: FileLine,
}

impl Pair {
    pub(super) fn place(&self) -> String {
        self.text.place()
    }

    pub(super) fn bytes(&self) -> u64 {
        (self.text.bytes.len() + self.reference.bytes.len()) as u64 + 2
    }

    pub(super) fn parse(self) -> Result<Record, CorpusError> {
        Ok(Record {
            id: self.text.number.to_string(),
            place: self.place(),
            text: text(&self.text)?,
            summaries: not_blank(vec![text(&self.reference)?]),
            ..Record::default()
        })
    }
}

fn text(line: &FileLine) -> Result<String, CorpusError> {
    let text = str::from_utf8(&line.bytes).map_err(|error| CorpusError::Record {
        place: line.place(),
        problem: format!("byte {} of the line is not UTF-8", error.valid_up_to() + 1),
    })?;
    Ok(text.to_owned())
}

/// Returns the pairs of two files, each with its name and reader. Ends with an error if
/// one has more lines than the other.
pub(super) fn records(
    texts: (String, impl BufRead + Send),
    references: (String, impl BufRead + Send),
) -> impl Iterator<Item = Result<Pair, CorpusError>> + Send {
    let names = [texts.0.clone(), references.0.clone()];
    let mut texts = every_line(texts.0, texts.1);
    let mut references = every_line(references.0, references.1);
    let mut number = 0;
    let mut ended = false;
    std::iter::from_fn(move || {
        if ended {
            return None;
        }
        number += 1;
        let pair = match (texts.next().transpose(), references.next().transpose()) {
            (Ok(None), Ok(None)) => return None,
            (Ok(Some(text)), Ok(Some(reference))) => Ok(Pair { text, reference }),
            (Ok(Some(_)), Ok(None)) => Err(shorter(&names[1], &names[0], number)),
            (Ok(None), Ok(Some(_))) => Err(shorter(&names[0], &names[1], number)),
            (Err(error), _) | (_, Err(error)) => Err(error),
        };
        ended = pair.is_err();
        Some(pair)
    })
}

fn shorter(short: &str, long: &str, number: u64) -> CorpusError {
    let last = number - 1;
    CorpusError::Record {
        place: short.to_owned(),
        problem: format!(
            "it ends after line {last}; {long} has a line {number}, which needs one beside it"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_named_like_their_texts() {
        let of = |path: &str| beside(Path::new(path));
        assert_eq!(of("a/test.source"), Some("a/test.target".into()));
        assert_eq!(of("a/val.src.gz"), Some("a/val.tgt.gz".into()));
        assert_eq!(of("a/test.txt"), None);
    }

    #[test]
    fn a_blank_line_is_no_reference_and_keeps_its_place() {
        let side = |name: &str, text: &str| {
            (name.to_owned(), std::io::Cursor::new(text.to_owned()))
        };
        let pairs = records(side("s", "One.\nTwo.\n"), side("t", "\ntwo\n"));
        let pairs: Vec<Record> =
            pairs.map(|pair| pair.unwrap().parse().unwrap()).collect();
        assert!(pairs[0].summaries.is_empty());
        assert_eq!(pairs[1].summaries, ["two"]);
    }
}
