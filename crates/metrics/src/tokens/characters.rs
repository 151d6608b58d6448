//! The characters and words that chrF counts.

/// Returns the code points of the characters that are not white space.
pub(super) fn characters(text: &str) -> impl Iterator<Item = u32> {
    text.chars().filter(|&c| !is_space(c)).map(u32::from)
}

/// Returns the words between white space. One ASCII punctuation mark is split off from
/// the end of a word or, if there is none, from its start.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(is_space)
        .filter(|word| !word.is_empty())
        .flat_map(|word| {
            let (head, tail) = split(word);
            [head, tail].into_iter().filter(|part| !part.is_empty())
        })
}

fn split(word: &str) -> (&str, &str) {
    let mark = |at: usize| word.as_bytes()[at].is_ascii_punctuation();
    if word.chars().nth(1).is_none() {
        (word, "")
    } else if mark(word.len() - 1) {
        word.split_at(word.len() - 1)
    } else if mark(0) {
        word.split_at(1)
    } else {
        (word, "")
    }
}

/// Returns whether Python's `str.isspace` is true; it knows four control characters more
/// than Rust does.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_mark_at_an_edge_is_split_off() {
        let found: Vec<_> = words("(see\u{1f}it), «x» !! é! e-mail").collect();
        assert_eq!(
            found,
            ["(", "see", "it)", ",", "«x»", "!", "!", "é", "!", "e-mail"]
        );
        assert_eq!(characters("a b\n").collect::<Vec<_>>(), [97, 98]);
    }
}
