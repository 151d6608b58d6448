//! Data inside a page: compressed by zlib and encoded in base 64, in chunks that the browser
//! unpacks one at a time.

use std::io::Write as _;

use base64::{Engine, engine::general_purpose::STANDARD};
use flate2::{Compression, write::ZlibEncoder};

/// A named piece of compressed data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chunk {
    /// Name by which the script of the page finds it.
    pub(super) name: String,
    /// Base 64, which contains nothing that ends an element.
    pub(super) data: String,
}

impl Chunk {
    /// Compresses `text`.
    pub(super) fn pack(name: String, text: &str) -> Self {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        let packed = encoder
            .write_all(text.as_bytes())
            .and_then(|()| encoder.finish());
        let packed = packed.expect("writing into memory does not fail");
        Self {
            name,
            data: STANDARD.encode(packed),
        }
    }
}

/// Packs JSON records into chunks, many in each.
#[derive(Debug)]
pub(super) struct Packer {
    prefix: String,
    text: String,
    count: usize,
    /// Index of the first record of each chunk.
    pub(super) firsts: Vec<usize>,
    pub(super) chunks: Vec<Chunk>,
}

/// The number of bytes at which a chunk is complete: it is unpacked in some milliseconds, and is
/// long enough for its words to repeat.
const CHUNK: usize = 400_000;

impl Packer {
    /// Creates a packer whose chunks are called `prefix-0`, `prefix-1` …
    pub(super) fn new(prefix: String) -> Self {
        let (text, chunks, firsts) = (String::new(), Vec::new(), Vec::new());
        Self {
            prefix,
            text,
            count: 0,
            firsts,
            chunks,
        }
    }

    /// Adds a record.
    pub(super) fn add(&mut self, json: &str) {
        if self.text.is_empty() {
            self.firsts.push(self.count);
            self.text.push('[');
        } else {
            self.text.push(',');
        }
        self.text.push_str(json);
        self.count += 1;
        if self.text.len() >= CHUNK {
            self.close();
        }
    }

    /// Completes the current chunk, if it has a record.
    fn close(&mut self) {
        if !self.text.is_empty() {
            self.text.push(']');
            let name = format!("{}-{}", self.prefix, self.chunks.len());
            self.chunks.push(Chunk::pack(name, &self.text));
            self.text.clear();
        }
    }

    /// Returns the index of the first record of each chunk, and the chunks.
    pub(super) fn finish(mut self) -> (Vec<usize>, Vec<Chunk>) {
        self.close();
        (self.firsts, self.chunks)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::io::Read as _;

    use super::*;

    /// Decodes and decompresses data as a browser does.
    pub(crate) fn unpacked(data: &str) -> String {
        let packed = STANDARD.decode(data).unwrap();
        let mut text = String::new();
        flate2::read::ZlibDecoder::new(&packed[..])
            .read_to_string(&mut text)
            .unwrap();
        text
    }

    #[test]
    fn what_is_packed_unpacks_and_cannot_end_an_element() {
        let text = "</script><!-- é 漢 ".repeat(100);
        let chunk = Chunk::pack("a".to_owned(), &text);
        assert!(!chunk.data.contains(['<', '>', '&', '-']));
        assert!(chunk.data.len() < 200);
        assert_eq!(unpacked(&chunk.data), text);
    }

    #[test]
    fn the_first_record_of_each_chunk_is_known() {
        let record = format!("\"{}\"", "x".repeat(150_000));
        let mut packer = Packer::new("d".to_owned());
        for _ in 0..5 {
            packer.add(&record);
        }
        let (firsts, chunks) = packer.finish();
        assert_eq!(firsts, [0, 3]);
        assert_eq!(chunks[1].name, "d-1");
        let second: Vec<String> =
            serde_json::from_str(&unpacked(&chunks[1].data)).unwrap();
        assert_eq!(second.len(), 2);
        assert_eq!(
            Packer::new(String::new()).finish(),
            (Vec::new(), Vec::new())
        );
    }
}
