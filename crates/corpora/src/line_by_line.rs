//! Files of texts that belong together line by line: candidates, and one or more files of
//! references.

use std::io::BufRead;

use serde_json::json;

use super::{
    error::CorpusError,
    line::{FileLine, every_line},
};

/// A file that is read line by line: its name in messages, and its reader.
pub type NamedReader = (String, Box<dyn BufRead + Send>);

/// Returns for each line of `candidates` the JSON of a pair, `{"candidate": …, "references":
/// […]}`, with the same line of each file of references. Its id is the number of the line.
///
/// Ends with an error if a line is not UTF-8 or one of the files has fewer lines than
/// another.
pub fn line_by_line(
    candidates: NamedReader,
    references: Vec<NamedReader>,
) -> impl Iterator<Item = Result<FileLine, CorpusError>> + Send {
    let mut names = vec![candidates.0.clone()];
    names.extend(references.iter().map(|(name, _)| name.clone()));
    let mut files: Vec<_> = [candidates]
        .into_iter()
        .chain(references)
        .map(|(name, reader)| every_line(name, reader))
        .collect();

    let mut number = 0;
    let mut is_over = false;
    std::iter::from_fn(move || {
        if is_over {
            return None;
        }
        number += 1;
        let lines: Result<Vec<Option<FileLine>>, CorpusError> = files
            .iter_mut()
            .map(|file| file.next().transpose())
            .collect();
        let pair = lines.and_then(|lines| pair(&names, lines, number));
        is_over = !matches!(pair, Ok(Some(_)));
        pair.transpose()
    })
}

/// Returns the JSON of the pair in the lines of a number; `None` if all files have ended.
fn pair(
    names: &[String],
    lines: Vec<Option<FileLine>>,
    number: u64,
) -> Result<Option<FileLine>, CorpusError> {
    let Some(longest) = lines.iter().position(Option::is_some) else {
        return Ok(None);
    };
    if let Some(shortest) = lines.iter().position(Option::is_none) {
        let last = number - 1;
        return Err(CorpusError::Record {
            place: names[shortest].clone(),
            problem: format!(
                "it ends after line {last}, and {} has a line {number}: lines of candidates and references belong together",
                names[longest]
            ),
        });
    }

    let lines: Vec<FileLine> = lines.into_iter().flatten().collect();
    let texts: Vec<&str> = lines.iter().map(text).collect::<Result<_, _>>()?;
    let json = json!({ "candidate": texts[0], "references": texts[1..] });
    Ok(Some(FileLine {
        bytes: json.to_string().into_bytes(),
        ..lines[0].clone()
    }))
}

fn text(line: &FileLine) -> Result<&str, CorpusError> {
    str::from_utf8(&line.bytes).map_err(|error| CorpusError::Record {
        place: line.place(),
        problem: format!("byte {} of the line is not UTF-8", error.valid_up_to() + 1),
    })
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn file(name: &str, text: &'static str) -> NamedReader {
        (name.to_owned(), Box::new(Cursor::new(text)))
    }

    #[test]
    fn the_lines_of_one_number_are_a_pair() {
        let references = vec![file("r", "one\ntwo\n"), file("s", "1\n\n")];
        let pairs: Vec<String> = line_by_line(file("c", "One.\nTwo.\n"), references)
            .map(|line| String::from_utf8(line.unwrap().bytes).unwrap())
            .collect();
        assert_eq!(
            pairs,
            [
                r#"{"candidate":"One.","references":["one","1"]}"#,
                r#"{"candidate":"Two.","references":["two",""]}"#
            ]
        );
    }

    #[test]
    fn a_file_that_is_shorter_is_named() {
        let mut pairs = line_by_line(file("c", "One.\nTwo.\n"), vec![file("r", "one\n")]);
        assert!(pairs.next().unwrap().is_ok());
        assert_eq!(
            pairs.next().unwrap().unwrap_err().to_string(),
            "r: it ends after line 1, and c has a line 2: lines of candidates and references belong together"
        );
        assert!(pairs.next().is_none());
    }
}
