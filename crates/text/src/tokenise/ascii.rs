//! Finds the pieces of chunks of ASCII, which most of a text in Latin script is, without
//! the tables of Unicode: each byte takes one look at a table of 256 entries.

use super::{
    super::Span,
    piece::{
        Piece::{self, Punctuation, Word},
        sign, span,
    },
};

/// The kinds of bytes as bits, so that the kinds in a chunk are the union of its bytes.
const LETTER: u8 = 1;
const DIGIT: u8 = 2;
/// The sign `_`, which joins letters and digits on both sides.
const LOW_LINE: u8 = 4;
/// The sign `.`, which `www.` contains.
const DOT: u8 = 8;
/// The signs `:` and `@`, of which every other address contains one, `&` of entities and
/// `<` of tags.
const SPECIAL: u8 = 16;
const OTHER: u8 = 32;
const SPACE: u8 = 64;
const BEYOND: u8 = 128;

/// The kinds of bytes inside a word.
const IN_WORD: u8 = LETTER | DIGIT | LOW_LINE;

/// The kind of each byte.
const KINDS: [u8; 256] = {
    let mut kinds = [OTHER; 256];
    let mut byte = 0;
    while byte < 256 {
        kinds[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => LETTER,
            b'0'..=b'9' => DIGIT,
            b'_' => LOW_LINE,
            b'.' => DOT,
            b':' | b'@' | b'&' | b'<' => SPECIAL,
            // white space by both Unicode and ASCII
            b' ' | b'\t'..=b'\r' => SPACE,
            128..=255 => BEYOND,
            _ => OTHER,
        };
        byte += 1;
    }
    kinds
};

fn kind(byte: u8) -> u8 {
    KINDS[usize::from(byte)]
}

/// A part of a sentence without ASCII white space.
pub(super) struct Chunk {
    pub(super) start: usize,
    pub(super) end: usize,
    holds: u8,
}

/// Returns the next chunk of a sentence from byte `from` on.
pub(super) fn next_chunk(sentence: &[u8], from: usize) -> Option<Chunk> {
    let mut start = from;
    while kind(*sentence.get(start)?) == SPACE {
        start += 1;
    }
    let (mut end, mut holds) = (start, 0);
    while let Some(&byte) = sentence.get(end)
        && kind(byte) != SPACE
    {
        holds |= kind(byte);
        end += 1;
    }
    Some(Chunk { start, end, holds })
}

impl Chunk {
    /// Returns whether `pieces` can read the chunk: ASCII without an address, entity or
    /// tag.
    pub(super) fn is_plain(&self, sentence: &[u8]) -> bool {
        self.holds & (BEYOND | SPECIAL) == 0
            && !(self.holds & DOT != 0 && self.has_www(sentence))
    }

    fn has_www(&self, sentence: &[u8]) -> bool {
        let chunk = &sentence[self.start..self.end];
        chunk.windows(4).any(|four| four == b"www.")
    }

    /// Appends the pieces of a plain chunk. `offset` is the byte at which the sentence
    /// begins.
    pub(super) fn pieces(
        &self,
        sentence: &str,
        offset: u32,
        out: &mut Vec<(Span, Piece)>,
    ) {
        let offset = offset + self.start as u32;
        let chunk = &sentence[self.start..self.end];
        let bytes = chunk.as_bytes();
        // most chunks are one word of letters
        if self.holds == LETTER {
            out.push((span(offset, 0, bytes.len()), Word));
            return;
        }

        let (mut done, mut at) = (0, 0);
        while at < bytes.len() {
            if kind(bytes[at]) & (LETTER | DIGIT) == 0 {
                at += 1;
                continue;
            }
            let mut end = word_end(bytes, at);
            if matches!(bytes.get(end), Some(b'+' | b'#')) {
                end += sign(&chunk[end..]);
            }
            if done < at {
                out.push((span(offset, done, at), Punctuation));
            }
            out.push((span(offset, at, end), Word));
            (done, at) = (end, end);
        }
        if done < bytes.len() {
            out.push((span(offset, done, bytes.len()), Punctuation));
        }
    }
}

/// Returns the end of the word that starts with the letter or digit at `start`. A word
/// consists of letters, digits and `_`, which is not at its end, with `'` or `.` between
/// letters and `'`, `.`, `,` or `;` between digits.
fn word_end(bytes: &[u8], start: usize) -> usize {
    let mut end = start;
    loop {
        while let Some(&byte) = bytes.get(end)
            && kind(byte) & IN_WORD != 0
        {
            end += 1;
        }
        // rules WB6, WB7, WB11 and WB12 of UAX #29
        let joins = match bytes.get(end) {
            Some(b'\'' | b'.') => LETTER | DIGIT,
            Some(b',' | b';') => DIGIT,
            _ => 0,
        } & kind(bytes[end - 1])
            & bytes.get(end + 1).map_or(0, |&next| kind(next))
            != 0;
        if !joins {
            break;
        }
        end += 1;
    }

    let low_lines = bytes[start..end]
        .iter()
        .rev()
        .take_while(|&&byte| byte == b'_');
    end - low_lines.count()
}

#[cfg(test)]
mod tests {
    use super::super::{Piece, clitics::Clitics, pieces, plain};
    use crate::Span;
    use proptest::prelude::*;

    proptest! {
        /// Of any ASCII text without an address, so also of one that Unicode's rules
        /// read in their own time.
        #[test]
        fn both_readers_find_the_same(
            text in "([a-c]|[AT1-3_.,;'\"&+#/()%!*\n\t \u{b}\u{1c}-]|\u{e9}|\u{a0}|\u{2019}|\u{308}){0,30}",
        ) {
            let all = Span { start: 0, end: text.len() as u32 };
            let (mut found, mut expected): (Vec<(Span, Piece)>, _) = (vec![], vec![]);
            pieces(&text, all, Clitics::of("en"), &mut found);
            plain(&text, 0, &mut expected);
            prop_assert_eq!(found, expected);
        }
    }
}
