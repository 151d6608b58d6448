//! Texts and files in UTF-16, which a byte order mark shows: what is read is UTF-8.

use std::io::{self, BufRead, Read};

/// The order of the two bytes of each unit of UTF-16.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ByteOrder {
    Little,
    Big,
}

impl ByteOrder {
    /// Returns the order that a byte order mark at the beginning of bytes shows; `None` if
    /// there is none of UTF-16.
    pub(crate) fn of(beginning: &[u8]) -> Option<Self> {
        match beginning {
            [0xFF, 0xFE, ..] => Some(Self::Little),
            [0xFE, 0xFF, ..] => Some(Self::Big),
            _ => None,
        }
    }

    /// Returns the name of UTF-16 in this order.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Little => "UTF-16LE",
            Self::Big => "UTF-16BE",
        }
    }

    /// Returns the units in bytes; a last byte without a second is left out.
    pub(crate) fn units(self, bytes: &[u8]) -> impl Iterator<Item = u16> {
        let (pairs, _) = bytes.as_chunks::<2>();
        pairs.iter().map(move |&pair| match self {
            Self::Little => u16::from_le_bytes(pair),
            Self::Big => u16::from_be_bytes(pair),
        })
    }
}

/// The mark at the beginning of a text, which is no part of it.
pub(crate) const MARK: char = '\u{FEFF}';

/// Returns the text of bytes that begin with a byte order mark of UTF-16; `None` of
/// others.
///
/// # Errors
/// Returns an error if the bytes are not valid UTF-16.
pub fn utf16_text(bytes: &[u8]) -> Option<io::Result<String>> {
    let order = ByteOrder::of(bytes)?;
    let mut text = String::new();
    Some(
        Decoding::new(bytes, order)
            .read_to_string(&mut text)
            .map(|_| text),
    )
}

/// Returns a text in UTF-8 without the mark that some programs write at its beginning.
pub fn without_mark(mut text: String) -> String {
    if text.starts_with(MARK) {
        text.drain(..MARK.len_utf8());
    }
    text
}

/// A reader of UTF-16 whose bytes are UTF-8.
pub(super) struct Decoding<R> {
    source: R,
    order: ByteOrder,
    /// What is read and not decoded yet: at most a half of a unit and a half of a pair.
    rest: Vec<u8>,
    /// What is decoded and not handed out yet, from `at` on.
    text: Vec<u8>,
    at: usize,
    has_begun: bool,
    ended: bool,
}

impl<R: BufRead> Decoding<R> {
    pub(super) fn new(source: R, order: ByteOrder) -> Self {
        Self {
            source,
            order,
            rest: Vec::new(),
            text: Vec::new(),
            at: 0,
            has_begun: false,
            ended: false,
        }
    }

    /// Decodes what the source has next.
    fn decode_more(&mut self) -> io::Result<()> {
        let malformed = || {
            let problem = "it begins as UTF-16 and is no valid UTF-16";
            io::Error::new(io::ErrorKind::InvalidData, problem)
        };

        let bytes = self.source.fill_buf()?;
        let (read, is_last) = (bytes.len(), bytes.is_empty());
        self.rest.extend_from_slice(bytes);
        self.source.consume(read);

        // the first half of a pair waits for the second
        let mut units: Vec<u16> = self.order.units(&self.rest).collect();
        let waits = units
            .last()
            .is_some_and(|unit| (0xD800..0xDC00).contains(unit));
        if waits && !is_last {
            units.pop();
        }
        self.rest.drain(..2 * units.len());
        if is_last && !self.rest.is_empty() {
            return Err(malformed());
        }

        let text: Result<String, _> = char::decode_utf16(units).collect();
        let text = text.map_err(|_| malformed())?;
        let is_first = !self.has_begun && !text.is_empty();
        self.has_begun |= is_first;
        let text = match text.strip_prefix(MARK) {
            Some(rest) if is_first => rest.to_owned(),
            _ => text,
        };
        (self.text, self.at, self.ended) = (text.into_bytes(), 0, is_last);
        Ok(())
    }
}

impl<R: BufRead> Read for Decoding<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.text.len() && !self.ended {
            self.decode_more()?;
        }
        let read = (&self.text[self.at..]).read(buffer)?;
        self.at += read;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, is_big: bool) -> Vec<u8> {
        let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
        let bytes = |unit: u16| {
            if is_big {
                unit.to_be_bytes()
            } else {
                unit.to_le_bytes()
            }
        };
        units.flat_map(bytes).collect()
    }

    #[test]
    fn a_text_is_the_same_in_either_order_of_bytes() {
        let text = "né – 橋 \u{1F30A}\r\nx";
        for is_big in [false, true] {
            let found = utf16_text(&utf16(text, is_big)).unwrap().unwrap();
            assert_eq!(found, text);
        }
        assert!(utf16_text(text.as_bytes()).is_none());
    }

    #[test]
    fn signs_are_whole_wherever_the_source_is_cut() {
        let bytes = utf16("a\u{1F30A}b", false);
        let order = ByteOrder::of(&bytes).unwrap();
        let source = io::BufReader::with_capacity(1, bytes.as_slice());
        let mut text = String::new();
        Decoding::new(source, order)
            .read_to_string(&mut text)
            .unwrap();
        assert_eq!(text, "a\u{1F30A}b");
    }

    #[test]
    fn half_a_sign_is_refused() {
        let mut bytes = utf16("a\u{1F30A}", false);
        bytes.truncate(bytes.len() - 2);
        assert!(utf16_text(&bytes).unwrap().is_err());
        bytes.pop();
        assert!(utf16_text(&bytes).unwrap().is_err());
    }
}
