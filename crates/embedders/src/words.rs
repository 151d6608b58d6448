//! Tables of words in text files: a word and its numbers on each line.

use std::{fs, path::Path};

use epitome_base::embedding::WordTable;

use super::embedder_error::EmbedderError;

/// Reads a table of words. A first line of two whole numbers, as word2vec and fastText
/// write it, is the number of words and that of the numbers of each.
///
/// # Errors
/// Returns an error with the line that has another width, a number that is none or is not
/// finite, or if the file has no words, or not as many as its first line says.
pub(crate) fn read(path: &Path) -> Result<WordTable, EmbedderError> {
    let text = fs::read_to_string(path).map_err(|it| EmbedderError::file(path, &it))?;
    let at_line = |line: usize, problem: &str| EmbedderError::File {
        path: format!("{}:{line}", path.display()).into(),
        problem: problem.to_owned(),
    };

    let header = text.lines().next().and_then(header_of);
    let mut width = header.map(|(_, width)| width);
    let mut words = Vec::new();
    for (at, line) in text.lines().enumerate() {
        if at == 0 && header.is_some() {
            continue;
        }
        let (word, vector) =
            word_of(line).map_err(|problem| at_line(at + 1, &problem))?;
        let wanted = *width.get_or_insert(vector.len());
        if vector.len() != wanted {
            let found = vector.len();
            let problem = format!("{found} numbers, and {wanted} in the lines before");
            return Err(at_line(at + 1, &problem));
        }
        words.push((word, vector));
    }

    if let Some((count, _)) = header.filter(|(count, _)| *count != words.len()) {
        let found = words.len();
        let problem = format!("{found} words, and {count} by its first line");
        return Err(EmbedderError::file(path, &problem));
    }
    match width.filter(|_| !words.is_empty()) {
        Some(width) => Ok(WordTable::new(width, words)),
        None => Err(EmbedderError::file(path, &"the table has no words")),
    }
}

/// Returns the number of words and that of dimensions, if a line is both.
fn header_of(line: &str) -> Option<(usize, usize)> {
    let (words, width) = line.trim_end().split_once(' ')?;
    Some((words.parse().ok()?, width.parse().ok()?))
}

/// Returns the word of a line and its numbers.
fn word_of(line: &str) -> Result<(&str, Vec<f32>), String> {
    let line = line.trim_end();
    let (word, numbers) = line
        .split_once(' ')
        .filter(|(word, _)| !word.is_empty())
        .ok_or("no word with numbers after it")?;

    let numbers = numbers.split(' ').map(|text| {
        let number = text.parse::<f32>().ok().filter(|it| it.is_finite());
        number.ok_or_else(|| format!("`{text}` is no finite number"))
    });
    Ok((word, numbers.collect::<Result<_, _>>()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use epitome_base::embedding::Embedder;

    fn table(text: &str) -> Result<WordTable, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("words.txt");
        fs::write(&path, text).unwrap();
        read(&path).map_err(|error| {
            let place = format!("{}/", folder.path().display());
            error.to_string().replace(&place, "")
        })
    }

    #[test]
    fn a_line_is_a_word_and_its_numbers() {
        let found = table("whale 1 0.5\nsea -2e-1 0\n")
            .unwrap()
            .texts(&["Whale"]);
        assert_eq!(found.row(0), [1.0, 0.5]);
        let with_header = table("2 2\nwhale 1 0.5\nsea -0.2 0\n").unwrap();
        assert_eq!(with_header.texts(&["Whale"]), found);
    }

    #[test]
    fn a_broken_table_is_refused_by_its_line() {
        let refusal = |text: &str| table(text).unwrap_err();
        insta::assert_snapshot!(refusal(""), @"words.txt: the table has no words");
        insta::assert_snapshot!(refusal("whale 1 2\nsea 1\n"), @"words.txt:2: 1 numbers, and 2 in the lines before");
        insta::assert_snapshot!(refusal("whale 1 2\nsea 1 NaN\n"), @"words.txt:2: `NaN` is no finite number");
        insta::assert_snapshot!(refusal("whale 1 2\nsea 1 x\n"), @"words.txt:2: `x` is no finite number");
        insta::assert_snapshot!(refusal("whale 1 2\n\n"), @"words.txt:2: no word with numbers after it");
        insta::assert_snapshot!(refusal("whale"), @"words.txt:1: no word with numbers after it");
        insta::assert_snapshot!(refusal("whale \nsea \n"), @"words.txt:1: no word with numbers after it");
        insta::assert_snapshot!(refusal("whale x\n"), @"words.txt:1: `x` is no finite number");
        insta::assert_snapshot!(refusal("whale 1e39 2\n"), @"words.txt:1: `1e39` is no finite number");
    }

    #[test]
    fn a_table_is_what_its_first_line_says() {
        let refusal = |text: &str| table(text).unwrap_err();
        insta::assert_snapshot!(refusal("3 2\nwhale 1 2\nsea 1 2\n"), @"words.txt: 2 words, and 3 by its first line");
        insta::assert_snapshot!(refusal("1 2\nwhale 1\n"), @"words.txt:2: 1 numbers, and 2 in the lines before");
        insta::assert_snapshot!(refusal("0 0\n"), @"words.txt: the table has no words");
    }
}
