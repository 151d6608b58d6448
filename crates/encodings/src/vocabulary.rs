//! Counting tokens by the vocabularies of a library.

use tiktoken_rs::{CoreBPE, cl100k_base_singleton, o200k_base_singleton};

/// The number of characters of white space in a row that are counted together. The
/// library's expression goes back over such a run one character at a time and gives up
/// after about a million.
const RUN: usize = 1_000;

/// Returns the number of tokens of a text under the vocabulary of a name.
pub(super) fn count(name: &str, text: &str) -> usize {
    let vocabulary = vocabulary(name);
    parts(text)
        .into_iter()
        .map(|part| vocabulary.count_ordinary(part))
        .sum()
}

/// Returns a vocabulary, which is read when it is first used.
fn vocabulary(name: &str) -> &'static CoreBPE {
    match name {
        "cl100k_base" => cl100k_base_singleton(),
        _ => o200k_base_singleton(),
    }
}

/// Divides a text after every [`RUN`] characters of white space in a row.
fn parts(text: &str) -> Vec<&str> {
    let (mut parts, mut start, mut run) = (Vec::new(), 0, 0);
    for (at, character) in text.char_indices() {
        run = if character.is_whitespace() {
            run + 1
        } else {
            0
        };
        if run == RUN {
            let end = at + character.len_utf8();
            parts.push(&text[start..end]);
            (start, run) = (end, 0);
        }
    }
    parts.push(&text[start..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_long_white_space_divides_a_text() {
        let blank = " ".repeat(RUN);
        assert_eq!(parts("a  b\n"), ["a  b\n"]);
        let text = format!("a{blank}{blank}b");
        assert_eq!(parts(&text).len(), 3);
        assert_eq!(parts(&text).concat(), text);
    }
}
