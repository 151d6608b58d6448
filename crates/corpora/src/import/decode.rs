//! Decodes bytes to text. Many corpora are older than UTF-8.

use crate::utf16::{ByteOrder, MARK};

/// A decoded text with the encoding of its bytes.
pub(crate) struct Decoded {
    pub(crate) text: String,
    /// The name of the encoding: `UTF-8`, `windows-1252`, `UTF-16LE` …
    pub(super) encoding: &'static str,
}

/// Decodes a text: by its byte order mark if there is one, as UTF-8 if it is valid, and
/// otherwise as Windows-1252, which includes Latin-1 and decodes every byte. Line ends
/// become `\n`.
pub(crate) fn decode(bytes: &[u8]) -> Decoded {
    let (text, encoding) = match (bytes.strip_prefix(UTF_8_MARK), ByteOrder::of(bytes)) {
        (Some(marked), _) => (String::from_utf8_lossy(marked).into_owned(), "UTF-8"),
        (None, Some(order)) => (utf16(bytes, order), order.name()),
        (None, None) => match str::from_utf8(bytes) {
            Ok(text) => (text.to_owned(), "UTF-8"),
            Err(_) => (windows_1252(bytes), "windows-1252"),
        },
    };
    let text = if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text
    };
    Decoded { text, encoding }
}

const UTF_8_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Decodes UTF-16, without its mark. What is no character becomes U+FFFD.
fn utf16(bytes: &[u8], order: ByteOrder) -> String {
    let units = char::decode_utf16(order.units(bytes));
    let signs = units.map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER));
    let half = (bytes.len() % 2 == 1).then_some(char::REPLACEMENT_CHARACTER);
    let mut signs = signs.chain(half).peekable();
    signs.next_if_eq(&MARK);
    signs.collect()
}

/// The characters of the bytes from 0x80 to 0x9F in Windows-1252, as the Encoding Standard
/// has them; all other bytes are the characters of their numbers.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
    '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ',
    '\u{9d}', 'ž', 'Ÿ',
];

fn windows_1252(bytes: &[u8]) -> String {
    let sign = |&byte: &u8| match byte {
        0x80..=0x9F => WINDOWS_1252[usize::from(byte - 0x80)],
        byte => char::from(byte),
    };
    bytes.iter().map(sign).collect()
}

/// Decodes the beginning of a text, which may end inside a character.
pub(super) fn decode_beginning(bytes: &[u8]) -> String {
    let whole = match std::str::from_utf8(bytes) {
        // only the last character may be cut off; without it the rest is UTF-8
        Err(error) if error.error_len().is_none() => &bytes[..error.valid_up_to()],
        _ => bytes,
    };
    decode(whole).text
}

/// Returns whether a byte order mark shows that a file is in UTF-16.
pub(crate) fn is_utf16(beginning: &[u8]) -> bool {
    ByteOrder::of(beginning).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_apart() {
        let read = |bytes: &[u8]| {
            let decoded = decode(bytes);
            (decoded.text, decoded.encoding)
        };
        assert_eq!(read("né\r\nx\ry".as_bytes()), ("né\nx\ny".into(), "UTF-8"));
        assert_eq!(read(b"\xEF\xBB\xBFa"), ("a".into(), "UTF-8"));
        assert_eq!(read(b"n\xE9 \x93x\x94"), ("né “x”".into(), "windows-1252"));
        assert_eq!(read(b"\xFF\xFEa\0b\0"), ("ab".into(), "UTF-16LE"));
    }

    #[test]
    fn a_beginning_may_end_inside_a_character() {
        assert_eq!(decode_beginning("né".as_bytes()), "né");
        assert_eq!(decode_beginning(&"né".as_bytes()[..2]), "n");
        assert_eq!(decode_beginning(b"n\xE9 \x93x"), "né “x");
    }
}
