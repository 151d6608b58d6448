//! Texts and files in UTF-16, which a byte order mark shows: what is read is UTF-8.

use std::io::{self, BufRead, Read};

use encoding_rs::{Decoder, DecoderResult, Encoding};

use super::import::is_utf16;

/// Returns the text of bytes that begin with a byte order mark of UTF-16; `None` of
/// others.
///
/// # Errors
/// Returns an error if the bytes are no valid UTF-16.
pub fn utf16_text(bytes: &[u8]) -> Option<io::Result<String>> {
    let decoder = decoder_of(bytes)?;
    let mut text = String::new();
    Some(
        Decoding::new(bytes, decoder)
            .read_to_string(&mut text)
            .map(|_| text),
    )
}

/// Returns the decoder of bytes that begin with a byte order mark of UTF-16.
pub(super) fn decoder_of(beginning: &[u8]) -> Option<Decoder> {
    let (encoding, _) = Encoding::for_bom(beginning).filter(|_| is_utf16(beginning))?;
    Some(encoding.new_decoder_with_bom_removal())
}

/// A reader of UTF-16 whose bytes are UTF-8.
pub(super) struct Decoding<R> {
    source: R,
    decoder: Decoder,
    /// What is decoded and not handed out yet, from `at` on.
    text: Vec<u8>,
    at: usize,
    ended: bool,
}

impl<R: BufRead> Decoding<R> {
    pub(super) fn new(source: R, decoder: Decoder) -> Self {
        Self {
            source,
            decoder,
            text: Vec::new(),
            at: 0,
            ended: false,
        }
    }

    /// Decodes what the source has next.
    fn decode_more(&mut self) -> io::Result<()> {
        let bytes = self.source.fill_buf()?;
        let is_last = bytes.is_empty();
        let room = self
            .decoder
            .max_utf8_buffer_length_without_replacement(bytes.len());
        let mut text = String::with_capacity(room.unwrap_or(0));
        let (result, read) = self
            .decoder
            .decode_to_string_without_replacement(bytes, &mut text, is_last);
        if let DecoderResult::Malformed(..) = result {
            let problem = "it begins as UTF-16 and is no valid UTF-16";
            return Err(io::Error::new(io::ErrorKind::InvalidData, problem));
        }
        self.source.consume(read);
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
        let decoder = decoder_of(&bytes).unwrap();
        let source = io::BufReader::with_capacity(1, bytes.as_slice());
        let mut text = String::new();
        Decoding::new(source, decoder)
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
