//! Letters and words, as segtok's regular expressions see them.

/// Returns whether a character is a lower-case letter.
pub(super) fn is_lower(character: char) -> bool {
    character.is_lowercase()
}

/// Returns whether a character is matched by `\w` of Python's regular expressions.
pub(super) fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// Returns the word at the end of a text; empty if there is none.
pub(super) fn last_word(text: &str) -> &str {
    let before = text.trim_end_matches(is_word);
    &text[before.len()..]
}

/// Returns the word at the start of a text; empty if there is none.
pub(super) fn first_word(text: &str) -> &str {
    &text[..text.len() - text.trim_start_matches(is_word).len()]
}

/// Returns whether a text ends in white space.
pub(super) fn ends_in_space(text: &str) -> bool {
    text.ends_with(char::is_whitespace)
}

/// Returns whether a character can end a sentence.
pub(super) fn is_mark(character: char) -> bool {
    matches!(
        character,
        '.' | '!'
            | '?'
            | '‼'
            | '‽'
            | '⁇'
            | '⁈'
            | '⁉'
            | '。'
            | '﹒'
            | '﹗'
            | '！'
            | '．'
            | '？'
            | '｡'
    )
}
