//! Decodes bytes to text. Many corpora are older than UTF-8.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

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
    let (encoding, marked) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (encoding, &bytes[length..]),
        None if std::str::from_utf8(bytes).is_ok() => (UTF_8, bytes),
        None => (WINDOWS_1252, bytes),
    };
    let text = encoding.decode_without_bom_handling(marked).0;
    let text = if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text.into_owned()
    };
    Decoded {
        text,
        encoding: encoding.name(),
    }
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
    beginning.starts_with(b"\xFF\xFE") || beginning.starts_with(b"\xFE\xFF")
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
